"""The words and signs that dates are made of, and the reading of a text into them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any

from framescope.annotate.dates.grammar import Kinds, Node

KINDS = Kinds()
OTHER = KINDS.add("other")

# A designation such as S-300, RD-93 or COVID-19 is one token, so that its number is never a year; mid-1950s is two.
TOKEN = re.compile(
    r"[^\W\d_]++(?![-‐‑]?\d|://|\.[^\W\d_])"
    r"|\s+"
    r"|(?:https?://|www\.)[^\s<>\"”’]+"
    r"|(?:[A-Za-z]\.){2,3}"
    r"|[QH][1-4]\b"
    r"|(?:mid|early|late|post|pre|since|circa|ca|c|FY|January|February|March|April|May|June|July|August|September|October|November|December)(?=[-‐‑.]?(?:[12]\d{3}(?!\d)|9/11|\d0s))"
    r"|[^\W\d_]++[-‐‑]?\d+[^\W_]*(?:[-‐‑./]\w+)*"
    r"|[^\W\d_]++"
    r"|\d{4}-\d\d-\d\d(?![\d-])"
    r"|\d{1,2}/\d{1,2}/\d{2,4}(?![\d/])"
    r"|9/11(?![\d/])"
    r"|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?![\d.])"
    r"|\d{1,2}:\d\d(?::\d\d)?(?![\d:])"
    r"|\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+"
    r"|\d+(?:st|nd|rd|th|ST|ND|RD|TH|['’]?s)\b"
    r"|(?:19|20)\d\d(?=[a-f]\b)"
    r"|\d+[^\W\d_]+\w*|\d+"
    r"|.",
    re.DOTALL,
)

WORDS: dict[str, tuple[str, Any]] = {}


def _word(text: str, kind: str, value: Any = None, proper: bool = False) -> None:
    forms = {text.capitalize(), text.upper()} if proper else {text, text.capitalize(), text.upper()}
    for form in forms:
        WORDS.setdefault(form, (KINDS.add(kind), value))


def _words(texts: str, kind: str, value: Any = None) -> None:
    for text in texts.split():
        _word(text, kind, value)


MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
CARDINALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
DECADES = "twenties thirties forties fifties sixties seventies eighties nineties".split()

for number, name in enumerate(MONTHS, 1):
    ambiguous = name in ("March", "April", "May", "June", "August")
    _word(name, "month_word" if ambiguous else "month_name", number, proper=True)
    if not ambiguous:
        _word(name.lower(), "month_name", number)
    if name != "May":
        _word(name[:3], "month_short", number, proper=True)
_word("Sept", "month_short", 9, proper=True)
for number, name in enumerate(WEEKDAYS):
    _word(name, "weekday", number, proper=True)
    _word(name[:3], "weekday_short", number, proper=True)
for short, number in (("Tues", 1), ("Thur", 3), ("Thurs", 3)):
    _word(short, "weekday_short", number, proper=True)
for number, name in enumerate(CARDINALS, 1):
    _word(name, "cardinal_word", number)
for number, name in enumerate(TENS, 2):
    _word(name, "ten", number * 10)
for name, number in (("hundred", 100), ("thousand", 1000), ("million", 10**6), ("billion", 10**9)):
    _word(name, "scale", number)
for number, name in enumerate(ORDINALS, 1):
    _word(name, "ordinal_word", number)
_word("thirtieth", "ordinal_word", 30)
for number, name in enumerate(DECADES, 2):
    _word(name, "decade_word", number * 10)
for name, value in (("spring", "SP"), ("summer", "SU"), ("autumn", "FA"), ("winter", "WI")):
    _word(name, "season", value)
_word("fall", "fall", "FA")
for name in ("day", "week", "month", "year", "weekend", "decade", "century", "quarter"):
    _word(name, "month_unit" if name == "month" else name, name)
    _word("centuries" if name == "century" else name + "s", "years" if name == "year" else "units", name)
_words("millennium", "millennium", "millennium")
_words("millennia", "units", "millennium")
_words("semester trimester fortnight", "period_noun")
_words("hour hours minute minutes", "clock_unit")
for name, code in (("morning", "MO"), ("afternoon", "AF"), ("evening", "EV"), ("night", "NI")):
    _word(name, "daypart", code)
_words("noon midday", "clock", "T12:00")
_words("midnight", "clock", "T24:00")
_words("the", "the")
_words("a an", "a", 1)
_words("of", "of")
_words("in", "in")
_words("on", "on")
_words("during throughout within", "during")
_words("and", "and")
_words("or", "or")
_words("to", "to")
_words("through thru", "through")
_words("from", "from")
_words("between", "between")
_words("since", "since", "ON_OR_AFTER")
_words("until till", "until", "ON_OR_BEFORE")
_words("by", "by", "ON_OR_BEFORE")
_words("before", "before", "BEFORE")
_words("after following", "after", "AFTER")
_words("pre", "pre", "BEFORE")
_words("post", "post", "AFTER")
_words("circa ca about around approximately roughly", "about", "APPROX")
_word("c", "circa", "APPROX")
_words("nearly almost only just some over", "nearly")
_words("at", "at")
_words("early", "early", 1)
_words("mid middle", "mid", 2)
_words("late", "late", 3)
_words("beginning start dawn onset outset opening", "edge", 1)
_words("middle midst", "edge", 2)
_words("end close closing", "edge", 3)
_words("turn", "turn")
_words("half", "half")
_words("last", "last", -1)
_words("past preceding", "past", -1)
_words("next coming upcoming", "next", 1)
_words("ahead", "ahead")
_words("this current present", "this", 0)
_words("these", "these", 0)
_words("previous", "previous", -1)
_words("subsequent ensuing", "subsequent", 1)
_words("same", "same")
_words("that", "that", 0)
_words("ago", "ago", -1)
_words("back", "back", -1)
_words("earlier previously", "earlier", -1)
_words("later afterwards afterward thereafter", "later", 1)
_words("hence", "hence", 1)
_words("now", "now")
_words("today", "today", 0)
_words("yesterday", "yesterday", -1)
_words("tomorrow", "tomorrow", 1)
_words("tonight", "tonight")
_words("every each", "every")
_words("currently nowadays presently", "present_ref", "PRESENT_REF")
_words("recently recent formerly", "past_ref", "PAST_REF")
_words("future", "future_ref", "FUTURE_REF")
_words("several few couple many some", "vague", None)
_words("new", "new")
_words("fiscal financial", "fiscal")
for form in ("FY", "FYs"):
    WORDS[form] = (KINDS.add("fy"), None)
for form in ("AD", "CE", "A.D.", "C.E.", "ce", "ad"):
    WORDS[form] = (KINDS.add("common_era"), 1)
for form in ("BC", "BCE", "B.C.", "B.C.E."):
    WORDS[form] = (KINDS.add("before_christ"), -1)
for form in ("AH", "A.H."):
    WORDS[form] = (KINDS.add("hijri"), None)
WORDS.pop("ad", None)
WORDS.pop("ce", None)
for form, kind in (
    (",", "comma"),
    (".", "dot"),
    ("/", "slash"),
    ("'", "apostrophe"),
    ("’", "apostrophe"),
    ("‘", "apostrophe"),
    ("(", "open"),
    (")", "close"),
):
    WORDS[form] = (KINDS.add(kind), None)
for form in "-‐‑–—−":
    WORDS[form] = (KINDS.add("dash"), form)
for form in ("Q1", "Q2", "Q3", "Q4", "H1", "H2"):
    WORDS[form] = (KINDS.add("part_of_year"), (int(form[1]), 4 if form[0] == "Q" else 2))
WORDS["9/11"] = (KINDS.add("nine_eleven"), None)
for number in range(32):
    for form in {str(number), f"{number:02d}"}:
        WORDS[form] = (KINDS.add("number_12" if number < 13 else "number_31"), number)
for number in range(32, 100):
    WORDS[str(number)] = (KINDS.add("number_99"), number)
for number in range(100, 1000):
    WORDS[str(number)] = (KINDS.add("number_999"), number)
    WORDS[f"{number:04d}"] = (KINDS.add("number_999"), number)
for number in range(1000, 2200):
    WORDS[str(number)] = (KINDS.add("number_year"), number)
for number in range(1, 100):
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(0 if number // 10 == 1 else number % 10, "th")
    WORDS[f"{number}{suffix}"] = WORDS[f"{number}{suffix.upper()}"] = (KINDS.add("ordinal"), number)
for number in range(0, 2200, 10):
    for sign in ("s", "'s", "’s"):
        if number < 100:
            WORDS[f"{number:02d}{sign}"] = (KINDS.add("decade_short"), number)
        elif number >= 1000:
            WORDS[f"{number}{sign}"] = (KINDS.add("decade_number"), number)

WORDS[" "] = (KINDS.add("space"), None)

for name in (
    "ordinal_word iso numeric_date url decimal big_number blank_line era count ordinal marked_year date yearless relative duration"
    " recurrence refused meridiem"
).split():
    KINDS.add(name)
for form in ("am", "pm", "a.m.", "p.m.", "AM", "PM", "A.M.", "P.M."):
    WORDS[form] = (KINDS["meridiem"], form[0].lower())

for name, members in (
    ("month", "month_name month_word month_short"),
    ("weekday_any", "weekday weekday_short"),
    ("any_season", "season fall"),
    ("two_digits", "number_12 number_31 number_99"),
    ("two_or_three", "two_digits number_999 number_year"),
    ("whole", "two_or_three big_number"),
    ("digits", "whole decimal"),
    ("day_number", "number_12 number_31"),
    ("nth", "ordinal ordinal_word"),
    ("day_or_nth", "day_number nth"),
    ("plain", "digits cardinal_word ten"),
    ("number", "plain count"),
    ("year_number", "number_year marked_year"),
    ("year_loose", "year_number number_999"),
    ("era_mark", "common_era before_christ"),
    ("dash_or_slash", "dash slash"),
    ("unit", "day week month_unit year weekend decade century quarter millennium"),
    ("unit_any", "unit years units"),
    ("reading", "date yearless relative"),
    ("preposition", "in on of since until by before after from to between through during early mid late edge and dash"),
):
    KINDS.unite(name, *members.split())

_SHAPES = (
    ("iso", re.compile(r"\d{4}-\d\d-\d\d"), lambda t: tuple(map(int, t.split("-")))),
    ("numeric_date", re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"), lambda t: tuple(map(int, re.split("[/.]", t)))),
    ("clock", re.compile(r"\d{1,2}:\d\d(?::\d\d)?"), lambda t: f"T{int(t.split(':')[0]):02d}:{t.split(':', 1)[1]}"),
    ("decimal", re.compile(r"\d+\.\d+"), float),
    ("big_number", re.compile(r"\d{4,15}|\d{1,3}(?:,\d{3}){1,4}"), lambda t: int(t.replace(",", ""))),
)


def _shape(token: str) -> tuple[str, Any]:
    if token.isspace():
        return KINDS["blank_line" if token.count("\n") > 1 else "space"], None
    if token[0].isdigit():
        for name, shape, value in _SHAPES:
            if shape.fullmatch(token):
                return KINDS[name], value(token)
    if token.startswith(("http://", "https://", "www.")):
        return KINDS["url"], None
    return OTHER, None


class _Vocabulary(dict[str, str]):
    def __missing__(self, token: str) -> str:
        return _shape(token)[0]


_KIND_OF = _Vocabulary({token: kind for token, (kind, _) in WORDS.items()})
_CORE = "".join(
    KINDS[name]
    for name in (
        "month weekday season fall unit_any period_noun clock_unit clock daypart iso numeric_date nine_eleven era"
        " decade_short decade_number decade_word number_year common_era before_christ hijri part_of_year fy fiscal"
        " now today yesterday tomorrow tonight present_ref past_ref future_ref meridiem"
    ).split()
)
_BREAK = OTHER + KINDS["url"] + KINDS["blank_line"]
_PHRASE = re.compile(f"(?:(?![{_CORE}])[^{_BREAK}])*+[{_CORE}][^{_BREAK}]*")
_URL = KINDS["url"]


FindNames = Callable[[str, Sequence[str], Sequence[int]], Iterable[tuple[int, int, Any]]]


def phrases(text: str, find_eras: FindNames) -> tuple[list[list[Node]], list[tuple[int, int]]]:
    """The runs of words that dates may be made of, each as nodes, and the places of web addresses.

    `find_eras` gives start, end and value of names of eras from a text, its tokens and their starts; each name becomes
    one node.
    """
    tokens = TOKEN.findall(text)
    starts = [0, *accumulate(map(len, tokens))]
    kinds = [_KIND_OF[token] for token in tokens]
    named = {}
    for start, end, value in find_eras(text, tokens, starts):
        at, stop = bisect_left(starts, start), bisect_left(starts, end)
        kinds[at:stop] = [KINDS["era"]] + [KINDS["space"]] * (stop - at - 1)
        named[at] = (end, value)
    line = "".join(kinds)
    runs = []
    for match in _PHRASE.finditer(line):
        nodes = []
        for at in range(match.start(), match.end()):
            kind = line[at]
            if kind == KINDS["space"]:
                continue
            token = tokens[at]
            if at in named and kind == KINDS["era"]:
                nodes.append(Node(kind, starts[at], *named[at]))
            else:
                value = (WORDS.get(token) or _shape(token))[1]
                nodes.append(Node(kind, starts[at], starts[at + 1], value))
        runs.append(nodes)
    urls = [(starts[at], starts[at + 1]) for at, kind in enumerate(kinds) if kind == _URL] if _URL in line else []
    return runs, urls
