"""The grammar of periods counted from another: last year, two years ago, a decade later, that year, the past decade."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from framescope.annotate.dates import values
from framescope.annotate.dates.anchors import (
    Base,
    Other,
    Reading,
    Relative,
    Yearless,
    derive,
    on_weekday,
    stepped,
    unit_of,
)
from framescope.annotate.dates.grammar import Grammar, Rule
from framescope.annotate.dates.units import KINDS
from framescope.annotate.dates.values import Period

UNIT_LETTER = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C"}


def _shift(base: Base, by: float, unit: str) -> Reading | None:
    if by == 0 or abs(by) > 10**12:
        return None
    value = f"{'PAST' if by < 0 else 'FUTURE'}_REF"
    if unit == "year" and by <= -1000:
        return Relative(base, lambda anchor: _long_ago(anchor, int(by)), value)
    return Relative(base, lambda anchor: stepped(anchor, by, unit), value)


def _long_ago(anchor: Period, by: int) -> Period | None:
    """Thousands of years ago are as exact as their round number says: ten thousand years ago is about 8000 BC."""
    if anchor.year is None:
        return None
    size = 1000
    while by % (size * 10) == 0:
        size *= 10
    year = values.shift_year(anchor.year, by)
    rounded = round(year / min(size, 1000)) * min(size, 1000)
    period = values.year(rounded or year)
    return period and replace(period, mod="APPROX")


def _number(number: float | None) -> float:
    return number or 1


def _ago(unit: str, number: float | None = None) -> Reading | None:
    return _shift("published", -_number(number), unit)


def _hence(unit: str, number: float | None = None) -> Reading | None:
    return _shift("published", _number(number), unit)


def _earlier(unit: str, number: float | None = None) -> Reading | None:
    return _shift("text", -_number(number), unit)


def _later(unit: str, number: float | None = None) -> Reading | None:
    return _shift("text", _number(number), unit)


def _adjacent(base: Base, by: int, unit: str) -> Reading | None:
    def make(anchor: Period) -> Period | None:
        own = unit_of(anchor, unit)
        start = own and own.first
        if not start:
            return None
        if unit in ("decade", "century", "millennium"):
            size = {"decade": 10, "century": 100, "millennium": 1000}[unit]
            return values.containing((values.shift_year(start[0], by * size), 1, 1), unit)
        if unit == "quarter":
            moved = values.moved(start, by * 3, "month")
        else:
            moved = values.moved(start, by, "week" if unit == "weekend" else unit)
        return values.containing(moved, unit) if moved else None

    return Relative(base, make, "XXXX")


def _deictic(by: int, unit: str) -> Reading | None:
    return _adjacent("published", by, unit)


def _narrative(by: int, unit: str) -> Reading | None:
    return _adjacent("text", by, unit)


def _either(unit: str, by: int = 0) -> Reading | None:
    return _adjacent("either", by, unit)


def _that(unit: str) -> Reading | None:
    return _adjacent("text", 0, unit)


def _window(number: float, unit: str, direction: int) -> Reading | None:
    """The last ten years, the present one included; the next ten, from the present one on."""

    def make(anchor: Period) -> Period | None:
        if not anchor.last:
            return None
        size, small = {"decade": (10, "year"), "century": (100, "year")}.get(unit, (1, unit))
        if small == "quarter":
            size, small = 3, "month"
        if small not in ("day", "week", "month", "year") or number * size > 5000:
            return None
        count = int(number * size) if small != "month" and number == int(number) else round(number * size)
        if number != int(number) and small == "year":
            count, small = round(number * 12), "month"
        other = values.moved(anchor.last, direction * (count - (small in ("year", "month"))), small)
        if not other:
            return None
        if direction < 0:
            start = values.containing(other, small)
            return start and values.span(start, replace(anchor, value=anchor.value))
        stop = values.moved(anchor.last, count, small)
        end = stop and values.containing(stop, small)
        return end and values.span(anchor, end)

    return Relative("published", make, "PXX")


def _past_window(unit: str, number: float = 1) -> Reading | None:
    return _window(number, unit, -1)


def _next_window(unit: str, number: float = 1) -> Reading | None:
    return _window(number, unit, 1)


def _day_from_today(by: int) -> Reading | None:
    return _adjacent("published", by, "day")


def _near_month(by: int, month: int) -> Reading:
    def make(anchor: Period) -> Period | None:
        if not anchor.last:
            return None
        year, now, _ = anchor.last
        if by < 0:
            return values.month(year if month < now else values.shift_year(year, -1), month)
        if by > 0:
            return values.month(year if month > now else values.shift_year(year, 1), month)
        return values.month(year, month)

    return Relative("published", make, f"XXXX-{month:02d}")


def _near_season(by: int, season: str) -> Reading:
    def make(anchor: Period) -> Period | None:
        return values.season(values.shift_year(anchor.last[0], by), season) if anchor.last else None

    return Relative("published", make, f"XXXX-{season}")


def _near_weekday(by: int, weekday: Any) -> Reading:
    return Relative("published", lambda anchor: on_weekday(anchor, weekday, by), "XXXX-WXX")


def _next_weekday_in_text(weekday: Any) -> Reading:
    return Relative("text", lambda anchor: on_weekday(anchor, weekday, 1), "XXXX-WXX")


def _month_of(month: int, source: Reading) -> Reading | None:
    return derive(lambda year: values.month(year.first[0], month) if year.first else None, source)


def _season_of(season: str, source: Reading) -> Reading | None:
    return derive(lambda year: values.season(year.first[0], season) if year.first else None, source)


def _season_alone(season: str) -> Reading:
    return Yearless(lambda year: values.season(year, season), f"XXXX-{season}")


def _length(unit: str, number: float | None = None) -> Other:
    letter = UNIT_LETTER.get(unit, "X")
    amount = "X" if number is None else f"{number:g}"
    return Other("DURATION", f"P{amount}{letter}")


def _every(unit: str) -> Other:
    return Other("SET", f"P1{UNIT_LETTER.get(unit, 'X')}")


def _reference(value: str) -> Other:
    return Other("DATE", value)


RELATIVES = Grammar(
    KINDS,
    [
        Rule(
            "every number:number unit:unit_any",
            "other_time",
            lambda unit, number=None: Other("SET", f"P{number:g}{UNIT_LETTER.get(unit, 'X')}"),
        ),
        Rule("every unit:unit", "other_time", _every),
        Rule("(a|number:number) dash? unit:unit_any ago", "relative", _ago),
        Rule("(a|number:number) dash? unit:unit_any from now", "relative", _hence),
        Rule("(a|number:number) dash? unit:unit_any (earlier|before)", "relative", _earlier),
        Rule("(a|number:number) dash? unit:unit_any (later|after|hence)", "relative", _later),
        Rule(
            "a? vague of? unit:unit_any (ago|back|earlier|before)", "other_time", lambda unit: Other("DATE", "PAST_REF")
        ),
        Rule("a? vague of? unit:unit_any (later|after)", "other_time", lambda unit: Other("DATE", "FUTURE_REF")),
        Rule("the (last|past) number:number unit:unit_any", "relative", _past_window),
        Rule("(last|past) number:number unit:unit_any", "relative", _past_window),
        Rule("the? next number:number unit:unit_any", "relative", _next_window),
        Rule("the past unit:unit", "relative", _past_window),
        Rule("the last unit:decade", "relative", _past_window),
        Rule(
            "the (last|past|next) (vague|vague of)? unit:unit_any", "other_time", lambda unit: Other("DATE", "PAST_REF")
        ),
        Rule("the by:previous unit:unit", "relative", _narrative),
        Rule("the by:past unit:unit", "relative", _narrative),
        Rule("the by:next unit:unit", "relative", _narrative),
        Rule("the by:subsequent unit:unit", "relative", _narrative),
        Rule("the after unit:unit", "relative", lambda unit: _narrative(1, unit)),
        Rule("the unit:unit before", "relative", lambda unit: _narrative(-1, unit)),
        Rule("the unit:unit after", "relative", lambda unit: _narrative(1, unit)),
        Rule("(the|that) same unit:unit", "relative", _that),
        Rule("that unit:unit", "relative", _that),
        Rule("by:last unit:unit", "relative", _deictic),
        Rule("by:next unit:unit", "relative", _deictic),
        Rule("by:this unit:unit", "relative", _deictic),
        Rule("the by:this unit:unit", "relative", _deictic),
        Rule("by:last month:month", "relative", _near_month),
        Rule("by:next month:month", "relative", _near_month),
        Rule("by:this month:month", "relative", _near_month),
        Rule("by:last season:any_season", "relative", _near_season),
        Rule("by:next season:any_season", "relative", _near_season),
        Rule("by:this season:any_season", "relative", _near_season),
        Rule("by:today", "relative", _day_from_today),
        Rule("by:yesterday", "relative", _day_from_today),
        Rule("by:tomorrow", "relative", _day_from_today),
        Rule("number:number dash? unit:unit_any", "other_time", _length),
        Rule("vague of? unit:unit_any", "other_time", lambda unit: _length(unit)),
        Rule("(that|the same) month:month", "relative", lambda month: _month_of(month, _that("year"))),
        Rule("the? month:month of source:relative", "relative", _month_of),
        Rule("the? season:any_season of source:relative", "relative", _season_of),
        Rule("the season:season", "yearless", _season_alone),
        Rule("value:present_ref", "other_time", _reference),
        Rule("value:past_ref", "other_time", _reference),
        Rule("the value:future_ref", "other_time", _reference),
        Rule("now", "other_time", lambda: _reference("PRESENT_REF")),
    ],
)
