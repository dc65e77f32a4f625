"""Terms of a lexicon: the words of a term, and conditions on the words near it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

Direction = Literal["NEAR", "BEFORE", "AFTER"]

PARTS_OF_SPEECH = frozenset(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()  # noqa: SIM905
)
# Words are split as in `framescope.words`, but the two wildcards count as letters.
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*[\w*?]*"
    r"|(?!(?<=['’])[sS]\b)(?:[^\W_]|[*?])[\w*?\u0300-\u036f]*(?:['’](?![sS]\b)[^\W_*?]+)*"
)
_PART = re.compile(r"^(?P<word>.+)/(?P<part>[A-Z]+)$")
_RULE = re.compile(r"\s+((?:NOT\s+)?(?:NEAR|BEFORE|AFTER)(?:/\d+)?)\s+")
# Signs of regular expressions and lists have no meaning in a term. Ignoring them would silently change the term.
_MEANINGLESS = re.compile(r"[\\\[\](){}|^$+;=<>]")
_STRAY_OPERATOR = re.compile(r"(?<!\S)(?:NOT|OR|NEAR|BEFORE|AFTER|(?i:near|before|after)/\d*)(?!\S)")
# The largest distance in words that a condition may state: no sentence is longer.
FARTHEST = 1_000


class TermError(ValueError):
    """A term that cannot be understood; the message says why."""


@dataclass(frozen=True)
class WordPattern:
    """One word of a term: a pattern with wildcards for the word or, with `lemma`, for its lemma.

    `part` is the part of speech that the word must have, or empty for any.
    """

    glob: str
    lemma: bool = False
    part: str = ""


Phrase = tuple[WordPattern, ...]


@dataclass(frozen=True)
class Condition:
    """A condition that one of `phrases` is near the term or, if it is `negative`, that none of them does.

    `distance` is the largest distance in words; None allows any place in the sentence.
    """

    direction: Direction
    phrases: tuple[Phrase, ...]
    distance: int | None = None
    negative: bool = False


@dataclass(frozen=True)
class Term:
    """A term as written, and its parts. An `exclusion` is never counted and prevents matches inside it."""

    text: str
    phrase: Phrase
    conditions: tuple[Condition, ...] = ()
    exclusion: bool = False
    weight: float = 1.0

    @property
    def needs_annotation(self) -> bool:
        """Whether the term or one of its conditions asks for a lemma or a part of speech."""
        phrases = [self.phrase, *(phrase for condition in self.conditions for phrase in condition.phrases)]
        return any(pattern.lemma or pattern.part for phrase in phrases for pattern in phrase)


def parse_phrase(text: str) -> Phrase:
    """The words of a phrase, which may have the wildcards `*` and `?`, a lemma ("lemma:buy") or a part ("march/NOUN").

    Raises: TermError if no word is left, a part of speech is unknown, or a sign or operator has no meaning.
    """
    if sign := _MEANINGLESS.search(text):
        raise TermError(f"{sign[0]!r} means nothing in a term; expected words, with * and ? for letters")
    if stray := _STRAY_OPERATOR.search(text):
        raise TermError(
            f"the operator {stray[0]!r} is out of place; expected capitals with a term on either side, "
            "NOT at the beginning, OR after NEAR, BEFORE or AFTER; a word is written in small letters"
        )
    patterns: list[WordPattern] = []
    for chunk in text.split():
        lemma = chunk.startswith("lemma:")
        chunk = chunk.removeprefix("lemma:")
        part = ""
        if tagged := _PART.match(chunk):
            chunk, part = tagged["word"], tagged["part"]
            if part not in PARTS_OF_SPEECH:
                raise TermError(
                    f"{part!r} is not a part of speech; expected one of {', '.join(sorted(PARTS_OF_SPEECH))}"
                )
        patterns += [WordPattern(word.lower(), lemma, part) for word in _WORD.findall(chunk)]
    if not patterns:
        raise TermError(f"{text!r} holds no word")
    if all(pattern.glob.strip("*?") == "" for pattern in patterns):
        raise TermError(f"{text!r} would match any word; give it at least one letter or digit")
    return tuple(patterns)


def _parse_condition(operator: str, text: str) -> Condition:
    negative = operator.startswith("NOT")
    name, _, distance = operator.removeprefix("NOT").strip().partition("/")
    direction = next(known for known in get_args(Direction) if known == name)
    phrases = tuple(parse_phrase(phrase) for phrase in re.split(r"\s+OR\s+", text))
    if len(distance) > len(str(FARTHEST)) or int(distance or 0) > FARTHEST:
        raise TermError(f"expected a distance of at most {FARTHEST} words, found {distance[:10]}")
    return Condition(direction, phrases, int(distance) if distance else None, negative)


def parse_term(text: str, weight: float = 1.0) -> Term:
    """The term that a text in a lexicon describes.

    `deal* NEAR/5 arms OR weapon*` requires one of two words at most five words away in the same sentence. BEFORE and
    AFTER require the term to stand before or after one of them. Without a number any distance within the sentence is
    allowed. `NOT NEAR/5` requires that none of the words is there. `NOT market town` is an exclusion: no other term of
    its theme matches inside these words.

    Raises: TermError if the text cannot be understood.
    """
    written = " ".join(text.split())
    exclusion = written.startswith("NOT ")
    head, *rules = _RULE.split(written.removeprefix("NOT ") if exclusion else written)
    conditions = tuple(_parse_condition(*rule) for rule in zip(rules[::2], rules[1::2], strict=True))
    return Term(written, parse_phrase(head), conditions, exclusion, weight)
