"""The grammar of periods counted from another: last year, two years ago, a decade later, that year, the past decade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from framescope.annotate.dates import periods as values
from framescope.annotate.dates.anchors import (
    Base,
    Length,
    Other,
    Reading,
    Relative,
    adjacent,
    derive,
    stepped,
    window,
)
from framescope.annotate.dates.grammar.engine import Grammar, Rule
from framescope.annotate.dates.grammar.nearby import at_hour_of_day, at_hour_of_part, in_part_of_day
from framescope.annotate.dates.grammar.vocabulary import KINDS
from framescope.annotate.dates.periods import Period

LETTERS = {"day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q", "year": "Y"}
CLOCK_LETTERS = {"hour": "H", "minute": "M", "second": "S"}
LONG_UNITS = {"decade": 10, "century": 100, "millennium": 1000}
PARTS_OF = {"year": (12, "M"), "hour": (60, "M"), "minute": (60, "S")}
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
    """A year long ago, rounded like its number: ten thousand years ago is about 8000 BC."""
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


def _hours_window(direction: int) -> Callable[..., Reading]:
    def action(number: float, unit: str) -> Reading:
        days = int(number // 24) if unit == "hour" and number <= 24 * 365 else 0
        return Length("published", lambda anchor: window(anchor, max(days, 1), "day", direction), length(unit, number))

    return action


def _near(base: Base, by: int | None = None) -> Callable[..., Reading]:
    def action(unit: str, step: int = 0) -> Reading:
        places = step if by is None else by
        return Relative(base, lambda anchor: adjacent(anchor, places, unit), "XXXX")

    return action


def _year_before(unit: str) -> Reading:
    """The same quarter last year, or a year earlier: that of the last date, in the year before."""

    def make(anchor: Period) -> Period | None:
        same = adjacent(anchor, 0, unit)
        before = same and same.first and values.moved(same.first, -1, "year")
        return values.containing(before, unit) if before else None

    return Relative("text first", make, "XXXX")


def _beside(by: int) -> Callable[..., Reading | None]:
    """The day before Christmas, the year after 1954."""

    def action(unit: str, source: Reading) -> Reading | None:
        return derive(lambda period: adjacent(period, by, unit), source)

    return action


def _week_of(source: Reading) -> Reading | None:
    """The week of 6 March, the week ended 10 March."""
    return derive(lambda period: adjacent(period, 0, "week") if period.unit == "day" else None, source)


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
        return Length(base, lambda anchor: window(anchor, number, unit, direction), length(unit, number))

    return action


def length(unit: str, number: float | None = None) -> str:
    """The TIMEX3 value of a length of time; decades and longer units in years, as ISO 8601 has no sign for them.

    >>> length("year", 3), length("decade", 2), length("hour", 5.5), length("week")
    ('P3Y', 'P20Y', 'PT5H30M', 'PXW')
    """
    mark = "PT" if unit in CLOCK_LETTERS else "P"
    letter = CLOCK_LETTERS.get(unit) or LETTERS.get(unit, "Y")
    if number is None:
        return f"{mark}X{letter}"
    number *= LONG_UNITS.get(unit, 1)
    whole = int(number)
    if whole == number or unit not in PARTS_OF:
        return f"{mark}{whole if whole == number else f'{number:g}'}{letter}"
    parts, small = PARTS_OF[unit]
    return f"{mark}{f'{whole}{letter}' if whole else ''}{round((number - whole) * parts)}{small}"


def _length(unit: str, number: float | None = None) -> Other:
    return Other("DURATION", length(unit, number))


def _bare(unit: str) -> Other | None:
    """Months of talks; "quarters of the town" is no length of time."""
    return None if unit == "quarter" else _length(unit)


def _one(unit: str) -> Other:
    return _length(unit, 1)


def _one_and_a_half(unit: str) -> Other:
    return _length(unit, 1.5)


def _every(unit: str, number: float = 1) -> Other:
    return Other("SET", length(unit, number))


def _every_other(unit: str) -> Other:
    return Other("SET", length(unit, 2))


def _weekends(unit: str) -> Other | None:
    return Other("SET", "XXXX-WXX-WE") if unit == "weekend" else None


def _reference(value: str) -> Other:
    return Other("DATE", value)


def _before_now(anchor: Period) -> Period:
    return Period(None, anchor.last, "reference", "PAST_REF")


def _from_now_on(anchor: Period) -> Period:
    return Period(anchor.first, None, "reference", "FUTURE_REF")


def _past(**_: object) -> Other:
    return Other("DATE", "PAST_REF")


def _present() -> Other:
    return Other("DATE", "PRESENT_REF")


def _these(unit: str) -> Other:
    """ "These days" are the present, "these decades" those that a text has spoken of."""
    return _present() if unit == "day" else _past()


def _some_time_ago() -> Reading:
    """Several years ago: a time before the publication, of unknown distance."""
    return Relative("published", _before_now, "PAST_REF")


def _some_time_ahead() -> Reading:
    return Relative("published", _from_now_on, "FUTURE_REF")


def _some_future(unit: str) -> Reading:
    """The next few days, from the publication on."""
    return Length("published", _from_now_on, length(unit))


def _some_past(unit: str) -> Reading:
    """The past few days, up to the publication."""
    return Length("published", _before_now, length(unit))


def _future(**_: object) -> Other:
    return Other("DATE", "FUTURE_REF")


AMOUNT = "(a|number:number) dash? unit:unit_any"

RELATIVES = Grammar(
    KINDS,
    [
        Rule("source:reading part:daypart", "time", in_part_of_day),
        Rule("the? part:daypart of source:reading", "time", in_part_of_day),
        Rule("time:moment (comma|on)? source:reading", "time", at_hour_of_day),
        Rule("source:reading (comma|at)? time:moment", "time", at_hour_of_day),
        Rule("time:moment source:time", "time", at_hour_of_part),
        Rule("number dash? (unit_any|hours) dash? (old|of age)", "refused", lambda: True),
        Rule("a unit_any dash old", "refused", lambda: True),
        Rule("unit:plural dash old", "other_time", _length),
        Rule("every (number:number)? unit:measure", "other_time", _every),
        Rule("every alternate unit:measure", "other_time", _every_other),
        Rule("every vague of? unit:plural_or_hours", "other_time", lambda unit: Other("SET", length(unit))),
        Rule("every month:month", "other_time", lambda month: Other("SET", f"XXXX-{month:02d}")),
        Rule("every season:any_season", "other_time", lambda season: Other("SET", f"XXXX-{season}")),
        Rule("every part:daypart", "other_time", lambda part: Other("SET", f"XXXX-XX-XXT{part}")),
        Rule("(?<=on|at|during) unit:units", "other_time", _weekends),
        Rule("value:set_word", "other_time", lambda value: Other("SET", value)),
        Rule(f"{AMOUNT} (ago|back)", "relative", _shifted("published", -1)),
        Rule("low:number (join|or) high:number unit:unit_any ago", "relative", _between_ago),
        Rule("pair:count_range unit:unit_any ago", "relative", _range_ago),
        Rule("the? (last|past) number:number unit:hours", "relative", _hours_window(-1)),
        Rule("the? next number:number unit:hours", "relative", _hours_window(1)),
        Rule("(number:number) unit:hours ago", "relative", _hours_ago),
        Rule(f"{AMOUNT} from now", "relative", _shifted("published", 1)),
        Rule(f"{AMOUNT} earlier", "relative", _shifted("text first", -1)),
        Rule(f"{AMOUNT} later", "relative", _shifted("text", 1)),
        Rule(f"{AMOUNT} before (?=end_of_clause)", "relative", _shifted("text", -1)),
        Rule(f"{AMOUNT} after (?=end_of_clause)", "relative", _shifted("text", 1)),
        Rule("(the|a)? unit:year dash (ago|earlier) (dash? quarter)?", "relative", _shifted("text first", -1)),
        Rule("the same unit:unit (of|in)? the? last year", "relative", _year_before),
        Rule("the same unit:unit (of|in)? the previous year", "relative", _year_before),
        Rule("the same unit:unit (of|in)? (a|the) year (earlier|ago|before)", "relative", _year_before),
        Rule("(?<=at) (this|the) moment_word (?=end_of_clause)", "other_time", _present),
        Rule("(?<=at) this juncture (?=end_of_clause)", "other_time", _present),
        Rule("these unit:units", "other_time", _these),
        Rule("the unit:unit before last", "relative", _near("published", -2)),
        Rule("this step:past unit:unit", "relative", _near("published")),
        Rule("the step:past unit:weekend", "relative", _near("published")),
        Rule("the unit:unit before source:reading", "relative", _beside(-1)),
        Rule("the unit:unit after source:reading", "relative", _beside(1)),
        Rule("the week (of|edge|ended) source:reading", "relative", _week_of),
        Rule("a unit:unit and a half ago", "relative", lambda unit: _shifted("published", -1)(unit, 1.5)),
        Rule("a unit:unit and a half earlier", "relative", lambda unit: _shifted("text first", -1)(unit, 1.5)),
        Rule("a unit:unit and a half later", "relative", lambda unit: _shifted("text", 1)(unit, 1.5)),
        Rule("a? vague of? a? plural (ago|back)", "relative", _some_time_ago),
        Rule("a? vague of? a? unit:plural (earlier|before (?=end_of_clause))", "other_time", _past),
        Rule("a? vague of? a? unit:plural (later|after (?=end_of_clause))", "other_time", _future),
        Rule("(a? vague of?)? plural_or_hours ago", "relative", _some_time_ago),
        Rule("unit:plural earlier", "other_time", _past),
        Rule("unit:plural later", "other_time", _future),
        Rule(
            "the? (?<!modal|to) (last|past) (number or)? number:number unit:unit_any (?!of)",
            "relative",
            _window("published", -1),
        ),
        Rule("the? next (number or)? number:number unit:unit_any (?!of)", "relative", _window("story", 1)),
        Rule("the (following|subsequent) number:number unit:unit_any (?!of)", "relative", _window("text", 1)),
        Rule("the past unit:unit", "relative", _window("published", -1)),
        Rule("the last unit:span (?!of)", "relative", _window("published", -1)),
        Rule("the step:last unit:century", "relative", _near("published")),
        Rule("the (last|past) (a? vague of?)? unit:plural (?!of)", "relative", _some_past),
        Rule("the? next (a? vague of?)? unit:plural (?!of)", "relative", _some_future),
        Rule("the (units|years) ahead", "relative", _some_time_ahead),
        Rule("the step:previous unit:unit (?!unit)", "relative", _near("text first")),
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
        Rule("(?<!the) step:last fiscal? unit:unit (?!of)", "relative", _near("published")),
        Rule("(?<!the) this? step:next fiscal? unit:unit", "relative", _near("published")),
        Rule("step:this fiscal? unit:unit", "relative", _near("published")),
        Rule("the step:current fiscal? unit:unit", "relative", _near("published")),
        Rule("unit:year dash part:edge", "relative", _edge_of("either")),
        Rule("(?<=by|at|until|since|before|after|to|through) unit:year part:edge", "relative", _edge_of("either")),
        Rule("part:third_of dash unit:span", "relative", _edge_of("either")),
        Rule("midyear", "relative", lambda: _edge_of("either")(2, "year")),
        Rule("the? unit:span apostrophe possessive part:edge", "relative", _edge_of("either")),
        Rule("unit:century apostrophe possessive part:edge", "relative", _edge_of("either")),
        Rule("the part:edge of the unit:long_unit", "relative", _edge_of("either")),
        Rule("the part:edge of this unit:long_unit", "relative", _edge_of("published")),
        Rule("the part:edge of that unit:long_unit", "relative", _edge_of("text")),
        Rule("(a|number:number) unit:hours ago", "other_time", _past),
        Rule("value:moment", "other_time", lambda value: Other("TIME", value)),
        Rule("value:reference (plural)?", "other_time", _reference),
        Rule("the prospect? future", "other_time", _future),
        Rule("(?<=in) future (?=end_of_clause)", "other_time", _future),
        Rule("(?<=in) the past", "other_time", _past),
        Rule("at current (?=end_of_clause)", "other_time", _present),
        Rule("now", "other_time", _present),
        Rule("these plural", "other_time", _past),
        Rule("number:number dash? (more dash?)? unit:measure (dash lasting)?", "other_time", _length),
        Rule("unit:lasting_unit dash lasting", "other_time", _one),
        Rule("unit:plural dash lasting", "other_time", _length),
        Rule("per unit:unit_any", "other_time", _every),
        Rule("(?<=how_often) a unit:lasting_unit", "other_time", _every),
        Rule("a unit:lasting_unit and a half", "other_time", _one_and_a_half),
        Rule("(?<=for_how_long) a unit:lasting_unit", "other_time", _one),
        Rule("a more unit:lasting_unit", "other_time", _one),
        Rule("a unit:lasting_unit (?=of|or|and)", "other_time", _one),
        Rule("all unit:lasting_unit (?!of)", "other_time", _one),
        Rule("the (all|more) unit:lasting_unit (?!of)", "other_time", _one),
        Rule("(?<=for_how_long) unit:plural_or_hours", "other_time", _length),
        Rule("value:whole_length", "other_time", lambda value: Other("DURATION", value)),
        Rule("(?<!counted) unit:plural (?=of (?!the|that|this|these))", "other_time", _bare),
        Rule("the? unit:plural (?=before|after|following)", "other_time", _length),
        Rule("a unit:lasting_unit (?=before|after|following)", "other_time", _one),
        Rule("a? vague of? unit:plural_or_hours", "other_time", _length),
    ],
)
