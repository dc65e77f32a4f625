"""Codes in sheets: a row for each code, a column for each coder or theme, or passages under the name of their theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from framescope.codes.code import Code, CodesError, Problem, Reading
from framescope.codes.columns import OF_A_CODER, roles_of
from framescope.codes.sheets import Row, Sheet
from framescope.codes.theme_names import ThemeNames

EXPECTED = (
    "expected columns that name a sentence (document and sentence, document and paragraph, or text) and its themes "
    "(theme, a column for each coder such as coder_1, or a column for each theme)"
)
# The values in a column for one theme.
MARKS = {"1": True, "x": True, "yes": True, "true": True, "0": False, "no": False, "false": False, "": False}


def read_sheet(sheet: Sheet, themes: ThemeNames, coder: str) -> Reading:
    """The codes of a sheet; `coder` is the coder if the sheet does not name one.

    Raises: CodesError if no columns name sentences and themes.
    """
    roles, others = roles_of(sheet.columns)
    if not _is_placed(roles):
        if any(themes.find(name) for name in sheet.columns):
            return _passages(sheet, themes, coder)
        raise CodesError(f"{sheet.place}: {EXPECTED}; found {', '.join(sheet.columns)}.")
    if "theme" in roles:
        return _by_row(sheet.rows, roles, roles["theme"], themes, coder)
    if marked := [name for name in others if themes.find(name) and _holds_marks(sheet, name)]:
        return _by_theme(sheet.rows, roles, marked, themes, coder)
    if "coder" in roles and len(holding := [name for name in others if _holds_themes(sheet, name, themes)]) == 1:
        return _by_row(sheet.rows, roles, holding[0], themes, coder)
    coders = {name: match["name"] or name for name in others if (match := OF_A_CODER.fullmatch(name))}
    coders |= {name: name for name in others if name not in coders and _holds_themes(sheet, name, themes)}
    if not coders:
        raise CodesError(f"{sheet.place}: {EXPECTED}; found {', '.join(sheet.columns)}.")
    return _by_coder(sheet, roles, coders, themes)


def _is_placed(roles: dict[str, str]) -> bool:
    return bool({"text", "passage"} & roles.keys()) or (
        "document" in roles and bool({"sentence", "paragraph"} & roles.keys())
    )


def _holds_themes(sheet: Sheet, column: str, themes: ThemeNames) -> bool:
    """Whether at least half of the answers in a column are known themes or none; a column may also be empty."""
    answers = [answer for row in sheet.rows if (answer := themes.in_cell(row.cells.get(column)))[0] is not None]
    return bool(answers) and 2 * sum(not unknown for _, unknown in answers) >= len(answers)


def _holds_marks(sheet: Sheet, column: str) -> bool:
    return all(str(row.cells.get(column, "")).strip().casefold() in MARKS for row in sheet.rows)


def code_of(
    row: Row, roles: dict[str, str], coder: str, themes: tuple[str, ...], problems: list[Problem]
) -> Code | None:
    """The code in a row with the themes that were found in it; None, with a problem, if its unit is not identified."""
    cells = {role: _shown(row.cells.get(column)) for role, column in roles.items()}
    sentence, text = cells.get("sentence", ""), cells.get("text", "")
    if " " in sentence and not text:
        sentence, text = "", sentence
    numbers = {"sentence": sentence, "paragraph": cells.get("paragraph", ""), "round": cells.get("round", "")}
    for role, number in numbers.items():
        if number and not _is_number(number):
            problems.append(Problem(row.place, f"its {role} {number!r} is not a number", "Correct it. Not used."))
            return None
    passage = cells.get("passage", "")
    if not (text or passage or (cells.get("document") and (sentence or numbers["paragraph"]))):
        problems.append(Problem(row.place, "it names no sentence", "Give document and sentence, or text. Not used."))
        return None
    weight = cells.get("weight", "").replace(",", ".")
    if weight and not (_is_decimal(weight) and 0 < float(weight) < float("inf")):
        problems.append(Problem(row.place, f"its weight {weight!r} is not a number above 0", "Correct it. Not used."))
        return None
    return Code(
        place=row.place,
        document=cells.get("document", ""),
        sentence=int(sentence) if sentence else None,
        paragraph=int(numbers["paragraph"]) if numbers["paragraph"] else None,
        text=text or passage,
        coder=cells.get("coder") or coder,
        themes=themes,
        weight=float(weight) if weight else None,
        passage=not text and bool(passage),
        round=max(int(numbers["round"] or 1), 1),
    )


def add_code(row: Row, roles: dict[str, str], coder: str, cell: Any, themes: ThemeNames, reading: Reading) -> None:
    """Add the code that a cell of a row gives to a reading, or the problem with it."""
    found, unknown = themes.in_cell(cell)
    reading.problems += [
        Problem(row.place, f"no theme {name!r} in the lexicon", themes.advice(name)) for name in unknown
    ]
    if found is None:
        who = _shown(row.cells.get(roles.get("coder", ""))) or coder
        reading.problems.append(Problem(row.place, f"{who} gave no answer", "Write none if it has no theme. Not used."))
        return
    if code := code_of(row, roles, coder, found, reading.problems):
        reading.codes.append(code)


def _by_row(rows: Sequence[Row], roles: dict[str, str], column: str, themes: ThemeNames, coder: str) -> Reading:
    reading = Reading()
    for row in rows:
        add_code(row, roles, coder, row.cells.get(column), themes, reading)
    return reading


def _by_coder(sheet: Sheet, roles: dict[str, str], coders: dict[str, str], themes: ThemeNames) -> Reading:
    reading = Reading()
    for column, coder in coders.items():
        if any(themes.in_cell(row.cells.get(column))[0] is not None for row in sheet.rows):
            for row in sheet.rows:
                add_code(row, roles, coder, row.cells.get(column), themes, reading)
        else:
            reading.problems.append(Problem(sheet.place, f"its column {column} is empty", "Fill it in, or remove it."))
    if not reading.codes:
        reading.weights = [code for row in sheet.rows if (code := code_of(row, roles, "", (), [])) and code.weight]
    return reading


def _by_theme(
    rows: Sequence[Row], roles: dict[str, str], columns: list[str], themes: ThemeNames, coder: str
) -> Reading:
    reading = Reading()
    for row in rows:
        marked = [name for name in columns if MARKS[str(row.cells.get(name, "")).strip().casefold()]]
        blank = all(not str(row.cells.get(name, "")).strip() for name in columns)
        add_code(row, roles, coder, "" if blank else marked or "none", themes, reading)
    return reading


def _passages(sheet: Sheet, themes: ThemeNames, coder: str) -> Reading:
    """QualCoder's report of codings: under the name of each code, its passages, each with its file in its last line."""
    reading = Reading()
    for column in sheet.columns:
        named, unknown = themes.in_cell(column)
        if unknown or named is None:
            reading.problems.append(Problem(sheet.place, f"no theme {column!r} in the lexicon", "Not used."))
            continue
        for row in sheet.rows:
            text, _, file = _shown(row.cells.get(column)).rpartition("\n")
            if file:
                place = f"{row.place}, column {column}"
                reading.codes.append(
                    Code(place, file if text else "", None, None, text or file, coder, named, None, True)
                )
    return reading


def _shown(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_decimal(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
