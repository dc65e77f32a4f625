"""The table of known actors, read from the CSV that comes with the package and from that of a study."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from babel import Locale

from framescope.problems import StudyError

COLUMNS = ("surface", "id", "kind", "theme", "present_theme", "from", "to", "successor", "source", "context")
REQUIRED = ("surface", "id", "kind")
ACTOR_KINDS = (
    "state",
    "former state",
    "organisation",
    "pact",
    "government",
    "place",
    "group",
    "person",
    "event",
    "corridor",
    "programme",
)
# Rows of these kinds give a form of a name and not a kind of actor: "Pakistani" for Pakistan, "Sino" in "Sino-Indian".
FORM_KINDS = ("demonym", "prefix")
# American spellings in a study's own table.
KIND_SPELLINGS = {"organization": "organisation", "program": "programme"}
THEME = re.compile(r"[^.\s][^.]*(\.[^.\s][^.]*)*")
# Codes that CLDR lists among territories although they name neither a state nor a dependency.
NO_TERRITORIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
SPELLINGS = (
    ("isation", "ization"),
    ("Defence", "Defense"),
    ("Labour", "Labor"),
    ("Programme", "Program"),
    ("Centre", "Center"),
    ("Co-op", "Coop"),
)


Day = tuple[int, int, int]
Days = tuple[Day, Day]
EARLIEST: Day = (-9999, 1, 1)
LATEST: Day = (9999, 12, 31)

Line = tuple[int, Mapping[str | None, object]]
"""The number of a line of a table and its cells by column."""


@dataclass(frozen=True)
class ActorRow:
    """One surface form of one actor. Only `surface`, `id` and `kind` must be filled in.

    `first` and `last` are years or days in ISO form; of several rows with the same surface form, the one is used whose
    years contain the time to which the sentence refers. `context` has context words, separated by semicolons: the
    surface form has this meaning only in a text with one of them ("Georgia" in a text with "Atlanta"). `theme` is the
    theme under which the name counts; in a text published before the end of `last`, `present_theme` takes its place.
    `own` says that the row comes from the study's own table.
    """

    surface: str
    id: str
    kind: str
    theme: str = ""
    present_theme: str = ""
    first: str = ""
    last: str = ""
    successor: str = ""
    source: str = ""
    context: str = ""
    own: bool = field(default=False, kw_only=True)

    @cached_property
    def days(self) -> Days | None:
        """The first and the last day of the row, or None if it gives neither."""
        return stated_days(self.first, self.last) if self.first or self.last else None

    @cached_property
    def context_pattern(self) -> re.Pattern[str] | None:
        """A pattern of the words of `context`, or None if there are none."""
        words = [word.strip() for word in self.context.split(";") if word.strip()]
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b") if words else None


@lru_cache(maxsize=65536)
def surface_key(surface: str) -> str:
    """The normal form of a name, which is the same for all its spellings.

    Quotation marks, dashes, spaces, a leading article, and British and American spelling make no difference.

    >>> surface_key("the Shanghai Co\u2011operation Organisation")
    'Shanghai Cooperation Organization'
    """
    text = unicodedata.normalize("NFC", surface)
    text = re.sub("[‘’ʼ]", "'", re.sub("[‐‑‒–—]", "-", text))
    text = re.sub(r"^[Tt]he\s+", "", " ".join(text.split()))
    for british, american in SPELLINGS:
        text = text.replace(british, american)
    return text


class ActorTable:
    """Known actors by surface form and by id.

    A surface form may name both a place and a government ("Moscow"): `find` gives the place, `government` the
    government. It may name different actors at different times ("Russia" in 1965 and in 2015), which have a row each:
    of these, the first whose years contain the `days` asked for is used; without such a row, or without days, the
    first row without years; if all rows have years, the first.
    """

    def __init__(self, rows: Iterable[ActorRow]) -> None:
        self.rows = tuple(rows)
        self._by_surface: dict[str, list[ActorRow]] = defaultdict(list)
        self._by_id: dict[str, list[ActorRow]] = defaultdict(list)
        for row in self.rows:
            self._by_surface[surface_key(row.surface)].append(row)
            self._by_id[row.id].append(row)

    @cached_property
    def surfaces(self) -> tuple[str, ...]:
        """Every surface form as written in the table."""
        return tuple(dict.fromkeys(row.surface for row in self.rows))

    def find(self, surface: str, days: Days | None = None, context: str = "") -> ActorRow | None:
        """The row of a surface form, or None. For a form that names both a place and a government it is the place.

        `context` is the text around the name. A row with context words is used only if the text contains one of them,
        and then takes precedence over rows without.

        >>> in_america = ActorRow("Georgia", "US-GA", "place", context="Atlanta; Savannah")
        >>> georgias = [ActorRow("Georgia", "GE", "state"), in_america]
        >>> [ActorTable(georgias).find("Georgia", context=text).id for text in ("in Tbilisi", "from Atlanta")]
        ['GE', 'US-GA']

        >>> former = ActorRow("Russia", "SU", "former state", first="1922", last="1991")
        >>> russias = ActorTable([ActorRow("Russia", "RU", "state"), former])
        >>> [russias.find("Russia", days).id for days in (None, stated_days("1965"), stated_days("2015"))]
        ['RU', 'SU', 'RU']
        """
        rows = self._by_surface.get(surface_key(surface), ())
        if len(rows) == 1 and not rows[0].context:
            return rows[0]
        in_context = [row for row in rows if row.context_pattern and row.context_pattern.search(context)]
        others = [row for row in rows if row.context_pattern is None]
        places = [row for row in others if row.kind != "government"]
        return _at(in_context or places or others, days)

    def government(self, surface: str, days: Days | None = None) -> ActorRow | None:
        """The row of the government that a capital or seat of power stands for, or None.

        A city that was a capital in some years only stands for a government only in these.
        """
        rows = self._by_surface.get(surface_key(surface), ())
        row = _at([row for row in rows if row.kind == "government"], days)
        city = any(row.kind == "place" for row in rows)
        return None if row is not None and city and not (row.days is None or _holds(row, days)) else row

    def depends_on_time(self, surface: str) -> bool:
        """Whether a surface form names different actors at different times."""
        return surface_key(surface) in self._changing

    def meanings(self, surface: str) -> tuple[ActorRow, ...]:
        """The rows of a surface form that have context words."""
        rows = self._by_surface.get(surface_key(surface), ())
        return tuple(row for row in rows if row.context)

    @cached_property
    def _changing(self) -> frozenset[str]:
        """The normal forms of surface forms that name different actors, or a government or none, by the time."""
        return frozenset(
            key
            for key, rows in self._by_surface.items()
            if len({row.id for row in rows if row.kind != "government" and not row.context}) > 1
            or any(row.kind == "government" and row.days for row in rows)
        )

    def name_of(self, actor_id: str) -> str:
        """The name to show for an id: that of its first row that is not a demonym, a prefix or a seat of government."""
        return next((row.surface for row in self._naming(actor_id)), actor_id)

    def kind_of(self, actor_id: str) -> str | None:
        """The kind of the actor with an id, or None if the table does not have it."""
        return next((row.kind for row in self._naming(actor_id)), None)

    def theme_of(self, actor_id: str, published: str | None = None) -> str | None:
        """The theme under which a named actor or event counts, or None if its row has no theme.

        `published` is the day, month or year of the text. If it is given and the actor's last day was not over by
        then, or the row has no last day, the row's `present_theme` is used, provided that it has one. In all other
        cases the theme is the row's `theme`.

        >>> war = ActorRow("Second World War", "WW2", "event", "history", "defence", "1939-09-01", "1945-09-02")
        >>> [ActorTable([war]).theme_of("WW2", published) for published in ("1944-01-11", "1946", None)]
        ['defence', 'history', 'history']
        """
        row = next((row for row in self._by_id.get(actor_id, ()) if row.theme), None)
        if row is None:
            return None
        return row.present_theme if row.present_theme and published and not _is_over(row.last, published) else row.theme

    def surfaces_of(self, actor_id: str) -> tuple[str, ...]:
        """Every surface form of an actor."""
        return tuple(row.surface for row in self._by_id.get(actor_id, ()))

    def successor_of(self, actor_id: str) -> str | None:
        """The id of the actor that succeeded a former one, or None."""
        return next((row.successor for row in self._by_id.get(actor_id, ()) if row.successor), None)

    def kinds(self) -> dict[str, str]:
        """The kind of every actor by id."""
        return {actor_id: kind for actor_id in self._by_id if (kind := self.kind_of(actor_id))}

    def years_of(self, actor_id: str) -> tuple[str, str]:
        """First and last year or day of an actor, empty where open or unknown."""
        return next(((row.first, row.last) for row in self._by_id.get(actor_id, ()) if row.first or row.last), ("", ""))

    def _naming(self, actor_id: str) -> Iterable[ActorRow]:
        rows = self._by_id.get(actor_id, ())
        return (row for row in rows if row.kind not in FORM_KINDS and row.kind != "government")


def load_actors(*paths: str | Path) -> ActorTable:
    """The table of actors from CSV files, with the names of territories in CLDR added.

    The last file is the table that comes with the package; those before it are the study's own. Rows of an earlier file
    take precedence over rows of a later one with the same surface form.

    Columns: surface, id, kind, theme, present_theme, from, to, successor, source; the first three are required. The id
    of a state is its ISO 3166-1 code.

    Raises: StudyError with a line for each wrong row of each file.
    """
    return _table(tuple((Path(path), _digest(Path(path))) for path in paths))


# Remembered by content: many thousand rows are read several times in a run. None is a file that cannot be read.
@lru_cache(maxsize=4)
def _table(of_files: tuple[tuple[Path, bytes | None], ...]) -> ActorTable:
    files = [_read(path) for path, _ in of_files]
    problems = [problem for _, problems_of_file in files for problem in problems_of_file]
    if problems:
        raise StudyError(problems)
    rows: list[ActorRow] = []
    taken: set[str] = set()
    of_study = [[replace(row, own=True) for row in rows_of_file] for rows_of_file, _ in files[:-1]]
    for group in [*of_study, *(rows_of_file for rows_of_file, _ in files[-1:]), territories()]:
        rows += [row for row in group if surface_key(row.surface) not in taken]
        # A row for some years or some contexts leaves the name of a territory in CLDR for all others.
        taken |= {surface_key(row.surface) for row in group if row.own or not (row.days or row.context_pattern)}
    return ActorTable(_names_first(rows))


def _digest(path: Path) -> bytes | None:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return None


def stated_days(first: str, last: str | None = None) -> Days:
    """The first and last day of a year, month or day in ISO form, or from one to another; an empty end is open.

    >>> stated_days("1922", "1991-12-26"), stated_days("-0044"), stated_days("1965-09")
    (((1922, 1, 1), (1991, 12, 26)), ((-44, 1, 1), (-44, 12, 31)), ((1965, 9, 1), (1965, 9, 31)))
    """
    start = _parts(first, 1, 1) if first else EARLIEST
    end = first if last is None else last
    return start, _parts(end, 12, 31) if end else LATEST


def _parts(day: str, month: int, last: int) -> Day:
    numbers = [int(part) for part in day.lstrip("-").split("-")]
    year, *rest = [-numbers[0] if day.startswith("-") else numbers[0], *numbers[1:]]
    return (year, *rest, *(month, last)[len(rest) :])[:3]  # type: ignore[return-value]


def _at(rows: Sequence[ActorRow], days: Days | None) -> ActorRow | None:
    """The row of one surface form that holds at the days; without one, the first row without years, or the first."""
    holding = (row for row in rows if _holds(row, days))
    lasting = (row for row in rows if row.days is None)
    return next(holding, None) or next(lasting, rows[0] if rows else None)


def _holds(row: ActorRow, days: Days | None) -> bool:
    """Whether the years of a row hold all of the days; without either they do not."""
    return days is not None and row.days is not None and row.days[0] <= days[0] and days[1] <= row.days[1]


def territories() -> list[ActorRow]:
    """A row for each state and dependency of ISO 3166-1, with its English name in the Unicode CLDR."""
    names: Mapping[str, str] = Locale("en").territories
    rows = []
    for code, name in sorted(names.items()):
        if len(code) == 2 and code.isalpha() and code not in NO_TERRITORIES:
            name = name.replace("&", "and").replace("St.", "Saint").replace("’", "'")
            rows.append(ActorRow(name, code, "state", source="CLDR"))
    return rows


def _names_first(rows: list[ActorRow]) -> list[ActorRow]:
    """The rows in an order in which CLDR's name of a state comes first, unless it contains a bracket or a dash."""
    plain = {row.id: row for row in rows if row.source == "CLDR" and not re.search(r"\(| - |SAR", row.surface)}
    led = dict.fromkeys(plain[row.id] for row in rows if row.id in plain and row.kind == "state")
    return [*led, *(row for row in rows if row not in led)]


def _read(path: Path) -> tuple[list[ActorRow], list[str]]:
    """The rows of one file, and a message for each mistake in them."""
    lines, problems = _lines(path)
    rows: list[ActorRow] = []
    earlier: dict[tuple[str, bool, str], list[tuple[ActorRow, int]]] = defaultdict(list)
    for number, line in lines:
        cell = {name: str(line.get(name) or "").strip() for name in COLUMNS}
        cell["kind"] = KIND_SPELLINGS.get(cell["kind"].lower(), cell["kind"])
        row = ActorRow(*cell.values())
        place = f"{path.name}, line {number}"
        wrong = _wrong(row, line)
        if not wrong:
            same = earlier[surface_key(row.surface), row.kind == "government", row.context]
            wrong += [
                f"surface {row.surface!r} is already in line {at}: keep one of the two rows, or give each its own "
                "years in from and to"
                for other, at in same
                if _clash(row, other)
            ]
            same.append((row, number))
        problems += [f"{place}: {reason}." for reason in wrong]
        rows.append(row)
    return rows, problems


def _lines(path: Path) -> tuple[list[Line], list[str]]:
    """The numbered lines of a file by column; none, and the mistakes, if it cannot be read or has other columns."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        return [], [f"{path.name}: cannot be read ({error.strerror}). Name a file that exists under `actors`."]
    except UnicodeDecodeError:
        return [], [f"{path.name}: is not UTF-8. Save it as CSV UTF-8."]
    reader = csv.DictReader(text.splitlines())
    try:
        header = reader.fieldnames or []
        lines: list[Line] = [(reader.line_num, line) for line in reader]
    except csv.Error as error:
        return [], [
            f"{path.name}, line {reader.line_num}: cannot be read ({error}). Look for an open double quote there."
        ]
    wrong = [f"has no column {name!r}" for name in REQUIRED if name not in header]
    wrong += [f"unknown column {name!r}" for name in header if name not in COLUMNS]
    problems = [f"{path.name}: {reason}. The columns are {', '.join(COLUMNS)}." for reason in wrong]
    return ([] if problems else lines), problems


def _clash(row: ActorRow, other: ActorRow) -> bool:
    """Whether two rows with the same surface form claim it for the same time. Two may meet in a year."""
    if row.days is None or other.days is None:
        return row.days is other.days
    return max(row.days[0], other.days[0])[0] < min(row.days[1], other.days[1])[0]


def _wrong(row: ActorRow, line: Mapping[str | None, object]) -> list[str]:
    """The mistakes in a row, one phrase for each."""
    wrong = []
    if None in line:
        wrong.append(f"has more cells than the {len(COLUMNS)} columns: put a surface with a comma in double quotes")
    wrong += [f"{name} is empty" for name in REQUIRED if not getattr(row, name)]
    kinds = (*ACTOR_KINDS, *FORM_KINDS)
    if row.kind and row.kind not in kinds:
        wrong.append(f"kind {row.kind!r} is none of {', '.join(kinds)}")
    for name, theme in (("theme", row.theme), ("present_theme", row.present_theme)):
        if theme and not THEME.fullmatch(theme):
            wrong.append(f"{name} {theme!r} is not the name of a theme such as defence or energy.nuclear")
    if row.present_theme and not row.theme:
        wrong.append("present_theme is given and theme is empty: fill in the theme under which the name counts later")
    days = {"from": _first_day(row.first), "to": _first_day(row.last)}
    for name, value in (("from", row.first), ("to", row.last)):
        if value and days[name] is None:
            wrong.append(f"{name} {value!r} is neither a year (1954) nor a day (1954-09-08)")
    if days["from"] and days["to"] and days["from"] > days["to"]:
        wrong.append(f"from {row.first} is later than to {row.last}")
    if row.successor and row.successor == row.id:
        wrong.append(f"successor {row.successor!r} is the actor itself")
    return wrong


def _is_over(last: str, published: str) -> bool:
    """Whether a last year or day is over by the date `published`, compared only as far as both dates are known.

    The year 1945 is thus not over by 1945-12.

    >>> _is_over("1945-09-02", "1946"), _is_over("1945", "1945-12-03"), _is_over("", "1946")
    (True, False, False)
    """
    known = min(len(last), len(published))
    return bool(last) and last[:known] < published[:known]


def _first_day(text: str) -> date | None:
    """The first day of a year, or the day itself; None for anything else."""
    try:
        return date(int(text), 1, 1) if re.fullmatch(r"\d{4}", text) else date.fromisoformat(text)
    except ValueError:
        return None
