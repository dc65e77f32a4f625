"""Whether a passage is quoted, and whether a sentence is prescriptive (says what ought to be done) or descriptive."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter

from framescope.words import count_words

QUOTED_FROM_WORDS = 8

_DOUBLE = re.compile('["“”„«»]')
_CLOSES = {"“": "”", "„": "“”", "«": "»", "»": "«"}
# A mark with letters on both sides, as in "Russia's", is an apostrophe.
# What stands before a mark is looked at after the mark is found, because a search for a mark is fast.
_SINGLE_OPEN = re.compile(r"[‘'](?<![\w.,;:!?’'].)(?=\w)(?!\d\ds?\b)(?!(?:tis|twas|em|til|cause)\b)")
_SINGLE_CLOSE = re.compile(r"[’'](?<=[^\s(\[‘'].)(?!\w)")


def _double_pairs(text: str) -> list[tuple[int, int]]:
    """Pairs of double quotation marks, inner pairs before outer ones; marks without a partner are ignored."""
    open_marks: list[tuple[str, int]] = []
    pairs = []
    for match in _DOUBLE.finditer(text):
        mark, at = match[0], match.start()
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        looks_open = (before.isspace() or before in "([—–-‘'") and not after.isspace()
        partner = next(
            (
                index
                for index in range(len(open_marks) - 1, -1, -1)
                if mark == open_marks[index][0] == '"' or mark in _CLOSES.get(open_marks[index][0], "")
            ),
            None,
        )
        # Some writers close with the opening mark: “so“ is a pair if the second one is at the end of a word.
        if partner is None and mark == "“" and not looks_open and open_marks and open_marks[-1][0] == "“":
            partner = len(open_marks) - 1
        if partner is not None and not (mark == '"' and looks_open):
            pairs.append((open_marks[partner][1], at + 1))
            del open_marks[partner:]
        elif mark in _CLOSES or (mark == '"' and looks_open):
            open_marks.append((mark, at))
    return pairs


def _single_pairs(text: str, doubles: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of single quotation marks; the apostrophe of a plural ("the states' troops") is not a closing mark."""

    def enclosing(at: int) -> tuple[int, int] | None:
        return min(
            (span for span in doubles if span[0] < at < span[1]), key=lambda span: span[1] - span[0], default=None
        )

    openings = [match.start() for match in _SINGLE_OPEN.finditer(text)]
    closings = [match.start() for match in _SINGLE_CLOSE.finditer(text)]
    pairs = []
    for opening, limit in pairwise([*openings, len(text)]):
        level = enclosing(opening)
        candidates = [at for at in closings if opening < at < limit and enclosing(at) == level]
        if candidates:
            sure = [at for at in candidates if text[at - 1] not in "sS" or text[at + 1 : at + 2] in {*".,;:!?)", ""}]
            pairs.append((opening, (sure or candidates)[0] + 1))
    return pairs


def quoted_spans(text: str, kind: str, from_words: int = QUOTED_FROM_WORDS) -> list[tuple[int, int]]:
    """Start and end of each quoted passage of a paragraph, including its quotation marks.

    A paragraph of kind "quote" is quoted as a whole. Elsewhere a passage between matching quotation marks counts as
    quoted if it has at least `from_words` words. Marks without a partner are ignored. Of nested quotations only the
    outermost is returned.
    """
    if kind == "quote":
        return [(0, len(text))] if text else []
    doubles = _double_pairs(text)
    spans: list[tuple[int, int]] = []
    for start, end in sorted(doubles + _single_pairs(text, doubles), key=lambda span: (span[0], -span[1])):
        if count_words(text[start:end]) >= from_words and not (spans and start < spans[-1][1]):
            spans.append((start, end))
    return spans


_ADVERB = r"(?:(?:\w+ly|also|always|now|still|first|then|thus|instead|rather|not|never|only)\s)*"
_PARTICIPLE = (
    r"(?:\w+ed|been|brought|built|bought|had|done|made|seen|gone|come|taken|given|known|become|begun|felt|found|got|grown|held|kept|left|lost|"
    r"meant|met|paid|said|sent|shown|spent|thought|told|understood|written|won|fallen|chosen|drawn|broken)"
)
# What writers say about their own text or about likelihood, not about what anyone ought to do.
_ASIDE = (
    r"(?:be\s(?:noted|remembered|mentioned|recalled|added|said|stressed|emphasi[sz]ed|clear|obvious|able|enough|possible)|"
    r"(?:admit|confess|say|like\sto|think)|come\sas\s(?:no|a|any)\ssurprise|surprise)\b"
)
_PRESCRIPTIVE = re.compile(
    rf"""\b(?:
        (?<!why\ )(?:should(?:n['’]t)?|ought(?:\ not)?\ to)\b(?!\ {_ADVERB}{_ASIDE})(?!\ have\ {_ADVERB}{_PARTICIPLE}\b)
      | must(?:n['’]t)?\b(?![-'’])(?!\ have\ {_ADVERB}{_PARTICIPLE}\b)(?!\ {_ADVERB}{_ASIDE})
      | needs?\ {_ADVERB}to\ (?!do\ with\b)
      | (?:is|are|remains)\ (?:also\ |now\ |still\ )?(?:an?\ |every\ )?(?:\w+\ ){{0,2}}noun-need\b
      | (?<!would\ )(?<!that\ )(?<!which\ )(?:has|have)\ to\ (?!do\ with\b)(?!{_ASIDE})
      | (?<!\bwe\ )(?<!\bI\ )shall\b
      | had\ better
      | let(?:\ us|['’]s)
      | it\ (?:is|remains|will\ be)\ (?:\w+\ ){{0,2}}
        (?:imperative|essential|vital|crucial|critical|necessary|incumbent|pertinent|advisable|important|indispensable|
           urgent|(?:high\ )?time)\ (?:that|for|to|on|upon)
      | (?:is|are)\ (?:\w+ly\ )?(?:needed|called\ for|advised\ to|obliged\ to|required\ (?:to|of))
      | (?:I|we|this\ (?:paper|report|article|study|brief))\ (?:\w+ly\ |also\ |therefore\ |will\ |would\ )*
        (?:recommends?|urges?|calls?\ (?:on|upon|for)|proposes?(?!\ to\b)|advises?|suggests?\ that)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Every passage that prescribes has one of these. To look for them takes a small part of the time of the expression.
_SIGNS = (
    *("should", "ought to", "ought not", "must", "need", "has to", "have to", "shall", "had better", "let us", "let's"),
    *("let’s", "it is", "it remains", "it will be", "call", "advise", "oblige", "require", "recommend", "urge"),
    *("propose", "suggest"),
)
_CONDITIONAL = re.compile(
    r"^\W*should\b(?=[^?]*$)"
    r"|(?<=\bif )(?:[\w’']+ ){1,6}?should\b|(?<=\bso that )(?:[\w’']+ ){1,6}?should\b"
    r"|(?<=[,;—] )should(?= (?:the|an?|it|he|she|they|we|you|this|that|these|such|any|one)\b)",
    re.IGNORECASE,
)
_NOUN_NEED = re.compile(
    r"(\b(?:the|an?|its|his|her|their|our|no|any|every|this|such|urgent|pressing|growing|great|real|clear|common|mutual|"
    r"dire|continued|immediate) )need (?:to|for)\b",
    re.IGNORECASE,
)


def is_prescriptive(sentence_text: str) -> bool:
    """Whether a sentence says what ought to be done ("must", "should", "needs to", "it is imperative that").

    A conditional "should" ("Should talks fail, ..."), guesses and regrets about the past ("must have known", "should
    have known"), remarks on the text itself ("it should be noted") and the noun in "acknowledged the need to"
    prescribe nothing.
    """
    text = " ".join(sentence_text.split())
    lowered = text.casefold()
    if not any(sign in lowered for sign in _SIGNS):
        return False
    if "should" in lowered:
        text = _CONDITIONAL.sub("if", text)
    if "need" in lowered:
        text = _NOUN_NEED.sub(r"\1noun-need", text)
    return bool(_PRESCRIPTIVE.search(text))


def words_by_voice(
    words: Sequence[tuple[int, int]], quoted: Sequence[tuple[int, int]], start: int, end: int
) -> tuple[int, int, str]:
    """The number of words of a sentence, how many of them are quoted, and its voice: "quoted" if at least half are.

    `words` are those of the text in order, `quoted` its quoted spans, `start` and `end` the sentence's characters.
    """
    first = bisect_left(words, start, key=itemgetter(0))
    inside = words[first : bisect_right(words, end, lo=first, key=itemgetter(1))]
    in_quotation = sum(any(low <= at < high for low, high in quoted) for at, _ in inside) if quoted else 0
    return len(inside), in_quotation, "quoted" if 2 * in_quotation >= max(len(inside), 1) else "author"
