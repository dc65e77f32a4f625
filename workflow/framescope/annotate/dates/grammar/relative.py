"""The grammar of periods counted from another: last year, two years ago, a decade later, that year, the past decade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from framescope.annotate.dates import periods as values
from framescope.annotate.dates.anchors import (
    Base,
    Other,
    Reading,
    Relative,
    adjacent,
    derive,
    stepped,
    window,
)
from framescope.annotate.dates.grammar.engine import Grammar, Rule
from framescope.annotate.dates.grammar.vocabulary import KINDS
from framescope.annotate.dates.periods import Period

LETTERS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C"}
LONG_AGO = 1000


def _shifted(base: Base, direction: int) -> Callable[..., Reading | None]:
    def action(unit: str, number: float = 1) -> Reading | None:
        by = direction * number
        if not 0 < abs(by) < 1e11:
            return None
        if unit == "year" and by <= -LONG_AGO:
            return Relative(base, lambda anchor: _long_ago(anchor, int(by)), "PAST_REF")
        return Relative(base, lambda anchor: stepped(anchor, by, unit), "PAST_REF" if by < 0 else "FUTURE_REF")

    return action


def _long_ago(anchor: Period, by: int) -> Period | None:
    """A year long ago, rounded as its number is: ten thousand years ago is about 8000 BC."""
    if anchor.year is None:
        return None
    places = 3 if by % 1000 == 0 else 2 if by % 100 == 0 else 0
    year = values.shift_year(anchor.year, by)
    period = values.year(round(year, -places) or year)
    return period and replace(period, mod="APPROX")


def _between_ago(low: float, high: float, unit: str) -> Reading | None:
    first, last = _shifted("published", -1)(unit, max(low, high)), _shifted("published", -1)(unit, min(low, high))
    return first and last and derive(values.span, first, last)


def _range_ago(pair: tuple[float, float], unit: str) -> Reading | None:
    return _between_ago(*pair, unit)


def _hours_ago(unit: str, number: float = 1) -> Reading | None:
    days = int(number // 24) if unit == "hour" and number <= 24 * 365 else 0
    return Relative("published", lambda anchor: adjacent(anchor, -days, "day"), "PAST_REF")


def _past_hours(number: float, unit: str) -> Reading:
    days = int(number // 24) if unit == "hour" and number <= 24 * 365 else 0
    return Relative("published", lambda anchor: window(anchor, days + 1, "day", -1), "PXX")


def _near(base: Base, by: int | None = None) -> Callable[..., Reading]:
    def action(unit: str, step: int = 0) -> Reading:
        places = step if by is None else by
        return Relative(base, lambda anchor: adjacent(anchor, places, unit), "XXXX")

    return action


def _edge_of(base: Base) -> Callable[..., Reading]:
    def action(part: int, unit: str) -> Reading:
        mod = {1: "START", 2: "MID", 3: "END"}[part]

        def make(anchor: Period) -> Period | None:
            whole = adjacent(anchor, 0, unit)
            return whole and values.fraction(whole, part, 3, mod)

        return Relative(base, make, "XXXX")

    return action


def _window(base: Base, direction: int) -> Callable[..., Reading]:
    def action(unit: str, number: float = 1) -> Reading:
        return Relative(base, lambda anchor: window(anchor, number, unit, direction), "PXX")

    return action


def _length(unit: str, number: float | None = None) -> Other:
    if number is None:
        return Other("DURATION", f"PX{LETTERS.get(unit, 'X')}")
    count, small = (number, unit) if number >= 1 else values.in_small_units(number, unit)
    return Other("DURATION", f"P{count:g}{LETTERS.get(small, 'X')}")


def _every(unit: str, number: float = 1) -> Other:
    return Other("SET", f"P{number:g}{LETTERS.get(unit, 'X')}")


def _reference(value: str) -> Other:
    return Other("DATE", value)


def _past(**_: object) -> Other:
    return Other("DATE", "PAST_REF")


def _future(**_: object) -> Other:
    return Other("DATE", "FUTURE_REF")


AMOUNT = "(a|number:number) dash? unit:unit_any"

RELATIVES = Grammar(
    KINDS,
    [
        Rule("every (number:number)? unit:unit_any", "other_time", _every),
        Rule(f"{AMOUNT} (ago|back)", "relative", _shifted("published", -1)),
        Rule("low:number (join|or) high:number unit:unit_any ago", "relative", _between_ago),
        Rule("pair:count_range unit:unit_any ago", "relative", _range_ago),
        Rule("the? (last|past) number:number unit:hours", "relative", _past_hours),
        Rule("(number:number) unit:hours ago", "relative", _hours_ago),
        Rule(f"{AMOUNT} from now", "relative", _shifted("published", 1)),
        Rule(f"{AMOUNT} earlier", "relative", _shifted("text first", -1)),
        Rule(f"{AMOUNT} later", "relative", _shifted("text", 1)),
        Rule(f"{AMOUNT} before (?=end_of_clause)", "relative", _shifted("text", -1)),
        Rule(f"{AMOUNT} after (?=end_of_clause)", "relative", _shifted("text", 1)),
        Rule("a unit:unit and a half ago", "relative", lambda unit: _shifted("published", -1)(unit, 1.5)),
        Rule("a unit:unit and a half earlier", "relative", lambda unit: _shifted("text first", -1)(unit, 1.5)),
        Rule("a unit:unit and a half later", "relative", lambda unit: _shifted("text", 1)(unit, 1.5)),
        Rule("a? vague of? a? unit:plural (ago|back|earlier|before (?=end_of_clause))", "other_time", _past),
        Rule("a? vague of? a? unit:plural (later|after (?=end_of_clause))", "other_time", _future),
        Rule("unit:plural (ago|earlier)", "other_time", _past),
        Rule("unit:plural later", "other_time", _future),
        Rule("the? (last|past) (number or)? number:number unit:unit_any (?!of)", "relative", _window("published", -1)),
        Rule("the? next (number or)? number:number unit:unit_any (?!of)", "relative", _window("story", 1)),
        Rule("the (following|subsequent) number:number unit:unit_any (?!of)", "relative", _window("text", 1)),
        Rule("the past unit:unit", "relative", _window("published", -1)),
        Rule("the last unit:span (?!of)", "relative", _window("published", -1)),
        Rule("the step:last unit:century", "relative", _near("published")),
        Rule("the (last|past) (a? vague of?)? unit:plural (?!of)", "other_time", _past),
        Rule("the? next (a? vague of?)? unit:plural (?!of)", "other_time", _future),
        Rule("the (units|years) ahead", "other_time", _future),
        Rule("the step:previous unit:unit (?!unit)", "relative", _near("text")),
        Rule("(?<=in|during|over) the next unit:decade", "relative", _window("story", 1)),
        Rule("(?<=during|over) the next unit:long_unit", "relative", _window("story", 1)),
        Rule("(?<=in) the step:next unit:long_unit", "relative", _near("story")),
        Rule("the step:next unit:unit", "relative", _near("text")),
        Rule("the step:subsequent unit:unit", "relative", _near("text")),
        Rule("the following unit:unit", "relative", _near("text", 1)),
        Rule("the unit:unit before (?=end_of_clause)", "relative", _near("text", -1)),
        Rule("the unit:unit after (?=end_of_clause)", "relative", _near("text", 1)),
        Rule("(the|that|this) same unit:unit", "relative", _near("text", 0)),
        Rule("that unit:unit", "relative", _near("text", 0)),
        Rule("(?<!the) step:last unit:unit (?!of)", "relative", _near("published")),
        Rule("(?<!the) step:next unit:unit", "relative", _near("published")),
        Rule("step:this unit:unit", "relative", _near("published")),
        Rule("the step:current unit:unit", "relative", _near("published")),
        Rule("unit:year dash part:edge", "relative", _edge_of("either")),
        Rule("the part:edge of (the|this) unit:long_unit", "relative", _edge_of("either")),
        Rule("the part:edge of that unit:long_unit", "relative", _edge_of("text")),
        Rule("(a|number:number) unit:hours ago", "other_time", _past),
        Rule("value:clock (meridiem)?", "other_time", lambda value: Other("TIME", value)),
        Rule("day_number meridiem", "other_time", lambda: Other("TIME", "TXX")),
        Rule("value:noon", "other_time", lambda value: Other("TIME", value)),
        Rule("value:reference (plural)?", "other_time", _reference),
        Rule("the future", "other_time", _future),
        Rule("(?<=in) the past", "other_time", _past),
        Rule("at current (?=end_of_clause)", "other_time", lambda: Other("DATE", "PRESENT_REF")),
        Rule("now", "other_time", lambda: Other("DATE", "PRESENT_REF")),
        Rule("these unit:plural", "other_time", _past),
        Rule("number:number dash? unit:unit_any", "other_time", _length),
        Rule("vague of? unit:plural", "other_time", _length),
    ],
)
