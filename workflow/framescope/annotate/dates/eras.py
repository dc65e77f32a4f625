"""Names of eras, read from a data file, and the places where a text names one."""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from framescope.annotate.dates import periods as values
from framescope.annotate.dates.grammar.tokens import TOKEN
from framescope.annotate.dates.periods import Period
from framescope.resources import LEXICONS

DEFAULT_PATH = LEXICONS / "eras.csv"
SEPARATOR = re.compile(r"\|(?![^()]*\))")
FIRST_WORD = re.compile(r"(?:\[(?P<letters>\w\w)\])?(?P<rest>\w[\w/-]*)(?=$|[ (\[’'])")
COLUMNS = ("name", "pattern", "first", "last", "source")


@dataclass(frozen=True)
class Eras:
    """Eras by the first token of their names: for each, in order, a regular expression and the period that it means."""

    by_first_token: Mapping[str, tuple[tuple[re.Pattern[str], Period], ...]]

    def find(self, text: str, tokens: Sequence[str], starts: Sequence[int]) -> list[tuple[int, int, Period]]:
        """Start, end and period of each name of an era in a text; `tokens` and `starts` are those of the text."""
        named: list[tuple[int, int, Period]] = []
        for at in [at for at, token in enumerate(tokens) if token in self.by_first_token]:
            if named and starts[at] < named[-1][1]:
                continue
            for expression, period in self.by_first_token[tokens[at]]:
                match = expression.match(text, starts[at])
                if match:
                    named.append((match.start(), match.end(), period))
                    break
        return named


def load_eras(*paths: str | Path) -> Eras:
    """Eras of CSV files with the columns name, pattern, first, last and source; rows of an earlier file come first.

    `pattern` is one or more names separated by "|": regular expressions that each begin with a plain word, whose first
    letter may stand as [Xx]. `first` and `last` are a year, a month or a day (1947, 1947-03, 1947-03-12; -0044 is
    44 BC), or empty where an era is open. Of two names that match at one place the earlier row's is taken. Raises
    ValueError naming file and line.
    """
    by_first_token: dict[str, list[tuple[re.Pattern[str], Period]]] = {}
    for path in paths:
        for expression, period, tokens in _names(path):
            for token in tokens:
                by_first_token.setdefault(token, []).append((expression, period))
    return Eras({token: tuple(names) for token, names in by_first_token.items()})


def _names(path: str | Path) -> Iterator[tuple[re.Pattern[str], Period, list[str]]]:
    """Each name of an era in a file: its regular expression, its period, and the tokens with which it may begin."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines, restval="")
            columns, rows = table.fieldnames, [(table.line_num, row) for row in table]
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise ValueError(f"{path}: expected a table as CSV in UTF-8; it cannot be read ({error})") from error
    if tuple(columns or ()) != COLUMNS:
        raise ValueError(f"{path}: expected the columns {', '.join(COLUMNS)}, found {columns}")
    for line, row in rows:
        try:
            period = _period(row)
            for name in SEPARATOR.split(row["pattern"]):
                yield _expression(name), period, _first_tokens(name)
        except (ValueError, OverflowError, re.error, FutureWarning) as error:
            raise ValueError(f"{path}, line {line}: {error}") from error


def _expression(name: str) -> re.Pattern[str]:
    """The regular expression of a name; "[[", which a later Python may read as a nested set, is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)
        return re.compile(rf"(?:{name})(?!\w)")


def _period(row: Mapping[str, str]) -> Period:
    if None in row:
        raise ValueError(f"expected {len(COLUMNS)} cells, found more; a cell with a comma stands in double quotes")
    start, stop = _side(row["first"]), _side(row["last"])
    first, last = start.first if start else None, stop.last if stop else None
    if not row["name"] or not row["source"]:
        raise ValueError("expected a name and a source for each era, found none")
    if not (first or last) or (first and last and first > last):
        raise ValueError(f"expected a first day before a last day, found {row['first']!r} and {row['last']!r}")
    return Period(first, last, "era", row["name"])


def _first_tokens(name: str) -> list[str]:
    plain = FIRST_WORD.match(name)
    if not plain:
        raise ValueError(f"expected each name to begin with a plain word, found {name!r}")
    return [TOKEN.match(letter + plain["rest"])[0] for letter in plain["letters"] or [""]]  # type: ignore[index]


def _side(text: str) -> Period | None:
    period = values.from_text(text) if text else None
    if text and not period:
        raise ValueError(f"expected a year, month or day such as 1947, 1947-03 or 1947-03-12, found {text!r}")
    return period


@cache
def default_eras() -> Eras:
    """The eras that come with Framescope."""
    return load_eras(DEFAULT_PATH)
