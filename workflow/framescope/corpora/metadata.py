"""Metadata of documents: title, author, date and others, from config.yaml or a table as CSV."""

from __future__ import annotations

import csv
import difflib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from framescope.corpora.files import is_file
from framescope.defaults import config_schema

# How alike a further column and a known one have to be for a misspelling to be likely, as for "gruop" and "group".
ALIKE = 0.8
# Keys of a document's metadata that name it or hold others.
IDENTIFYING = ("document", "row", "metadata")
METADATA = ("title", "author", "published", "group", "genre", "source", "language", "speaker")


def read_metadata(
    documents: Any, folder: Path, problems: list[str], warnings: list[str]
) -> tuple[list[str] | None, dict[str, dict[str, str]], str | None]:
    """The metadata of documents, from the value of `documents` in config.yaml.

    The listed files (None for all), the metadata by file name or id, and the CSV file from which they were read, if
    any. Further columns of a table, and further keys of a mapping, are in `metadata` as JSON, as for rows of a table of
    texts. Each mistake is added to `problems`, and each further column whose name is nearly a known one to `warnings`.
    """
    if documents is None:
        return None, {}, None
    if isinstance(documents, str):
        named_by = documents if is_file(folder / documents) else None
        return None, _metadata_of_csv(documents, folder, problems, warnings), named_by
    if isinstance(documents, dict):
        facts_by_name = _mappings(
            {str(name): {} if facts is None else facts for name, facts in documents.items()}, problems
        )
        rows = [{"file": name, **facts} for name, facts in facts_by_name.items()]
        return None, _by_name(rows, "config.yaml: documents", problems, warnings), None
    entries = {number: {"file": row} if isinstance(row, str) else row for number, row in enumerate(documents, 1)}
    rows = list(_mappings(entries, problems).values())
    listed = [str(row["file"]) for row in rows if row.get("file")]
    for number, row in enumerate(rows, 1):
        if not row.get("file"):
            problems.append(f"config.yaml: documents > {number}: the key file is missing.")
    return listed, _by_name(rows, "config.yaml: documents", problems, warnings), None


def _mappings[Place](entries: Mapping[Place, Any], problems: list[str]) -> dict[Place, dict[str, Any]]:
    """The entries of `documents` that are mappings; for each other entry a problem is added."""
    for place, entry in entries.items():
        if not isinstance(entry, dict):
            known = ", ".join(METADATA)
            problems.append(f"config.yaml: documents > {place}: expected keys with values ({known}); found {entry!r}.")
    return {place: entry for place, entry in entries.items() if isinstance(entry, dict)}


def _metadata_of_csv(name: str, folder: Path, problems: list[str], warnings: list[str]) -> dict[str, dict[str, str]]:
    path = folder / name
    if not is_file(path):
        problems.append(f"config.yaml: documents: no file {name} in the study.")
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            columns, rows = list(reader.fieldnames or []), list(reader)
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        problems.append(_unreadable(name, error))
        return {}
    if "file" not in columns and "document" not in columns:
        problems.append(f"{name}: expected a column file or document; found {', '.join(columns) or 'no columns'}.")
        return {}
    return _by_name([{key: row[key] for key in columns if key} for row in rows], name, problems, warnings)


def _name(row: Mapping[str, Any]) -> str:
    """The file or document of a row of metadata."""
    return str(row.get("file") or row.get("document") or "").strip()


def _unreadable(name: str, error: Exception) -> str:
    return f"{name}: expected a table as CSV in UTF-8; it cannot be read ({error}). Save it as CSV UTF-8."


def _by_name(
    rows: Sequence[Mapping[str, Any]], place: str, problems: list[str], warnings: list[str]
) -> dict[str, dict[str, str]]:
    known = list(config_schema()["properties"]["documents"]["$defs"]["metadata"]["properties"])
    columns = list(dict.fromkeys(key for row in rows for key in row))
    further = [column for column in columns if column not in known]
    for column in further:
        absent = [each for each in known if each not in columns]
        for meant in difflib.get_close_matches(str(column).strip().casefold(), absent, n=1, cutoff=ALIKE):
            warnings.append(f"{place}: the column {column!r} is kept as a column of its own. Did you mean {meant}?")
    metadata: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows, 1):
        name = _name(row)
        for key, value in row.items():
            if isinstance(value, list | dict):
                problems.append(f"{place} > {name or number} > {key}: expected a text or a number; found {value!r}.")
        facts = {key: str(row[key]).strip() for key in (*METADATA, "document") if row.get(key) not in (None, "")}
        if name in metadata:
            problems.append(f"{place} > {name}: listed twice.")
        if "published" in facts and not _is_date(facts["published"]):
            expected = f"expected a day, month or year such as 2018-06-30; found {facts['published']!r}."
            problems.append(f"{place} > {name} > published: {expected}")
        cells = {str(key): " ".join(str(row[key]).split()) for key in further if row.get(key) is not None}
        cells = {key: cell for key, cell in cells.items() if cell}
        if name:
            metadata[name] = facts | ({"metadata": json.dumps(cells, ensure_ascii=False)} if cells else {})
    return metadata


def described(facts: Mapping[str, str]) -> dict[str, str]:
    """The metadata of a document by column, with those further columns that `metadata` holds as JSON.

    >>> described({"title": "A speech", "metadata": '{"party": "left"}'})
    {'party': 'left', 'title': 'A speech'}
    """
    further = json.loads(facts.get("metadata") or "{}")
    return {**further, **{name: value for name, value in facts.items() if name not in IDENTIFYING}}


def with_facts(*facts: Mapping[str, str]) -> dict[str, str]:
    """Several metadata of one document as one, of which the later take precedence, also in further columns.

    >>> with_facts({"title": "A", "metadata": '{"party": "left"}'}, {"title": "B", "metadata": '{"seat": "x"}'})
    {'title': 'B', 'metadata': '{"party": "left", "seat": "x"}'}
    """
    joined = {name: value for own in facts for name, value in own.items()}
    further = {name: cell for own in facts for name, cell in json.loads(own.get("metadata") or "{}").items()}
    return {**joined, **({"metadata": json.dumps(further, ensure_ascii=False)} if further else {})}


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return False
    parts = [int(part) for part in text.split("-")] + [1, 1]
    try:
        date(*parts[:3])
    except ValueError:
        return False
    return True
