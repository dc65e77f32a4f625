"""Lexicons in CSV, with one row for each term (columns theme and term) or one column for each theme."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from framescope.themes.formats.reading import Draft, read_text
from framescope.themes.lexicon import Lexicon

_THEME = ("theme", "category", "key")
_TERM = ("term", "word", "pattern", "value")
# A column with one of these headings shows that each row is a term, whatever the other columns are called.
_LONG = {*_THEME, "themes", "categories", "keys", "term", "terms", "word", "words", "pattern", "patterns"}


def read_csv(path: Path) -> Lexicon:
    """The lexicon of a CSV file separated by commas, semicolons or tabs, with terms in the project's own notation.

    With columns theme (or category, key) and term (or word, pattern, value), each row is a term. Its theme is a dotted
    path, and its weight is in the column weight if there is one. Otherwise each column is a theme named by its heading.

    Raises: LexiconError if the file has no rows, or if it is unclear which of the two forms it has.
    """
    draft = Draft(path.name)
    text = read_text(path)
    heading = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=heading.count), strict=True)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row))]
    except csv.Error as error:
        raise draft.error(reader.line_num, f"this is not a table ({error}); check its quotation marks") from error
    columns = rows[0][1] if rows else []
    names = [column.lower() for column in columns]
    theme_at = next((names.index(name) for name in _THEME if name in names), None)
    term_at = next((names.index(name) for name in _TERM if name in names), None)
    if theme_at is not None and term_at is not None:
        _read_long(rows[1:], draft, theme_at, term_at, names.index("weight") if "weight" in names else None)
    elif telling := [column for column in columns if column.lower() in _LONG]:
        expected = (
            "the columns theme and term, with one term in each row; or a column for each theme, headed by its name"
        )
        found = f"{', '.join(columns)}, where {telling[0]!r} is not a theme"
        raise draft.error(1, f"expected {expected}; found {found}. Name the columns theme and term.")
    else:
        _refuse_rows_without_headings(rows, draft)
        _read_wide(rows[1:], draft, columns)
    return draft.lexicon()


def _read_long(
    rows: list[tuple[int, list[str]]], draft: Draft, theme_at: int, term_at: int, weight_at: int | None
) -> None:
    for line, row in rows:
        if len(row) <= max(theme_at, term_at) or not row[theme_at] or not row[term_at]:
            draft.warn(line, f"expected a theme and a term, found {', '.join(row)!r}; the row is left out")
            continue
        weight = 1.0
        if weight_at is not None and weight_at < len(row) and row[weight_at]:
            try:
                weight = float(row[weight_at])
            except ValueError:
                draft.warn(line, f"expected a number as weight, found {row[weight_at]!r}; 1 is used")
        draft.add(draft.theme(tuple(row[theme_at].split(".")), line), row[term_at], line, weight)


def _refuse_rows_without_headings(rows: list[tuple[int, list[str]]], draft: Draft) -> None:
    """Check that the columns are themes.

    Raises: LexiconError if values in the first column are repeated, because these are then themes beside their terms.
    """
    first = [row[0] for _, row in rows if row[0]]
    if len(first) > 2 and len(set(first)) <= len(first) / 2:
        raise draft.error(1, f"expected headings, found {', '.join(rows[0][1])!r}; begin the file with 'theme,term'")


def _read_wide(rows: list[tuple[int, list[str]]], draft: Draft, columns: list[str]) -> None:
    themes = [draft.theme((column,), 1) if column else None for column in columns]
    for line, row in rows:
        for theme, cell in zip(themes, row, strict=False):
            if theme and cell:
                draft.add(theme, cell, line)
        homeless = [cell for cell in row[len(themes) :] if cell]
        if homeless:
            draft.warn(line, f"{', '.join(homeless)!r} stand below no heading and are left out")
