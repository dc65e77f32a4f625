"""Metadata of documents: title, author, date and others, from config.yaml or a table as CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from framescope.corpora.files import is_file
from framescope.defaults import config_schema
from framescope.problems import nearest

METADATA = ("title", "author", "published", "group", "genre", "source", "language", "speaker")


def read_metadata(
    documents: Any, folder: Path, problems: list[str]
) -> tuple[list[str] | None, dict[str, dict[str, str]], str | None]:
    """The metadata of documents, from the value of `documents` in config.yaml.

    The listed files (None for all), the metadata by file name or id, and the CSV file from which they were read, if
    any. Each mistake is added to `problems`.
    """
    if documents is None:
        return None, {}, None
    if isinstance(documents, str):
        named_by = documents if is_file(folder / documents) else None
        return None, _metadata_of_csv(documents, folder, problems), named_by
    if isinstance(documents, dict):
        facts_by_name = _mappings(
            {str(name): {} if facts is None else facts for name, facts in documents.items()}, problems
        )
        rows = [{"file": name, **facts} for name, facts in facts_by_name.items()]
        return None, _by_name(rows, "config.yaml: documents", problems), None
    entries = {number: {"file": row} if isinstance(row, str) else row for number, row in enumerate(documents, 1)}
    rows = list(_mappings(entries, problems).values())
    listed = [str(row["file"]) for row in rows if row.get("file")]
    for number, row in enumerate(rows, 1):
        if not row.get("file"):
            problems.append(f"config.yaml: documents > {number}: the key file is missing.")
    return listed, _by_name(rows, "config.yaml: documents", problems), None


def _mappings[Place](entries: Mapping[Place, Any], problems: list[str]) -> dict[Place, dict[str, Any]]:
    """The entries of `documents` that are mappings; for each other entry a problem is added."""
    for place, entry in entries.items():
        if not isinstance(entry, dict):
            known = ", ".join(METADATA)
            problems.append(f"config.yaml: documents > {place}: expected keys with values ({known}); found {entry!r}.")
    return {place: entry for place, entry in entries.items() if isinstance(entry, dict)}


def _metadata_of_csv(name: str, folder: Path, problems: list[str]) -> dict[str, dict[str, str]]:
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
    known = ["file", "document", *METADATA]
    problems += [f"{name}: unknown column {c!r}. {nearest(c, known)}" for c in columns if c not in known]
    if "file" not in columns and "document" not in columns:
        problems.append(f"{name}: expected a column file or document; found {', '.join(columns) or 'no columns'}.")
        return {}
    return _by_name(rows, name, problems)


def _unreadable(name: str, error: Exception) -> str:
    return f"{name}: expected a table as CSV in UTF-8; it cannot be read ({error}). Save it as CSV UTF-8."


def _by_name(rows: Iterable[Mapping[str, Any]], place: str, problems: list[str]) -> dict[str, dict[str, str]]:
    known = list(config_schema()["properties"]["documents"]["$defs"]["metadata"]["properties"])
    metadata: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows, 1):
        name = str(row.get("file") or row.get("document") or "").strip()
        problems += [
            f"{place} > {name or number}: unknown key {k!r}. {nearest(k, known)}" for k in row if k not in known and k
        ]
        facts = {key: str(row[key]).strip() for key in (*METADATA, "document") if row.get(key) not in (None, "")}
        if name in metadata:
            problems.append(f"{place} > {name}: listed twice.")
        if "published" in facts and not _is_date(facts["published"]):
            expected = f"expected a day, month or year such as 2018-06-30; found {facts['published']!r}."
            problems.append(f"{place} > {name} > published: {expected}")
        if name:
            metadata[name] = facts
    return metadata


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return False
    parts = [int(part) for part in text.split("-")] + [1, 1]
    try:
        date(*parts[:3])
    except ValueError:
        return False
    return True
