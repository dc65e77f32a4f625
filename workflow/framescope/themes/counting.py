"""How a sentence uses a theme (negated, set against something else), and which terms are a document's subject."""

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
# After these words a negator does not negate: "not only X", "no doubt X" and "no less than X" affirm X.
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
# Every cue has one of these. To look for them takes a small part of the time of the expression.
_SIGNS = ("than", "instead of", "in place of", "as opposed to", "away from", "the expense of", "not so much", "less ")
_ASIDE_END = re.compile(
    r"[.;:!?()]|,(?= (?:it|they|we|he|she|\w+ (?:should|must|is|are|was|were|has|have|will|needs?))\b)"
    r"|\b(?:instead(?! of)|but|more (?:\w+ )?(?:on|about|of|for)|as on|towards?)\b",
    re.IGNORECASE,
)


def negated(words: Sequence[str], start: int, reach: int = NEGATION_REACH) -> bool:
    """Whether a negator precedes a token in the same clause, at most `reach` tokens away.

    `words` are the tokens of the sentence in lower case, and `start` is the number of the token. Affirming phrases such
    as "not only" and "no doubt" do not count as negators, and "not without" counts as an affirmation.
    """
    cues = []
    for at in range(start - 1, max(start - 1 - reach, -1), -1):
        if words[at] in _CLAUSE_END:
            break
        if words[at] in _NEGATORS and words[at + 1] not in _AFFIRMING:
            cues.append(words[at])
    return bool(cues) and not (cues[0] in _MISSING and len(cues) > 1)


def set_aside_spans(sentence: str) -> list[tuple[int, int]]:
    """Start and end of each passage of a sentence that is contrasted unfavourably with something else.

    Such a passage follows a cue such as "rather than", or is between "less on" and "more on". Positions are
    characters of the sentence.
    """
    lowered = sentence.casefold()
    if not any(sign in lowered for sign in _SIGNS):
        return []
    spans = []
    for cue in _SET_ASIDE.finditer(sentence):
        end = _ASIDE_END.search(sentence, cue.end())
        spans.append((cue.end(), end.start() if end else len(sentence)))
    return spans


def subject_terms(
    headings: Sequence[Set[str]], blocks_of_term: Mapping[str, Set[int]], blocks: int, above_share: float
) -> set[str]:
    """Terms that occur in more than the share `above_share` of a document's headings, or of its blocks.

    `headings` holds the terms of each heading, `blocks_of_term` the numbers of the blocks in which each term occurs,
    and `blocks` is the number of blocks in the document. In a short document a single heading or two blocks can be a
    large share without showing the subject. A term therefore needs at least two headings (one where the document has
    one) or three blocks.
    """
    in_headings = Counter(term for terms in headings for term in terms)
    fewest = min(FEWEST_HEADINGS, len(headings))
    headed = {term for term, number in in_headings.items() if number >= fewest and number > above_share * len(headings)}
    repeated = {term: len(numbers) for term, numbers in blocks_of_term.items() if len(numbers) >= FEWEST_BLOCKS}
    return headed | {term for term, number in repeated.items() if number > above_share * blocks}
