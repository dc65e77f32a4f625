"""Calendar periods: first and last day, granularity and TIMEX3 value, with the arithmetic on them.

Years count without a year zero: -700 is 700 BC. Decades, centuries and millennia begin with the round year, as usage
has it: the 20th century is 1900 to 1999, the third millennium 2000 to 2999, the 5th century BC 499 to 400 BC.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, replace

Day = tuple[int, int, int]

LEANED_ON = ("day", "week", "month", "quarter", "season", "year", "decade", "century", "millennium", "range")
LAST_YEAR = 9999
# The first year of a holiday, and its place: (month, day), (month, weekday from Monday 0, nth), or days after Easter.
# Labor, Memorial, Columbus and Veterans Day and Thanksgiving are those of the United States.
HOLIDAYS: dict[str, tuple[int, tuple[int, int] | tuple[int, int, int] | int]] = {
    "christmas": (1, (12, 25)),
    "boxing_day": (1871, (12, 26)),
    "new_year": (1, (1, 1)),
    "valentine": (1400, (2, 14)),
    "halloween": (1, (10, 31)),
    "bastille_day": (1790, (7, 14)),
    "armistice_day": (1919, (11, 11)),
    "veterans_day": (1954, (11, 11)),
    "memorial_day": (1971, (5, 0, -1)),
    "labor_day": (1894, (9, 0, 1)),
    "columbus_day": (1971, (10, 0, 2)),
    "thanksgiving": (1863, (11, 3, 4)),
    "easter": (1583, 0),
}
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (1, 12)}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; None means that this end is open. `unit` is the granularity."""

    first: Day | None
    last: Day | None
    unit: str
    value: str
    mod: str | None = None

    @property
    def year(self) -> int | None:
        """The year in which the period ends; if its end is open, the year in which it begins."""
        side = self.last or self.first
        return side[0] if side else None


def iso(day: Day | None) -> str | None:
    """ISO text of a day; years BC carry a minus and at least four digits."""
    return day and f"{'-' if day[0] < 0 else ''}{abs(day[0]):04d}-{day[1]:02d}-{day[2]:02d}"


def days_in_month(year: int, month: int) -> int:
    """The number of days in a month, by the Gregorian calendar also for years before its introduction."""
    return calendar.monthrange(2000 + (year + (year < 0)) % 400, month)[1]


def year_text(year: int) -> str:
    """A year in TIMEX3: 1954, 0384, BC0700."""
    return f"BC{-year:04d}" if year < 0 else f"{year:04d}"


def shift_year(year: int, by: int) -> int:
    """The year `by` years after another; there is no year zero."""
    count = year + (year < 0) + by
    return count - (count <= 0)


def year(number: int) -> Period | None:
    """A year, or None for the year zero, which does not exist."""
    return Period((number, 1, 1), (number, 12, 31), "year", year_text(number)) if number else None


def month(number: int, of: int) -> Period | None:
    """A month of a year."""
    if not of or not 1 <= of <= 12:
        return None
    return Period((number, of, 1), (number, of, days_in_month(number, of)), "month", f"{year_text(number)}-{of:02d}")


def day(number: int, month: int, of: int) -> Period | None:
    """A day; None where the calendar has no such day."""
    if not number or not 1 <= month <= 12 or not 1 <= of <= days_in_month(number, month):
        return None
    return Period((number, month, of), (number, month, of), "day", f"{year_text(number)}-{month:02d}-{of:02d}")


def holiday(name: str, of: int) -> Period | None:
    """A holiday in a year: its day, the weekday of its month, or its distance from Easter; None before it existed."""
    since, place = HOLIDAYS[name]
    if not since <= of <= LAST_YEAR:
        return None
    match place:
        case (month_, day_):
            return day(of, month_, day_)
        case (month_, weekday, nth):
            return nth_weekday(of, month_, weekday, nth)
    after = moved(_easter(of), place, "day")
    return day(*after) if after else None


def nth_weekday(of: int, month_: int, weekday: int, nth: int) -> Period | None:
    """The nth weekday (Monday is 0) of a month, or its last one (nth -1)."""
    size = days_in_month(of, month_)
    start = size - 6 if nth < 0 else 7 * nth - 6
    date = as_date((of, month_, start))
    return day(of, month_, start + (weekday - date.weekday()) % 7) if date else None


def _easter(of: int) -> Day:
    """Easter Sunday, by the Gregorian algorithm in J. Meeus, Astronomical Algorithms, chapter 8."""
    century_, rest = divmod(of, 100)
    golden = of % 19
    moon = (19 * golden + century_ - century_ // 4 - (century_ - (century_ + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century_ % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month_, day_ = divmod(moon + sunday - 7 * late + 114, 31)
    return of, month_, day_ + 1


def years(first: int, count: int, unit: str, value: str) -> Period:
    """Whole years from `first` on."""
    return Period((first, 1, 1), (shift_year(first, count - 1), 12, 31), unit, value)


def decade(first: int) -> Period:
    """The ten years from a round year: 1950 is the 1950s, -480 the 480s BC."""
    if first < 0:
        return years(first - 9, 10, "decade", f"BC{-first // 10:03d}")
    return years(first or 1, 10 if first else 9, "decade", f"{first // 10:03d}")


def century(number: int) -> Period | None:
    """The nth century, -n before Christ."""
    if number < 0:
        return years(-(-number * 100 - 1), 100 if number < -1 else 99, "century", f"BC{-number - 1:02d}")
    first = (number - 1) * 100
    return years(first or 1, 100 if first else 99, "century", f"{number - 1:02d}") if number else None


def millennium(number: int) -> Period | None:
    """The nth millennium, -n before Christ."""
    if number < 0:
        return years(-(-number * 1000 - 1), 1000 if number < -1 else 999, "millennium", f"BC{-number - 1}")
    first = (number - 1) * 1000
    return years(first or 1, 1000 if first else 999, "millennium", str(number - 1)) if number else None


def season(number: int, name: str) -> Period | None:
    """A season of the northern hemisphere. Winter may be at either end of its year, so it covers the whole year."""
    start, stop = SEASON_MONTHS[name]
    if not number:
        return None
    last = (number, stop, days_in_month(number, stop))
    return Period((number, start, 1), last, "season", f"{year_text(number)}-{name}")


def winter(number: int) -> Period | None:
    """The winter from a year into the next."""
    following = shift_year(number, 1)
    last = (following, 2, days_in_month(following, 2))
    return Period((number, 12, 1), last, "season", f"{year_text(number)}-WI") if number else None


def part_of_year(number: int, part: int, parts: int) -> Period | None:
    """A quarter (of 4) or half (of 2) of a year."""
    if not number or not 1 <= part <= parts:
        return None
    size = 12 // parts
    last = part * size
    value = f"{year_text(number)}-{'H' if parts == 2 else 'Q'}{part}"
    return Period((number, last - size + 1, 1), (number, last, days_in_month(number, last)), "quarter", value)


def span(a: Period, b: Period) -> Period | None:
    """From the first day of one to the last of the other; None if it runs backwards."""
    if a.first and b.last and a.first > b.last:
        return None
    start, stop = (iso(a.first) if a.unit == "era" else a.value), (iso(b.last) if b.unit == "era" else b.value)
    return Period(a.first, b.last, "range", f"{start or ''}/{stop or ''}")


def from_then_on(period: Period) -> Period:
    """The range from a period on, with an open end."""
    return replace(period, last=None, value=f"{period.value}/")


def fraction(period: Period, part: int, parts: int, mod: str | None) -> Period | None:
    """One of `parts` equal parts of a period, in whole months, or in days if the period is a month.

    The TIMEX3 value remains that of the whole period.
    """
    if not period.first or not period.last:
        return None
    start, stop = _months(period.first), _months(period.last) + 1
    length = stop - start
    if length >= parts:
        first = _day(start + length * (part - 1) // parts, end=False)
        last = _day(start + length * part // parts - 1, end=True)
        return replace(period, first=max(first, period.first), last=min(last, period.last), mod=mod)
    if period.unit == "month":
        year_, month_, size = period.last
        first, last = (year_, month_, size * (part - 1) // parts + 1), (year_, month_, size * part // parts)
        return replace(period, first=first, last=last, mod=mod)
    return replace(period, mod=mod)


def _months(day: Day) -> int:
    return (day[0] + (day[0] < 0)) * 12 + day[1] - 1


def _day(months: int, end: bool) -> Day:
    count, month_ = divmod(months, 12)
    year_ = count - (count <= 0)
    return (year_, month_ + 1, days_in_month(year_, month_ + 1) if end else 1)


def covering(first: Day, last: Day) -> Period | None:
    """The period from one day to another: a day, week, month, ... if it is exactly one of these, else a range."""
    for unit in ("day", "week", "month", "quarter", "year", "decade", "century"):
        whole = containing(first, unit)
        if whole and (whole.first, whole.last) == (first, last):
            return whole
    start, stop = day(*first), day(*last)
    return start and stop and span(start, stop)


def as_date(day: Day) -> datetime.date | None:
    """The day in the standard library's calendar; None outside years 1 to 9999."""
    return datetime.date(*day) if 1 <= day[0] <= 9999 else None


def from_text(text: str) -> Period | None:
    """The year, month or day of ISO text such as 1954, 1954-05 or 1954-05-09; -0044 is 44 BC. None for other text."""
    match = re.fullmatch(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?", text, re.ASCII)
    if not match:
        return None
    number = int(match[1])
    if match[3]:
        return day(number, int(match[2]), int(match[3]))
    return month(number, int(match[2])) if match[2] else year(number)


def from_date(date: datetime.date) -> Period:
    """The day as a period."""
    at = (date.year, date.month, date.day)
    return Period(at, at, "day", date.isoformat())


def in_small_units(count: float, unit: str) -> tuple[int, str]:
    """A number of units as a whole number of days, weeks, months or years: half a decade is 5 years."""
    years = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}
    if unit in years:
        whole = count * years[unit]
        return (int(whole), "year") if whole == int(whole) else (round(whole * 12), "month")
    if unit == "quarter":
        return round(count * 3), "month"
    if count == int(count):
        return int(count), "week" if unit == "weekend" else unit
    return round(count * {"day": 1, "week": 7, "weekend": 7, "month": 30.44}[unit]), "day"


def moved(start: Day, by: int, unit: str) -> Day | None:
    """The day `by` days, weeks, months or years after another; None outside the calendar."""
    if unit not in ("day", "week"):
        year_, month_, _ = _day(_months(start) + by * (12 if unit == "year" else 1), end=False)
        return (year_, month_, min(start[2], days_in_month(year_, month_)))
    count = start[0] + (start[0] < 0)
    like = 2000 + count % 400
    try:
        landed = datetime.date(like, *start[1:]) + datetime.timedelta(days=by * (7 if unit == "week" else 1))
    except OverflowError:
        return None
    number = count + landed.year - like
    return (number - (number <= 0), landed.month, landed.day)


def containing(day_: Day, unit: str) -> Period | None:
    """The day, week (Monday to Sunday), month, year, decade, century or millennium that contains a day."""
    number, month_, of = day_
    if unit == "day":
        return day(number, month_, of)
    if unit in ("week", "weekend"):
        date = as_date(day_)
        if not date:
            return None
        week = date.isocalendar()
        value = f"{week.year:04d}-W{week.week:02d}"
        start, mark = (5, "-WE") if unit == "weekend" else (0, "")
        first, last = moved(day_, start - date.weekday(), "day"), moved(day_, 6 - date.weekday(), "day")
        return Period(first, last, "week", value + mark) if first and last else None
    if unit == "month":
        return month(number, month_)
    if unit == "quarter":
        return part_of_year(number, (month_ + 2) // 3, 4)
    if unit == "year":
        return year(number)
    place, sign = abs(number) // {"decade": 10, "century": 100, "millennium": 1000}[unit], -1 if number < 0 else 1
    if unit == "decade":
        return decade(sign * place * 10) if place or sign > 0 else years(-9, 9, "decade", "BC000")
    return century(sign * (place + 1)) if unit == "century" else millennium(sign * (place + 1))
