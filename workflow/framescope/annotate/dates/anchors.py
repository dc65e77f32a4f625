"""Dates that do not state their year, which follows from the text before them or from the day of publication.

The anchor of such a date is the period from which it is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from framescope.annotate.dates import periods as values
from framescope.annotate.dates.periods import LEANED_ON, Day, Period
from framescope.annotate.dates.tense import SILENT, Clause, Direction

Base = Literal["text", "text first", "published", "either", "story"]
Resolved = tuple[Period | None, str | None]

NEAR = 2
FOUR_DIGITS = 1000
FEW = 3
MUCH_NEARER = 6


@dataclass
class Context:
    """The context in which a date is resolved.

    `published` is the period of publication, `running` the last date read, `distance` the number of sentences since
    then, and `dated` the last date that is no longer than a year. `narrative`: most dates of the document are before
    its year of publication. `deictic`: it mentions the days around its publication ("yesterday"). `report`: it reports
    events of these days. `clause`: what the clause of the date says about its time. `ancient`: years of three digits
    have been read. `author_date`: it has citations such as (Name 1987).
    """

    published: Period | None = None
    running: Period | None = None
    dated: Period | None = None
    distance: int = 0
    narrative: bool = False
    deictic: bool = False
    report: bool = False
    clause: Clause = SILENT
    ancient: bool = False
    author_date: bool = False

    def remember(self, period: Period) -> None:
        """Make a date just read the anchor of those that follow."""
        self.running, self.distance = period, 0
        if period.last and unit_of(period, "year"):
            self.dated = period
            self.ancient = self.ancient or abs(period.last[0]) < FOUR_DIGITS

    def anchors(self, base: Base) -> list[tuple[str, Period]]:
        """The possible anchors, the most likely first, each with its origin: "text" or "publication"."""
        text = [("text", anchor) for anchor in dict.fromkeys((self.running, self.dated)) if anchor]
        published = [("publication", self.published)] if self.published else []
        match base:
            case "text":
                return text
            case "text first":
                return text if self.narrative else text + published
            case "published":
                return published
            case "story":
                return text if self.narrative and self.clause.direction != "ahead" else published
        return text + published if self._tells_of_then() else published + text

    def _tells_of_then(self) -> bool:
        """Whether a month without its year is in the year of the last date read, not in that of the publication.

        In a report, which is about the days around its publication, this requires another year in the same sentence.
        """
        if not (self.published and self.published.year):
            return True
        year = self.running.year if self.running else None
        if year is None or year == self.published.year:
            return False
        if year > self.published.year and self.clause.direction == "behind":
            return False
        if self.report:
            return self.distance == 0 and self.clause.direction != "ahead"
        near = self.distance < NEAR and abs(year - self.published.year) <= 1
        return self.narrative or (near and self.clause.direction != "ahead")


@dataclass(frozen=True, slots=True)
class Relative:
    """A period counted from an anchor: `make` computes it, and `value` is the TIMEX3 value if there is no anchor."""

    base: Base
    make: Callable[[Period], Period | None]
    value: str


@dataclass(frozen=True, slots=True)
class Length(Relative):
    """A length of time that begins or ends at its anchor, as "the past two years"; `value` is the length, P2Y."""


@dataclass(frozen=True, slots=True)
class Yearless:
    """A day, month or season without its year; `weekday` is the day of the week that the text states with it."""

    make: Callable[[int], Period | None]
    value: str
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday is 0."""

    number: int

    @property
    def value(self) -> str:
        """The TIMEX3 value of such a day."""
        return f"XXXX-WXX-{self.number + 1}"


@dataclass(frozen=True, slots=True)
class Today:
    """The day of publication in a text that mentions the days around it, otherwise the present in general."""

    value: str = "PRESENT_REF"


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A number of three digits that may be a year. `make` takes its sign, which is -1 for years before Christ.

    It is `certain` if it follows a month; otherwise it is a year only if such years were read before.
    """

    make: Callable[[int], Period | None]
    value: str
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Derived:
    """A period computed from others, some of which need an anchor."""

    function: Callable[..., Period | None]
    sources: tuple[Any, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Other:
    """A time expression that is not a calendar date: a length of time, a repetition, a reference to past or future."""

    type: str
    value: str


Reading = Period | Relative | Yearless | Weekday | Today | Doubtful | Derived


def derive(function: Callable[..., Period | None], *sources: Reading) -> Reading | None:
    """The result of a function of readings: computed now if all are periods, otherwise when they are resolved."""
    if all(isinstance(source, Period) for source in sources):
        return function(*sources)
    return Derived(function, sources, "/".join(source.value for source in sources))


def resolve(reading: Reading, context: Context) -> Resolved:
    """The period that a reading means in its context, and the anchor used; (None, None) if there is no such period."""
    match reading:
        case Period():
            return reading, None
        case Doubtful(make, _, certain):
            return (_signed(make, context.running), None) if certain or context.ancient else (None, None)
        case Today():
            return _first(_day_of, context.anchors("published")) if context.deictic else (None, None)
        case Weekday(number):
            last_date = context.running if context.narrative and context.distance < NEAR else None
            if (
                last_date
                and last_date.unit == "day"
                and not (context.published and last_date.year == context.published.year)
            ):
                return on_weekday(last_date, number, 1), f"text {last_date.value}"
            return _first(
                lambda anchor: _weekday_near(anchor, number, context.clause.direction), context.anchors("published")
            )
        case Relative(base, make):
            return _first(make, context.anchors(base))
        case Yearless(make, _, weekday):
            return _on_its_weekday(make, weekday, context) or _in_a_year(make, context)
        case Derived(function, sources):
            resolved = [resolve(source, context) for source in sources]
            if function is values.span:
                resolved[1:] = [_after_start(sources[1], resolved[0][0], *resolved[1])]
            periods = [period for period, _ in resolved if period]
            if function is values.span and len(periods) == 1 and resolved[0][0]:
                return values.from_then_on(periods[0]), resolved[0][1]
            made = function(*periods) if len(periods) == len(sources) else None
            return made, next((anchor for _, anchor in resolved if anchor), None) if made else None


def _after_start(source: Reading, start: Period | None, end: Period | None, anchor: str | None) -> Resolved:
    """The end of a range, in the next year or week if it would be before the start: from November to March."""
    if not (start and end and start.first and end.last) or start.first <= end.last:
        return end, anchor
    match source:
        case Yearless(make):
            later = make(values.shift_year(start.first[0], 0)) or end
            if later.last and later.last < start.first:
                later = make(values.shift_year(start.first[0], 1)) or end
            return later, anchor
        case Weekday(number):
            return on_weekday(start, number, 1), anchor
    return end, anchor


def _signed(make: Callable[[int], Period | None], running: Period | None) -> Period | None:
    before_christ = running and running.year and running.year < 0
    return (make(-1) if before_christ else None) or make(1)


def _first(make: Callable[[Period], Period | None], anchors: list[tuple[str, Period]]) -> Resolved:
    for name, anchor in anchors:
        period = make(anchor)
        if period:
            return period, f"{name} {anchor.value}"
    return None, None


def _day_of(anchor: Period) -> Period:
    return anchor


def _in_a_year(make: Callable[[int], Period | None], context: Context) -> Resolved:
    """The day, month or season in the year of its anchor, or in a year beside it.

    Counted from the text, a month of spring after one of autumn lies in the next year. Counted from the publication,
    the clause says whether it is the last such period or the next one; where it does not say, it is the nearer.
    """
    for name, anchor in context.anchors("either"):
        if name == "text" and not unit_of(anchor, "year"):
            continue
        here = anchor.last or anchor.first
        period = make(here[0]) if here else None
        if not (here and period and period.first and period.last):
            continue
        first, last = period.first, period.last
        if name == "publication":
            period = _nearest([make(values.shift_year(here[0], step)) for step in (-1, 0, 1)], anchor, context.clause)
        elif context.clause.back:
            period = make(values.shift_year(here[0], -int(first > here)))
        elif anchor.unit in ("day", "month") and here[1] >= 10 and last[1] <= 3:
            period = make(values.shift_year(here[0], 1))
        if period:
            return period, f"{name} {anchor.value}"
    return None, None


def _on_its_weekday(make: Callable[[int], Period | None], weekday: int | None, context: Context) -> Resolved | None:
    """The day in the year next to the anchor in which it falls on the weekday that is named with it."""
    if weekday is None:
        return None
    for name, anchor in context.anchors("either"):
        for step in (0, -1, 1):
            period = make(values.shift_year(anchor.last[0], step)) if anchor.last else None
            date = values.as_date(period.first) if period and period.first else None
            if date and date.weekday() == weekday:
                return period, f"{name} {anchor.value}"
    return None


def _nearest(candidates: Sequence[Period | None], anchor: Period, clause: Clause) -> Period | None:
    """Of periods in order, the next one from the anchor on, the last one up to it, or the nearer of the two.

    A period to come is the nearer only if it is less than half as far away as the one before: texts speak of the past
    more often than of the future. A verb far from its date is overruled where the other period is much nearer: "has
    invited ministers to a summit in Geneva on 12 March" in February.
    """
    start, end = anchor.first or anchor.last, anchor.last or anchor.first
    dated = [(period.first, period.last, period) for period in candidates if period and period.first and period.last]
    if not (start and end and dated):
        return None
    past = [(last, period) for first, last, period in dated if first <= end]
    coming = [(first, period) for first, last, period in dated if last >= start]
    if not (past and coming):
        return past[-1][1] if past else coming[0][1]
    (before, latest), (after, next_one) = past[-1], coming[0]
    ahead, behind = _days(end, after), _days(before, start)
    direction = clause.direction
    if clause.far and direction == "ahead":
        return latest if MUCH_NEARER * behind < ahead else next_one
    if clause.far and direction == "behind":
        return next_one if MUCH_NEARER * ahead < behind else latest
    nearer = next_one if 2 * ahead < behind else latest
    return next_one if direction == "ahead" else latest if direction == "behind" else nearer


def is_near(day: Day, published: Day) -> bool:
    """Whether a day is at most a few days before the publication."""
    return 0 <= _days(day, published) <= FEW


def _days(first: Day, last: Day) -> float:
    """The approximate number of days between two days."""
    return (last[0] - first[0]) * 365.25 + (last[1] - first[1]) * 30.44 + last[2] - first[2]


def _weekday_near(anchor: Period, number: int, direction: Direction | None) -> Period | None:
    """The weekday on, before or after a day, as the clause says; the nearer one if the clause does not say it."""
    past = on_weekday(anchor, number, 0)
    if not past or past == anchor or direction in (None, "behind"):
        return past
    coming = on_weekday(anchor, number, 1)
    if direction == "ahead" or not (coming and coming.first and past.first and anchor.first):
        return coming
    return coming if _days(anchor.first, coming.first) < _days(past.first, anchor.first) else past


def on_weekday(anchor: Period, number: int, direction: int) -> Period | None:
    """The weekday on or before a day (0), after it (1) or before it (-1)."""
    date = values.as_date(anchor.first) if anchor.first and anchor.first == anchor.last else None
    if not date:
        return None
    gap = (date.weekday() - number) % 7
    by = 7 - gap if direction > 0 else -(gap or (7 if direction < 0 else 0))
    moved = values.moved((date.year, date.month, date.day), by, "day")
    return values.day(*moved) if moved else None


def unit_of(anchor: Period, unit: str) -> Period | None:
    """The unit that contains a period, such as the year of a month; None if the period is longer than the unit."""
    if not (anchor.first and anchor.last) or anchor.unit not in LEANED_ON:
        return None
    whole = values.containing(anchor.last, unit)
    within = whole and whole.first and whole.last and whole.first <= anchor.first and anchor.last <= whole.last
    return whole if within or (unit == "year" and anchor.unit == "range") else None


def adjacent(anchor: Period, by: int, unit: str) -> Period | None:
    """The unit `by` places after the one that contains a period; before it where `by` is negative."""
    around = unit_of(anchor, "week") if unit == "weekend" else None
    unit_around = values.containing(around.last, "weekend") if around and around.last else unit_of(anchor, unit)
    if not (unit_around and unit_around.first):
        return None
    count, small = values.in_small_units(by, "week" if unit == "weekend" else unit)
    start = values.moved(unit_around.first, count, small)
    return values.containing(start, unit) if start else None


def stepped(anchor: Period, by: float, unit: str) -> Period | None:
    """The period `by` units after another, or before it where negative; some years after a day is a year, not a day."""
    if not anchor.last or anchor.unit not in LEANED_ON:
        return None
    count, small = values.in_small_units(by, unit)
    if anchor.unit == "decade" and small == "year" and count % 10 == 0 and anchor.first:
        return values.containing((values.shift_year(anchor.first[0], count), 1, 1), "decade")
    if anchor.unit == "quarter" and small == "year" and anchor.first:
        return _same_part(anchor.first, anchor.last, values.shift_year(anchor.last[0], count))
    if not unit_of(anchor, small):
        return None
    moved = values.moved(anchor.last, count, small)
    return (
        values.containing(moved, "month" if unit in ("month", "year") and small == "day" else small) if moved else None
    )


def _same_part(first: Day, last: Day, year: int) -> Period | None:
    """The quarter or half of another year that runs from and to the same months."""
    size = last[1] - first[1] + 1
    return values.part_of_year(year, last[1] // size, 12 // size)


def window(anchor: Period, number: float, unit: str, direction: int) -> Period | None:
    """The last `number` units up to the anchor (direction -1), or the next ones from it on (1).

    Some years lie as far back as they are many: the last five years of 2014-11-20 begin on 2009-11-20. A single year,
    decade or century, and some months, are counted by the calendar, and the present one is one of them. Units to come
    end with the calendar unit that they reach.
    """
    count, small = values.in_small_units(number, unit)
    if not (anchor.first and anchor.last) or count < 1:
        return None
    back = direction < 0
    by_calendar = back and (small == "month" or (small == "year" and number == 1))
    far = values.moved(anchor.last, direction * (count - by_calendar), small)
    exact = back and anchor.unit == "day" and small == "year" and not by_calendar
    end = far and values.containing(far, "day" if exact else small)
    if not end:
        return None
    return values.span(end, anchor) if direction < 0 else values.span(anchor, end)
