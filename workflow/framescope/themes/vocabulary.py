"""Numbers for word forms. Each form is compared with the patterns of a lexicon only once.

After that it is represented by a number, under which its patterns and terms are stored.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from framescope.themes.terms import Condition, Phrase, Term, WordPattern
from framescope.words import WORD

# Units that are not words of the lexicon: PLAIN is a word that fits no pattern, BREAK a punctuation mark that no phrase
# may cross, SKIP a mark that a phrase may cross, STOP the end of a sentence. Words that only occur inside phrases have
# numbers of INNER and below, tokens of several words have numbers of SPLIT and below, and all others are positive.
PLAIN, BREAK, SKIP, STOP, INNER, SPLIT = 0, -1, -2, -3, -4, -1_000_000_000

TEXT_UNIT = re.compile(rf"{WORD.pattern}|[.!?…]+(?=[\s\"'”’)\]]|$)|\n\s*\n|[,;:()\[\]—]|[–-](?=\s)")
_STOP_MARK = re.compile(r"[.!?…]+|\s*\n\s*\n\s*")
_BREAK_MARK = re.compile(r"[.!?…,;:()\[\]{}—–]+|--+|\s*\n\s*\n\s*")


class WordType(NamedTuple):
    """The patterns and terms of a lexicon that belong to one word form.

    `patterns` are the numbers of the patterns that the form fits, `singles` the terms that consist of this word alone.
    `tries` are the other terms that may match where the form occurs: each has the number of the term, the side on which
    a neighbouring word of the term must stand (1 after, -1 before, 0 for none), and the pattern of that word.
    """

    patterns: frozenset[int]
    singles: tuple[int, ...] = ()
    tries: tuple[tuple[int, int, int], ...] = ()


class Globs:
    """Numbered globs (patterns with the wildcards `*` and `?`), and which of them fit a word.

    Globs without a wildcard, or with a single `*` at the end, are looked up; all others are tested one by one.
    """

    def __init__(self) -> None:
        self._exact: dict[str, list[int]] = {}
        self._prefixes: dict[str, list[int]] = {}
        self._others: list[tuple[Callable[[str], object], int]] = []

    def add(self, glob: str, number: int) -> None:
        """Add a glob, in which `*` stands for any characters and `?` for one character."""
        if not set("*?") & set(glob):
            self._exact.setdefault(glob, []).append(number)
        elif glob.endswith("*") and not set("*?") & set(glob[:-1]):
            self._prefixes.setdefault(glob[:-1], []).append(number)
        else:
            expression = "".join({"*": ".*", "?": "."}.get(letter) or re.escape(letter) for letter in glob)
            self._others.append((re.compile(expression, re.DOTALL).fullmatch, number))

    def find(self, word: str) -> list[int]:
        """The numbers of the globs that fit a word."""
        numbers = list(self._exact.get(word, ()))
        for length in range(len(word) + 1):
            numbers += self._prefixes.get(word[:length], ())
        return numbers + [number for fits, number in self._others if fits(word)]


class Numbers(dict[Any, int]):
    """The number of each unit, computed when the unit is first looked up."""

    def __init__(self, resolve: Callable[[Any], int]) -> None:
        super().__init__()
        self._resolve = resolve

    def __missing__(self, unit: Any) -> int:
        number = self[unit] = self._resolve(unit)
        return number


class Vocabulary:
    """Numbers for words, for the units of plain text and for tokens, and the `WordType` of each number.

    `terms` are the terms of the lexicon, and `groups` gives a group for each. If a word is a term of its own several
    times in one group, only the first of these terms in the order of `rank` is kept. `phrases`, `conditions` and
    `anchors` have one item for each term; the anchor is the position of the word by which a phrase is found.
    """

    def __init__(self, terms: Sequence[Term], groups: Sequence[str], rank: Callable[[int], Any]) -> None:
        self._terms, self._groups, self._rank = terms, groups, rank
        self._patterns: dict[WordPattern, int] = {}
        self._words, self._lemmas = Globs(), Globs()
        self.phrases = [self._numbered(term.phrase) for term in terms]
        self.conditions: list[list[tuple[Condition, list[tuple[int, ...]]]]] = [
            [(condition, [self._numbered(phrase) for phrase in condition.phrases]) for condition in term.conditions]
            for term in terms
        ]
        self._listed = list(self._patterns)
        self.needs_annotation = any(pattern.lemma or pattern.part for pattern in self._listed)
        self.anchors = self._rarest_words()
        self._anchored: dict[int, list[int]] = {}
        for number, (phrase, anchor) in enumerate(zip(self.phrases, self.anchors, strict=True)):
            self._anchored.setdefault(phrase[anchor], []).append(number)
        self.types = dict.fromkeys((PLAIN, BREAK, SKIP, STOP), WordType(frozenset()))
        self.split: dict[int, list[int]] = {}
        self._known: dict[WordType, int] = {}
        self.of_word = Numbers(self._number_of_word)
        self.of_unit = Numbers(self._number_of_unit)
        self.of_token = Numbers(self._number_of_token)

    def _numbered(self, phrase: Phrase) -> tuple[int, ...]:
        for pattern in phrase:
            if pattern not in self._patterns:
                number = self._patterns[pattern] = len(self._patterns)
                (self._lemmas if pattern.lemma else self._words).add(pattern.glob, number)
        return tuple(self._patterns[pattern] for pattern in phrase)

    def _rarest_words(self) -> list[int]:
        """The position in each phrase of the word by which the phrase is found.

        Words of at least four letters are preferred, then those that occur in few other phrases, then the longest.
        """
        uses = Counter(pattern for phrase in self.phrases for pattern in set(phrase))
        anchors = []
        for phrase in self.phrases:
            lengths = [len(self._listed[pattern].glob.strip("*?")) for pattern in phrase]
            cost = [(length < 4, uses[pattern], -length) for length, pattern in zip(lengths, phrase, strict=True)]
            anchors.append(min(range(len(phrase)), key=cost.__getitem__))
        return anchors

    def _number(self, word: str, lemma: str | None = None, part: str | None = None) -> int:
        patterns = self._words.find(word) + (self._lemmas.find(lemma) if lemma is not None else [])
        fitting = frozenset(number for number in patterns if self._listed[number].part in {"", part})
        if not fitting:
            return PLAIN
        terms = sorted({term for number in fitting for term in self._anchored.get(number, ())}, key=self._rank)
        singles: dict[str, int] = {}
        tries = []
        for term in terms:
            phrase, anchor = self.phrases[term], self.anchors[term]
            if len(phrase) == 1 and not self.conditions[term] and not self._terms[term].exclusion:
                singles.setdefault(self._groups[term], term)
            else:
                side = 0 if len(phrase) == 1 else 1 if anchor + 1 < len(phrase) else -1
                tries.append((term, side, phrase[anchor + side]))
        word_type = WordType(fitting, tuple(singles.values()), tuple(tries))
        if word_type not in self._known:
            size = len(self._known) + 1
            self._known[word_type] = size if terms else INNER - size
            self.types[self._known[word_type]] = word_type
        return self._known[word_type]

    def _number_of_word(self, word: str) -> int:
        return self._number(word.lower())

    def _number_of_unit(self, unit: str) -> int:
        if WORD.fullmatch(unit):
            return self._number(unit.lower())
        return STOP if _STOP_MARK.fullmatch(unit) else BREAK

    def _number_of_token(self, token: tuple[str, str | None, str | None]) -> int:
        text, lemma, part = token
        words = WORD.findall(text)
        if len(words) > 1:
            number = SPLIT - len(self.split)
            self.split[number] = [self._number(word.lower()) for word in words]
            return number
        if words:
            return self._number(words[0].lower(), lemma, part)
        return BREAK if _BREAK_MARK.fullmatch(text) else SKIP
