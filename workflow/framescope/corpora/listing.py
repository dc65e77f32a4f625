"""Which files of a study are tables, their rows, and the text of one row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from framescope.corpora.delimited import list_delimited, row_of_delimited
from framescope.corpora.records import list_json_lines, list_parquet, row_of_json_lines, row_of_parquet
from framescope.corpora.rows import Listing, Row, remembered_listing
from framescope.corpora.speeches import list_speeches, speech_of

LISTERS: dict[str, Callable[[Path, Mapping[str, Any]], Listing | None]] = {
    ".csv": list_delimited,
    ".tsv": list_delimited,
    ".jsonl": list_json_lines,
    ".ndjson": list_json_lines,
    ".parquet": list_parquet,
    ".xml": list_speeches,
    ".tei": list_speeches,
}
READERS: dict[str, Callable[[Path, Mapping[str, Any], int, int], str]] = {
    "csv": row_of_delimited,
    "jsonl": row_of_json_lines,
    "parquet": row_of_parquet,
}


def list_table(path: Path, stated: Mapping[str, Any], memory: Path | None = None) -> Listing | None:
    """The documents of a table, told by the ending of its name; None for a file that is one document.

    `stated` is the table's entry under `corpora` in config.yaml, empty where there is none. What was listed before is
    taken from the folder `memory` while the file is the same. Raises Refused with reason and remedy.
    """
    lister = LISTERS.get(path.suffix.lower())
    if lister is None:
        return None
    return remembered_listing(path, stated, memory, lambda: lister(path, stated))


def text_of(path: Path, listing: Listing, row: Row) -> tuple[str, str]:
    """The text of a row, and what was noted in it and is no part of it."""
    if listing.how["format"] == "tei":
        return speech_of(path, row.start)
    return READERS[listing.how["format"]](path, listing.how, row.start, row.end), ""
