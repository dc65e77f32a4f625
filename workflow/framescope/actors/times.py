"""The time that a name is used of: the dates of its clause, sentence, paragraph or heading, or the publication."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from spacy.tokens import Doc, Span, Token

from framescope.actor_table import Day, Days, stated_days

Source = Literal["sentence", "paragraph", "heading", "publication", ""]
PRESENT_TAGS = ("VBZ", "VBP")
VERBS = ("VERB", "AUX")


@dataclass(frozen=True)
class Time:
    """The days that a name is used of and where they are stated; `clause` if its own clause states them."""

    days: Days | None
    source: Source
    clause: bool = False

    @property
    def years(self) -> str:
        """The year, or first and last year, as in "1965" and "1947/1991"."""
        if self.days is None:
            return ""
        first, last = self.days[0][0], self.days[1][0]
        return f"{first:04d}" if first == last else f"{first:04d}/{last:04d}"


@dataclass(frozen=True)
class Dated:
    """A date in a Doc: where it begins, its days, and the verb of its clause."""

    start: int
    days: Days
    verb: Token | None


class Times:
    """The times that the names of one document are used of.

    A date of the name's own clause decides first, then the nearest of its sentence, then the last before it in its
    paragraph, then that of the section's heading, then the publication. Where the verb of the clause is in the present
    tense and the clause has no date, the publication decides. Citations, lengths of time and dates that are open
    towards the present do not count.
    """

    def __init__(self, docs: Sequence[Doc]) -> None:
        self._published = next((stated for doc in docs if (stated := doc.user_data.get("published"))), "")
        self._headings: dict[str, Days] = {}
        for doc in docs:
            if doc.user_data["part"] == "heading" and (dates := dates_of(doc)):
                self._headings[doc.user_data["section"]] = dates[0].days
        self._doc: Doc | None = None
        self._dates: list[Dated] = []

    def of(self, span: Span) -> Time:
        """The time that the name in a span is used of."""
        if span.doc is not self._doc:
            self._doc, self._dates = span.doc, dates_of(span.doc)
        verb = clause_verb(span.root)
        sentence = span.sent
        here = [date for date in self._dates if sentence.start_char <= date.start < sentence.end_char]
        own = [date for date in here if verb is not None and date.verb is not None and date.verb == verb]
        if own:
            return Time(_nearest(own, span).days, "sentence", clause=True)
        if verb is not None and is_present(verb):
            return self._of_publication()
        if here:
            return Time(_nearest(here, span).days, "sentence")
        before = bisect_right(self._dates, sentence.start_char, key=lambda date: date.start)
        if before:
            return Time(self._dates[before - 1].days, "paragraph")
        heading = self._headings.get(span.doc.user_data["section"])
        return Time(heading, "heading") if heading is not None else self._of_publication()

    def _of_publication(self) -> Time:
        return Time(stated_days(self._published), "publication") if self._published else Time(None, "")


def dates_of(doc: Doc) -> list[Dated]:
    """The dates of a Doc that lie at known days, in order."""
    dated = []
    for date in doc.user_data.get("dates", ()):
        days = _days(date)
        if days is not None:
            span = doc.char_span(date["start"], date["end"], alignment_mode="expand")
            dated.append(Dated(date["start"], days, clause_verb(span.root) if span is not None else None))
    return sorted(dated, key=lambda date: date.start)


def clause_verb(token: Token) -> Token | None:
    """The verb of the clause that a token stands in, or None; an auxiliary leads to its verb."""
    while token.pos_ not in VERBS or token.dep_ in ("aux", "auxpass"):
        if token.head == token:
            return None
        token = token.head
    return token


def is_present(verb: Token) -> bool:
    """Whether a verb or one of its auxiliaries is in the present tense."""
    return any(
        token.tag_ in PRESENT_TAGS
        for token in (verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass")))
    )


def _nearest(dates: Sequence[Dated], span: Span) -> Dated:
    return min(dates, key=lambda date: (abs(date.start - span.start_char), date.start))


def _days(date: dict[str, Any]) -> Days | None:
    """The days of a date; "until 1947" and "before 1947" speak of the day before, "after 1947" of the day after."""
    if not date["first"] or date["citation"] or date["mod"] == "ON_OR_AFTER":
        return None
    first, last = stated_days(date["first"], date["last"] or date["first"])
    if date["mod"] in ("BEFORE", "ON_OR_BEFORE"):
        return _eve(first), _eve(first)
    if date["mod"] == "AFTER":
        return _morrow(last), _morrow(last)
    return first, last


def _eve(day: Day) -> Day:
    """A day that comes before a day and after all days before the one before it."""
    return (day[0], day[1], day[2] - 1) if day[1:] != (1, 1) else (day[0] - 1, 12, 31)


def _morrow(day: Day) -> Day:
    return (day[0], day[1], day[2] + 1) if day[1:] != (12, 31) else (day[0] + 1, 1, 1)
