"""The key `baseline` of config.yaml: the texts or the table with which rates and shares are compared."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from framescope.corpora.files import is_file
from framescope.corpora.metadata import described
from framescope.problems import nearest

PLACE = "config.yaml: baseline"
# How a table states rates: one column, or two of which the first is divided by the second.
STATING = ("rate_per_1000",), ("hits", "words")


def is_table(setting: Any) -> bool:
    """Whether a baseline is the path of a table."""
    return isinstance(setting, str) and setting.lower().endswith(".csv")


def baseline_of_group(
    setting: Mapping[str, Any], metadata: Mapping[str, Mapping[str, str]], problems: list[str]
) -> dict[str, Any]:
    """The texts whose column of metadata has the value that the setting names, as in {party: Liberals}.

    `metadata` is that of each document. A column or value that no document has is added to `problems`.
    """
    ((column, value),) = setting.items()
    facts = {document: described(own) for document, own in metadata.items()}
    values = {document: str(own[column]) for document, own in facts.items() if own.get(column)}
    chosen = [document for document, own in values.items() if own == str(value)]
    if not values:
        known = sorted({name for own in facts.values() for name in own})
        expected = nearest(str(column), known) if known else "The documents have no metadata."
        problems.append(f"{PLACE}: no column {column!r} in the metadata of the documents. {expected}")
    elif not chosen:
        expected = nearest(str(value), sorted(set(values.values())))
        problems.append(f"{PLACE}: no document with {column} {str(value)!r}. {expected}")
    elif len(chosen) == len(metadata):
        problems.append(f"{PLACE}: all documents have {column} {str(value)!r}. Name a group with others beside it.")
    return {"name": f"{column}: {value}", "documents": chosen}


def baseline_of_table(name: str, folder: Path, themes: Iterable[str] | None, problems: list[str]) -> dict[str, Any]:
    """The rates of themes per 1,000 words in a CSV file with the columns theme, and rate_per_1000 or hits and words.

    Each mistake in it is added to `problems`; `themes` are those of the lexicon, if they are known.
    """
    stated: dict[str, Any] = {"name": name, "rates": {}}
    if not is_file(folder / name):
        problems.append(f"{PLACE}: no file {name} in the study.")
        return stated
    try:
        with (folder / name).open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            columns, rows = list(reader.fieldnames or []), list(reader)
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        problems.append(f"{name}: expected a table as CSV in UTF-8; it cannot be read ({error}). Save it as CSV UTF-8.")
        return stated
    stating = next((names for names in STATING if {"theme", *names} <= set(columns)), None)
    if stating is None:
        found = ", ".join(columns) or "no columns"
        problems.append(
            f"{name}: expected the columns theme and rate_per_1000, or theme, hits and words; found {found}."
        )
        return stated
    known = None if themes is None else list(themes)
    for line, row in enumerate(rows, start=2):
        theme, place = (row["theme"] or "").strip(), f"{name}, line {line}"
        if known is not None and theme not in known:
            problems.append(f"{place}: unknown theme {theme!r}. {nearest(theme, known)}")
        if theme in stated["rates"]:
            problems.append(f"{place}: {theme} is listed twice.")
        numbers = [_number(row[column]) for column in stating]
        if None in numbers or (len(numbers) == 2 and numbers[1] == 0):
            cells = ", ".join(f"{column} {row[column]!r}" for column in stating)
            problems.append(f"{place}: expected numbers that are not negative, and words above 0; found {cells}.")
            continue
        stated["rates"][theme] = numbers[0] if len(numbers) == 1 else 1000 * numbers[0] / numbers[1]  # type: ignore[operator]
    return stated


def _number(cell: str | None) -> float | None:
    """The number in a cell, or None if it has none that is finite and not negative."""
    try:
        value = float(cell or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None
