"""The tables of a study: their schemas, and reading and writing files that keep to them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from framescope.failures import DamagedError, Failure
from framescope.resources import SCHEMAS

ROWS_A_GROUP = 20_000
FAILURES = "framescope.failures"
TABLE_SCHEMAS = SCHEMAS / "tables.yaml"
DTYPES = {"text": "str", "date": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}


@dataclass(frozen=True)
class Column:
    """What a column holds; `type` is text, date, integer, number or boolean."""

    type: str
    about: str


@dataclass(frozen=True)
class Table:
    """What a table holds.

    A table with `parquet` is written as Parquet as well; an open one may have further columns after the named ones; a
    measure is kept between stages and is not for readers.
    """

    name: str
    row: str
    about: str
    columns: dict[str, Column]
    parquet: bool = False
    open: bool = False
    measure: bool = False


@cache
def table_schemas(path: Path = TABLE_SCHEMAS) -> dict[str, Table]:
    """Every table by name, in the order of the schema file."""
    return {
        name: Table(
            name,
            entry["row"],
            entry["about"],
            {column: Column(**facts) for column, facts in entry["columns"].items()},
            entry.get("parquet", False),
            entry.get("open", False),
            entry.get("measure", False),
        )
        for name, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    }


def conform(rows: pd.DataFrame | Iterable[dict[str, Any]], name: str) -> pd.DataFrame:
    """The rows as the schema wants them: all its columns, in its order and types, absent text as empty text.

    Raises ValueError naming the columns that are missing or unknown.
    """
    table = table_schemas()[name]
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
    if frame.empty and not len(frame.columns):
        frame = pd.DataFrame(columns=list(table.columns))
    missing = [column for column in table.columns if column not in frame.columns]
    further = [column for column in frame.columns if column not in table.columns]
    if missing or (further and not table.open):
        raise ValueError(f"table {name}: missing columns {missing}, unknown columns {[] if table.open else further}")
    kinds = {column: DTYPES[facts.type] for column, facts in table.columns.items()}
    texts = {column: "" for column, kind in kinds.items() if kind == "str"}
    return frame[[*table.columns, *further]].astype(kinds).fillna(texts)


def write_table(rows: pd.DataFrame | Iterable[dict[str, Any]], name: str, path: str | Path) -> None:
    """Write rows as the table `name`: CSV with six significant digits, or Parquet by the path's suffix."""
    frame = conform(rows, name)
    if Path(path).suffix == ".parquet":
        frame.to_parquet(path, index=False, compression="zstd")
    else:
        frame.to_csv(path, index=False, lineterminator="\n", float_format="%.6g", encoding="utf-8")


def write_tables(tables: Mapping[str, pd.DataFrame], paths: Mapping[str, str]) -> None:
    """Write each table under its name to the path of that name."""
    for name, frame in tables.items():
        write_table(frame, name, paths[name])


def write_stream(documents: Iterable[Iterable[dict[str, Any]] | Failure], name: str, path: str | Path) -> None:
    """Write the rows of one document after another as the Parquet table `name`, holding few of them at a time.

    The failures among them go into the file's metadata, where `measure_failures` finds them.
    """
    writer: pq.ParquetWriter | None = None
    waiting: list[dict[str, Any]] = []
    failures: list[dict[str, str]] = []
    for last, rows in _with_end(documents):
        if isinstance(rows, Failure):
            rows.tell()
            failures.append(rows.to_dict())
        else:
            waiting.extend(rows)
        if last or len(waiting) >= ROWS_A_GROUP:
            group = pa.Table.from_pandas(conform(waiting, name), preserve_index=False)
            writer = writer or pq.ParquetWriter(path, group.schema, compression="zstd", write_page_checksum=True)
            writer.write_table(group)
            waiting = []
    if writer is not None:
        writer.add_key_value_metadata({FAILURES: json.dumps(failures, ensure_ascii=False)})
        writer.close()


def measure_failures(paths: Iterable[str | Path]) -> list[Failure]:
    """The failures that measures hold, one for each document: that of the first measure in which it failed."""
    found: dict[str, Failure] = {}
    for path in paths:
        kept = (_opened(pq.read_metadata, path).metadata or {}).get(FAILURES.encode(), b"[]")
        for failure in json.loads(kept):
            found.setdefault(failure["document"], Failure(**failure))
    return list(found.values())


def _with_end(
    documents: Iterable[Iterable[dict[str, Any]] | Failure],
) -> Iterator[tuple[bool, Iterable[dict[str, Any]] | Failure]]:
    for rows in documents:
        yield False, rows
    yield True, ()


def read_table(path: str | Path, columns: list[str] | None = None) -> pd.DataFrame:
    """A table from CSV or Parquet; a CSV's name says which schema gives its types. Empty text cells stay empty text."""
    path = Path(path)
    if path.suffix == ".parquet":
        measure: pd.DataFrame = _opened(pd.read_parquet, path, columns=columns, page_checksum_verification=True)
        return measure
    schema = table_schemas()[path.stem]
    types = {column: DTYPES[facts.type] for column, facts in schema.columns.items()}
    frame = pd.read_csv(path, dtype=types, usecols=columns, na_values={c: [""] for c in types}, keep_default_na=False)
    return frame.fillna({column: "" for column in frame.columns if types.get(column) == "str"})


def _opened(read: Callable[..., Any], path: str | Path, **options: Any) -> Any:
    try:
        return read(path, **options)
    except (FileNotFoundError, PermissionError, MemoryError):
        raise
    # Bytes that were altered show as errors of many kinds, from the checksum of a page to a name that is no text.
    except Exception as error:
        raise DamagedError(path) from error


def read_tables(paths: Mapping[str, str], names: Iterable[str]) -> dict[str, pd.DataFrame]:
    """The tables of these names, with the rows of the documents in the table `documents`, which `paths` has as well.

    A document that failed in one measure is not in `documents`, and so it is in no table.
    """
    known = read_table(paths["documents"])["document"]
    tables = {name: read_table(paths[name]) for name in names}
    return {name: frame[frame["document"].isin(known)].reset_index(drop=True) for name, frame in tables.items()}


def by_document(frame: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """A table's rows by document; a document without rows has an empty table."""
    empty = frame.iloc[:0]
    return defaultdict(lambda: empty, {str(document): rows for document, rows in frame.groupby("document", sort=False)})
