"""Batch files of extraction: a JSON line for each source, a Document or why there is none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from framescope.document import Document


def record_line(record: dict[str, Any]) -> str:
    """A record as a line."""
    return json.dumps(record, ensure_ascii=False) + "\n"


def stored_texts(path: str | Path) -> Iterator[Document]:
    """The documents of a batch file, without its failures."""
    return (Document.from_dict(record) for record in _records(path) if "sections" in record)


def stored_failures(path: str | Path) -> Iterator[dict[str, str]]:
    """The failures of a batch file: file, reason and remedy."""
    for record in _records(path):
        if "sections" not in record:
            yield {key: record[key] for key in ("file", "reason", "remedy")}


def _records(path: str | Path) -> Iterator[dict[str, Any]]:
    with Path(path).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
