"""Dates that do not state their year: how the text before them or the day of publication gives it.

The anchor of such a date is the period that it is counted from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from framescope.annotate.dates import periods as values
from framescope.annotate.dates.periods import LEANED_ON, Period

Base = Literal["text", "text first", "published", "either", "story"]
Resolved = tuple[Period | None, str | None]

NEAR = 2
FOUR_DIGITS = 1000


@dataclass
class Context:
    """What is known when a date is resolved.

    `published` is the period of publication, `running` the last date read, `distance` how many sentences ago it was
    read, `dated` the last date no longer than a year. `narrative`: most dates of the document lie before its year of
    publication. `deictic`: it mentions the days around its publication ("yesterday"). `ahead` and `back`: the sentence
    is in the future tense, or in the past perfect. `ancient`: years of three digits have been read. `author_date`: the
    document cites in the style (Name 1987).
    """

    published: Period | None = None
    running: Period | None = None
    dated: Period | None = None
    distance: int = 0
    narrative: bool = False
    deictic: bool = False
    ahead: bool = False
    back: bool = False
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
                return text if self.narrative and not self.ahead else published
        return text + published if self.narrative or self._is_near() else published + text

    def _is_near(self) -> bool:
        """Whether the last date read stands at most a sentence before, and within a year of the publication."""
        if not (self.published and self.published.year):
            return True
        year = self.running.year if self.running else None
        return year is not None and self.distance < NEAR and abs(year - self.published.year) <= 1


@dataclass(frozen=True, slots=True)
class Relative:
    """A period counted from an anchor; `make` computes it, `value` is the TIMEX3 value where there is no anchor."""

    base: Base
    make: Callable[[Period], Period | None]
    value: str


@dataclass(frozen=True, slots=True)
class Yearless:
    """A day, month or season without its year."""

    make: Callable[[int], Period | None]
    value: str


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday is 0."""

    number: int
    value: str = "XXXX-WXX"


@dataclass(frozen=True, slots=True)
class Today:
    """The day of publication in a text that mentions the days around it, else the present in general."""

    value: str = "PRESENT_REF"


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A number of three digits that may be a year. `make` takes its sign, which is -1 for years before Christ.

    It is `certain` if a month stands beside it; otherwise it is a year only if such years were read before.
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
    """A time expression that is no calendar date: a length of time, a repetition, a reference to past or future."""

    type: str
    value: str


Reading = Period | Relative | Yearless | Weekday | Today | Doubtful | Derived


def derive(function: Callable[..., Period | None], *sources: Reading) -> Reading | None:
    """The result of a function of readings: computed now if all are periods, else when they are resolved."""
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
            direction = 1 if context.ahead else 0
            return _first(lambda anchor: on_weekday(anchor, number, direction), context.anchors("published"))
        case Relative(base, make):
            return _first(make, context.anchors(base))
        case Yearless(make):
            return _in_a_year(make, context)
        case Derived(function, sources):
            resolved = [resolve(source, context) for source in sources]
            periods = [period for period, _ in resolved if period]
            if function is values.span and len(periods) == 1 and resolved[0][0]:
                return values.from_then_on(periods[0]), resolved[0][1]
            made = function(*periods) if len(periods) == len(sources) else None
            return made, next((anchor for _, anchor in resolved if anchor), None) if made else None


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
    it is the last such period, or the next one where the sentence is in the future tense.
    """
    for name, anchor in context.anchors("either"):
        if name == "text" and not unit_of(anchor, "year"):
            continue
        here = anchor.last or anchor.first
        period = make(here[0]) if here else None
        if not (here and period and period.first and period.last):
            continue
        step = 0
        if name == "text" and context.back:
            step = -int(period.first > here)
        elif name == "text":
            step = int(anchor.unit in ("day", "month") and here[1] >= 10 and period.last[1] <= 3)
        elif context.ahead:
            step = int(period.last < here)
        else:
            step = -int(period.first > here)
        period = make(values.shift_year(here[0], step))
        if period:
            return period, f"{name} {anchor.value}"
    return None, None


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
    unit_around = unit_of(anchor, unit)
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
    if not unit_of(anchor, small):
        return None
    moved = values.moved(anchor.last, count, small)
    return (
        values.containing(moved, "month" if unit in ("month", "year") and small == "day" else small) if moved else None
    )


def window(anchor: Period, number: float, unit: str, direction: int) -> Period | None:
    """The last `number` units (direction -1) or the next ones (1); both include the present one."""
    count, small = values.in_small_units(number, unit)
    if not (anchor.first and anchor.last) or count < 1:
        return None
    include = 1 if small in ("year", "month") and direction < 0 else 0
    far = values.moved(anchor.last, direction * (count - include), small)
    whole = values.containing(far, small) if far else None
    if not whole:
        return None
    return values.span(whole, anchor) if direction < 0 else values.span(anchor, whole)
