"""The tokens of a text that can be part of a date: words, numbers and signs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any

from framescope.annotate.dates.grammar.engine import Node
from framescope.annotate.dates.grammar.vocabulary import KINDS, WORDS

# A designation such as S-300, RD-93 or COVID-19 is one token, so that its number is never a year; mid-1950s is two.
# In "by 1915.1 The" the number after the full stop marks a note; it is not a decimal.
TOKEN = re.compile(
    r"[^\W\d_]++(?![-‐‑]?\d|://|\.[^\W\d_])"
    r"|\s+"
    r"|(?:https?://|www\.)[^\s<>\"”’]+"
    r"|(?:[A-Za-z]\.){2,4}"
    r"|[QH][1-4]\b|[1-4][QH]\b"
    r"|(?:mid|early|late|post|pre|since|until|circa|ca|c|FY|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=[-‐‑.]?(?:[12]\d{3}(?!\d)|9/11|\d0s|\d\d?(?:st|nd|rd|th)\b))"
    r"|FY(?=\d\d\b)"
    r"|[^\W\d_]++[-‐‑]?\d+[^\W_]*(?:[-‐‑./]\w+)*"
    r"|[^\W\d_]++"
    r"|\d{4}(?:-\d\d-|/\d\d/)\d\d(?![\d/-])"
    r"|\d{1,2}/\d{1,2}/\d{2,4}(?![\d/])"
    r"|9/11(?![\d/])"
    r"|\d{1,2}(?:\.\d{1,2}\.|-\d{1,2}-)(?:19|20)\d\d(?![\d.-])"
    r"|\d{1,2}:\d\d(?::\d\d)?(?![\d:])|\d\d?(?=[ap]m\b)"
    r"|(?:1[5-9]|20)\d\d(?=\.\d{1,3}(?:\s+[A-Z“‘]|\s*\Z))"
    r"|\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+"
    r"|\d+(?:(?:st|nd|rd|th|ST|ND|RD|TH)|(?<=0)['’]?s)\b"
    r"|(?:19|20)\d\d(?=[a-f]\b)"
    r"|\d+[^\W\d_]+\w*|\d+"
    r"|.",
    re.DOTALL,
)

OTHER, SPACE, ERA, URL, BLANK_LINE = (KINDS[name] for name in ("other", "space", "era", "url", "blank_line"))


def _numbers(token: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.split("[/.-]", token))


SHAPES: tuple[tuple[str, re.Pattern[str], Callable[[str], Any]], ...] = (
    ("iso", re.compile(r"\d{4}[/-]\d\d[/-]\d\d"), _numbers),
    ("numeric_date", re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"), _numbers),
    ("clock", re.compile(r"\d{1,2}:\d\d(?::\d\d)?"), lambda token: f"T{token:0>5}"),
    ("decimal", re.compile(r"\d{1,9}\.\d{1,9}"), float),
    ("big_number", re.compile(r"\d{4,15}|\d{1,3}(?:,\d{3}){1,4}"), lambda token: int(token.replace(",", ""))),
)
CORE = (
    "holiday midyear month weekday weekdays season fall unit_any hours whole_length clock noon daypart iso numeric_date"
    " nine_eleven"
    " era decade_short decade_number decade_word number_99 number_999 number_year common_era before_christ hijri"
    " part_of_year fy now today ordinal set_word per meridiem yesterday tomorrow tonight reference future circa"
    " apostrophe"
)
_CORE = "".join(KINDS[name] for name in CORE.split())
_BORDER = OTHER + URL + BLANK_LINE
_RUN = re.compile(f"[^{_BORDER}{_CORE}]*+[{_CORE}][^{_BORDER}]*+")

FindNames = Callable[[str, Sequence[str], Sequence[int]], Iterable[tuple[int, int, Any]]]


def phrases(text: str, find_eras: FindNames) -> tuple[list[list[Node]], list[tuple[int, int]]]:
    """The passages of a text that can be dates, each as a list of nodes, and the places of web addresses.

    `find_eras` gives start, end and value of names of eras from a text, its tokens and their starts; each name becomes
    one node.
    """
    tokens = TOKEN.findall(text)
    starts = [0, *accumulate(map(len, tokens))]
    kinds = [_KIND_OF[token] for token in tokens]
    named = {}
    for start, end, value in find_eras(text, tokens, starts):
        at, stop = bisect_left(starts, start), bisect_left(starts, end)
        kinds[at:stop] = [ERA] + [SPACE] * (stop - at - 1)
        named[at] = (end, value)
    line = "".join(kinds)
    runs = []
    for match in _RUN.finditer(line):
        nodes = []
        for at in range(match.start(), match.end()):
            kind = line[at]
            if kind == ERA:
                nodes.append(Node(kind, starts[at], *named[at]))
            elif kind != SPACE:
                value = (WORDS.get(tokens[at]) or _shape(tokens[at]))[1]
                nodes.append(Node(kind, starts[at], starts[at + 1], value))
        runs.append(nodes)
    urls = [(starts[at], starts[at + 1]) for at, kind in enumerate(kinds) if kind == URL] if URL in line else []
    return runs, urls


def _shape(token: str) -> tuple[str, Any]:
    """Kind and value of a token that is not in the vocabulary."""
    if token[0].isdigit():
        for name, shape, value in SHAPES:
            if shape.fullmatch(token):
                return KINDS[name], value(token)
    elif token.isspace():
        return (BLANK_LINE if token.count("\n") > 1 else SPACE), None
    elif token.startswith(("http://", "https://", "www.")):
        return URL, None
    return OTHER, None


class _Kinds(dict[str, str]):
    def __missing__(self, token: str) -> str:
        return OTHER if token.isalpha() else _shape(token)[0]


_KIND_OF = _Kinds({token: kind for token, (kind, _) in WORDS.items()})
