"""Find the dates of a text: phrases are read by a cascade of grammars, then leaned on their anchors in reading order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framescope.annotate.dates import values
from framescope.annotate.dates.anchors import Context, Other, Reading, Yearless, resolve
from framescope.annotate.dates.eras import Eras, default_eras
from framescope.annotate.dates.grammar import Node
from framescope.annotate.dates.points import NUMBERS, POINTS
from framescope.annotate.dates.ranges import DAY_RANGES, PARTS, RANGES
from framescope.annotate.dates.relatives import RELATIVES
from framescope.annotate.dates.traps import is_citation, is_trap
from framescope.annotate.dates.units import KINDS, phrases
from framescope.annotate.dates.values import Period, iso

CASCADE = (NUMBERS, DAY_RANGES, POINTS, PARTS, RELATIVES, PARTS, RANGES)
FOUND = KINDS["reading"] + KINDS["other_time"]
MODIFYING = {KINDS[name]: name for name in ("since", "until", "by", "before", "after", "about", "circa")}
CARRYING = KINDS["comma"] + KINDS["and"] + KINDS["or"] + KINDS["dash"] + KINDS["to"]
AHEAD = re.compile(
    r"\b(?:will|shall|won't|scheduled|upcoming|planned|expected|due|going to|plans? to|aims? to|set to)\b|’ll\b|'ll\b"
)
URL_YEAR = re.compile(r"(?<![\w.])(?:19|20)\d\d(?![\w])|(?<=[/_-])(?:19|20)\d\d(?=[/_-]|$)")
SENTENCE_END = re.compile(r"[.!?]\s")


@dataclass(frozen=True)
class Date:
    """A time expression: its place in the text, and the calendar days it stands for.

    `type` is DATE, TIME, DURATION, SET or ERA; `value` is TIMEX3's, of an era its name; `first` and `last` are ISO days,
    both None where the expression has no known interval, one None where it is open. `mod` is TIMEX3's (START, MID, END,
    BEFORE, AFTER, ON_OR_BEFORE, ON_OR_AFTER, APPROX). `citation` marks years that only date a publication. `anchor` says
    what gave a date without a year its year: "text 1954" or "publication 2015-05-18".
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    first: str | None
    last: str | None
    mod: str | None
    citation: bool
    anchor: str | None


def find_dates(
    text: str,
    published: str | datetime.date | None = None,
    proposals: Iterable[tuple[int, int]] = (),
    eras: Eras | None = None,
) -> list[Date]:
    """The dates of a text in order, none overlapping.

    `published` is the day of publication (ISO text or a date) that "last year" counts from. `proposals` are (start, end)
    spans where something else suspects a date; they are read with a more generous grammar. `eras` are those of
    `load_eras`, by default the ones that come with Framescope.
    """
    return find_dates_in_paragraphs([text], published, [proposals], eras)[0]


def find_dates_in_paragraphs(
    texts: Sequence[str],
    published: str | datetime.date | None = None,
    proposals: Sequence[Iterable[tuple[int, int]]] | None = None,
    eras: Eras | None = None,
) -> list[list[Date]]:
    """The dates of each paragraph of one document, in reading order: "that year" may lean on a paragraph before.

    Arguments as in `find_dates`, `proposals` one collection a paragraph. Raises ValueError for a `published` that is no
    ISO date.
    """
    context = Context(_published(published))
    known = default_eras() if eras is None else eras
    return [_paragraph(text, context, known) for text in texts]


def _published(published: str | datetime.date | None) -> Period | None:
    if published is None:
        return None
    if isinstance(published, str):
        try:
            published = datetime.date.fromisoformat(published[:10])
        except ValueError as error:
            raise ValueError(f"published: expected an ISO date such as 2014-11-20, found {published!r}") from error
    return values.from_date(published)


def _paragraph(text: str, context: Context, eras: Eras) -> list[Date]:
    found: list[Date] = []
    runs, urls = phrases(text, eras.find)
    seen = 0
    for nodes in runs:
        for grammar in CASCADE:
            nodes = grammar.rewrite(nodes)
        for at, node in enumerate(nodes):
            if node.kind not in FOUND:
                continue
            gap = text[seen : node.start]
            if SENTENCE_END.search(gap):
                context.distance += len(SENTENCE_END.findall(gap))
            seen = node.end
            date = _date(text, nodes, at, context)
            if date:
                found.append(date)
    for start, end in urls:
        found.extend(_in_address(text, start, end))
    return sorted(found, key=lambda date: date.start)


def _date(text: str, nodes: Sequence[Node], at: int, context: Context) -> Date | None:
    node = nodes[at]
    said = text[node.start : node.end]
    if isinstance(node.value, Other):
        return Date(node.start, node.end, said, node.value.type, node.value.value, None, None, None, False, None)
    reading: Reading = node.value
    if is_trap(text, node.start, node.end):
        return None
    context.ahead = bool(AHEAD.search(text, max(0, node.start - 80), min(len(text), node.end + 40)))
    following = _following_year(nodes, at) if isinstance(reading, Yearless) else None
    period, anchor = (reading.make(following), None) if following else resolve(reading, context)  # type: ignore[union-attr]
    if period is None:
        return Date(node.start, node.end, said, "DATE", reading.value, None, None, None, False, None)
    citation = period.unit == "year" and anchor is None and is_citation(text, node.start, node.end)
    if period.last and period.unit != "era" and not citation:
        context.running, context.distance = period, 0
    mod = period.mod or _modifier(nodes, at)
    kind = "ERA" if period.unit == "era" else "DATE"
    return Date(
        node.start, node.end, said, kind, period.value, iso(period.first), iso(period.last), mod, citation, anchor
    )


def _following_year(nodes: Sequence[Node], at: int) -> int | None:
    """The year that "March" takes in "March and May 1954"."""
    for node in nodes[at + 1 :]:
        if isinstance(node.value, Period) and node.kind == KINDS["date"]:
            return node.value.first[0] if node.value.unit in ("day", "month", "season") and node.value.first else None
        if node.kind not in CARRYING and not isinstance(node.value, Yearless):
            return None
    return None


def _modifier(nodes: Sequence[Node], at: int) -> str | None:
    for node in reversed(nodes[max(0, at - 2) : at]):
        if node.kind in MODIFYING:
            return str(node.value)
        if node.kind != KINDS["the"]:
            return None
    return None


def _in_address(text: str, start: int, end: int) -> list[Date]:
    return [
        Date(m.start(), m.end(), m[0], "DATE", m[0], f"{m[0]}-01-01", f"{m[0]}-12-31", None, True, None)
        for m in URL_YEAR.finditer(text, start, end)
    ]
