"""What a sentence does with a theme it names, and which terms are a document's subject rather than its framing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set

FEWEST_HEADINGS = 2
FEWEST_BLOCKS = 3
NEGATION_REACH = 6

_MISSING = {"without", "lack", "lacks", "lacked", "lacking", "absence"}
_NEGATORS = _MISSING | {
    "not",
    "n't",
    "n’t",
    "no",
    "never",
    "neither",
    "nor",
    "none",
    "nobody",
    "nothing",
    "cannot",
    "hardly",
}
# "not only X", "no doubt X", "no less than X" say X all the more.
_AFFIRMING = {"only", "just", "merely", "simply", "solely", "doubt", "less", "fewer", "longer", "exception", "wonder"}
_CLAUSE_MARKS = {",", ";", ":", "—", "–"}
_CLAUSE_END = _CLAUSE_MARKS | {
    "but",
    "because",
    "although",
    "though",
    "while",
    "whereas",
    "which",
    "who",
    "however",
    "yet",
}

_SET_ASIDE = re.compile(
    r"\b(?:rather than|instead of|in place of|as opposed to|away from|at the expense of|not so much|"
    r"less (?:emphasis |focus |attention |stress |reliance |weight )?(?:on|about|of|for)|"
    r"more (?:on|about|of|for)\b[^.,;:()]{1,60}?\bthan)\b",
    re.IGNORECASE,
)
_ASIDE_END = re.compile(
    r"[.;:!?()]|,(?= (?:it|they|we|he|she|\w+ (?:should|must|is|are|was|were|has|have|will|needs?))\b)"
    r"|\b(?:instead(?! of)|but|more (?:\w+ )?(?:on|about|of|for)|as on|towards?)\b",
    re.IGNORECASE,
)


def negated(words: Sequence[str], start: int, reach: int = NEGATION_REACH) -> bool:
    """Whether a negator stands in the same clause, at most `reach` tokens before token `start` of lower-case words.

    "not only", "no doubt" and their like negate nothing, nor does "not without".
    """
    cues = []
    for at in range(start - 1, max(start - 1 - reach, -1), -1):
        if words[at] in _CLAUSE_END:
            break
        if words[at] in _NEGATORS and words[at + 1] not in _AFFIRMING:
            cues.append(words[at])
    return bool(cues) and not (cues[0] in _MISSING and len(cues) > 1)


def set_aside_spans(sentence: str) -> list[tuple[int, int]]:
    """Stretches of a sentence set aside for something else: after "rather than", or from "less on" to "more on"."""
    spans = []
    for cue in _SET_ASIDE.finditer(sentence):
        end = _ASIDE_END.search(sentence, cue.end())
        spans.append((cue.end(), end.start() if end else len(sentence)))
    return spans


def subject_terms(
    headings: Sequence[Set[str]], blocks_of_term: Mapping[str, Set[int]], blocks: int, above_share: float
) -> set[str]:
    """Terms in more than a share of a document's headings, each given by its terms, or of its blocks.

    In a short document one heading of several or two blocks are a large share and show no subject: it takes two
    headings, where there are two, or three blocks.
    """
    in_headings = Counter(term for terms in headings for term in terms)
    fewest = min(FEWEST_HEADINGS, len(headings))
    headed = {t for t, found in in_headings.items() if found >= fewest and found > above_share * len(headings)}
    repeated = {t: len(found) for t, found in blocks_of_term.items() if len(found) >= FEWEST_BLOCKS}
    return headed | {term for term, found in repeated.items() if found > above_share * blocks}
