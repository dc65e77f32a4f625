"""Acronyms that a document defines in brackets after a name: "Shanghai Cooperation Organisation (SCO)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from framescope.annotate.name_patterns import OFFICES, ORGANISATION_HEADS

BRACKETED = re.compile(r"\(\s?([^\W\d_][\w&./+-]{1,9})\s?\)?(?=[\s),;:]|$)")
SMALL_WORDS = re.compile("of|for|the|and|in|on|to|de|des|du|la|le|der|die|und|et|y|e|del|della|&")


@dataclass(frozen=True)
class Acronym:
    """A short form with the long form it stood behind where it was defined."""

    short: str
    long: str
    label: str


def is_acronym(text: str) -> bool:
    """Whether a word looks like an acronym: two capitals or more, and no more small letters than capitals."""
    capitals = sum(c.isupper() for c in text)
    return capitals >= 2 and sum(c.islower() for c in text) <= capitals


def definitions(
    doc: Doc, names: Sequence[tuple[int, int, str]]
) -> list[tuple[Acronym, tuple[int, int], tuple[int, int]]]:
    """Acronyms defined in a Doc, each with the token spans of its long and its short form.

    `names` are the names known so far as token start, end and label. The long form is the name that ends at the
    bracket or, failing that, the words whose initials spell the acronym, if they end in an organisation's head.
    """
    found = []
    for match in BRACKETED.finditer(doc.text):
        short = doc.char_span(*match.span(1))
        if short is None or not is_acronym(short.text):
            continue
        bracket = short.start - 1
        before = [name for name in names if name[1] == bracket]
        spelled = _spelled(doc, bracket, short.text)
        if before and before[0][2] in ("ORG", "GPE", "LOC", "EVENT", "NORP", "LAW", "FAC"):
            start, label = before[0][0], before[0][2]
            if spelled is not None and spelled < start:
                start = spelled
            elif label == "NORP" and spelled is None:
                continue
        elif spelled is not None and _is_organisation(doc, spelled, bracket):
            start, label = spelled, "ORG"
        else:
            continue
        if any(OFFICES.fullmatch(token.text) for token in doc[start:bracket]) and label == "ORG" and start == spelled:
            continue
        found.append((Acronym(short.text, doc[start:bracket].text, label), (start, bracket), (short.start, short.end)))
    return found


def _is_organisation(doc: Doc, start: int, end: int) -> bool:
    """Whether a span has a head of an organisation among its words."""
    return any(ORGANISATION_HEADS.fullmatch(token.text) for token in doc[start:end])


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
