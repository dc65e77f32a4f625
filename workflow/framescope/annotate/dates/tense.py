"""The tense around a date, which decides between the last Monday and the next, and words such as "yesterday"."""

from __future__ import annotations

import re

CLAUSE = re.compile(r"[.!?;]\s")
CUE = re.compile(
    r"\b(?:(will|shall|won['’]t|would|scheduled|upcoming|planned|expected|due|going to|plans? to|aims? to|set to)"
    r"|(was|were|had|did|said|went|came|took|began|met|held|made|told|left|became|got|saw|\w{2,}ed))\b|['’](ll)\b"
)
OWN_DAYS = re.compile(
    r"\b(?:[Yy]esterday|[Tt]omorrow|[Tt]onight|[Tt]his (?:morning|afternoon|evening|week)|[Ll]ast (?:night|week)"
    r"|I|my|you|your|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
PAST_PERFECT = re.compile(r"\bhad\s(?:\w+\s){1,5}$")
LOOKED_AT = 120


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the verb nearest to a date, the last before it or else the first after it, is in the future tense."""
    before = CLAUSE.split(text[max(0, start - LOOKED_AT) : start])[-1]
    after = CLAUSE.split(text[end : end + LOOKED_AT])[0]
    cues = CUE.findall(before)[-1:] or CUE.findall(after)[:1]
    return any(future or contracted for future, _, contracted in cues)


def looks_back(text: str, start: int) -> bool:
    """Whether the verb before a date is a past perfect: "talks, which had opened on 16 December"."""
    return bool(PAST_PERFECT.search(text[max(0, start - LOOKED_AT) : start]))


def speaks_of_its_days(text: str) -> bool:
    """Whether a text refers to the days around its publication ("yesterday") or addresses a reader ("I", "you")."""
    return bool(OWN_DAYS.search(text))
