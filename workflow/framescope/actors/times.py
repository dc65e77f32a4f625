"""The time to which a mention of a name refers: a date in its clause, sentence, paragraph or heading, or that of
publication.
"""

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
    """The days to which a mention refers, and where they are stated; `clause` if the clause of the name states them."""

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
    """The times to which the mentions of names in one document refer.

    The time of a mention is the first of these that is stated: a date in the clause of the name; the date of its
    sentence that is nearest to it; the last date before it in its paragraph; the date in the heading of its section;
    the date of publication. If the clause has no date and its verb is in the present tense, the time is the date of
    publication. Citations, lengths of time and dates without an end are ignored.
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
        """The time to which the mention in a span refers."""
        if span.doc is not self._doc:
            self._doc, self._dates = span.doc, dates_of(span.doc)
        verb = clause_verb(span.root)
        sentence = span.sent
        in_sentence = [date for date in self._dates if sentence.start_char <= date.start < sentence.end_char]
        in_clause = [date for date in in_sentence if verb is not None and date.verb is not None and date.verb == verb]
        if in_clause:
            return Time(_nearest(in_clause, span).days, "sentence", clause=True)
        if verb is not None and is_present(verb):
            return self._of_publication()
        if in_sentence:
            return Time(_nearest(in_sentence, span).days, "sentence")
        dates_before = bisect_right(self._dates, sentence.start_char, key=lambda date: date.start)
        if dates_before:
            return Time(self._dates[dates_before - 1].days, "paragraph")
        heading = self._headings.get(span.doc.user_data["section"])
        return Time(heading, "heading") if heading is not None else self._of_publication()

    def _of_publication(self) -> Time:
        return Time(stated_days(self._published), "publication") if self._published else Time(None, "")


def dates_of(doc: Doc) -> list[Dated]:
    """The dates of a Doc whose calendar days are known, in the order of the text."""
    dated = []
    for date in doc.user_data.get("dates", ()):
        days = _days(date)
        if days is not None:
            span = doc.char_span(date["start"], date["end"], alignment_mode="expand")
            dated.append(Dated(date["start"], days, clause_verb(span.root) if span is not None else None))
    return sorted(dated, key=lambda date: date.start)


def clause_verb(token: Token) -> Token | None:
    """The main verb of the clause that contains a token, or None."""
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
    """The days that decide which actor is meant; None if the date does not decide.

    "until 1947" and "before 1947" stand for the day before the period, "after 1947" for the day after it.
    """
    if not date["first"] or date["citation"] or date["mod"] == "ON_OR_AFTER":
        return None
    first, last = stated_days(date["first"], date["last"] or date["first"])
    if date["mod"] in ("BEFORE", "ON_OR_BEFORE"):
        return _day_before(first), _day_before(first)
    if date["mod"] == "AFTER":
        return _day_after(last), _day_after(last)
    return first, last


def _day_before(day: Day) -> Day:
    """The day before; within a year only its place in the order of days is right, as in 1947-05-00."""
    return (day[0], day[1], day[2] - 1) if day[1:] != (1, 1) else (day[0] - 1, 12, 31)


def _day_after(day: Day) -> Day:
    """The day after; within a year only its place in the order of days is right, as in 1947-05-32."""
    return (day[0], day[1], day[2] + 1) if day[1:] != (12, 31) else (day[0] + 1, 1, 1)
