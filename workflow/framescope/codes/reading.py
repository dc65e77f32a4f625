"""Reading files of codes in any of the known formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from framescope.codes.code import CodesError, Problem, Reading
from framescope.codes.exports import is_webanno, read_records, read_webanno
from framescope.codes.sheets import records_of, sheets_of
from framescope.codes.tables import EXPECTED, read_sheet
from framescope.codes.theme_names import ThemeNames


def stated_codes(codes: Any) -> list[tuple[str, str]]:
    """The files under `codes` in config.yaml, and the name of the coder of each that has one.

    >>> stated_codes("codes.csv"), stated_codes(["a.csv", {"file": "b.jsonl", "coder": "model"}])
    ([('codes.csv', '')], [('a.csv', ''), ('b.jsonl', 'model')])
    """
    listed = codes if isinstance(codes, list) else [codes] if codes else []
    return [(one, "") if isinstance(one, str) else (one["file"], one.get("coder", "")) for one in listed]


def read_files(files: Iterable[tuple[str | Path, str]], themes: Iterable[str] | None = None) -> Reading:
    """The codes of several files, each with the name of its coder, or an empty one.

    Raises: CodesError as `read_file` does.
    """
    reading = Reading()
    listed = list(themes) if themes is not None else None
    for path, coder in files:
        reading.add(read_file(Path(path), listed, coder))
    return reading


def read_file(path: Path, themes: Iterable[str] | None = None, coder: str = "") -> Reading:
    """The codes of one file, and the problems in it.

    `themes` are those of the lexicon; `coder` gave the codes where the file does not say who did, by default the name
    of the file or of the sheet. Sheets are CSV or workbooks with a row for each code, a column for each coder or a
    column for each theme, and QualCoder's report of codings; JSON is Label Studio's, doccano's or an object for each
    text; WebAnno TSV is INCEpTION's.

    Raises: CodesError if it is in none of these forms.
    """
    names = ThemeNames(themes)
    if path.suffix.lower() in (".json", ".jsonl", ".ndjson"):
        reading = read_records(records_of(path), path, names, coder or path.stem)
    elif path.suffix.lower() == ".tsv" and is_webanno(text := path.read_bytes().decode("utf-8", "replace")):
        reading = read_webanno(text, path, names, coder or path.stem)
    else:
        reading = _read_sheets(path, names, coder)
    if not reading.codes and not reading.problems and not reading.weights:
        raise CodesError(f"{path.name}: {EXPECTED}; found no rows.")
    reading.problems += _contradictions(reading)
    return reading


def _read_sheets(path: Path, names: ThemeNames, coder: str) -> Reading:
    reading, refusals = Reading(), []
    sheets = sheets_of(path)
    for sheet in sheets:
        try:
            reading.add(read_sheet(sheet, names, coder or sheet.name))
        except CodesError as error:
            refusals.append(error)
    if refusals and len(refusals) == len(sheets):
        raise refusals[0]
    reading.problems += [Problem(path.name, str(error), "This sheet is not used.") for error in refusals]
    return reading


def _contradictions(reading: Reading) -> list[Problem]:
    """A problem for each answer "none" of a coder who also gave the same unit a theme."""
    given: Mapping[tuple[Any, ...], str] = {
        (code.coder, *_unit(code)): code.place for code in reading.codes if code.themes and not code.passage
    }
    return [
        Problem(code.place, f"{code.coder} said none here and gave a theme in {given[key]}", "The theme counts.")
        for code in reading.codes
        if not code.themes and (key := (code.coder, *_unit(code))) in given
    ]


def _unit(code: Any) -> tuple[Any, ...]:
    return (code.document, code.sentence, code.paragraph, "" if code.sentence or code.paragraph else code.text)
