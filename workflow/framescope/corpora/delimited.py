"""Tables as CSV and TSV: their encoding and delimiter, and the positions of their rows in the file."""

from __future__ import annotations

import codecs
import csv
import io
import sys
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import charset_normalizer

from framescope.corpora.rows import Found, Listing, Refused, listed

DELIMITERS = ",;\t|"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LEGACY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "koi8_r", "mac_roman"]
CHUNK = 1 << 20
# More rows with a quotation mark that is never closed are not just slips.
MOST_UNCLOSED = 50


def list_delimited(path: Path, stated: Mapping[str, Any]) -> Listing:
    """The rows of a CSV or TSV file; `stated` may name encoding, delimiter and columns."""
    encoding = stated.get("encoding") or encoding_of(path)
    try:
        with opened(path, encoding) as stream, _cells_of_any_size():
            first = stream.readline().decode(byte_encoding(encoding))
            delimiter = stated.get("delimiter") or delimiter_of(first, path.suffix.lower())
            stream.seek(0)
            rows = _rows(stream, byte_encoding(encoding), delimiter)
            header = [name.strip() for name in next(rows, ("", 0, 0, [""]))[3] or []]
            how = {"format": "csv", "encoding": encoding, "delimiter": delimiter, "columns": header}
            return listed(header, _found(rows, header), stated, how)
    except (LookupError, UnicodeError, csv.Error) as error:
        raise Refused(f"it cannot be read as CSV in {encoding} ({error})", "Save it as CSV in UTF-8.") from error


def row_of_delimited(path: Path, how: Mapping[str, Any], start: int, end: int) -> str:
    """The text of the row between two positions in the file."""
    with opened(path, how["encoding"]) as stream:
        stream.seek(start)
        record = stream.read(end - start).decode(byte_encoding(how["encoding"]), "replace")
    with _cells_of_any_size():
        cells = next(csv.reader(io.StringIO(record, newline=""), delimiter=how["delimiter"]), [])
    return str(dict(zip(how["columns"], cells, strict=False)).get(how["column"], ""))


@contextmanager
def _cells_of_any_size() -> Iterator[None]:
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def encoding_of(path: Path) -> str:
    """The encoding of a file: that of its byte order mark, UTF-8 if the whole file is valid, else the most likely."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        chunk = stream.read(CHUNK)
        if marked := next((name for mark, name in MARKS if chunk.startswith(mark)), None):
            return marked
        while chunk:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return _legacy(chunk[max(0, error.start - CHUNK // 8) :][: CHUNK // 4])
            chunk = stream.read(CHUNK)
    return "utf-8"


def opened(path: Path, encoding: str) -> BinaryIO:
    """The bytes of a file, with UTF-16 and UTF-32 converted to UTF-8 so that lines end with the byte of a newline."""
    if encoding.startswith(("utf-16", "utf-32")):
        return io.BytesIO(path.read_bytes().decode(encoding).encode())
    return path.open("rb")


def byte_encoding(encoding: str) -> str:
    """The encoding of the bytes that `opened` returns."""
    return "utf-8" if encoding.startswith(("utf-16", "utf-32")) else encoding


def _legacy(sample: bytes) -> str:
    best = charset_normalizer.from_bytes(sample, cp_isolation=LEGACY).best()
    return str(best.encoding) if best else "cp1252"


def delimiter_of(line: str, suffix: str) -> str:
    """The delimiter that divides the first line into the most columns; a tab for .tsv."""
    if suffix == ".tsv":
        return "\t"
    return max(list(DELIMITERS), key=lambda sign: len(next(csv.reader([line], delimiter=sign), [])))


def _rows(stream: BinaryIO, encoding: str, delimiter: str) -> Iterator[tuple[str, int, int, list[str] | None]]:
    """The name, start, end and cells of each row, without cells if a quotation mark is never closed.

    Such a row ends with its line, and the next line begins a new row.

    Raises: Refused if there are too many such rows.
    """
    start, line = 0, 1
    for _ in range(MOST_UNCLOSED):
        unclosed = yield from _rows_from(start, line, stream, encoding, delimiter)
        if unclosed is None:
            return
        stream.seek(unclosed[0])
        start, line = unclosed[0] + len(stream.readline()), unclosed[1] + 1
        yield f"line {line - 1}", unclosed[0], start, None
    raise Refused(f"quotation marks are never closed in {MOST_UNCLOSED} of its rows", "Save it as CSV again.")


def _rows_from(
    start: int, line: int, stream: BinaryIO, encoding: str, delimiter: str
) -> Generator[tuple[str, int, int, list[str]], None, tuple[int, int] | None]:
    """The rows from a position on; the result is the start and line of a row whose quotation mark is never closed."""
    stream.seek(start)
    at = [start]
    reader = csv.reader(_lines(stream, encoding.removesuffix("-sig"), at), delimiter=delimiter)
    read = 0
    for cells in reader:
        lines, read = reader.line_num - read, reader.line_num
        if lines > 1 and _is_unclosed(stream, start, at[0], encoding, delimiter):
            return start, line
        if cells:
            yield f"line {line}", start, at[0], cells
        start, line = at[0], line + lines
    return None


def _is_unclosed(stream: BinaryIO, start: int, end: int, encoding: str, delimiter: str) -> bool:
    """Whether a row extends to the end of the file because its quotation mark is never closed."""
    if stream.read(1):
        stream.seek(end)
        return False
    stream.seek(start)
    record = stream.read(end - start).decode(encoding)
    try:
        next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True), None)
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _lines(stream: BinaryIO, encoding: str, at: list[int]) -> Iterator[str]:
    """The lines of a file from its current position; `at` has the position at which the next one begins."""
    while raw := stream.readline():
        at[0] += len(raw)
        yield raw.removeprefix(codecs.BOM_UTF8).decode(encoding)


def _found(rows: Iterator[tuple[str, int, int, list[str] | None]], header: list[str]) -> Iterator[Found]:
    for place, start, end, cells in rows:
        if cells is None:
            yield Found(place, start, end, None, "a quotation mark in it is never closed")
        elif len(cells) != len(header):
            fault = f"it has {len(cells)} columns, the first line of the table has {len(header)}"
            yield Found(place, start, end, None, fault)
        else:
            yield Found(place, start, end, dict(zip(header, cells, strict=True)))
