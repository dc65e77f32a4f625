"""Dates without a year of their own: what they lean on, the text before them or the day of publication."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from framescope.annotate.dates import values
from framescope.annotate.dates.values import FINENESS, Period

Base = Literal["text", "published", "either"]


@dataclass
class Context:
    """What the text has said so far: the day of publication, the last date read, and which way a sentence looks."""

    published: Period | None = None
    running: Period | None = None
    distance: int = 0
    ahead: bool = False

    def anchors(self, base: Base) -> list[tuple[str, Period]]:
        """The periods a wording may lean on, the likelier first, named by where they come from."""
        text = [("text", self.running)] if self.running else []
        published = [("publication", self.published)] if self.published else []
        if base == "text":
            return text
        if base == "published":
            return published
        near = self.running and self.distance < 2 or not self.published
        return text + published if near else published + text


@dataclass(frozen=True, slots=True)
class Relative:
    """A period counted from another; `make` gives it for an anchor, `value` is what TIMEX3 says without one."""

    base: Base
    make: Callable[[Period], Period | None]
    value: str


@dataclass(frozen=True, slots=True)
class Yearless:
    """A day, month or season that names no year."""

    make: Callable[[int], Period | None]
    value: str


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday is 0."""

    number: int
    value: str = "XXXX-WXX"


@dataclass(frozen=True, slots=True)
class Derived:
    """A period made of others that are not all known yet."""

    function: Callable[..., Period | None]
    sources: tuple[Any, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Other:
    """A time expression that is no calendar date: a length of time, a repetition, a reference to past or future."""

    type: str
    value: str


Reading = Period | Relative | Yearless | Weekday | Derived


def derive(function: Callable[..., Period | None], *sources: Any) -> Reading | None:
    """What a function makes of readings: at once if they are known, else when they will be."""
    if all(isinstance(source, Period) for source in sources):
        return function(*sources)
    return Derived(function, sources, "/".join(source.value for source in sources))


def resolve(reading: Reading, context: Context) -> tuple[Period | None, str | None]:
    """The period a reading stands for in its context, and the anchor that gave it: (None, None) if there is none."""
    match reading:
        case Period():
            return reading, None
        case Derived(function, sources):
            resolved = [resolve(source, context) for source in sources]
            if any(period is None for period, _ in resolved):
                return None, None
            period = function(*(period for period, _ in resolved))
            return period, period and next((anchor for _, anchor in resolved if anchor), None)
        case Relative(base, make):
            for name, anchor in context.anchors(base):
                period = make(anchor)
                if period:
                    return period, f"{name} {anchor.value}"
        case Yearless(make):
            for name, anchor in context.anchors("either"):
                if anchor.year is None:
                    continue
                period = make(anchor.year)
                if name == "publication" and period:
                    period = _nearest(make, anchor, period, context.ahead)
                if period:
                    return period, f"{name} {anchor.value}"
        case Weekday(number):
            for name, anchor in context.anchors("published"):
                period = on_weekday(anchor, number, 1 if context.ahead else 0)
                if period:
                    return period, f"{name} {anchor.value}"
    return None, None


def _nearest(make: Callable[[int], Period | None], anchor: Period, period: Period, ahead: bool) -> Period | None:
    """A past occurrence, unless the sentence looks ahead."""
    assert anchor.first and period.first and period.last
    if ahead and period.last < anchor.first:
        return make(anchor.first[0] + 1)
    if not ahead and period.first > anchor.first:
        return make(anchor.first[0] - 1)
    return period


def on_weekday(anchor: Period, number: int, direction: int) -> Period | None:
    """The weekday on or before a day (0), after it (1) or before it (-1)."""
    date = anchor.first and anchor.first == anchor.last and values.as_date(anchor.first)
    if not date:
        return None
    gap = (date.weekday() - number) % 7
    by = 7 - gap if direction > 0 else -(gap or (7 if direction < 0 else 0))
    moved = values.moved((date.year, date.month, date.day), by, "day")
    return values.day(*moved) if moved else None


def unit_of(anchor: Period, unit: str) -> Period | None:
    """The unit a period lies in: the year of a month. None if the period is coarser than the unit."""
    if anchor.last is None or anchor.unit not in FINENESS:
        return None
    size = "week" if unit == "weekend" else unit
    if FINENESS[anchor.unit] > FINENESS[size] and not (anchor.unit == "range" and _same(anchor, unit)):
        return None
    return values.containing(anchor.last, unit)


def _same(anchor: Period, unit: str) -> bool:
    return bool(anchor.first and anchor.last) and values.containing(anchor.first, unit) == values.containing(
        anchor.last, unit
    )


def stepped(anchor: Period, by: float, unit: str) -> Period | None:
    """The unit that lies a number of units after an anchor, before it where negative: years from a day give a year."""
    if anchor.last is None or anchor.unit not in FINENESS:
        return None
    count, small = _in_small_units(by, unit)
    result = (
        "year" if unit in ("year", "decade", "century", "millennium") and count * by >= 0 and small == "year" else small
    )
    if FINENESS[anchor.unit] > FINENESS[result] and anchor.unit not in ("range", "season", "quarter"):
        return None
    if small == "year":
        return values.year(values.shift_year(anchor.last[0], count))
    moved = values.moved(anchor.last, count, small)
    return values.containing(moved, small) if moved else None


def _in_small_units(by: float, unit: str) -> tuple[int, str]:
    years = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}.get(unit)
    if years:
        whole = by * years
        return (int(whole), "year") if whole == int(whole) else (round(whole * 12), "month")
    if unit == "quarter":
        return round(by * 3), "month"
    if unit in ("day", "week", "month") and by == int(by):
        return int(by), unit
    return (round(by * 7), "day") if unit == "week" else (round(by), unit)
