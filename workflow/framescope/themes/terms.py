"""What a term of a lexicon means: its words, and the words that must or must not stand near it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

Direction = Literal["NEAR", "BEFORE", "AFTER"]

PARTS_OF_SPEECH = frozenset(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()  # noqa: SIM905
)
# Words as `framescope.words` splits them, with the two wildcards counted as letters.
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*[\w*?]*"
    r"|(?!(?<=['’])[sS]\b)(?:[^\W_]|[*?])[\w*?\u0300-\u036f]*(?:['’](?![sS]\b)[^\W_*?]+)*"
)
_PART = re.compile(r"^(?P<word>.+)/(?P<part>[A-Z]+)$")
_RULE = re.compile(r"\s+((?:NOT\s+)?(?:NEAR|BEFORE|AFTER)(?:/\d+)?)\s+")
# Signs of regular expressions and of lists, which mean nothing here: dropped, they would leave another term.
_MEANINGLESS = re.compile(r"[\\\[\](){}|^$+;=<>]")
_STRAY_OPERATOR = re.compile(r"(?<!\S)(?:NOT|OR|NEAR|BEFORE|AFTER|(?i:near|before|after)/\d*)(?!\S)")
# No sentence is longer.
FARTHEST = 1_000


class TermError(ValueError):
    """A term that has no meaning; the message says why."""


@dataclass(frozen=True)
class WordPattern:
    """One word of a term: a glob over the word or, with `lemma`, over its lemma; `part` is a part of speech or ""."""

    glob: str
    lemma: bool = False
    part: str = ""


Phrase = tuple[WordPattern, ...]


@dataclass(frozen=True)
class Condition:
    """Where one of `phrases` must, or with `negative` must not, stand: at most `distance` words away, None for any."""

    direction: Direction
    phrases: tuple[Phrase, ...]
    distance: int | None = None
    negative: bool = False


@dataclass(frozen=True)
class Term:
    """A term as written, and what it means; an `exclusion` counts nothing and blocks what lies inside it."""

    text: str
    phrase: Phrase
    conditions: tuple[Condition, ...] = ()
    exclusion: bool = False
    weight: float = 1.0


def parse_phrase(text: str) -> Phrase:
    """The words of a phrase: globs with `*` and `?`, "lemma:buy", "march/NOUN".

    Raises TermError where no word is left, a part of speech is unknown, or a sign or operator has no meaning.
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
    direction = next(each for each in get_args(Direction) if each == name)
    phrases = tuple(parse_phrase(each) for each in re.split(r"\s+OR\s+", text))
    if len(distance) > len(str(FARTHEST)) or int(distance or 0) > FARTHEST:
        raise TermError(f"expected a distance of at most {FARTHEST} words, found {distance[:10]}")
    return Condition(direction, phrases, int(distance) if distance else None, negative)


def parse_term(text: str, weight: float = 1.0) -> Term:
    """The meaning of a term as a lexicon writes it.

    `deal* NEAR/5 arms OR weapon*` wants one of two words at most five words away in the same sentence; BEFORE and AFTER
    say that the term stands before or after them; without a number any place in the sentence will do; `NOT NEAR/5`
    wants none. `NOT market town` is an exclusion: no other term of its theme matches inside it. Raises TermError
    where the text has no such meaning.
    """
    written = " ".join(text.split())
    exclusion = written.startswith("NOT ")
    head, *rules = _RULE.split(written.removeprefix("NOT ") if exclusion else written)
    conditions = tuple(_parse_condition(*rule) for rule in zip(rules[::2], rules[1::2], strict=True))
    return Term(written, parse_phrase(head), conditions, exclusion, weight)
