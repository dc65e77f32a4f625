"""Reading and writing the tables of a study according to their schemas."""

from __future__ import annotations

import csv
import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from framescope.failures import DamagedError, Failure
from framescope.table_schemas import table_schemas

ROWS_A_GROUP = 20_000
# Of tables that are read by document.
DOCUMENTS_AT_ONCE, ROWS_AT_ONCE = 2_000, 250_000
FAILURES = "framescope.failures"
DTYPES = {"text": "str", "date": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
READ = {"text": pa.large_string(), "date": pa.large_string(), "integer": pa.int64(), "number": pa.float64()}
READ["boolean"] = pa.bool_()
PANDAS = {READ["text"]: pd.StringDtype(na_value=np.nan), READ["integer"]: pd.Int64Dtype()}
PANDAS[READ["boolean"]] = pd.BooleanDtype()
# Bytes of a CSV file that are read at a time; some thirty such blocks are in memory. What pyarrow says of a longer row.
BLOCK, TOO_LONG_A_ROW = 1 << 20, "straddling object"


@dataclass(frozen=True)
class Except:
    """All values but these."""

    values: Collection[Any]


Where = Mapping[str, Collection[Any] | Except]


def conform(rows: pd.DataFrame | Iterable[dict[str, Any]], name: str) -> pd.DataFrame:
    """The rows with the columns, order and types of the schema; missing text becomes empty text.

    Raises: ValueError with the names of columns that are missing or unknown.
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
    """Write rows as the table `name`, as Parquet or as CSV with six significant digits, according to the suffix."""
    frame = conform(rows, name)
    if Path(path).suffix == ".parquet":
        frame.to_parquet(path, index=False, compression="zstd")
    else:
        with Path(path).open("wb") as stream:
            _write_csv(frame, stream)


@contextmanager
def table_in_parts(name: str, path: str | Path) -> Iterator[Callable[[pd.DataFrame], None]]:
    """A function that adds rows to the table `name`, which is written as Parquet or as CSV according to the suffix."""
    if Path(path).suffix == ".parquet":
        with _writer(name, path) as writer:
            yield lambda part: writer.write_table(pa.Table.from_pandas(conform(part, name), preserve_index=False))
    else:
        with Path(path).open("wb") as stream:
            _write_csv(conform([], name), stream)
            yield lambda part: _write_csv(conform(part, name), stream, header=False)


def write_in_parts(parts: Iterable[pd.DataFrame], name: str, path: str | Path) -> None:
    """Write the parts of the table `name` one after another."""
    with table_in_parts(name, path) as add:
        for part in parts:
            add(part)


def written_in_parts(parts: Iterable[pd.DataFrame], name: str, path: str | Path) -> Iterator[pd.DataFrame]:
    """Write the parts of the table `name` one after another, and pass each on after it is written."""
    with table_in_parts(name, path) as add:
        for part in parts:
            add(part)
            yield part


def write_tables_in_parts(parts: Iterable[Mapping[str, pd.DataFrame]], paths: Mapping[str, str]) -> None:
    """Write parts of several tables one after another, each to the path that has its name.

    A table is written as Parquet too if there is a path with its name and "_parquet".
    """
    with ExitStack() as stack:
        names = {key: key.removesuffix("_parquet") for key, _ in paths.items()}
        adding = {key: stack.enter_context(table_in_parts(name, paths[key])) for key, name in names.items()}
        for part in parts:
            for key, add in adding.items():
                add(part[names[key]])


def _write_csv(frame: pd.DataFrame, stream: BinaryIO, header: bool = True) -> None:
    """Write a table as `DataFrame.to_csv` with six significant digits does, in about a quarter of its time."""
    if len(frame.columns) < 2 or any(map(pd.api.types.is_object_dtype, frame.dtypes)):
        frame.to_csv(stream, index=False, header=header, lineterminator="\n", float_format="%.6g", encoding="utf-8")
        return
    comma, line_end = (pa.scalar(mark, pa.large_string()) for mark in (",", "\n"))
    if header:
        stream.write(frame.iloc[:0].to_csv(index=False, lineterminator="\n").encode())
    for start in range(0, len(frame), ROWS_A_GROUP):
        columns = [_cells(column) for _, column in frame.iloc[start : start + ROWS_A_GROUP].items()]
        rows = pc.binary_join_element_wise(*columns, comma)
        stream.write(pc.binary_join(pa.LargeListArray.from_arrays([0, len(rows)], rows), line_end)[0].as_buffer())
        stream.write(b"\n")


def _cells(column: pd.Series) -> pa.Array:
    """The cells of a column as they are written in a CSV file; absent values are empty."""
    if pd.api.types.is_float_dtype(column.dtype):
        # Equal numbers are formatted once. As bits, because 0 and -0 are equal numbers.
        codes, bits = pd.factorize(column.to_numpy(np.float64).view(np.int64))
        numbers = bits.view(np.float64)
        words = ("%.6g\n" * len(numbers) % tuple(numbers.tolist())).splitlines()
        written = pa.array(words, pa.string(), mask=np.isnan(numbers)).take(pa.array(codes))
    elif pd.api.types.is_bool_dtype(column.dtype):
        written = pc.if_else(pa.array(column), "True", "False")
    else:
        written = pa.array(column)
    cells = pc.fill_null(written.cast(pa.large_string()), "")
    cells = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    if pd.api.types.is_numeric_dtype(column.dtype) or not pc.any(_special(cells.unique())).as_py():
        return cells
    mark, nothing = (pa.scalar(text, pa.large_string()) for text in ('"', ""))
    quoted = pc.binary_join_element_wise(mark, pc.replace_substring(cells, '"', '""'), mark, nothing)
    return pc.if_else(_special(cells), quoted, cells)


def _special(cells: pa.Array) -> pa.BooleanArray:
    """Which cells of a CSV file must be in quotation marks."""
    return pc.match_substring_regex(cells, '[",\r\n]')


def write_tables(tables: Mapping[str, pd.DataFrame], paths: Mapping[str, str]) -> None:
    """Write each table to the path that has its name."""
    for name, frame in tables.items():
        write_table(frame, name, paths[name])


def write_streams(
    documents: Iterable[Iterable[tuple[str, dict[str, Any]]] | Failure], paths: Mapping[str, str | Path | BytesIO]
) -> None:
    """Write one document after another to the Parquet tables at `paths`, with few rows in memory at a time.

    The rows of a document are pairs of a table's name and a row, as `labelled` gives them. Failures are stored in the
    metadata of every table, from which `measure_failures` reads them.
    """
    waiting: dict[str, list[dict[str, Any]]] = {name: [] for name, _ in paths.items()}
    failures: list[dict[str, str]] = []
    with ExitStack() as writers:
        writing = {name: writers.enter_context(_writer(name, path)) for name, path in paths.items()}
        for document in documents:
            if isinstance(document, Failure):
                document.tell()
                failures.append(document.to_dict())
                continue
            for name, row in document:
                waiting[name].append(row)
            for name, rows in waiting.items():
                if len(rows) >= ROWS_A_GROUP:
                    _write_group(writing[name], rows, name)
                    rows.clear()
        for name, rows in waiting.items():
            _write_group(writing[name], rows, name)
            writing[name].add_key_value_metadata({FAILURES: json.dumps(failures, ensure_ascii=False)})


def labelled(names: Iterable[str], tables: Iterable[Iterable[dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of several tables, each paired with the name of its table.

    >>> list(labelled(["a", "b"], [[{"n": 1}], [{"n": 2}, {"n": 3}]]))
    [('a', {'n': 1}), ('b', {'n': 2}), ('b', {'n': 3})]
    """
    return ((name, row) for name, rows in zip(names, tables, strict=True) for row in rows)


def _writer(name: str, path: str | Path | BytesIO) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, _arrow_schema(name), compression="zstd", write_page_checksum=True)


@cache
def _arrow_schema(name: str) -> pa.Schema:
    return pa.Table.from_pandas(conform([], name), preserve_index=False).schema


def _write_group(writer: pq.ParquetWriter, rows: list[dict[str, Any]], name: str) -> None:
    writer.write_table(_arrow_table(rows, name))


def _arrow_table(rows: list[dict[str, Any]], name: str) -> pa.Table:
    """Rows that have all columns of the schema as `conform` gives them, in a third of its time.

    Raises: ValueError with the names of columns that a row misses or that are unknown.
    """
    schema = _arrow_schema(name)
    columns = set(schema.names)
    for row in rows:
        if row.keys() != columns:
            missing, unknown = sorted(columns - row.keys()), sorted(row.keys() - columns)
            raise ValueError(f"table {name}: missing columns {missing}, unknown columns {unknown}")
    cells = (list(map(itemgetter(name), rows)) for name in schema.names)
    arrays = [pa.array(column, field.type, from_pandas=True) for column, field in zip(cells, schema, strict=True)]
    whole = [pc.fill_null(array, "") if array.type == READ["text"] else array for array in arrays]
    return pa.Table.from_arrays(whole, schema=schema)


def renewed_part(
    before: bytes | None,
    new: Mapping[str, list[dict[str, Any]] | Failure],
    documents: Sequence[str],
    name: str,
) -> bytes:
    """A part of a measure, as the bytes of a Parquet file, with the rows of these documents, in this order.

    The rows of documents in `new` are given; those of all others are in the part `before`. Failures are stored as in
    `write_streams`.
    """
    failures = [outcome for outcome in new.values() if isinstance(outcome, Failure)]
    for failure in failures:
        failure.tell()
    rows = [row for outcome in new.values() if not isinstance(outcome, Failure) for row in outcome]
    table = _arrow_table(rows, name)
    if before is not None:
        others = pa.array([document for document in documents if document not in new], table["document"].type)
        kept = pq.read_table(pa.BufferReader(before), page_checksum_verification=True, use_threads=False)
        table = pa.concat_tables([kept.filter(pc.is_in(kept["document"], others)).cast(table.schema), table])
    places = pd.Index(documents).get_indexer(table["document"].to_pandas())
    stream = BytesIO()
    with _writer(name, stream) as writer:
        writer.write_table(table.take(np.argsort(places, kind="stable")))
        failed = json.dumps([failure.to_dict() for failure in failures], ensure_ascii=False)
        writer.add_key_value_metadata({FAILURES: failed})
    return stream.getvalue()


class JoinedMeasure:
    """A Parquet file to which parts made by `renewed_part` are appended, with few rows in memory at a time."""

    def __init__(self, name: str, path: str | Path) -> None:
        self._writer = _writer(name, path)
        self._waiting: list[pa.Table] = []
        self._failures: list[dict[str, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._write()
        self._writer.add_key_value_metadata({FAILURES: json.dumps(self._failures, ensure_ascii=False)})
        self._writer.close()

    def add(self, part: bytes, documents: Collection[str]) -> None:
        """Add the rows and failures of these documents from a part that `renewed_part` made."""
        file = pq.ParquetFile(pa.BufferReader(part), page_checksum_verification=True)
        # Threads that are still starting when a short job ends can abort it.
        rows = file.read(use_threads=False)
        failures = json.loads((file.metadata.metadata or {}).get(FAILURES.encode(), b"[]"))
        self._failures += [failure for failure in failures if failure["document"] in documents]
        rows = rows.filter(pc.is_in(rows["document"], value_set=pa.array(list(documents), rows["document"].type)))
        self._waiting.append(rows.cast(self._writer.schema))
        if sum(map(len, self._waiting)) >= ROWS_A_GROUP:
            self._write()

    def _write(self) -> None:
        if self._waiting:
            rows = pa.concat_tables(self._waiting)
            # One group, also of more rows than Arrow would put into one, so that no document is in two.
            self._writer.write_table(rows, row_group_size=max(len(rows), 1))
            self._waiting = []


def measure_failures(paths: Iterable[str | Path]) -> list[Failure]:
    """The failures stored in intermediate files, one for each document: that of the first file in which it failed."""
    failures: dict[str, Failure] = {}
    for path in paths:
        stored = (_opened(pq.read_metadata, path).metadata or {}).get(FAILURES.encode(), b"[]")
        for failure in json.loads(stored):
            failures.setdefault(failure["document"], Failure(**failure))
    return list(failures.values())


def count_rows(path: str | Path) -> int:
    """The number of rows of a table in CSV, with few of them in memory at a time."""
    lines, within_a_cell = 0, 0
    with Path(path).open("rb") as stream:
        while block := stream.read(BLOCK):
            # Between quotation marks a line may end within a cell. A mark within a cell is written as two.
            pieces = block.split(b'"')
            lines += sum(piece.count(b"\n") for piece in pieces[within_a_cell::2])
            within_a_cell = (within_a_cell + len(pieces) - 1) % 2
    return lines - 1


def column_names(path: str | Path) -> list[str]:
    """The names of the columns of a table in CSV."""
    with Path(path).open("rb") as stream:
        return next(csv.reader([stream.readline().decode()]))


def read_table(
    path: str | Path,
    columns: Collection[str] | None = None,
    rows: int | None = None,
    where: Where | Sequence[Where] = (),
) -> pd.DataFrame:
    """A table from CSV or Parquet. The name of a CSV file names its schema. Empty cells of text stay empty text.

    `columns` are those that are read, in the order of the file. Of a CSV file `rows` is the number of rows that are
    read, from its beginning, and `where` has the values that the rows to be read have in some columns, or those that
    they do not have (`Except`), or is a list of such conditions, of which rows meet any; of the other rows few are in
    memory at a time.

    Raises: ValueError if the file does not have a column.
    """
    path = Path(path)
    conditions = [where] if isinstance(where, Mapping) else where
    if path.suffix == ".parquet":
        measure: pd.DataFrame = _opened(pd.read_parquet, path, columns=columns, page_checksum_verification=True)
        return measure
    kinds = {column: facts.type for column, facts in table_schemas()[path.stem].columns.items()}
    names = column_names(path)
    asked = {*(columns or ()), *itertools.chain(*conditions)}
    if missing := asked - set(names):
        raise ValueError(f"{path}: there are no columns {sorted(missing)}")
    read = [name for name in names if columns is None or name in asked]
    if any(name not in kinds for name in read):
        frame = _read_open_table(path, kinds, read, rows)
        if conditions:
            met = _meeting(conditions, len(frame), lambda name, values: frame[name].isin(values).to_numpy(bool))
            frame = frame[met].reset_index(drop=True)
    else:
        types = {name: READ[kinds[name]] for name in read}
        kept = _in_blocks(
            path, lambda block: _first((_having(part, conditions) for part in _batches(path, types, block)), rows)
        )
        frame = kept.to_pandas(types_mapper=PANDAS.get)
    return frame[[name for name in read if columns is None or name in columns]]


def _read_open_table(path: Path, kinds: Mapping[str, str], names: list[str], rows: int | None) -> pd.DataFrame:
    """Columns of a table of which the schema does not know all: the types of the others are those of their values."""
    types = {column: DTYPES[kind] for column, kind in kinds.items()}
    absent: dict[str, Any] = {"na_values": {column: [""] for column in types}, "keep_default_na": False}
    frame: pd.DataFrame = pd.read_csv(path, dtype=types, usecols=names, nrows=rows, **absent)
    return frame.fillna({column: "" for column in frame.columns if types.get(column) == "str"})


def _in_blocks[Result](path: str | Path, read: Callable[[int], Result]) -> Result:
    """What `read` makes of a file in blocks of so many bytes; if a row is longer than a block, of the file as one."""
    try:
        return read(BLOCK)
    except pa.ArrowInvalid as error:
        if TOO_LONG_A_ROW not in str(error):
            raise
    return read(Path(path).stat().st_size + 1)


def _batches(path: str | Path, types: Mapping[str, pa.DataType], block: int) -> Iterator[pa.RecordBatch]:
    """The columns of a CSV file that have a type here, some rows after the others."""
    convert = pa_csv.ConvertOptions(include_columns=list(types), column_types=types, null_values=[""])
    parse = pa_csv.ParseOptions(newlines_in_values=True)
    # Threads that are still starting when a short job ends can abort it.
    with pa_csv.open_csv(path, pa_csv.ReadOptions(use_threads=False, block_size=block), parse, convert) as reader:
        # Also of a file without rows the types are known.
        yield pa.RecordBatch.from_pylist([], reader.schema)
        yield from reader


def _having(batch: pa.RecordBatch, conditions: Sequence[Where]) -> pa.RecordBatch:
    """The rows that meet any of the conditions; all rows if there is none."""

    def among(name: str, values: list[Any]) -> NDArray[np.bool_]:
        found = pc.is_in(batch[name], value_set=pa.array(values, batch[name].type))
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)

    return batch.filter(pa.array(_meeting(conditions, len(batch), among))) if conditions else batch


def _meeting(
    conditions: Sequence[Where], rows: int, among: Callable[[str, list[Any]], NDArray[np.bool_]]
) -> NDArray[np.bool_]:
    """Which of so many rows meet any of the conditions; `among` says which have one of the values in a column."""
    met = np.zeros(rows, dtype=bool)
    for condition in conditions:
        every = np.ones(rows, dtype=bool)
        for name, values in condition.items():
            refused = isinstance(values, Except)
            every &= among(name, list(values.values if isinstance(values, Except) else values)) != refused
        met |= every
    return met


def _first(batches: Iterable[pa.RecordBatch], rows: int | None) -> pa.Table:
    """The batches as a table of at most so many rows; no more of them are read than it needs."""
    kept, count = [], 0
    for batch in batches:
        kept.append(batch)
        count += len(batch)
        if rows is not None and count >= rows:
            break
    return pa.Table.from_batches(kept)[:rows]


def _opened(read: Callable[..., Any], path: str | Path, **options: Any) -> Any:
    with _reading(path):
        return read(path, **options)


@contextmanager
def _reading(path: str | Path) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, PermissionError, MemoryError):
        raise
    # Altered bytes cause errors of many types, such as a wrong checksum of a page or a name that cannot be decoded.
    except Exception as error:
        raise DamagedError(path) from error


def read_tables(
    paths: Mapping[str, str], names: Iterable[str], columns: Mapping[str, Collection[str]] | None = None
) -> dict[str, pd.DataFrame]:
    """The tables of these names, restricted to the documents in the table `documents`, which `paths` must contain.

    A document that failed in any stage is not in `documents`, and is thus left out of every table. `columns` are those
    that are read of some tables; of the others all are.
    """
    known = pa.array(read_table(paths["documents"], ["document"])["document"], READ["text"])
    chosen = columns or {}
    tables = {name: read_table(paths[name], chosen.get(name)) for name in names}
    # Series.isin would make an object of each document, for every table.
    used = {name: pc.is_in(pa.array(frame["document"], READ["text"]), known) for name, frame in tables.items()}
    return {name: frame[np.asarray(used[name], dtype=bool)].reset_index(drop=True) for name, frame in tables.items()}


def measure_in_parts(path: str | Path, documents: Iterable[str], columns: Collection[str]) -> Iterator[pd.DataFrame]:
    """The rows that a measure has of these documents, some at a time, in the order of the file.

    A part has all rows of its documents. There is at least one part, which may have no rows.

    Raises: DamagedError if the file was altered.
    """
    with _reading(path), pq.ParquetFile(path, page_checksum_verification=True) as file:
        schema = file.schema_arrow
        names = [name for name in schema.names if name in columns]
        known = pa.array(list(documents), schema.field("document").type)
        yield schema.empty_table().select(names).to_pandas()
        for group in range(file.num_row_groups):
            part = file.read_row_group(group, names, use_threads=False)
            yield part.filter(pc.is_in(part["document"], value_set=known)).to_pandas()


def documents_in_parts(
    paths: Mapping[str, str], documents: Iterable[str], most: int = DOCUMENTS_AT_ONCE
) -> Iterator[dict[str, pd.DataFrame]]:
    """The rows that Parquet tables have of at most so many of the documents at a time, in the order of their ids."""
    known = sorted(documents)
    tables = {name: _sorted_by_document(path, known) for name, path in paths.items()}
    names = {name: table["document"].to_numpy() for name, table in tables.items()}
    for start in range(0, len(known), most):
        first, last = known[start], known[min(start + most, len(known)) - 1]
        ends = {name: (np.searchsorted(of, first), np.searchsorted(of, last, "right")) for name, of in names.items()}
        yield {name: tables[name][low:high].to_pandas(types_mapper=PANDAS.get) for name, (low, high) in ends.items()}


def whole_documents(path: str | Path, documents: Iterable[str], most: int = ROWS_AT_ONCE) -> Iterator[pd.DataFrame]:
    """The rows that a Parquet table has of these documents, read in parts of about so many rows in their order.

    A part has all rows of its documents, because those of a document follow one another in every measure. Columns of
    text are categories.
    """
    known = pa.array(list(documents), READ["text"])
    with _reading(path), pq.ParquetFile(path, page_checksum_verification=True) as file:
        rows = file.schema_arrow.empty_table()
        for batch in file.iter_batches(most, use_threads=False):
            rows = pa.concat_tables([rows, pa.Table.from_batches([batch])])
            # More rows of the last document may follow.
            end = pc.index(rows["document"], rows["document"][-1]).as_py()
            yield _of_documents(rows[:end], known)
            rows = rows[end:]
        yield _of_documents(rows, known)


def _of_documents(rows: pa.Table, known: pa.Array) -> pd.DataFrame:
    kept = rows.filter(pc.is_in(rows["document"], value_set=known))
    return pd.DataFrame(kept.to_pandas(strings_to_categorical=True))


def _sorted_by_document(path: str | Path, known: list[str]) -> pa.Table:
    table = _opened(pq.read_table, path, page_checksum_verification=True, use_threads=False)
    table = table.filter(pc.is_in(table["document"], value_set=pa.array(known, table["document"].type)))
    return table.take(pc.sort_indices(table["document"]))


def rows_of_parts(part_of: NDArray[np.integer], parts: int) -> list[NDArray[np.intp]]:
    """The places of the rows of each part, from 0, in their order; `part_of` has the part of each row, or -1.

    >>> [rows.tolist() for rows in rows_of_parts(np.array([1, 0, -1, 1]), 2)]
    [[1], [0, 3]]
    """
    order = np.argsort(part_of, kind="stable")
    ends = np.searchsorted(part_of[order], np.arange(parts + 1))
    return [order[low:high] for low, high in itertools.pairwise(ends)]


def by_document(frame: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """A table's rows by document; a document without rows has an empty table."""
    empty = frame.iloc[:0]
    return defaultdict(lambda: empty, {str(document): rows for document, rows in frame.groupby("document", sort=False)})
