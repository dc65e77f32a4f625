"""The grammar of parts of a period and of ranges between two."""

from __future__ import annotations

from dataclasses import replace

from framescope.annotate.dates import values
from framescope.annotate.dates.anchors import Reading, Yearless, derive
from framescope.annotate.dates.grammar import Grammar, Rule
from framescope.annotate.dates.units import KINDS
from framescope.annotate.dates.values import Period

MODS = {1: "START", 2: "MID", 3: "END"}


def _third(part: int, source: Reading) -> Reading | None:
    return derive(lambda period: values.fraction(period, part, 3, MODS[part]), source)


def _edge(part: int, source: Reading) -> Reading | None:
    """The beginning and end of a decade or century are its thirds, of an era its first and last year."""

    def make(period: Period) -> Period | None:
        if period.unit != "era":
            return values.fraction(period, part, 3, MODS[part])
        if part == 1 and period.first:
            return replace(period, last=(period.first[0], 12, 31), mod="START")
        if part == 3 and period.last:
            return replace(period, first=(period.last[0], 1, 1), mod="END")
        return replace(period, mod=MODS[part])

    return derive(make, source)


def _half(part: int, source: Reading) -> Reading | None:
    return (
        derive(lambda period: values.fraction(period, part, 2, MODS[1 if part == 1 else 3]), source)
        if part < 3
        else None
    )


def _last_half(source: Reading) -> Reading | None:
    return _half(2, source)


def _decades(period: Period, first: int, count: int) -> Period | None:
    if period.unit not in ("century", "millennium") or not period.first or not period.last:
        return None
    start = period.first[0] - period.first[0] % 10 + (first - 1) * 10
    if count == 1:
        return values.decade(start) if start <= period.last[0] else None
    return values.span(values.decade(start), values.decade(start + (count - 1) * 10))


def _nth_decade(number: int, source: Reading) -> Reading | None:
    return derive(lambda period: _decades(period, number, 1), source)


def _last_decade(source: Reading) -> Reading | None:
    return _nth_decade(10, source)


def _first_decades(part: int, number: float, source: Reading) -> Reading | None:
    fits = part == 1 and 1 <= number <= 10
    return derive(lambda period: _decades(period, 1, int(number)), source) if fits else None


def _last_decades(number: float, source: Reading) -> Reading | None:
    count = int(number)
    return derive(lambda period: _decades(period, 11 - count, count), source) if 1 <= count <= 10 else None


def _turn(source: Reading) -> Reading | None:
    def make(period: Period) -> Period | None:
        if period.unit not in ("century", "decade", "millennium") or not period.first:
            return None
        year = values.year(period.first[0])
        return year and replace(year, mod="APPROX")

    return derive(make, source)


def _quarter(part: int, source: Reading) -> Reading | None:
    return derive(lambda period: values.fraction(period, part, 4, None), source) if part <= 4 else None


def _after(source: Reading) -> Reading | None:
    def make(period: Period) -> Period | None:
        start = period.last and values.moved(period.last, 1, "day")
        return start and replace(period, first=start, last=None, mod="AFTER")

    return derive(make, source)


def _before(source: Reading) -> Reading | None:
    def make(period: Period) -> Period | None:
        stop = period.first and values.moved(period.first, -1, "day")
        return stop and replace(period, first=None, last=stop, mod="BEFORE")

    return derive(make, source)


def _range(start: Reading, end: Reading) -> Reading | None:
    if isinstance(start, Yearless) and isinstance(end, Period):
        return _inherited(start, end)
    return derive(values.span, start, end)


def _inherited(start: Yearless, end: Period) -> Period | None:
    """8 February to 17 March 1782: the first side takes the year of the second, the year before if it would be later."""
    if not end.first:
        return None
    for year in (end.first[0], values.shift_year(end.first[0], -1)):
        first = start.make(year)
        if first and first.first and first.first <= end.first:
            return values.span(first, end)
    return None


def _days_of_month(month: int, start: int, end: int, year: int) -> Period | None:
    first, last = values.day(year, month, start), values.day(year, month, end)
    return first and last and values.span(first, last)


def _days_alone(month: int, start: int, end: int) -> Reading | None:
    if _days_of_month(month, start, end, 2000) is None:
        return None
    return Yearless(lambda year: _days_of_month(month, start, end, year), f"XXXX-{month:02d}-{start:02d}")


DAY_RANGES = Grammar(
    KINDS,
    [
        Rule(
            "month:month start:day_number (dash|to|and) end:day_number comma? year:year_loose", "date", _days_of_month
        ),
        Rule(
            "start:day_or_nth (dash|to|and) end:day_or_nth of? month:month comma? year:year_loose",
            "date",
            _days_of_month,
        ),
        Rule("month:month start:day_number (dash|to) end:day_number", "yearless", _days_alone),
        Rule("start:day_or_nth (dash|to) end:day_or_nth of? month:month", "yearless", _days_alone),
    ],
)

PARTS = Grammar(
    KINDS,
    [
        Rule("the? last decade of the? source:reading", "date", _last_decade),
        Rule("the? edge decade of the? source:reading", "date", _last_decade),
        Rule("the? last number:number (units|decade) of the? source:reading", "date", _last_decades),
        Rule("the? part:ordinal_word number:number units of the? source:reading", "date", _first_decades),
        Rule("the? number:nth decade of the? source:reading", "date", _nth_decade),
        Rule("the? part:nth dash? half of the? source:reading", "date", _half),
        Rule("the? (last|later) half of the? source:reading", "date", _last_half),
        Rule("the? part:nth dash? quarter of the? source:reading", "date", _quarter),
        Rule("the turn of the? source:reading", "date", _turn),
        Rule("the? part:edge of the? source:reading", "date", _edge),
        Rule("the? part:edge (years|units|decade) of the? source:reading", "date", _edge),
        Rule("the? part:early dash? in? the? source:reading", "date", _third),
        Rule("the? part:mid dash? in? the? source:reading", "date", _third),
        Rule("the? part:late dash? in? the? source:reading", "date", _third),
        Rule("after dash source:reading", "date", _after),
        Rule("post dash? source:reading", "date", _after),
        Rule("pre dash? source:reading", "date", _before),
    ],
)

RANGES = Grammar(
    KINDS,
    [
        Rule("(?<=between) (about)? start:reading (and|to|dash) (about)? end:reading", "date", _range),
        Rule("(?<=from) (about)? start:reading (to|until|through|dash) (about)? end:reading", "date", _range),
        Rule("start:reading (dash|to|through) (about|circa)? end:reading", "date", _range),
    ],
)
