"""The grammar of parts of a period, of ranges between two periods, and of the time before or after a period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from framescope.annotate.dates import periods as values
from framescope.annotate.dates.anchors import Derived, Reading, Weekday, Yearless, derive
from framescope.annotate.dates.grammar.engine import Grammar, Rule
from framescope.annotate.dates.grammar.vocabulary import KINDS
from framescope.annotate.dates.periods import Period

MODS = {1: "START", 2: "MID", 3: "END"}


def _third(part: int, source: Reading) -> Reading | None:
    return derive(lambda period: values.fraction(period, part, 3, MODS[part]), source)


def _thirds(part: int, to: int, source: Reading) -> Reading | None:
    def make(period: Period) -> Period | None:
        first, last = values.fraction(period, part, 3, None), values.fraction(period, to, 3, None)
        return replace(period, first=first.first, last=last.last) if first and last else None

    return derive(make, source) if part < to else None


def _edge(part: int, source: Reading) -> Reading | None:
    """The beginning (part 1), middle (2) or end (3) of a period.

    The beginning of an era is a date of its own, in its first year. That of a millennium is its first year, of a
    century its first decade, else the first third; the end likewise; the middle is always the second third.
    """

    def make(period: Period) -> Period | None:
        if part == 2 or not (period.first and period.last):
            return values.fraction(period, part, 3, MODS[part])
        if period.unit == "era":
            return _edge_of_era(period, part)
        long = {"century": 10, "millennium": 1}.get(period.unit)
        if not long:
            return values.fraction(period, part, 3, MODS[part])
        if part == 1:
            end = (values.shift_year(period.first[0], long - 1), 12, 31)
            return replace(period, last=min(end, period.last), mod="START")
        start = (values.shift_year(period.last[0], 1 - long), 1, 1)
        return replace(period, first=max(start, period.first), mod="END")

    return derive(make, source)


def _edge_of_era(era: Period, part: int) -> Period | None:
    """The end of the Cold War: the days of its last year, or its first year for its beginning."""
    if not (era.first and era.last):
        return None
    whole = values.year(era.first[0] if part == 1 else era.last[0])
    if not (whole and whole.first and whole.last):
        return None
    return replace(whole, first=max(whole.first, era.first), last=min(whole.last, era.last), mod=MODS[part])


def _half(part: int, source: Reading) -> Reading | None:
    mod = "START" if part == 1 else "END"

    def make(period: Period) -> Period | None:
        if period.unit == "year" and period.first and period.value.isdigit():
            return values.part_of_year(period.first[0], part, 2)
        return values.fraction(period, part, 2, mod)

    return derive(make, source) if part < 3 else None


def _quarter(part: int, source: Reading) -> Reading | None:
    return derive(lambda period: values.fraction(period, part, 4, None), source) if part <= 4 else None


def _some(part: int, number: float, unit: str, source: Reading) -> Reading | None:
    """The first (part 1) or last (part 3) `number` units of a period: the last two decades of a century."""

    def make(period: Period) -> Period | None:
        count, small = values.in_small_units(number, unit)
        if not (period.first and period.last) or count < 1:
            return None
        if part == 1:
            beyond = values.moved(period.first, count, small)
            last = values.moved(beyond, -1, "day") if beyond else None
            return values.covering(period.first, last) if last and last <= period.last else None
        after = values.moved(period.last, 1, "day")
        first = values.moved(after, -count, small) if after else None
        return values.covering(first, period.last) if first and first >= period.first else None

    return derive(make, source)


def _first_some(part: int, number: float, unit: str, source: Reading) -> Reading | None:
    return _some(1, number, unit, source) if part == 1 else None


def _last_some(number: float, unit: str, source: Reading) -> Reading | None:
    return _some(3, number, unit, source)


def _nth(part: int, unit: str, source: Reading) -> Reading | None:
    """The third decade of a century, the second week of a month."""

    def make(period: Period) -> Period | None:
        count, small = values.in_small_units(part - 1, unit)
        start = values.moved(period.first, count, small) if period.first else None
        if not (start and period.last) or start > period.last:
            return None
        if unit == "week":
            stop = values.moved(start, 6, "day")
            return values.covering(start, min(stop, period.last)) if stop else None
        return values.containing(start, unit)

    return derive(make, source)


def _nth_weekday(part: int, day: Reading, source: Reading) -> Reading | None:
    """The first Monday in October; the last one of a month is the -1st."""
    if not isinstance(day, Weekday):
        return None

    def make(period: Period) -> Period | None:
        return (
            values.nth_weekday(*period.first[:2], day.number, part) if period.first and period.unit == "month" else None
        )

    return derive(make, source) if part < 5 else None


def _last_weekday(day: Reading, source: Reading) -> Reading | None:
    return _nth_weekday(-1, day, source)


def _last(unit: str, source: Reading) -> Reading | None:
    return _some(3, 1, unit, source)


def _turn(source: Reading) -> Reading | None:
    def make(period: Period) -> Period | None:
        year = period.first and values.year(period.first[0])
        return replace(year, mod="APPROX") if year and period.unit in ("century", "decade", "millennium") else None

    return derive(make, source)


def _after(source: Reading) -> Reading | None:
    def make(period: Period) -> Period | None:
        start = period.last and values.moved(period.last, 1, "day")
        return replace(period, first=start, last=None, mod="AFTER") if start else None

    return derive(make, source)


def _before(source: Reading) -> Reading | None:
    def make(period: Period) -> Period | None:
        stop = period.first and values.moved(period.first, -1, "day")
        return replace(period, first=None, last=stop, mod="BEFORE") if stop else None

    return derive(make, source)


def _within(part: Reading, source: Reading) -> Reading | None:
    """October of that year, July last year; Friday last week; Friday, the day after Christmas."""
    match part:
        case Yearless(make, value):

            def of_year(period: Period) -> Period | None:
                if period.unit == "day":
                    return period
                return make(period.first[0]) if period.first and period.unit == "year" else None

            return Derived(of_year, (source,), value)
        case Weekday(number):

            def of_week(period: Period) -> Period | None:
                if period.unit == "day":
                    return period
                start = period.first if period.unit == "week" else None
                day = start and values.moved(start, number, "day")
                return values.day(*day) if day else None

            return Derived(of_week, (source,), part.value)
    return None


def _third_within(part: int, month: Reading, year: Reading) -> Reading | None:
    """Early April next year."""
    source = _within(month, year)
    return source and _third(part, source)


def _until_present(start: Reading) -> Reading | None:
    return derive(values.from_then_on, start)


def _range(start: Reading, end: Reading) -> Reading | None:
    if isinstance(start, Yearless) and isinstance(end, Period):
        return _inherited(start, end)
    return derive(values.span, start, end)


def _inherited(start: Yearless, end: Period) -> Period | None:
    """8 February to 17 March 1782: the first day is in the year of the second, or in the year before."""
    if not end.first or end.unit not in ("day", "month", "season"):
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
            "month:month start:day_number (dash|to|and) end:day_number comma? year:year_number", "date", _days_of_month
        ),
        Rule(
            "the? start:day_or_nth (dash|to|and|slash) the? end:day_or_nth of? month:month comma? year:year_number",
            "date",
            _days_of_month,
        ),
        Rule("month:month start:day_number (dash|to) end:day_number", "yearless", _days_alone),
        Rule(
            "month:month start:day_number and end:day_number (?=end_of_clause|in|at|the|during)",
            "yearless",
            _days_alone,
        ),
        Rule("the? start:day_or_nth (dash|to|slash|and) the? end:day_or_nth of? month:month", "yearless", _days_alone),
    ],
)

# "The end of the 1960 campaign" is not the end of 1960: a year directly after "the" belongs to the next noun.
OF = "of (the (?!bare_year))? source:reading"


def _parts() -> list[Rule]:
    rules: list[tuple[str, Callable[..., Reading | None]]] = [
        (f"the? (last|final) unit:unit {OF}", _last),
        (f"the? (last|final) number:number unit:plural {OF}", _last_some),
        (f"the? part:ordinal_word number:number unit:plural {OF}", _first_some),
        (f"the? part:nth unit:part_unit {OF}", _nth),
        ("the? part:nth day:yearless (of|in) source:reading", _nth_weekday),
        ("the? (last|final) day:yearless (of|in) source:reading", _last_weekday),
        (f"the? part:nth dash? half {OF}", _half),
        (f"the? (last|latter) half {OF}", lambda source: _half(2, source)),
        (f"the? part:nth dash? quarter {OF}", _quarter),
        ("source:relative apostrophe possessive part:nth dash? quarter", _quarter),
        ("source:relative apostrophe possessive part:nth dash? half", _half),
        (f"the turn {OF}", _turn),
        (f"the? part:edge {OF}", _edge),
        ("year dash part:edge of? source:bare_year", _edge),
        (f"the? part:third_of portion {OF}", _third),
        (f"the? (latter|final|last) portion {OF}", lambda source: _third(3, source)),
        (f"the? opening portion {OF}", lambda source: _third(1, source)),
        (f"the? (opening|ordinal_word) plural {OF}", lambda source: _edge(1, source)),
        (f"the? (final|last) plural {OF}", lambda source: _edge(3, source)),
        (f"the? part:third_of plural {OF}", _third),
        ("the? part:third_of dash? (to|dash) dash? to:third_of dash? source:reading", _thirds),
        ("the? part:third_of dash? month:yearless (of|comma)? year:relative", _third_within),
        ("the? part:third_of (dash|in|in the|on)? source:reading (?!(last|next|this|that) unit)", _third),
        ("the? part:yearless (of|comma)? source:relative", _within),
        ("this juncture source:relative", lambda source: source),
        ("after dash source:reading", _after),
        ("post dash? source:reading", _after),
        ("pre dash? source:reading", _before),
    ]
    return [Rule(notation, "date", action) for notation, action in rules]


PARTS = Grammar(KINDS, _parts())

RANGES = Grammar(
    KINDS,
    [
        Rule("(?<=between) near? start:reading (and|to|dash) near? end:reading", "date", _range),
        Rule("(?<=from) near? start:reading (to|until|through|dash) near? end:reading", "date", _range),
        Rule("start:reading (dash|to|through) near? end:reading", "date", _range),
        Rule("start:bare_year slash end:bare_year", "date", _range),
        Rule("start:reading (dash|to|until) the? current", "date", _until_present),
        Rule("(?<=between) start:reading and the? current", "date", _until_present),
    ],
)
