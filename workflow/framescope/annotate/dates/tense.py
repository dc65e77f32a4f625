"""Whether a date without its year is in the past or the future, by the verbs and prepositions of its clause.

A clause speaks of the time ahead ("will meet on Thursday", "due in May"), of the time behind ("met on Thursday"), or
leaves it open ("could meet on Thursday", "to meet on Thursday"), or says nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Direction = Literal["ahead", "behind", "open"]


@dataclass(frozen=True, slots=True)
class Clause:
    """What the clause of a date says about its time.

    `direction` is None if nothing in it shows whether it refers to the past or the future. `far`: the verb that shows
    it is more than a few words before the date, or only a preposition shows it. `back`: its verb is a past perfect.
    """

    direction: Direction | None = None
    far: bool = False
    back: bool = False


SILENT = Clause()
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# A full stop after a short word with a capital ("Gov."), "vs" or an hour that its day follows does not end a sentence.
SENTENCE = re.compile(
    r"[.!?;](?<![A-Z]\.)(?<![A-Z][a-z]\.)(?<![A-Z][a-z]{2}\.)(?<!\bvs\.)(?<!Corp\.)(?<!Sept\.)"
    rf"(?!(?<=[ap]\.m\.)\s+(?:(?:on\s)?{WEEKDAY}|[a-z]|[A-Z]{{2,4}}\b))[\"”’']*\s+|\n\s*\n"
)
ADVERBS = r"(?:\s(?:not|never|now|also|only|then|soon|still|first|again|\w+ly))*"
PLANS = (
    r"scheduled|slated|planned|planning|plans?(?=\sto\b)|expected|expects?|due|upcoming|going|aims?|aiming|poised|hop(?:es?|ing)"
    r"|intend(?:s|ed)?|vow(?:s|ed|ing)|pledge[sd]?|propose[sd]?|deadlines?|likely|postponed|delayed|rescheduled"
    r"|tentatively|set(?=\s(?:to|for)\b)"
)
VERB_GROUP = rf"{ADVERBS}(?:\s(?:be|have|been|get))*{ADVERBS}(?:\s(?!(?:{PLANS})\b)[a-z]+)?"
# Present forms that announce what is to happen: "talks resume on Monday", "the law takes effect on 1 October".
STARTING = (
    r"resumes?|reconvenes?|convenes?|begins?|expires?|opens|closes|starts|ends|concludes|arrives|departs|leaves|returns"
    r"|meets|hosts|runs?(?=\s(?:from|through|until)\b)|goe?s?\sto\sthe\spolls|holds|becomes|goes|comes|takes?\s(?:place|effect|office|over)|(?:come|go)(?:es)?\sinto\s(?:force|effect)"
)
PAST_FORMS = (
    "was were said became began bought brought broke built came caught chose drew drove fell felt fled flew"
    " fought found gave got grew heard held kept knew led left lost made meant met paid ran rose sat saw sent shook"
    " shot sold spent spoke stood stole struck swept swore taught threw told took thought went woke won wore wrote"
)
CUE = re.compile(
    rf"\b(?:(?P<ahead>(?:will|shall|won['’]t|would|may|might|must|should){VERB_GROUP}|['’]ll{VERB_GROUP}"
    rf"|(?:is|are|was|were)\sto{VERB_GROUP}|(?:is|are)\s(?:not\s)?[a-z]+ing|to\sbe\s[a-z]+|{STARTING}"
    r"|(?:is|are)(?=\s(?:(?:in|on|for)\s)?$)"
    rf"|(?:{PLANS})(?:\sto{VERB_GROUP})?)"
    rf"|(?P<open>had\sbeen\s(?:{PLANS})(?:\sto{VERB_GROUP})?|"
    r"(?:can|could|is|are)(?:n['’]t)?" + VERB_GROUP + r"|to\s(?!the\b|an?\b|his\b|her\b|its\b|their\b)[a-z]+)"
    rf"|(?P<behind>(?:did|had)(?:n['’]t)?{VERB_GROUP}|{'|'.join(PAST_FORMS.split())}|(?!need|indeed|hundred|speed|seed)[a-z]{{2,}}ed))\b"
)
BY_THEN = re.compile(
    r"\b(?:as\s(?:early|soon|late)\sas|no\slater\sthan|(?:beginning|starting|effective)(?:\s(?:on|in))?)\s$"
)
UNTIL = re.compile(r"\b(?:[Uu]ntil|till|[Bb]y|through)\s(?:\d\d?(?::\d\d)?\s(?:[ap]\.?m\.?\s)?(?:[A-Z]{2,3}\s)?)?$")
SINCE = re.compile(r"\b[Ss]ince\s$")
FOR = re.compile(r"\bfor\s$")
ON_A_DAY = re.compile(WEEKDAY)
# "A march planned for Saturday was called off": the participle only describes the march.
PARTICIPLE = re.compile(
    r"(?<!\bis\s)(?<!\bare\s)(?<!\bbe\s)(?<!\bbeen\s)\b(?:planned|scheduled|slated|expected|due|set)\b"
)
CALLED_OFF = re.compile(r",?\s(?:was|were)\b")
OWNING = re.compile(r"['’]s?\s")
HAD = re.compile(r"\bhad\b")
DETERMINER = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur)\s$|['’]s?\s$")
NOUN = re.compile(
    r"\s(?!to\b|and\b|or\b|in\b|on\b|at\b|of\b|for\b|by\b|that\b|with\b|when\b|as\b|after\b|before\b)[a-z]+"
)
OWN_DAYS = re.compile(
    r"\b(?:[Yy]esterday|[Tt]onight|[Tt]his (?:morning|afternoon|evening|week)|[Ll]ast (?:night|week)"
    rf"|{WEEKDAY})\b"
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
FEW_WORDS = 5


def clause_of(text: str, start: int, end: int) -> Clause:
    """What the clause of the date between two places of a text says about its time.

    The nearest verb before the date decides, otherwise the first verb after it. A date that describes a noun ("the
    March summit", "Friday's vote") has no direction, because it does not belong to the verb.

    >>> clause_of("They will meet on Thursday.", 18, 26).direction, clause_of("They met on Thursday.", 12, 20).direction
    ('ahead', 'behind')
    """
    written = text[max(0, start - LOOKED_AT) : start]
    before, after = SENTENCE.split(written)[-1], SENTENCE.split(text[end : end + LOOKED_AT])[0]
    back = bool(PAST_PERFECT.search(written))
    cue = next(reversed(list(CUE.finditer(before))), None)
    if cue and PARTICIPLE.match(before, cue.start()) and CALLED_OFF.match(after):
        return Clause("open", back=back)
    stated = _by_preposition(before, text[start:end], after)
    if stated:
        return Clause(stated, far=stated == "ahead")
    if OWNING.match(after) or (DETERMINER.search(before) and NOUN.match(after)):
        return Clause(None, back=back)
    far = bool(cue and len(before[cue.end() :].split()) > FEW_WORDS)
    cue = cue or CUE.search(after)
    return Clause(cue.lastgroup if cue else None, far, back)  # type: ignore[arg-type]


def _by_preposition(before: str, date: str, after: str) -> Direction | None:
    """The direction that "since", "until", "as early as" or "for" before a date express, whatever the verb."""
    if SINCE.search(before):
        return "behind"
    if UNTIL.search(before):
        return "behind" if HAD.search(before) or HAD.search(after) else "ahead"
    return "ahead" if BY_THEN.search(before) or (FOR.search(before) and ON_A_DAY.match(date)) else None


def tells_of_its_day(text: str, start: int, end: int) -> bool:
    """Whether "today" is a day on which something happened: it is next to a verb of the past, as in "said today"."""
    return bool(TOLD_BEFORE.search(text[max(0, start - LOOKED_AT) : start]) or TOLD_AFTER.match(text, end))


def speaks_of_its_days(text: str) -> bool:
    """Whether a text refers to the days around its publication ("yesterday", "Monday")."""
    return bool(OWN_DAYS.search(text))
