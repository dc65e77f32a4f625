"""The grammar of numbers, of dates that state their year, and of days and months that do not."""

from __future__ import annotations

from framescope.annotate.dates import periods as values
from framescope.annotate.dates.anchors import Doubtful, Other, Reading, Relative, Weekday, Yearless
from framescope.annotate.dates.grammar.engine import Grammar, Rule
from framescope.annotate.dates.grammar.vocabulary import KINDS
from framescope.annotate.dates.periods import Period


def _sum(tens: int, ones: int) -> int:
    return tens + ones


def _fraction(above: int, below: int, number: float = 0) -> float | None:
    return number + above / below if above < below < 5 else None


def _both(low: float, high: float, scale: int) -> tuple[float, float] | None:
    return (low * scale, high * scale) if low < high else None


def _marked(number: int, era: str) -> int | None:
    return (-number if era.startswith("B") else number) or None


def _before_christ(start: int, end: int) -> Period | None:
    return _year_range(-start, -end)


def _clock(time: str, half: str = "") -> str:
    """The time of day, T22:35, of "10:35 p.m." and of "22:35"."""
    hour, rest = int(time[1:3]), time[3:]
    if not half or hour > 12:
        return time
    return f"T{hour % 12 + (12 if half[0] in 'pP' else 0):02d}{rest}"


def _hour(hour: int, half: str) -> str:
    return _clock(f"T{hour:02d}:00", half)


def _without_colon(time: int) -> str | None:
    """The hour of "1730 GMT"."""
    hour, minute = divmod(time, 100)
    return f"T{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _hour_of_part(hour: int, part: str) -> str | None:
    return None if part == "NI" else _hour(hour, "am" if part == "MO" else "pm")


NUMBERS = Grammar(
    KINDS,
    [
        Rule("month:month_short dot", "month_name", lambda month: month),
        Rule("circa dot", "circa", lambda: True),
        Rule("time:clock (half:half_of_day)? (zone|local juncture)?", "moment", _clock),
        Rule("hour:number_12 half:half_of_day (zone|local juncture)?", "moment", _hour),
        Rule("time:clock_number zone", "moment", _without_colon),
        Rule("(?<=at|by|until|before|about) hour:number_12 in the part:daypart", "moment", _hour_of_part),
        Rule("time:noon", "moment", lambda time: time),
        Rule("tens:ten dash? ones:cardinal_word", "count", _sum),
        Rule("tens:ten dash? ones:ordinal_word", "ordinal", _sum),
        Rule("number:plain dash? and dash? a dash? half", "count", lambda number: number + 0.5),
        Rule("half (a|dash) (?=unit|hours)", "count", lambda: 0.5),
        Rule("a quarter dash? (of a)? (?=century)", "count", lambda: 0.25),
        Rule("number:whole above:two_digits slash below:two_digits", "count", _fraction),
        Rule("low:plain join high:plain scale:scale", "count_range", _both),
        Rule("number:plain scale:scale", "count", lambda number, scale: number * scale),
        Rule("a scale:scale", "count", lambda scale: scale),
        Rule("whole hijri", "refused", lambda: True),
        Rule("hijri whole", "refused", lambda: True),
        Rule("start:whole join about? end:whole before_christ", "date", _before_christ),
        Rule("number:whole era:era_mark", "marked_year", _marked),
        Rule("era:common_era number:two_or_three", "marked_year", _marked),
    ],
)


def _day(day: int, month: int, year: int) -> Period | None:
    return values.day(year, month, day)


def _nine_eleven(month: int, day: int) -> Period | None:
    """The day of "post-September 11"."""
    return values.day(2001, month, day) if (month, day) == (9, 11) else None


def _day_alone(day: int, month: int, weekday: int | None = None) -> Reading | None:
    if values.day(2000, month, day) is None:
        return None
    return Yearless(lambda year: values.day(year, month, day), f"XXXX-{month:02d}-{day:02d}", weekday)


def _month(month: int, year: int) -> Period | None:
    return values.month(year, month)


def month_alone(month: int) -> Reading:
    """A month without its year."""
    return Yearless(lambda year: values.month(year, month), f"XXXX-{month:02d}")


def _holiday(name: str, year: int, weekday: int | None = None) -> Period | None:
    """A holiday; Easter Monday is the day after Easter, "Christmas Monday" the day itself."""
    feast = values.holiday(name, year)
    if not (weekday == 0 and name == "easter" and feast and feast.first):
        return feast
    monday = values.moved(feast.first, 1, "day")
    return values.day(*monday) if monday else None


def _eve(name: str, year: int) -> Period | None:
    """The day before a holiday."""
    feast = values.holiday(name, year)
    before = feast and feast.first and values.moved(feast.first, -1, "day")
    return values.day(*before) if before else None


def _holiday_alone(name: str, weekday: int | None = None) -> Reading:
    return Yearless(lambda year: _holiday(name, year, weekday), "XXXX-XX-XX")


def _eve_alone(name: str) -> Reading:
    return Yearless(lambda year: _eve(name, year), "XXXX-XX-XX")


def _of_feasts() -> list[Rule]:
    """Labor Day, New Year's Eve: holidays that are known by the word "day" or "eve" after them."""
    new_year = "new year apostrophe possessive"
    return [
        Rule(f"{new_year} eve of? comma? year:year_number", "date", lambda year: values.day(year, 12, 31)),
        Rule(f"{new_year} day of? comma? year:year_number", "date", lambda year: _holiday("new_year", year)),
        Rule("name:feast (apostrophe possessive?)? day of? comma? year:year_number", "date", _holiday),
        Rule(f"{new_year} eve", "yearless", lambda: Yearless(lambda year: values.day(year, 12, 31), "XXXX-12-31")),
        Rule(f"{new_year} day", "yearless", lambda: _holiday_alone("new_year")),
        Rule("name:feast (apostrophe possessive?)? day", "yearless", _holiday_alone),
    ]


def _late_year(year: int) -> Period | None:
    """The 80 of "in 80 and 84"."""
    return values.year(full_year(year)) if year >= 50 else None


def _season(season: str, year: int, to: int | None = None) -> Period | None:
    """A winter from one year into the next if two years are named, otherwise within the year that is named."""
    if to is None:
        return values.season(year, season)
    return values.winter(year) if to in (year + 1, (year + 1) % 100) and season == "WI" else None


def _iso(date: tuple[int, int, int]) -> Period | None:
    return values.day(*date)


def _numeric(date: tuple[int, int, int]) -> Period | None:
    """A date in numbers, which is read with the month first unless the first number can only be a day."""
    first, second, year = date
    if year < 100:
        year += 1900 if year > 50 else 2000
    month, day = (second, first) if first > 12 else (first, second)
    return values.day(year, month, day)


def _short_range(year: int, to: int) -> Period | None:
    """Two years, as 2001-02, if the second number can be a later year, otherwise a month, as 2014-12."""
    last = year - year % 100 + to + (100 if to == 0 else 0)
    return _year_range(year, last) if last > year else values.month(year, to)


def _next_digit(year: int, to: int) -> Period | None:
    """1954-5 is two years."""
    return _year_range(year, year - year % 10 + to) if year % 10 < to < 10 else _short_range(year, to)


def _fiscal(year: int, to: int | None = None) -> Period:
    count = 2 if to is not None and (year + 1) % 100 == to else 1
    return values.years(year, count, "year", f"FY{year:04d}")


def _part_of_year(part: tuple[int, int], year: int) -> Period | None:
    return values.part_of_year(year, *part)


def _quarter(part: int, year: int) -> Period | None:
    return values.part_of_year(year, part, 4)


def _decade(first: int, era: str = "") -> Period | None:
    """The 1950s are a decade, and so are the 2000s; the 1800s are the century."""
    if first % 100 == 0 and first < 2000:
        return _century(first // 100 + 1, era)
    return values.decade(-first if era.startswith("B") else first)


def _decades(first: int, to: int) -> Period | None:
    last = first - first % 100 + to % 100
    return values.span(values.decade(first), values.decade(last)) if last > first else None


def _decade_of_century(tens: int) -> Period:
    return values.decade(1900 + tens if tens >= 20 else 2000 + tens)


def _decade_of_named_century(hundreds: int, tens: int) -> Period | None:
    return values.decade(hundreds * 100 + tens) if 10 <= hundreds <= 20 else None


def full_year(short: int) -> int:
    """The year that is written with two digits: '68 is 1968, '05 is 2005."""
    return 1900 + short if short > 29 else 2000 + short


def _short_year(year: int) -> Period | None:
    return values.year(full_year(year))


def _century(number: int, era: str = "") -> Period | None:
    return values.century(-number if era.startswith("B") else number) if number <= 40 else None


def _late_century(number: int) -> Period | None:
    """A century from the 11th on: "the second century of our constitution" is counted from another beginning."""
    return _century(number) if number > 10 else None


def _centuries(number: int, to: int, era: str = "") -> Period | None:
    first, last = _century(number, era), _century(to, era)
    return first and last and values.span(first, last)


def _parted(part: int, number: int, last: int, to: int) -> Period | None:
    """The late 19th and early 20th centuries."""
    first, second = _century(number), _century(to)
    start, stop = first and values.fraction(first, part, 3, None), second and values.fraction(second, last, 3, None)
    return start and stop and values.span(start, stop)


def _millennium(number: int, era: str = "") -> Period | None:
    return values.millennium(-number if era.startswith("B") else number) if number <= 10 else None


def _turn_of_century(anchor: Period) -> Period | None:
    if anchor.year is None or anchor.year < 50:
        return None
    return values.year(round(anchor.year / 100) * 100)


def _year_range(start: int, end: int) -> Period | None:
    first, last = values.year(start), values.year(end)
    return first and last and values.span(first, last)


def _doubtful(number: int) -> Reading:
    return Doubtful(lambda sign: values.year(sign * number), f"{number:04d}")


def _doubtful_month(month: int, year: int, certain: bool = False) -> Reading:
    return Doubtful(lambda sign: values.month(sign * year, month), f"{year:04d}-{month:02d}", certain)


def _ancient_month(month: int, year: int) -> Reading:
    return _doubtful_month(month, year, certain=True)


def _ancient_day(day: int, month: int, year: int) -> Reading | None:
    if values.day(2000, month, day) is None:
        return None
    value = f"{year:04d}-{month:02d}-{day:02d}"
    return Doubtful(lambda sign: values.day(sign * year, month, day), value, certain=True)


def _doubtful_range(start: int, end: int) -> Reading:
    return Doubtful(lambda sign: _year_range(sign * start, sign * end), f"{start:04d}/{end:04d}")


def _weekly(number: int, part: str | None = None) -> Other:
    return Other("SET", f"XXXX-WXX-{number + 1}{f'T{part}' if part else ''}")


def _some_weekday(number: int) -> Other:
    """The Monday of no known week in "it began on a Monday"."""
    return Other("DATE", f"XXXX-WXX-{number + 1}")


WEEKDAY = "(weekday_any dot? comma? the?)?"

NAMED = WEEKDAY.replace("weekday_any", "weekday:weekday_any")

POINTS = Grammar(
    KINDS,
    [
        Rule(f"{WEEKDAY} the? day:nth day? of? month:month comma? year:year_number", "date", _day),
        Rule(f"{WEEKDAY} day:day_number of? month:month comma? year:year_number", "date", _day),
        Rule(f"{WEEKDAY} month:month the? day:day_or_nth comma? year:year_number", "date", _day),
        Rule("the? day:day_or_nth of? month:month comma? year:number_999 (?=end_of_clause)", "relative", _ancient_day),
        Rule("month:month day:day_or_nth comma? year:number_999 (?=end_of_clause)", "relative", _ancient_day),
        Rule("date:iso", "date", _iso),
        Rule("date:numeric_date", "date", _numeric),
        Rule("nine_eleven", "date", lambda: values.day(2001, 9, 11)),
        Rule("(?<=(post|pre) dash) month:month day:day_or_nth (?!comma? year_number)", "date", _nine_eleven),
        *_of_feasts(),
        Rule("name:holiday eve of? comma? year:year_number", "date", _eve),
        Rule("name:holiday (day|weekday:weekday)? of? comma? year:year_number", "date", _holiday),
        Rule("name:holiday eve", "yearless", _eve_alone),
        Rule("name:holiday (day|weekday:weekday)?", "yearless", _holiday_alone),
        Rule("(?<=in) year:number_99 (?=(and|or) number_99 end_of_clause)", "date", _late_year),
        Rule("(?<=in number_99 (and|or)) year:number_99 (?=end_of_clause)", "date", _late_year),
        Rule("the? season:any_season of? comma? year:year_loose dash_or_slash to:two_or_three", "date", _season),
        Rule("the? season:any_season of? comma? year:year_number", "date", _season),
        Rule("month:month (comma|dash)? (of the? year?)? year:year_number", "date", _month),
        Rule("month:month of year:number_999 (?=end_of_clause)", "relative", _ancient_month),
        Rule("month:month year:number_999 (?=end_of_clause|and)", "relative", _doubtful_month),
        Rule(
            "month:month apostrophe year:two_digits", "date", lambda month, year: values.month(full_year(year), month)
        ),
        Rule(f"{NAMED} the? day:nth day? of? month:month", "yearless", _day_alone),
        Rule(f"{NAMED} day:day_number of? month:month", "yearless", _day_alone),
        Rule(f"{NAMED} month:month the? day:day_or_nth", "yearless", _day_alone),
        Rule("(fy|the? fiscal year?) year:number_year dash_or_slash to:two_digits", "date", _fiscal),
        Rule("(fy|the? fiscal year?) year:number_year", "date", _fiscal),
        Rule("fy year:two_digits", "date", lambda year: _fiscal(full_year(year))),
        Rule("year:number_year dash_or_slash to:padded", "date", _short_range),
        Rule("year:number_year dash_or_slash to:two_digits", "date", _next_digit),
        Rule("(?<=(post|pre) dash) number:number_year", "bare_year", values.year),
        Rule("part:part_of_year of? comma? year:year_number", "date", _part_of_year),
        Rule("the? part:nth dash? quarter of? (fiscal? year)? year:year_number", "date", _quarter),
        Rule("the? year:number_year (apostrophe possessive)? part:nth dash? quarter", "date", _quarter),
        Rule("the? first:decade_number join the? to:decade_short", "date", _decades),
        Rule("the? (decade of the)? first:decade_number (era:before_christ)?", "date", _decade),
        Rule("the? hundreds:cardinal_word dash? tens:decade_word", "date", _decade_of_named_century),
        Rule("the? apostrophe tens:decade_short", "date", _decade_of_century),
        Rule("the tens:decade_short", "date", _decade_of_century),
        Rule("the tens:decade_word", "date", _decade_of_century),
        Rule("(?<=third_of) tens:decade_word", "date", _decade_of_century),
        Rule("(?<=third_of dash) tens:decade_word", "date", _decade_of_century),
        Rule("(?<=dating|month|the|season) apostrophe year:two_digits", "date", _short_year),
        Rule(
            "the? part:third_of dash? number:nth (and|to) the? last:third_of dash? to:nth dash? (century|units)",
            "date",
            _parted,
        ),
        Rule(
            "the? number:nth (dash? century)? join the? to:nth dash? (century|units) (era:era_mark)?",
            "date",
            _centuries,
        ),
        Rule("the? number:nth dash? century era:era_mark", "date", _century),
        Rule("(?<=dating) the number:nth century (?!of)", "date", _century),
        Rule("number:nth dash century", "date", _century),
        Rule("the? number:nth century", "date", _late_century),
        Rule("the? number:nth dash? millennium (era:era_mark)?", "date", _millennium),
        Rule("the new millennium", "date", lambda: values.millennium(3)),
        Rule("the turn of the century", "relative", lambda: Relative("either", _turn_of_century, "XX")),
        Rule("the turn of the new? millennium", "date", lambda: values.year(2000)),
        Rule("the year number:year_loose", "date", values.year),
        Rule("year number:year_number (?!dash_or_slash)", "date", values.year),
        Rule("number:marked_year", "date", values.year),
        Rule("number:number_year (?!dash? (plural|hours|scale)) (?!dash unit)", "bare_year", values.year),
        Rule("(?<=circa) start:number_999 (dash|to) circa? end:number_999", "date", _year_range),
        Rule("(?<=circa) number:number_999", "date", values.year),
        Rule("(?<=leading) start:number_999 (dash|to) near? end:number_999", "relative", _doubtful_range),
        Rule("(?<=leading) number:number_999 (?!dash? unit_any|scale|hours)", "relative", _doubtful),
        Rule("the? era:era", "date", lambda era: era),
        Rule("(?<!stepping) month:month_name", "yearless", month_alone),
        Rule("(?<=dating) month:month_word", "yearless", month_alone),
        Rule("(?<=dating dash) month:month_word", "yearless", month_alone),
        Rule(
            "(?<=the) month:month_word (?!of|on|to|in|through|from|and|comma|dot|stop|apostrophe)",
            "yearless",
            month_alone,
        ),
        Rule("(?<=month join) month:month_word", "yearless", month_alone),
        Rule("(?<=now and) month:month_word", "yearless", month_alone),
        Rule("month:month_word (?=(join|comma) month)", "yearless", month_alone),
        Rule("month:month_short (?=dash month)", "yearless", month_alone),
        Rule("(?<=on) a number:weekday (?!daypart)", "other_time", _some_weekday),
        Rule("every number:weekday part:daypart", "other_time", _weekly),
        Rule("every number:weekday", "other_time", _weekly),
        Rule("number:weekdays", "other_time", _weekly),
        Rule("(?<!stepping) number:weekday", "yearless", Weekday),
    ],
)

GENEROUS = Grammar(
    KINDS,
    [
        Rule("month:month", "yearless", month_alone),
        Rule("number:year_number", "bare_year", values.year),
        Rule("number:number_999", "relative", _doubtful),
    ],
)
