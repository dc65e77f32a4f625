"""The rows of a table in a study, which are listed once and stored as long as the file does not change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from framescope.cache import write_whole
from framescope.contents import signature
from framescope.corpora.columns import FACTS, facts_of, find_columns
from framescope.identifiers import slug

MEND = "Correct the row, or remove it."


FACT_COLUMNS = (*FACTS, "metadata")
ROWS = pa.schema(
    [
        ("id", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("sha256", pa.binary(32)),
        ("size", pa.int64()),
        *((name, pa.string()) for name in FACT_COLUMNS),
    ]
)
# So many rows are collected as objects before they become columns.
ROWS_AT_ONCE = 20_000


class Row(NamedTuple):
    """A document of a table: its id, its start and end for `text_of`, and its metadata.

    It also has the digest of its text, and the size of its text in bytes.
    """

    id: str
    start: int
    end: int
    sha256: str
    size: int
    facts: dict[str, str]


class Found(NamedTuple):
    """A row as a reader returns it: its place, and its cells by column or, without cells, the problem with it."""

    place: str
    start: int
    end: int
    cells: dict[str, Any] | None
    fault: str = ""


@dataclass
class Listing:
    """The documents of a table, the rows that are skipped, and problems with its configuration.

    `table` has the columns ROWS, because a million rows as objects would take gigabytes. `how` has the facts that are
    needed to read the text of a row again.
    """

    table: pa.Table = field(default_factory=ROWS.empty_table)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    how: dict[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> Iterator[Row]:
        """The documents one by one."""
        for batch in self.table.to_batches(ROWS_AT_ONCE):
            for cells in batch.to_pylist():
                yield _row(cells)

    def row(self, row: str) -> Row | None:
        """The document with this id."""
        position = self._positions.get(row)
        return None if position is None else _row(self.table.slice(position, 1).to_pylist()[0])

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {row: position for position, row in enumerate(self.table["id"].to_pylist())}


def _row(cells: Mapping[str, Any]) -> Row:
    facts = {name: cells[name] for name in FACT_COLUMNS if cells[name] is not None}
    return Row(cells["id"], cells["start"], cells["end"], cells["sha256"].hex(), cells["size"], facts)


class Refused(Exception):  # noqa: N818 - this is not an error: the file is skipped with this reason
    """A table that cannot be listed: the reason, and what to do about it."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def listed(header: list[str], found: Iterator[Found], stated: Mapping[str, Any], how: dict[str, Any]) -> Listing:
    """The listing of a table from its columns and rows.

    A row is skipped with its cause if it is malformed, has no text, an invalid date, or the id of an earlier row.

    Raises: Refused if no column has the text.
    """
    roles, further, problems = find_columns(header, stated)
    if problems:
        return Listing(problems=problems)
    if "text" not in roles:
        names = ", ".join(header[:12])
        raise Refused(
            f"it is a table, and none of its columns is called text (it has {names})",
            "Name its columns under corpora in config.yaml, or remove it from raw/.",
        )
    listing = Listing(how={**how, "column": roles["text"]})
    ids: dict[str, str] = {}
    tables = []
    rows: list[tuple[str, int, int, bytes, int, dict[str, str]]] = []
    for number, (place, start, end, cells, fault) in enumerate(found, 1):
        if cells is None:
            listing.skipped.append((place, fault))
            continue
        text = cells.get(roles["text"])
        if not isinstance(text, str) or not text.strip():
            listing.skipped.append((place, f"its column {roles['text']} has no text"))
            continue
        given = cells.get(roles.get("id", ""))
        row_id = slug(str(given)) if given not in (None, "") else f"{number:06}"
        if row_id in ids:
            listing.skipped.append((place, f"its id {row_id} is that of {ids[row_id]}"))
            continue
        try:
            facts = facts_of(cells, roles, further)
        except ValueError as error:
            listing.skipped.append((place, f"column {roles['published']}: {error}"))
            continue
        ids[row_id] = place
        aside = cells.get("aside", "") if how["format"] == "tei" else ""
        sha256 = hashlib.sha256((text + aside).encode("utf-8", "surrogatepass")).digest()
        rows.append((row_id, start, end, sha256, len(text.encode("utf-8", "replace")), facts))
        if len(rows) == ROWS_AT_ONCE:
            tables.append(_columns(rows))
            rows = []
    listing.table = pa.concat_tables([*tables, _columns(rows)])
    return listing


def _columns(rows: list[tuple[str, int, int, bytes, int, dict[str, str]]]) -> pa.Table:
    """Rows, each with its metadata as the last cell, as a table with the columns ROWS."""
    *cells, facts = map(list, zip(*rows, strict=True)) if rows else ([],) * 6
    columns = [*cells, *([row.get(name) for row in facts] for name in FACT_COLUMNS)]
    return pa.table([_column(*pair) for pair in zip(columns, ROWS, strict=True)], ROWS)


def _column(cells: list[Any], field: pa.Field) -> pa.Array:
    try:
        return pa.array(cells, field.type)
    except UnicodeEncodeError:
        # A half of a surrogate pair becomes a question mark.
        return pa.array([cell and cell.encode("utf-8", "replace").decode() for cell in cells], field.type)


def remembered_listing(
    path: Path, stated: Mapping[str, Any], memory: Path | None, work: Callable[[], Listing | None]
) -> Listing | None:
    """The listing that `work` makes of a file, or an earlier one stored in `memory` if the file has not changed.

    The result is None for a file that is not a table. As in `Contents`, a file that may have been written since it was
    listed is listed again.
    """
    if memory is None:
        return work()
    kept_in = memory / f"{digest(str(path))}.parquet"
    file = signature(path)
    key = [file, dict(stated), CODE]
    stored = _stored(kept_in)
    if stored is not None and max(file["modified"], file["changed"]) < kept_in.stat().st_mtime_ns:
        facts = json.loads(stored.schema.metadata[FACTS_OF_LISTING])
        if facts["key"] == key:
            return Listing(stored.replace_schema_metadata(), **facts["listing"]) if facts["listing"] else None
    listing = work()
    table = ROWS.empty_table() if listing is None else listing.table
    rest = listing and {"skipped": listing.skipped, "problems": listing.problems, "how": listing.how}
    facts = json.dumps({"key": key, "listing": rest}).encode()
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata({FACTS_OF_LISTING: facts}), sink)
    write_whole(kept_in, sink.getvalue())
    return listing


FACTS_OF_LISTING = b"listing"


def _stored(path: Path) -> pa.Table | None:
    """A stored listing; None if there is none, or it is damaged."""
    try:
        table = pq.read_table(path)
    except (FileNotFoundError, pa.ArrowInvalid, OSError):
        return None
    return table if FACTS_OF_LISTING in (table.schema.metadata or {}) else None


CODE = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))).hexdigest()
