"""The grammar of numbers and of points in time that say their year, and of days and months that do not."""

from __future__ import annotations

from framescope.annotate.dates import values
from framescope.annotate.dates.anchors import Reading, Relative, Weekday, Yearless
from framescope.annotate.dates.grammar import Grammar, Rule
from framescope.annotate.dates.units import KINDS
from framescope.annotate.dates.values import Period


def _sum(tens: int, ones: int) -> int:
    return tens + ones


def _plus_half(number: float = 0) -> float:
    return number + 0.5


def _fraction(number: float, above: int, below: int) -> float | None:
    return number + above / below if above < below < 5 else None


def _marked(number: int, era: int = 1) -> int | None:
    return number * era or None


NUMBERS = Grammar(
    KINDS,
    [
        Rule("month:month_short dot", "month_name", lambda month: month),
        Rule("tens:ten dash? ones:cardinal_word", "count", _sum),
        Rule("tens:ten dash? ones:ordinal_word", "ordinal", _sum),
        Rule("number:plain and a half", "count", _plus_half),
        Rule("number:whole above:two_digits slash below:two_digits", "count", _fraction),
        Rule("number:plain scale:scale", "count", lambda number, scale: number * scale),
        Rule("a scale:scale", "count", lambda scale: scale),
        Rule("number:whole hijri", "refused", lambda number: True),
        Rule("hijri number:whole", "refused", lambda number: True),
        Rule("number:whole era:era_mark", "marked_year", _marked),
        Rule("era:common_era number:two_or_three", "marked_year", _marked),
    ],
)


def _day(day: int, month: int, year: int) -> Period | None:
    return values.day(year, month, day)


def _day_alone(day: int, month: int, weekday: int | None = None) -> Reading | None:
    if values.day(2000, month, day) is None:
        return None
    return Yearless(lambda year: values.day(year, month, day), f"XXXX-{month:02d}-{day:02d}")


def _month(month: int, year: int) -> Period | None:
    return values.month(year, month)


def _month_alone(month: int) -> Reading:
    return Yearless(lambda year: values.month(year, month), f"XXXX-{month:02d}")


def _season(season: str, year: int, to: int | None = None) -> Period | None:
    return values.season(year, season)


def _iso(iso: tuple[int, int, int]) -> Period | None:
    return values.day(*iso)


def _numeric(date: tuple[int, int, int]) -> Period | None:
    first, second, year = date
    if year < 100:
        year += 1900 if year > 50 else 2000
    month, day = (second, first) if first > 12 else (first, second)
    return values.day(year, month, day)


def _short_range(year: int, to: int) -> Period | None:
    """2001-02 is two years, 2014-12 a month, as the second number can or cannot be a later year."""
    last = year - year % 100 + to + (100 if to == 0 else 0)
    if last > year:
        first, second = values.year(year), values.year(last)
        return first and second and values.span(first, second)
    return values.month(year, to)


def _fiscal(year: int, to: int | None = None) -> Period:
    count = 2 if to is not None and (year + 1) % 100 == to else 1
    return values.years(year, count, "year", f"FY{year:04d}")


def _part_of_year(part: tuple[int, int], year: int) -> Period | None:
    return values.part_of_year(year, *part)


def _quarter(part: int, year: int) -> Period | None:
    return values.part_of_year(year, part, 4)


def _decade(first: int, era: int = 1) -> Period:
    return values.decade(first * era)


def _decade_of_century(tens: int) -> Period:
    return values.decade(1900 + tens if tens >= 20 else 2000 + tens)


def _decade_of_named_century(hundreds: int, tens: int) -> Period | None:
    return values.decade(hundreds * 100 + tens) if 10 <= hundreds <= 20 else None


def _century(number: int, era: int = 1) -> Period | None:
    return values.century(number * era) if number <= 40 else None


def _centuries(number: int, to: int, era: int = 1) -> Period | None:
    first, last = _century(number, era), _century(to, era)
    return first and last and values.span(first, last)


def _millennium(number: int, era: int = 1) -> Period | None:
    return values.millennium(number * era) if number <= 10 else None


def _year(year: int) -> Period | None:
    return values.year(year)


def _nearest_turn(anchor: Period) -> Period | None:
    if anchor.year is None or anchor.year < 1:
        return None
    return values.year(max(1, round(anchor.year / 100) * 100))


DATED = "(weekday_any dot? comma? the?)?"
JOIN = "(and|or|to|dash)"

POINTS = Grammar(
    KINDS,
    [
        Rule(f"{DATED} the? day:nth day? of? month:month comma? year:year_loose", "date", _day),
        Rule(f"{DATED} day:day_number of? month:month comma? year:year_loose", "date", _day),
        Rule(f"{DATED} month:month the? day:day_or_nth comma? year:year_loose", "date", _day),
        Rule("iso:iso", "date", _iso),
        Rule("date:numeric_date", "date", _numeric),
        Rule("nine_eleven", "date", lambda: values.day(2001, 9, 11)),
        Rule("the? season:any_season of? comma? year:year_loose (dash_or_slash to:two_or_three)?", "date", _season),
        Rule("the? month:month comma? (of the? year?)? year:year_number", "date", _month),
        Rule("the? month:month of year:number_999", "date", _month),
        Rule(f"{DATED} the? day:nth day? of? month:month", "yearless", _day_alone),
        Rule(f"{DATED} day:day_number of? month:month", "yearless", _day_alone),
        Rule(f"{DATED} month:month the? day:day_or_nth", "yearless", _day_alone),
        Rule("(fy|fiscal year?) year:number_year dash_or_slash to:two_digits", "date", _fiscal),
        Rule("(fy|fiscal year?) year:number_year", "date", _fiscal),
        Rule("year:number_year dash_or_slash to:two_digits", "date", _short_range),
        Rule("part:part_of_year of? comma? year:year_number", "date", _part_of_year),
        Rule("the? part:nth dash? quarter of? (fiscal? year)? year:year_number", "date", _quarter),
        Rule("the? first:decade_number era:before_christ", "date", _decade),
        Rule("the? (decade of the)? first:decade_number", "date", _decade),
        Rule("the? hundreds:cardinal_word dash? tens:decade_word", "date", _decade_of_named_century),
        Rule("the? apostrophe tens:decade_short", "date", _decade_of_century),
        Rule("the tens:decade_short", "date", _decade_of_century),
        Rule("(the|early|mid|late) dash? tens:decade_word", "date", _decade_of_century),
        Rule(
            f"the? number:nth (dash? century)? {JOIN} the? to:nth dash? (century|units) (era:era_mark)?",
            "date",
            _centuries,
        ),
        Rule("the? number:nth dash? century (era:era_mark)?", "date", _century),
        Rule("the? number:nth dash? millennium (era:era_mark)?", "date", _millennium),
        Rule("the new millennium", "date", lambda: values.millennium(3)),
        Rule("the turn of the century", "relative", lambda: Relative("either", _nearest_turn, "XX")),
        Rule("the turn of the millennium", "date", lambda: values.year(2000)),
        Rule("the year year:year_loose", "date", _year),
        Rule("year year:year_number", "date", _year),
        Rule("year:year_number", "date", _year),
        Rule("the? era:era", "date", lambda era: era),
        Rule("month:month_name", "yearless", _month_alone),
        Rule("(?<=preposition) month:month_word", "yearless", _month_alone),
        Rule("number:weekday", "yearless", Weekday),
    ],
)
