"""The tables of a study: their schemas, and reading and writing files that keep to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

ROWS_A_GROUP = 20_000
SCHEMAS = Path(__file__).parents[1] / "schemas" / "tables.yaml"
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
def table_schemas(path: Path = SCHEMAS) -> dict[str, Table]:
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


def write_stream(documents: Iterable[Iterable[dict[str, Any]]], name: str, path: str | Path) -> None:
    """Write the rows of one document after another as the Parquet table `name`, holding few of them at a time."""
    writer: pq.ParquetWriter | None = None
    waiting: list[dict[str, Any]] = []
    for last, rows in _with_end(documents):
        waiting.extend(rows)
        if last or len(waiting) >= ROWS_A_GROUP:
            group = pa.Table.from_pandas(conform(waiting, name), preserve_index=False)
            writer = writer or pq.ParquetWriter(path, group.schema, compression="zstd")
            writer.write_table(group)
            waiting = []
    if writer is not None:
        writer.close()


def _with_end(documents: Iterable[Iterable[dict[str, Any]]]) -> Iterator[tuple[bool, Iterable[dict[str, Any]]]]:
    for rows in documents:
        yield False, rows
    yield True, ()


def read_table(path: str | Path, columns: list[str] | None = None) -> pd.DataFrame:
    """A table from CSV or Parquet; a CSV's name says which schema gives its types. Empty text cells stay empty text."""
    path = Path(path)
    if path.suffix == ".parquet":
        return pd.read_parquet(path, columns=columns)
    schema = table_schemas()[path.stem]
    types = {column: DTYPES[facts.type] for column, facts in schema.columns.items()}
    frame = pd.read_csv(path, dtype=types, usecols=columns, na_values={c: [""] for c in types}, keep_default_na=False)
    return frame.fillna({column: "" for column in frame.columns if types.get(column) == "str"})


def by_document(frame: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """A table's rows by document; a document without rows has an empty table."""
    empty = frame.iloc[:0]
    return defaultdict(lambda: empty, {str(document): rows for document, rows in frame.groupby("document", sort=False)})
