"""The rows of a file of codes: of CSV in the encodings and delimiters of spreadsheets, of a workbook, or of JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from framescope.codes.code import CodesError
from framescope.corpora.delimited import delimiter_of, encoding_of

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


class Row(NamedTuple):
    """A row, with the file and line where it is, and its cells by the name of their column."""

    place: str
    cells: dict[str, Any]


class Sheet(NamedTuple):
    """The name of a sheet (that of its file, unless a workbook has several), its columns and its rows."""

    name: str
    place: str
    columns: list[str]
    rows: list[Row]


def sheets_of(path: Path) -> list[Sheet]:
    """The sheets of a workbook that are not empty, or the one of a CSV file.

    Raises: CodesError if the file cannot be read.
    """
    if path.suffix.lower() in WORKBOOKS:
        return _workbook(path)
    try:
        text = path.read_bytes().decode(encoding_of(path)).removeprefix("\ufeff")
        lines = _delimited(text, path.suffix.lower())
        return [sheet] if (sheet := _sheet(path.stem, path.name, "line", lines)) else []
    except (UnicodeError, csv.Error) as error:
        raise CodesError(f"{path.name}: it cannot be read as a table ({error}). Save it as CSV UTF-8.") from error


def _delimited(text: str, suffix: str) -> list[tuple[int, list[Any]]]:
    first = text.partition("\n")[0].strip()
    stated = first.removeprefix("sep=") if first.casefold().startswith("sep=") and len(first) == 5 else ""
    head = next((line for line in text.splitlines()[bool(stated) :] if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=stated or delimiter_of(head, suffix))
    lines = []
    before = 0
    for cells in reader:
        lines.append((before + 1, list[Any](cells)))
        before = reader.line_num
    return lines[bool(stated) :]


def _workbook(path: Path) -> list[Sheet]:
    # Imported here, because a study is checked at every start and few have codes in a workbook.
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        contents = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except (CalamineError, OSError) as error:
        raise CodesError(f"{path.name}: it cannot be read as a workbook ({error}). Save it again.") from error
    filled = [(name, rows) for name, rows in contents if any(_shown(cell) for row in rows for cell in row)]
    sheets = []
    for name, rows in filled:
        several = len(filled) > 1
        place = f"{path.name}, sheet {name}" if several else path.name
        numbered = [(number, [_shown(cell) for cell in row]) for number, row in enumerate(rows, 1)]
        if sheet := _sheet(name if several else path.stem, place, "row", numbered):
            sheets.append(sheet)
    return sheets


def _shown(cell: Any) -> str:
    """A cell of a workbook as it is shown: whole numbers without a decimal point."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _sheet(name: str, place: str, unit: str, lines: Iterable[tuple[int, list[Any]]]) -> Sheet | None:
    """The sheet whose first row that is not blank names the columns; blank rows are left out, and columns without name.

    None if all rows are blank.
    """
    filled = [(number, cells) for number, cells in lines if any(str(cell).strip() for cell in cells)]
    if not filled:
        return None
    columns = [str(cell).strip() for cell in filled[0][1]]
    rows = [
        Row(f"{place}, {unit} {number}", {name: cell for name, cell in zip(columns, cells, strict=False) if name})
        for number, cells in filled[1:]
    ]
    return Sheet(name, place, [column for column in columns if column], rows)


def records_of(path: Path) -> list[Row]:
    """The objects of a JSON file: of an array of them, or one on each line.

    Raises: CodesError if it is no JSON of this form.
    """
    text = path.read_bytes().decode("utf-8-sig", "replace")
    try:
        whole = json.loads(text)
        items = whole if isinstance(whole, list) else [whole]
        objects = [(f"{path.name}, object {number}", item) for number, item in enumerate(items, 1)]
    except (ValueError, RecursionError):
        objects = [
            (place := f"{path.name}, line {number}", _json(line, place))
            for number, line in enumerate(text.splitlines(), 1)
            if line.strip()
        ]
    for place, item in objects:
        if not isinstance(item, dict):
            raise CodesError(f"{place}: expected a JSON object for each text; found {str(item)[:60]}.")
    return [Row(place, item) for place, item in objects]


def _json(line: str, place: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CodesError(f"{place}: it is no JSON ({error}). Export it again as JSON or JSONL.") from error
