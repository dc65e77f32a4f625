"""Whether a date without its year is in the past or the future, by the verbs and prepositions of its clause.

A clause speaks of the time ahead ("will meet on Thursday", "due in May"), of the time behind ("met on Thursday"), or
leaves it open ("could meet on Thursday", "to meet on Thursday"), or says nothing.
"""

from __future__ import annotations

import re
from typing import Literal

Direction = Literal["ahead", "behind", "open"]

SENTENCE = re.compile(r"(?:(?<![A-Z])(?<![A-Z][a-z])(?<![A-Z][a-z]{2})[.!?]|[;?!])[\"”’']*\s+|\n\s*\n")
ADVERBS = r"(?:\s(?:not|never|now|also|only|then|soon|still|first|again|\w+ly))*"
PLANS = (
    r"scheduled|slated|planned|planning|plans?(?=\sto\b)|expected|expects?|due|upcoming|going|aims?|aiming|poised|hop(?:es?|ing)"
    r"|intend(?:s|ed)?|vow(?:s|ed|ing)|pledge[sd]?|propose[sd]?|deadlines?|likely|postponed|delayed|rescheduled"
    r"|tentatively|set(?=\s(?:to|for)\b)"
)
VERB_GROUP = rf"{ADVERBS}(?:\s(?:be|have|been|get))*{ADVERBS}(?:\s(?!(?:{PLANS})\b)[a-z]+)?"
PAST_FORMS = (
    "was were had did said became began bought brought broke built came caught chose drew drove fell felt fled flew"
    " fought found gave got grew heard held kept knew led left lost made meant met paid ran rose sat saw sent shook"
    " shot sold spent spoke stood stole struck swept swore taught threw told took thought went woke won wore wrote"
)
CUE = re.compile(
    rf"\b(?:(?P<ahead>(?:will|shall|won['’]t|would|may|might|must|should){VERB_GROUP}|['’]ll{VERB_GROUP}"
    rf"|(?:is|are|was|were)\sto{VERB_GROUP}|(?:is|are)\s(?:not\s)?[a-z]+ing|to\sbe\s[a-z]+|(?:{PLANS})(?:\sto{VERB_GROUP})?)"
    r"|(?P<open>(?:can|could|is|are)(?:n['’]t)?" + VERB_GROUP + r"|to\s(?!the\b|an?\b|his\b|her\b|its\b|their\b)[a-z]+)"
    rf"|(?P<behind>{'|'.join(PAST_FORMS.split())}|(?!need|indeed|hundred|speed|seed)[a-z]{{2,}}ed))\b"
)
BY_THEN = re.compile(
    r"\b(?:as\s(?:early|soon|late)\sas|no\slater\sthan|(?:beginning|starting|effective)(?:\s(?:on|in))?)\s$"
)
UNTIL = re.compile(r"\b(?:[Uu]ntil|till|[Bb]y|through)\s(?:\d\d?(?::\d\d)?\s(?:[ap]\.?m\.?\s)?(?:[A-Z]{2,3}\s)?)?$")
SINCE = re.compile(r"\b[Ss]ince\s$")
FOR_A_DAY = re.compile(r"\bfor\s(?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)")
OWNING = re.compile(r"['’]s?\s")
HAD = re.compile(r"\bhad\b")
DETERMINER = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur)\s$|['’]s?\s$")
NOUN = re.compile(
    r"\s(?!to\b|and\b|or\b|in\b|on\b|at\b|of\b|for\b|by\b|that\b|with\b|when\b|as\b|after\b|before\b)[a-z]+"
)
OWN_DAYS = re.compile(
    r"\b(?:[Yy]esterday|[Tt]onight|[Tt]his (?:morning|afternoon|evening|week)|[Ll]ast (?:night|week)"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
# Verbs that are not participles, or that report: "is found today" and "is used today" refer to no particular day.
TOLD = (
    "said told became began met came went took rose fell flew spoke wrote announced reported declared warned agreed"
    " rejected urged arrived signed voted arrested killed"
)
TOLD_BEFORE = re.compile(rf"(?<!is\s)(?<!are\s)\b(?:{'|'.join(TOLD.split())})\s(?:\w+\s)?$")
TOLD_AFTER = re.compile(rf"\s(?:{'|'.join(TOLD.split())})\b")
PAST_PERFECT = re.compile(r"\bhad\s(?:\w+\s){1,5}$")
LOOKED_AT = 160


def direction(text: str, start: int, end: int) -> Direction | None:
    """Whether the clause of a date refers to the past or the future; None if nothing in it shows this.

    The nearest verb before the date decides, otherwise the first verb after it. A date that describes a noun ("the
    March summit", "Friday's vote") has no direction, because it does not belong to the verb.

    >>> direction("They will meet on Thursday.", 18, 26), direction("They met on Thursday.", 12, 20)
    ('ahead', 'behind')
    """
    before = SENTENCE.split(text[max(0, start - LOOKED_AT) : start])[-1]
    after = SENTENCE.split(text[end : end + LOOKED_AT])[0]
    if SINCE.search(before):
        return "behind"
    if BY_THEN.search(before) or FOR_A_DAY.match(text, max(0, start - len("for "))):
        return "ahead"
    if UNTIL.search(before):
        return "behind" if HAD.search(before) or HAD.search(after) else "ahead"
    if OWNING.match(after) or (DETERMINER.search(before) and NOUN.match(after)):
        return None
    cues = [cue.lastgroup for cue in CUE.finditer(before)]
    after_it = None if cues else CUE.search(after)
    return cues[-1] if cues else after_it.lastgroup if after_it else None  # type: ignore[return-value]


def tells_of_its_day(text: str, start: int, end: int) -> bool:
    """Whether "today" is a day on which something happened: it is next to a verb of the past, as in "said today"."""
    return bool(TOLD_BEFORE.search(text[max(0, start - LOOKED_AT) : start]) or TOLD_AFTER.match(text, end))


def looks_back(text: str, start: int) -> bool:
    """Whether the verb before a date is a past perfect: "talks, which had opened on 16 December"."""
    return bool(PAST_PERFECT.search(text[max(0, start - LOOKED_AT) : start]))


def speaks_of_its_days(text: str) -> bool:
    """Whether a text refers to the days around its publication ("yesterday", "Monday")."""
    return bool(OWN_DAYS.search(text))
