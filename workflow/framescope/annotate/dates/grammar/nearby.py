"""The grammar of named days, months and seasons near another date: last Monday, next spring, that March, yesterday."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from framescope.annotate.dates import periods as values
from framescope.annotate.dates.anchors import (
    Base,
    Derived,
    Other,
    Reading,
    Relative,
    Today,
    Weekday,
    Yearless,
    adjacent,
    on_weekday,
)
from framescope.annotate.dates.grammar.absolute import month_alone
from framescope.annotate.dates.grammar.engine import Grammar, Rule
from framescope.annotate.dates.grammar.vocabulary import KINDS
from framescope.annotate.dates.periods import Period

EARLY = 5
DAY = re.compile(r"[\dX]{4}-(?:[\dX]{2}-[\dX]{2}|WXX(?:-\d)?)$")


def _latest_weekend(anchor: Period) -> Period | None:
    this = values.containing(anchor.last, "weekend") if anchor.last and anchor.unit == "day" else None
    if not (this and this.first and anchor.last) or this.first <= anchor.last:
        return this
    before = values.moved(this.first, -1, "week")
    return values.containing(before, "weekend") if before else None


def _weekday_this_week(weekday: int) -> Reading:
    def make(anchor: Period) -> Period | None:
        week = adjacent(anchor, 0, "week")
        day = values.moved(week.first, weekday, "day") if week and week.first else None
        return values.day(*day) if day else None

    return Relative("published", make, "XXXX-WXX")


def _day_of_month(day: int) -> Reading:
    def make(anchor: Period) -> Period | None:
        month = adjacent(anchor, 0, "month")
        return values.day(month.first[0], month.first[1], day) if month and month.first else None

    return Relative("text", make, "XXXX-XX-XX")


def _near_day(step: int) -> Reading:
    return Relative("published", lambda anchor: adjacent(anchor, step, "day"), "XXXX-XX-XX")


def _near_month(base: Base, by: int | None = None) -> Callable[..., Reading]:
    def action(month: int, step: int = 0) -> Reading:
        direction = step if by is None else by

        def make(anchor: Period) -> Period | None:
            if not anchor.last:
                return None
            year, now, _ = anchor.last
            passed = (direction < 0 and month >= now) or (direction > 0 and month <= now)
            return values.month(values.shift_year(year, direction) if passed else year, month)

        return Relative(base, make, f"XXXX-{month:02d}")

    return action


def _near_date(source: Yearless | Weekday, step: int) -> Reading:
    """A day before "last" or "next", as in letters: the 12th of October last, the 1st of February next."""
    if isinstance(source, Weekday):
        return _near_weekday("published", step)(source.number)

    def make(anchor: Period) -> Period | None:
        period = source.make(anchor.last[0]) if anchor.last else None
        if not (period and period.first and anchor.last):
            return None
        passed = (step < 0 and period.first >= anchor.last) or (step > 0 and period.first <= anchor.last)
        return source.make(values.shift_year(anchor.last[0], step)) if passed else period

    return Relative("either", make, source.value)


def _near_season(season: str, step: int) -> Reading:
    """The last such season that has ended (step -1), the next to begin (1), or that of the anchor's year (0)."""

    def make(anchor: Period) -> Period | None:
        if not (anchor.first and anchor.last):
            return None
        if step == 0:
            return values.season(anchor.last[0], season)
        for years in range(3):
            year = values.shift_year(anchor.last[0], years * step)
            period = values.winter(year) if season == "WI" else values.season(year, season)
            if not (period and period.first and period.last):
                continue
            if period.last < anchor.first if step < 0 else period.first > anchor.last:
                return period
        return None

    return Relative("published", make, f"XXXX-{season}")


def _season_in_text(season: str) -> Reading:
    """The first such season after the last date read."""

    def make(anchor: Period) -> Period | None:
        if not anchor.last:
            return None
        same = values.season(anchor.last[0], season)
        later = same and same.first and anchor.unit != "year" and same.first > anchor.last
        return same if later else values.season(values.shift_year(anchor.last[0], 1), season)

    return Relative("text", make, f"XXXX-{season}")


def _near_quarter(part: int) -> Reading | None:
    return Yearless(lambda year: values.part_of_year(year, part, 4), f"XXXX-Q{part}") if part <= 4 else None


def _near_weekday(base: Base, by: int | None = None) -> Callable[..., Reading]:
    def action(weekday: int, step: int = 0) -> Reading:
        direction = step if by is None else by
        return Relative(base, lambda anchor: on_weekday(anchor, weekday, direction), "XXXX-WXX")

    return action


def _season_alone(season: str) -> Reading:
    return Yearless(lambda year: values.season(year, season), f"XXXX-{season}")


def _part_of_season(part: int, season: str) -> Reading:
    """Late summer."""
    mod = {1: "START", 2: "MID", 3: "END"}[part]

    def make(year: int) -> Period | None:
        whole = values.season(year, season)
        return whole and values.fraction(whole, part, 3, mod)

    return Yearless(make, f"XXXX-{season}")


def _part_of_day(base: Base, by: int) -> Callable[..., Other | Reading]:
    def action(part: str = "NI") -> Reading:
        def make(anchor: Period) -> Period | None:
            day = adjacent(anchor, by, "day")
            return day and replace(day, value=f"{day.value}T{part}")

        return Relative(base, make, f"XXXX-XX-XXT{part}")

    return action


def _at(source: Reading, time: str) -> Reading | None:
    """A day with the part of it or the hour that is meant."""
    if not DAY.match(source.value) or (isinstance(source, Yearless) and not _is_day(source)):
        return None

    def make(day: Period) -> Period | None:
        return replace(day, value=day.value + time) if day.unit == "day" else None

    return make(source) if isinstance(source, Period) else Derived(make, (source,), source.value + time)


def _is_day(source: Yearless) -> bool:
    period = source.make(2000)
    return period is not None and period.unit == "day"


def in_part_of_day(source: Reading, part: str) -> Reading | None:
    """The morning, afternoon, evening or night of a day."""
    return _at(source, f"T{part}")


def at_hour_of_day(source: Reading, time: str) -> Reading | None:
    """The hour on a day that is given without its year; a full date and an hour next to it are two expressions."""
    return None if isinstance(source, Period) else _at(source, time)


def at_hour_of_part(time: str, source: Reading) -> Reading:
    """6:30 this morning, and the 20:30 of "8:30 last night"."""
    hour = int(time[1:3])
    later = 12 if source.value.endswith(("TAF", "TEV", "TNI")) and EARLY <= hour < 12 else 0
    value = f"T{hour + later:02d}{time[3:]}"
    return Derived(lambda part: replace(part, value=part.value.partition("T")[0] + value), (source,), value)


NEIGHBOURS = Grammar(
    KINDS,
    [
        Rule(
            "(?<=over|during|in|on) the weekend",
            "relative",
            lambda: Relative("published", _latest_weekend, "XXXX-WXX-WE"),
        ),
        Rule("(?<=on|by|until|of) the day:ordinal (?=end_of_clause)", "relative", _day_of_month),
        Rule("source:yearless step:last (?!unit)", "relative", _near_date),
        Rule("source:yearless step:next (?!unit|from)", "relative", _near_date),
        Rule("(?<!the) step:last source:yearless", "relative", _near_date),
        Rule("(?<!the) step:last month:month", "relative", _near_month("published")),
        Rule("(?<!the) step:next month:month", "relative", _near_month("published")),
        Rule("step:this month:month", "relative", _near_month("published")),
        Rule("the following month:month", "relative", _near_month("text", 1)),
        Rule("the step:previous month:month", "relative", _near_month("text")),
        Rule("(that|the same) month:month", "relative", _near_month("text", 0)),
        Rule("the following season:any_season", "relative", _season_in_text),
        Rule("the next season:any_season", "relative", _season_in_text),
        Rule("this step:past season:any_season", "relative", _near_season),
        Rule("this step:past month:month", "relative", _near_month("published")),
        Rule("this step:past weekday:weekday", "relative", _near_weekday("published")),
        Rule("this? step:next weekday:weekday", "relative", _near_weekday("published")),
        Rule("this step:next month:month", "relative", _near_month("published")),
        Rule("this step:next season:any_season", "relative", _near_season),
        Rule("step:last season:any_season", "relative", _near_season),
        Rule("step:next season:any_season", "relative", _near_season),
        Rule("step:this season:any_season", "relative", _near_season),
        Rule("(?<!the) step:last weekday:weekday", "relative", _near_weekday("published")),
        Rule("(?<!the) step:next weekday:weekday", "relative", _near_weekday("published")),
        Rule("this weekday:weekday", "relative", _weekday_this_week),
        Rule("the step:next weekday:weekday", "relative", _near_weekday("text")),
        Rule("the following weekday:weekday", "relative", _near_weekday("text", 1)),
        Rule("step:today", "relative", lambda step: Today()),
        Rule("the day before yesterday", "relative", lambda: _near_day(-2)),
        Rule("the day after tomorrow", "relative", lambda: _near_day(2)),
        Rule("step:yesterday", "relative", _near_day),
        Rule("tomorrow (?=apostrophe)", "other_time", lambda: Other("DATE", "FUTURE_REF")),
        Rule("step:tomorrow", "relative", _near_day),
        Rule("last part:daypart", "time", _part_of_day("published", -1)),
        Rule("this part:daypart", "time", _part_of_day("published", 0)),
        Rule("tonight", "time", _part_of_day("published", 0)),
        Rule("(that|the same) part:daypart", "time", _part_of_day("text", 0)),
        Rule("the previous part:daypart", "time", _part_of_day("text first", -1)),
        Rule("the part:daypart before (?=end_of_clause)", "time", _part_of_day("text first", -1)),
        Rule("the part:daypart before last", "time", _part_of_day("published", -2)),
        Rule("the (next|following) part:daypart", "time", _part_of_day("text", 1)),
        Rule("the? season:season (?=of (that|the|this|next|last))", "yearless", _season_alone),
        Rule(
            "the? season:fall (?=of (that|this|next|last|the same|the previous|the following) unit)",
            "yearless",
            _season_alone,
        ),
        Rule("the part:nth dash? quarter (?!of)", "yearless", _near_quarter),
        Rule("part:nth dash quarter (?!of)", "yearless", _near_quarter),
        Rule("the? part:third_of dash? season:any_season", "yearless", _part_of_season),
        Rule("(?<=in|during|by|since|until|through) the season:season", "yearless", _season_alone),
        Rule("(?<=in|during|by|since|until|through) the season:fall (?=end_of_clause)", "yearless", _season_alone),
        Rule("(?<!the) month:month_name", "yearless", month_alone),
        Rule("number:weekday", "yearless", Weekday),
    ],
)
