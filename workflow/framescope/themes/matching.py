"""Finding a lexicon's terms in words, in plain text and in annotated paragraphs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise, starmap
from typing import Literal, NamedTuple

from spacy.tokens import Doc

from framescope.annotate.docs import Token, columns_of
from framescope.cache import cache_key
from framescope.theme_paths import is_within
from framescope.themes.lexicon import Lexicon
from framescope.themes.terms import Condition, Term
from framescope.themes.vocabulary import BREAK, SKIP, SPLIT, STOP, TEXT_UNIT, Numbers, Vocabulary
from framescope.words import word_spans

Scope = Literal["theme", "key", "dictionary"]


class Match(NamedTuple):
    """A match of a term. `start` and `end` count characters, or words where words were given; `entry` is its number."""

    start: int
    end: int
    entry: int


# A match whose start and end count numbered units. It is a plain tuple because millions of them are made.
_UnitMatch = tuple[int, int, int]


class Entry(NamedTuple):
    """A term of the lexicon and the dotted path of its theme."""

    theme: str
    term: Term


class Matcher:
    """Finds the terms of a lexicon; `entries` are its terms by number.

    `scope` says which hits compete where they share words; the longest hit is kept, and of equally long ones the
    first. With "theme", all hits of one top-level theme compete, so that a theme never counts one word twice. "key" and
    "dictionary" are the values of quanteda's `nested_scope`. With "key", only hits of one theme compete. With
    "dictionary", a hit is also dropped if longer hits of other themes contain all its words.
    """

    def __init__(self, lexicon: Lexicon, scope: Scope = "theme") -> None:
        self.lexicon, self.scope = lexicon, scope
        self.entries = [Entry(theme, term) for theme, term in lexicon]
        self._groups = [entry.theme.partition(".")[0] if scope == "theme" else entry.theme for entry in self.entries]
        # Of terms that match the same words, the one of the deepest theme is kept: its ancestors count it as well.
        self._ranks = [(-entry.theme.count("."), number) for number, entry in enumerate(self.entries)]
        self._vocabulary = Vocabulary([entry.term for entry in self.entries], self._groups, self._ranks.__getitem__)
        self.needs_annotation = self._vocabulary.needs_annotation
        self._by_orth: Numbers | None = None
        self._strings: object = None

    def match_words(self, words: Iterable[str]) -> list[Match]:
        """Matches in a text that is already split into words; starts and ends count words."""
        return list(map(Match._make, self._match(list(map(self._vocabulary.of_word.__getitem__, words)))))

    def match_text(self, text: str) -> list[Match]:
        """Matches in plain text; starts and ends count characters.

        A full stop, question mark or exclamation mark before a space ends a sentence.

        Raises: ValueError if the lexicon asks for lemmas or parts of speech, which plain text does not have.
        """
        matches = self._match(self._units_of_text(text))
        if not matches:
            return []
        spans = [unit.span() for unit in TEXT_UNIT.finditer(text)]
        return [Match(spans[start][0], spans[end - 1][1], entry) for start, end, entry in matches]

    def entries_in_text(self, text: str) -> list[int]:
        """The entry of each match in plain text; faster than `match_text`, because positions are not computed."""
        return [match[2] for match in self._match(self._units_of_text(text))]

    def match_doc(self, doc: Doc) -> list[Match]:
        """Matches in an annotated paragraph; starts and ends count characters. No match crosses a sentence's end."""
        numbers, tokens = self._units_of_doc(doc)
        matches = self._match(numbers)
        if not matches:
            return []
        starts, lengths = columns_of(doc, "IDX", "LENGTH")
        parted = {token for token, following in pairwise(tokens) if token == following}

        def span(unit: int) -> tuple[int, int]:
            token = tokens[unit]
            start = starts[token]
            if token not in parted:
                return start, start + lengths[token]
            low, high = word_spans(doc[token].text)[unit - tokens.index(token)]
            return start + low, start + high

        return [Match(span(start)[0], span(end - 1)[1], entry) for start, end, entry in matches]

    def entries_in_doc(self, doc: Doc) -> list[int]:
        """The entry of each match in an annotated paragraph; faster than `match_doc`: positions are not computed."""
        return [match[2] for match in self._match(self._units_of_doc(doc)[0])]

    def digest(self, tokens: Iterable[Token]) -> str:
        """A digest of the terms that can match in a text with these tokens, and of the themes of the lexicon.

        The tokens have the `attributes`. What is found in a text depends on no other terms.
        """
        numbers = set(map(self._vocabulary.of_token.__getitem__, starmap(self._as_looked_up, tokens)))
        words = {part for number in numbers for part in self._vocabulary.split.get(number, (number,))}
        kinds = [self._vocabulary.types[word] for word in words if word > 0]
        possible = {entry for kind in kinds for entry in (*kind.singles, *(entry for entry, _, _ in kind.tries))}
        terms = b"".join(self._digests[entry] for entry in sorted(possible))
        return cache_key(self._settings, terms)

    @property
    def of_all(self) -> str:
        """A digest of all terms, and of the themes of the lexicon."""
        return cache_key(self._settings, b"".join(self._digests))

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes of tokens that the lexicon asks for besides their text."""
        return ("LEMMA", "POS") if self.needs_annotation else ()

    @cached_property
    def _settings(self) -> bytes:
        return cache_key(self.lexicon.themes, self.scope, self.needs_annotation).encode()

    @cached_property
    def _digests(self) -> list[bytes]:
        return [hashlib.sha256(repr(entry).encode()).digest() for entry in self.entries]

    def _as_looked_up(self, text: str, lemma: str = "", part: str = "") -> tuple[str, str | None, str | None]:
        return (text, lemma.lower(), part) if self.needs_annotation else (text, None, None)

    def _units_of_text(self, text: str) -> list[int]:
        if self.needs_annotation:
            raise ValueError(
                "this lexicon asks for lemmas or parts of speech, which plain text does not have; "
                "annotate the texts first and pass the annotated texts"
            )
        return list(map(self._vocabulary.of_unit.__getitem__, TEXT_UNIT.findall(text)))

    def _units_of_doc(self, doc: Doc) -> tuple[list[int], list[int]]:
        """The number and the token of each unit: a stop before each sentence, and each word of a token.

        A stop is no token (-1); a token of several words is several units.
        """
        orths, marks = columns_of(doc, "ORTH", "SENT_START")
        numbers, tokens = self._numbers_of(doc, orths), list(range(len(doc)))
        for start in [token for token, mark in enumerate(marks) if mark == 1][::-1]:
            numbers.insert(start, STOP)
            tokens.insert(start, -1)
        split = self._vocabulary.split
        if split and min(numbers, default=0) <= SPLIT:
            words = [split.get(number, (number,)) for number in numbers]
            tokens = [token for token, parts in zip(tokens, words, strict=True) for _ in parts]
            numbers = [part for parts in words for part in parts]
        return numbers, tokens

    def _numbers_of(self, doc: Doc, orths: list[int]) -> list[int]:
        if self.needs_annotation:
            look_up = self._vocabulary.of_token
            return [look_up[self._as_looked_up(token.text, token.lemma_, token.pos_)] for token in doc]
        return list(map(self._numbers_by_orth(doc).__getitem__, orths))

    def _numbers_by_orth(self, doc: Doc) -> Numbers:
        strings = doc.vocab.strings
        if self._by_orth is None or self._strings is not strings:
            of_token = self._vocabulary.of_token
            self._strings, self._by_orth = strings, Numbers(lambda orth: of_token[strings[orth], None, None])
        return self._by_orth

    def _match(self, numbers: list[int]) -> list[_UnitMatch]:
        types = self._vocabulary.types
        # This stop follows the last unit; as item -1 it also precedes the first one.
        numbers.append(STOP)
        places = [at for at, number in enumerate(numbers) if number > 0]
        singles = [(at, at + 1, entry) for at in places for entry in types[numbers[at]].singles]
        phrases: list[_UnitMatch] = []
        for at in places:
            for entry, side, pattern in types[numbers[at]].tries:
                # Most phrases already fail at the neighbouring word, so that testing it first saves most of the work.
                neighbour = numbers[at + side]
                if pattern in types[neighbour].patterns or neighbour == SKIP:
                    match = self._try(entry, at, numbers)
                    if match is not None:
                        phrases.append(match)
        if not phrases:
            return singles
        in_phrases = {at for start, end, _ in phrases for at in range(start, end)}
        alone = [match for match in singles if match[0] not in in_phrases]
        return sorted(alone + self._settled(phrases + [match for match in singles if match[0] in in_phrases]))

    def _try(self, entry: int, at: int, numbers: list[int]) -> _UnitMatch | None:
        """The match of a term whose anchor is the unit `at`, or None if other words or conditions are not met."""
        vocabulary = self._vocabulary
        span = self._phrase_at(vocabulary.phrases[entry], vocabulary.anchors[entry], at, numbers)
        if span is None:
            return None
        for condition, phrases in vocabulary.conditions[entry]:
            if self._stands(condition, phrases, span, numbers) == condition.negative:
                return None
        return *span, entry

    def _phrase_at(self, phrase: tuple[int, ...], anchor: int, at: int, numbers: list[int]) -> tuple[int, int] | None:
        """Start and end of a phrase whose word number `anchor` is the unit `at`, or None if other words are missing."""
        types = self._vocabulary.types
        start = end = at
        for pattern in phrase[anchor + 1 :]:
            end += 1
            while numbers[end] == SKIP:
                end += 1
            if pattern not in types[numbers[end]].patterns:
                return None
        for pattern in reversed(phrase[:anchor]):
            start -= 1
            while numbers[start] == SKIP:
                start -= 1
            if pattern not in types[numbers[start]].patterns:
                return None
        return start, end + 1

    def _stands(
        self, condition: Condition, phrases: list[tuple[int, ...]], span: tuple[int, int], numbers: list[int]
    ) -> bool:
        """Whether one of the phrases is where the condition requires it; distance counts words, not punctuation."""
        types = self._vocabulary.types
        after, before = (span[1], 1), (span[0] - 1, -1)
        for at, step in {"NEAR": (after, before), "BEFORE": (after,), "AFTER": (before,)}[condition.direction]:
            words = 0
            while numbers[at] != STOP and words != condition.distance:
                patterns = types[numbers[at]].patterns
                words += numbers[at] not in (BREAK, SKIP)
                for phrase in phrases:
                    if phrase[0] in patterns:
                        place = self._phrase_at(phrase, 0, at, numbers)
                        if place and (place[0] >= span[1] or place[1] <= span[0]):
                            return True
                at += step
        return False

    def _settled(self, matches: list[_UnitMatch]) -> list[_UnitMatch]:
        """The matches to keep: those that no exclusion blocks and that share no word with a better match.

        A longer match is better; of equally long ones the first; of those on the same words the one whose theme is
        nested deepest. The scope says which matches compete.
        """
        exclusions = [match for match in matches if self.entries[match[2]].term.exclusion]
        counted = [match for match in matches if not self.entries[match[2]].term.exclusion]
        taken: dict[str, set[int]] = {}
        kept: list[_UnitMatch] = []
        for match in sorted(counted, key=lambda match: (match[0] - match[1], match[0], self._ranks[match[2]])):
            places = set(range(match[0], match[1]))
            taken_in_group = taken.setdefault(self._groups[match[2]], set())
            if places & taken_in_group or any(self._blocks(exclusion, match) for exclusion in exclusions):
                continue
            if self.scope == "dictionary" and places <= self._held_by_longer(match, kept):
                continue
            taken_in_group |= places
            kept.append(match)
        return kept

    def _blocks(self, exclusion: _UnitMatch, match: _UnitMatch) -> bool:
        if not (exclusion[0] <= match[0] and match[1] <= exclusion[1]):
            return False
        return is_within(self.entries[match[2]].theme, self.entries[exclusion[2]].theme)

    def _held_by_longer(self, match: _UnitMatch, kept: list[_UnitMatch]) -> set[int]:
        """The places of the words that longer matches of other themes contain."""
        theme, length = self.entries[match[2]].theme, match[1] - match[0]
        return {
            at
            for start, end, entry in kept
            if self.entries[entry].theme != theme and end - start > length
            for at in range(start, end)
        }
