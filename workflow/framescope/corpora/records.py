"""Tables as JSON lines, with one object in each line, and as Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from framescope.corpora.columns import find_columns
from framescope.corpora.rows import Found, Listing, Refused, listed

ROWS_AT_ONCE = 2_000


def list_json_lines(path: Path, stated: Mapping[str, Any]) -> Listing:
    """The rows of a file with a JSON object on each line; its columns are the keys of the first hundred objects."""
    with path.open("rb") as stream:
        header: dict[str, None] = {}
        for _, row in zip(range(100), _json_lines(stream), strict=False):
            header |= dict.fromkeys(row.cells or {})
        stream.seek(0)
        return listed(list(header), _json_lines(stream), stated, {"format": "jsonl"})


def row_of_json_lines(path: Path, how: Mapping[str, Any], start: int, end: int) -> str:
    """The text of the line between two positions in the file."""
    with path.open("rb") as stream:
        stream.seek(start)
        return str(json.loads(stream.read(end - start).decode("utf-8-sig"))[how["column"]])


def _json_lines(stream: Any) -> Iterator[Found]:
    end = 0
    for number, raw in enumerate(stream, 1):
        start, end = end, end + len(raw)
        if not raw.strip():
            continue
        place = f"line {number}"
        try:
            cells = json.loads(raw.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            yield Found(place, start, end, None, f"it is no JSON ({error})")
            continue
        if isinstance(cells, dict):
            yield Found(place, start, end, cells)
        else:
            yield Found(place, start, end, None, "it is no JSON object with columns as keys")


def list_parquet(path: Path, stated: Mapping[str, Any]) -> Listing:
    """The rows of a Parquet file."""
    try:
        table = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise Refused(f"it is no Parquet file, or damaged ({error})", "Save it again, whole.") from error
    header = [str(name) for name in table.schema_arrow.names]
    roles, further, _ = find_columns(header, stated)
    wanted = [name for name in header if name in {*roles.values(), *further}]
    return listed(header, _parquet_rows(table, wanted), stated, {"format": "parquet"})


def row_of_parquet(path: Path, how: Mapping[str, Any], start: int, end: int) -> str:
    """The text of the row with this number, from 0."""
    table = pq.ParquetFile(path)
    for group in range(table.num_row_groups):
        size = table.metadata.row_group(group).num_rows
        if start < size:
            return str(_column(str(path), path.stat().st_mtime_ns, group, how["column"])[start].as_py())
        start -= size
    raise IndexError(f"{path} has no row {end}")


@lru_cache(maxsize=1)
def _column(path: str, modified: int, group: int, column: str) -> Any:
    return pq.ParquetFile(path).read_row_group(group, columns=[column]).column(0)


def _parquet_rows(table: Any, wanted: list[str]) -> Iterator[Found]:
    number = 0
    for batch in table.iter_batches(batch_size=ROWS_AT_ONCE, columns=wanted):
        for cells in batch.to_pylist():
            yield Found(f"row {number + 1}", number, number + 1, cells)
            number += 1
