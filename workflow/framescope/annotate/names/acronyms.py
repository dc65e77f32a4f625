"""Acronyms that a document defines in brackets after a name: "Shanghai Cooperation Organisation (SCO)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc

from framescope.actor_table import ActorRow, ActorTable
from framescope.annotate.names.model import label_of
from framescope.annotate.names.patterns import OFFICES, ORGANISATION_HEADS

BRACKETED = re.compile(r"\(\s?([^\W\d_][\w&./+-]{1,9})\s?\)?(?=[\s),;:]|$)")
CONCEPT_HEADS = re.compile(
    "States|Countries|Weapons|Measures|Product|Investment|Destruction|Goals|Rights|Staff|Missiles?|Understanding|Energy|"
    "Technology|Aid|Assistance|Index|Policy|Doctrine|Strategy|Zone|Change|Intelligence|Warfare|Products?"
)
SMALL_LINKS = frozenset({",", "and", "&", "of", "for", "on"})
NAMING_LABELS = frozenset({"ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "NORP"})
SMALL_WORDS = re.compile("of|for|the|and|in|on|to|de|des|du|la|le|der|die|und|et|y|e|del|della|&")


@dataclass(frozen=True)
class Acronym:
    """A short form and the long form before it where it was defined; an empty label means that it names no actor."""

    short: str
    long: str
    label: str


class Definition(NamedTuple):
    """An acronym and the token spans of its long and its short form where it is defined."""

    acronym: Acronym
    long: tuple[int, int]
    short: tuple[int, int]


def is_acronym(text: str) -> bool:
    """Whether a word looks like an acronym: two capitals or more, and no more small letters than capitals."""
    capitals = sum(c.isupper() for c in text)
    return capitals >= 2 and sum(c.islower() for c in text) <= capitals


def definitions(doc: Doc, text: str, names: Sequence[tuple[int, int, str]], table: ActorTable) -> list[Definition]:
    """Acronyms defined in a Doc.

    `text` is that of the Doc, and `names` are the names known so far as token start, end and label. The long form is
    the words whose initials spell the acronym or, failing that, the name that ends at the bracket ("Italian Liberal
    Party (PLI)"). Offices ("Chief of Staff"), concepts ("foreign direct investment") and unknown words without an
    organisation's head name no actor, unless the table has the long form or the study's own rows have the short one.
    What the model took for a person is an organisation if its initials are spelled, because few persons are given
    acronyms.
    """
    defined = []
    for match in BRACKETED.finditer(text):
        short = doc.char_span(*match.span(1))
        if short is None or not is_acronym(short.text):
            continue
        bracket = short.start - 1
        start, label = next(((a, kind) for a, b, kind in names if b == bracket), (bracket, ""))
        spelled = _spelled(doc, bracket, short.text)
        if spelled is None and (label not in NAMING_LABELS - {"NORP"} or _is_tail(doc, start, short.text)):
            continue
        start = start if spelled is None else min(start, spelled)
        words = [token.text for token in doc[start:bracket]]
        row = _row(doc[start:bracket].text, short.text, table)
        if row is not None:
            label = label_of(row, label)
        elif spelled is not None and (_is_office(words) or _is_concept(words)):
            label = ""
        elif label not in NAMING_LABELS:
            body = label == "PERSON" or not ORGANISATION_HEADS.isdisjoint(words)
            label = "ORG" if body else ""
        acronym = Acronym(short.text, doc[start:bracket].text, label)
        defined.append(Definition(acronym, (start, bracket), (short.start, short.end)))
    return defined


def _row(long: str, short: str, table: ActorTable) -> ActorRow | None:
    """The row of the table for an acronym, if there is one."""
    abbreviated = table.find(short)
    return table.find(long) or (abbreviated if abbreviated is not None and abbreviated.own else None)


def _is_tail(doc: Doc, start: int, short: str) -> bool:
    """Whether a name is the end of a longer one: "Commission on Trade, Economic and Technical Cooperation (IGC)"."""
    linked = start > 0 and (doc[start - 1].lower_ in SMALL_LINKS)
    return linked and doc[start].text[0] != short[0]


def _is_office(words: Sequence[str]) -> bool:
    """Whether words name an office: "Chief of Army Staff", "Prime Minister"."""
    led = len(words) > 1 and words[0] in OFFICES and words[1] in ("of", "for")
    return led or words[-1] in OFFICES


def _is_concept(words: Sequence[str]) -> bool:
    """Whether words name a concept, which cannot act: "Nuclear Weapons States", "foreign direct investment"."""
    if all(word.islower() for word in words):
        return True
    return bool(CONCEPT_HEADS.fullmatch(words[-1])) and ORGANISATION_HEADS.isdisjoint(words)


def _spelled(doc: Doc, end: int, short: str) -> int | None:
    """Start of the words before token `end` whose initials spell the capitals of `short`, None if they do not."""
    letters = [c for c in short if c.isupper()]
    i = end
    while letters and i > 0 and end - i < 3 * len(short):
        i -= 1
        text = doc[i].text
        if text[0].upper() == letters[-1]:
            letters.pop()
        elif text[0].isupper() or not (SMALL_WORDS.fullmatch(text.lower()) or text in ("-", "–", ",")):
            return None
    return i if not letters else None
