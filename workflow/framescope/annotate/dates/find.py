"""Find the dates of a text: a cascade of grammars reads its phrases; then each date is resolved in reading order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from framescope.annotate.dates import periods as values
from framescope.annotate.dates.anchors import (
    Context,
    Derived,
    Doubtful,
    Length,
    Other,
    Reading,
    Relative,
    Today,
    Weekday,
    Yearless,
    is_near,
    resolve,
)
from framescope.annotate.dates.citations import cites_by_author_and_date, is_citation, years_in_address
from framescope.annotate.dates.eras import Eras, default_eras
from framescope.annotate.dates.grammar.absolute import GENEROUS, NUMBERS, POINTS
from framescope.annotate.dates.grammar.engine import Node
from framescope.annotate.dates.grammar.nearby import NEIGHBOURS
from framescope.annotate.dates.grammar.ranges import DAY_RANGES, PARTS, RANGES
from framescope.annotate.dates.grammar.relative import RELATIVES, length
from framescope.annotate.dates.grammar.tokens import phrases
from framescope.annotate.dates.grammar.vocabulary import KINDS
from framescope.annotate.dates.not_years import is_newspaper, is_trap
from framescope.annotate.dates.periods import Period, iso
from framescope.annotate.dates.rates import rates
from framescope.annotate.dates.tense import clause_of, speaks_of_its_days, tells_of_its_day

CASCADE = (NUMBERS, DAY_RANGES, POINTS, PARTS, NEIGHBOURS, RELATIVES, PARTS, RANGES)
DATE_KINDS = KINDS["reading"] + KINDS["time"] + KINDS["other_time"]
CARRYING = "".join(KINDS[name] for name in ("comma", "and", "or", "dash", "to"))
MODIFIERS = {
    KINDS[name]: mod
    for name, mod in {
        "since": "ON_OR_AFTER",
        "until": "ON_OR_BEFORE",
        "by": "ON_OR_BEFORE",
        "before": "BEFORE",
        "after": "AFTER",
        "following": "AFTER",
        "about": "APPROX",
        "circa": "APPROX",
    }.items()
}
CARRIED_OVER = 10
DAY_LONG = len("1954-05-09")
CITED_BY = ("day", "month", "season", "year")
APPOSITION = re.compile(KINDS.pattern("comma (in|on)? (date|bare_year)"))
SENTENCE_END = re.compile(r"[.!?]\s")


@dataclass(frozen=True)
class Date:
    """A time expression: its position in the text, and the calendar days to which it refers.

    `type` is DATE, TIME, DURATION, SET or ERA; `value` is TIMEX3's, of an era its name; `first` and `last` are ISO
    days, both None where no interval is known, one None where it is open. Years BC are negative, without a year zero.
    `mod` is TIMEX3's: START, MID, END, BEFORE, AFTER, ON_OR_BEFORE, ON_OR_AFTER, APPROX. `citation` marks years that
    only date a publication. `anchor` says what gave a date its year: "text 1954" or "publication 2015-05-18".
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    first: str | None = None
    last: str | None = None
    mod: str | None = None
    citation: bool = False
    anchor: str | None = None


def find_dates(
    text: str,
    published: str | datetime.date | None = None,
    proposals: Iterable[tuple[int, int]] = (),
    eras: Eras | None = None,
) -> list[Date]:
    """The dates of a text in order, none overlapping.

    `published` is the day of publication (ISO text or a date) that "last year" counts from. `proposals` are (start,
    end) of spans that may be dates, such as the entities of a model: where the grammars found nothing in one, a more
    permissive grammar reads it.
    `eras` are those of `load_eras`, by default the ones that come with Framescope.
    """
    return find_dates_in_paragraphs([text], published, [proposals], eras)[0]


def find_dates_in_paragraphs(
    texts: Sequence[str],
    published: str | datetime.date | None = None,
    proposals: Sequence[Iterable[tuple[int, int]]] | None = None,
    eras: Eras | None = None,
) -> list[list[Date]]:
    """The dates of each paragraph of one document, in reading order: "that year" may refer to an earlier paragraph.

    Arguments as in `find_dates`, `proposals` one collection a paragraph. Raises ValueError for a `published` that is no
    ISO date.
    """
    eras = default_eras() if eras is None else eras
    read = [_read(text, eras) for text in texts]
    for (runs, _), text, spans in zip(read, texts, proposals or [()] * len(texts), strict=True):
        runs.extend(_proposed(text, runs, spans))
    context = Context(_published(published))
    context.author_date = cites_by_author_and_date(texts)
    context.narrative = _is_narrative(chain.from_iterable(runs for runs, _ in read), context.published)
    context.report = any(_reports(text, runs, context.published) for text, (runs, _) in zip(texts, read, strict=True))
    context.deictic = context.report or any(speaks_of_its_days(text) for text in texts)
    return [_paragraph(text, runs, urls, context) for text, (runs, urls) in zip(texts, read, strict=True)]


def _published(published: str | datetime.date | None) -> Period | None:
    """The day, month or year of publication."""
    if published is None:
        return None
    if isinstance(published, datetime.date):
        return values.from_date(published)
    period = values.from_text(re.split("[T ]", published, maxsplit=1)[0])
    if period is None:
        raise ValueError(f"published: expected an ISO date such as 2014-11-20, found {published!r}")
    return period


Run = Sequence[Node]


def _read(text: str, eras: Eras) -> tuple[list[Run], list[tuple[int, int]]]:
    runs: list[Run] = []
    phrases_of_text, urls = phrases(text, eras.find)
    for nodes in phrases_of_text:
        run: Run = nodes
        for grammar in CASCADE:
            run = grammar.rewrite(run)
        if any(node.kind in DATE_KINDS for node in run):
            runs.append(run)
    taken = _places(runs)
    for start, end, unit in rates(text):
        if not any(start < stop and begin < end for begin, stop in taken):
            runs.append([Node(KINDS["other_time"], start, end, Other("SET", length(unit, 1)))])
    return runs, urls


def _places(runs: Iterable[Run]) -> list[tuple[int, int]]:
    return [(node.start, node.end) for run in runs for node in run if node.kind in DATE_KINDS]


def _proposed(text: str, runs: Sequence[Run], spans: Iterable[tuple[int, int]]) -> list[Run]:
    taken = _places(runs)
    out: list[Run] = []
    for start, end in sorted(spans):
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        for nodes in phrases(text[start:end], lambda *_: ())[0]:
            run = GENEROUS.rewrite(nodes)
            if any(node.kind in DATE_KINDS for node in run):
                out.append([Node(node.kind, node.start + start, node.end + start, node.value) for node in run])
                taken.append((start, end))
    return out


def _is_narrative(runs: Iterable[Run], published: Period | None) -> bool:
    """Whether more dates of a document are in years before its publication than refer to the day of publication."""
    if not published or published.year is None:
        return True
    past = present = 0
    for node, reading in _meanings(runs):
        match reading:
            case Period(unit=unit, year=int(year)) if unit != "era" and node.kind in DATE_KINDS:
                past += year < published.year
                present += year == published.year
            case Doubtful():
                past += 1
            case Weekday() | Relative(base="published"):
                present += 1
    return past > present


def _meanings(runs: Iterable[Run]) -> Iterator[tuple[Node, Reading | Other]]:
    """Each node with its meaning, and with each date that is a part of it, as the Friday of "Friday night"."""
    for node in chain.from_iterable(runs):
        if node.kind not in DATE_KINDS:
            continue
        readings = [node.value]
        while readings:
            reading = readings.pop()
            readings += reading.sources if isinstance(reading, Derived) else ()
            yield node, reading


def _reports(text: str, runs: Iterable[Run], published: Period | None) -> bool:
    """Whether a text reports the days around its publication.

    It then names a day of the week, a day of the last few without its year, or what happened "today".
    """
    if not published or published.unit != "day":
        return False
    for node, reading in _meanings(runs):
        match reading:
            case Weekday():
                return True
            case Today():
                if tells_of_its_day(text, node.start, node.end):
                    return True
            case Yearless(make):
                day = make(published.year or 0)
                if day and day.unit == "day" and day.first and published.first and is_near(day.first, published.first):
                    return True
    return False


def _paragraph(text: str, runs: Sequence[Run], urls: Iterable[tuple[int, int]], context: Context) -> list[Date]:
    dates: list[Date] = []
    read_up_to = 0
    context.distance += 1
    for run in sorted(runs, key=lambda run: run[0].start):
        for at, node in enumerate(run):
            if node.kind not in DATE_KINDS:
                continue
            context.distance += len(SENTENCE_END.findall(text, read_up_to, node.start))
            read_up_to = node.end
            date = _date(text, run, at, context)
            if date:
                dates.append(date)
    for start, end in urls:
        for at, stop in years_in_address(text, start, end):
            year = text[at:stop]
            dates.append(Date(at, stop, year, "DATE", year, f"{year}-01-01", f"{year}-12-31", citation=True))
    return sorted(dates, key=lambda date: date.start)


def _date(text: str, run: Run, at: int, context: Context) -> Date | None:
    node = run[at]
    start, end = node.start, node.end
    place = (start, end, text[start:end])
    if isinstance(node.value, Other):
        if is_newspaper(text, start, end):
            return None
        return _at_its_hour(place, node.value, context) or Date(*place, node.value.type, node.value.value)
    if is_trap(text, start, end):
        return None
    reading: Reading = node.value
    if not isinstance(reading, Period):
        context.clause = clause_of(text, start, end)
    period, anchor = _period_stated_after(run, at) or resolve(reading, context)
    kind = "TIME" if node.kind == KINDS["time"] else "DURATION" if isinstance(reading, Length) else "DATE"
    if period is None:
        return None if isinstance(reading, Doubtful) else Date(*place, kind, reading.value)
    cited = period.unit in CITED_BY and anchor is None and is_citation(text, start, end, context.author_date)
    if period.unit == "era":
        kind = "ERA"
    elif (
        period.last
        and period.unit in values.LEANED_ON
        and not cited
        and not (context.narrative and anchor and anchor.startswith("publication"))
    ):
        context.remember(period)
    mod = period.mod or _modifier(run, at, period)
    value = reading.value if isinstance(reading, Length) else period.value
    return Date(*place, kind, value, iso(period.first), iso(period.last), mod, cited, anchor)


def _at_its_hour(place: tuple[int, int, str], hour: Other, context: Context) -> Date | None:
    """The hour of a report, on the day that its sentence names last, otherwise on the day of publication."""
    if not (hour.type == "TIME" and context.report and context.published):
        return None
    named = context.running if context.distance == 0 and context.running and context.running.unit == "day" else None
    day, anchor = (named, "text") if named else (context.published, "publication")
    value, since, until = day.value[:DAY_LONG], iso(day.first), iso(day.last)
    return Date(*place, "TIME", value + hour.value, since, until, anchor=f"{anchor} {value}")


def _period_stated_after(run: Run, at: int) -> tuple[Period, None] | None:
    """The year of "March" in "March and May 1954", and of "a year later" in "a year later, in 1955"."""
    reading = run[at].value
    if isinstance(reading, Relative) and reading.base in ("text", "text first"):
        kinds = "".join(node.kind for node in run[at + 1 : at + 4])
        apposition = APPOSITION.match(kinds)
        stated = run[at + apposition.end()].value if apposition else None
        return (stated, None) if isinstance(stated, Period) else None
    if not isinstance(reading, Yearless):
        return None
    for node in run[at + 1 : at + 1 + CARRIED_OVER]:
        if isinstance(node.value, Period) and node.kind in KINDS["reading"]:
            side = node.value.first if node.value.unit in ("day", "month", "season") else None
            period = reading.make(side[0]) if side else None
            return (period, None) if period else None
        if node.kind not in CARRYING and not isinstance(node.value, Yearless):
            return None
    return None


def _modifier(run: Run, at: int, period: Period) -> str | None:
    """The modifier that the preposition before a date expresses: since 2000, until 1971; none in "by the Cold War"."""
    for node in reversed(run[max(0, at - 2) : at]):
        if node.kind == KINDS["by"] and period.unit == "era":
            return None
        if node.kind in MODIFIERS:
            return MODIFIERS[node.kind]
        if node.kind != KINDS["the"]:
            return None
    return None
