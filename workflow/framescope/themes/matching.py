"""Finding a lexicon's terms in words, in plain text and in annotated paragraphs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np
from spacy.tokens import Doc

from framescope.theme_paths import is_within
from framescope.themes.lexicon import Lexicon
from framescope.themes.terms import Condition, Term
from framescope.themes.vocabulary import BREAK, SKIP, SPLIT, STOP, TEXT_UNIT, Numbers, Vocabulary
from framescope.words import word_spans

Scope = Literal["theme", "key", "dictionary"]


class Match(NamedTuple):
    """A term found: `start` and `end` count characters, or words where words were given; `entry` numbers the term."""

    start: int
    end: int
    entry: int


# The same over numbered units; plain tuples, since millions of them are made.
_Found = tuple[int, int, int]


class Entry(NamedTuple):
    """A term of the lexicon and the dotted path of its theme."""

    theme: str
    term: Term


class Matcher:
    """Finds the terms of a lexicon; `entries` are its terms by number.

    `scope` says which hits block each other where they share words, longest first, then left to right. "theme": all
    hits of one top-level theme, so that a parent's figures count no word twice. "key" and "dictionary": as the values
    of `nested_scope` in quanteda, only hits of one key, or a hit also where longer hits of other keys hold all its
    words.
    """

    def __init__(self, lexicon: Lexicon, scope: Scope = "theme") -> None:
        self.lexicon, self.scope = lexicon, scope
        self.entries = [Entry(theme, term) for theme, term in lexicon]
        self._groups = [entry.theme.partition(".")[0] if scope == "theme" else entry.theme for entry in self.entries]
        # Of terms on the same words the deepest theme's comes first: its ancestors' figures hold it anyway.
        self._ranks = [(-entry.theme.count("."), number) for number, entry in enumerate(self.entries)]
        self._vocabulary = Vocabulary([entry.term for entry in self.entries], self._groups, self._ranks.__getitem__)
        self.needs_annotation = self._vocabulary.needs_annotation
        self._by_orth: Numbers | None = None
        self._strings: object = None

    def match_words(self, words: Iterable[str]) -> list[Match]:
        """Terms in a text that is split into words already; starts and ends count words."""
        return list(map(Match._make, self._match(list(map(self._vocabulary.of_word.__getitem__, words)))))

    def match_text(self, text: str) -> list[Match]:
        """Terms in plain text; starts and ends are characters.

        A full stop, question or exclamation mark before a blank ends a sentence. Raises ValueError where the lexicon
        asks for lemmas or parts of speech, which plain text does not have.
        """
        found = self._match(self._units_of_text(text))
        if not found:
            return []
        spans = [unit.span() for unit in TEXT_UNIT.finditer(text)]
        return [Match(spans[start][0], spans[end - 1][1], entry) for start, end, entry in found]

    def entries_in_text(self, text: str) -> list[int]:
        """The entry of each term found in plain text: what `match_text` finds, without the places and so faster."""
        return [match[2] for match in self._match(self._units_of_text(text))]

    def match_doc(self, doc: Doc) -> list[Match]:
        """Terms in an annotated paragraph; starts and ends are characters. No term runs across a sentence's end."""
        found = self._match(self._units_of_doc(doc))
        if not found:
            return []
        spans = self._spans_of_doc(doc)
        return [Match(spans[start][0], spans[end - 1][1], entry) for start, end, entry in found]

    def entries_in_doc(self, doc: Doc) -> list[int]:
        """The entry of each term found in an annotated paragraph, without the places and so faster."""
        return [match[2] for match in self._match(self._units_of_doc(doc))]

    def _units_of_text(self, text: str) -> list[int]:
        if self.needs_annotation:
            raise ValueError(
                "this lexicon asks for lemmas or parts of speech, which plain text does not have; "
                "annotate the texts first and pass the annotated texts"
            )
        return list(map(self._vocabulary.of_unit.__getitem__, TEXT_UNIT.findall(text)))

    def _units_of_doc(self, doc: Doc) -> list[int]:
        """The tokens as numbers, those of several words as several, with a stop before each sentence."""
        orths, marks = doc.to_array(["ORTH", "SENT_START"]).reshape(len(doc), 2).T
        numbers = self._numbers_of(doc, orths.tolist())
        for start in np.flatnonzero(marks == 1)[::-1].tolist():
            numbers.insert(start, STOP)
        split = self._vocabulary.split
        if split and min(numbers, default=0) <= SPLIT:
            return [each for number in numbers for each in split.get(number, (number,))]
        return numbers

    def _spans_of_doc(self, doc: Doc) -> list[tuple[int, int]]:
        """The characters of each number that `_units_of_doc` gives."""
        split = self._vocabulary.split
        spans: list[tuple[int, int]] = []
        for token, number in zip(doc, self._numbers_of(doc, doc.to_array("ORTH").tolist()), strict=True):
            if token.is_sent_start:
                spans.append((token.idx, token.idx))
            inside = word_spans(token.text) if number in split else [(0, len(token))]
            spans += [(token.idx + start, token.idx + end) for start, end in inside]
        return spans

    def _numbers_of(self, doc: Doc, orths: list[int]) -> list[int]:
        if self.needs_annotation:
            look_up = self._vocabulary.of_token
            return [look_up[token.text, token.lemma_.lower(), token.pos_] for token in doc]
        return list(map(self._numbers_by_orth(doc).__getitem__, orths))

    def _numbers_by_orth(self, doc: Doc) -> Numbers:
        strings = doc.vocab.strings
        if self._by_orth is None or self._strings is not strings:
            of_token = self._vocabulary.of_token
            self._strings, self._by_orth = strings, Numbers(lambda orth: of_token[strings[orth], None, None])
        return self._by_orth

    def _match(self, numbers: list[int]) -> list[_Found]:
        types = self._vocabulary.types
        # A stop at the end is what stands after the last unit and, as item -1, before the first.
        numbers.append(STOP)
        places = [at for at, number in enumerate(numbers) if number > 0]
        found = [(at, at + 1, entry) for at in places for entry in types[numbers[at]].singles]
        tried: list[_Found] = []
        for at in places:
            for entry, side, pattern in types[numbers[at]].tries:
                # Most phrases fail at the word beside, so this look saves most of the work.
                beside = numbers[at + side]
                if pattern in types[beside].patterns or beside == SKIP:
                    match = self._try(entry, at, numbers)
                    if match is not None:
                        tried.append(match)
        if not tried:
            return found
        held = {at for start, end, _ in tried for at in range(start, end)}
        free = [match for match in found if match[0] not in held]
        return sorted(free + self._settled(tried + [match for match in found if match[0] in held]))

    def _try(self, entry: int, at: int, numbers: list[int]) -> _Found | None:
        """The term whose anchor stands at `at`, if its other words stand around it and its conditions hold."""
        vocabulary = self._vocabulary
        span = self._phrase_at(vocabulary.phrases[entry], vocabulary.anchors[entry], at, numbers)
        if span is None:
            return None
        for condition, phrases in vocabulary.conditions[entry]:
            if self._stands(condition, phrases, span, numbers) == condition.negative:
                return None
        return *span, entry

    def _phrase_at(self, phrase: tuple[int, ...], anchor: int, at: int, numbers: list[int]) -> tuple[int, int] | None:
        """Start and end of a phrase whose word number `anchor` stands at `at`, if its other words stand around it."""
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
        """Whether one of the phrases stands where the condition wants it; distance counts words, not marks."""
        types = self._vocabulary.types
        after, before = (span[1], 1), (span[0] - 1, -1)
        for at, step in {"NEAR": (after, before), "BEFORE": (after,), "AFTER": (before,)}[condition.direction]:
            words = 0
            while numbers[at] != STOP and words != condition.distance:
                patterns = types[numbers[at]].patterns
                words += numbers[at] not in (BREAK, SKIP)
                for phrase in phrases:
                    if phrase[0] in patterns:
                        found = self._phrase_at(phrase, 0, at, numbers)
                        if found and (found[0] >= span[1] or found[1] <= span[0]):
                            return True
                at += step
        return False

    def _settled(self, found: list[_Found]) -> list[_Found]:
        """Of matches that share words those that no exclusion blocks and no better match leaves without room.

        Better is longer, then further left, then of a deeper theme; the scope says who competes.
        """
        blocking = [match for match in found if self.entries[match[2]].term.exclusion]
        counted = [match for match in found if not self.entries[match[2]].term.exclusion]
        taken: dict[str, set[int]] = {}
        kept: list[_Found] = []
        for match in sorted(counted, key=lambda each: (each[0] - each[1], each[0], self._ranks[each[2]])):
            places = set(range(match[0], match[1]))
            own = taken.setdefault(self._groups[match[2]], set())
            if places & own or any(self._blocks(each, match) for each in blocking):
                continue
            if self.scope == "dictionary" and places <= self._held_by_longer(match, kept):
                continue
            own |= places
            kept.append(match)
        return kept

    def _blocks(self, exclusion: _Found, match: _Found) -> bool:
        if not (exclusion[0] <= match[0] and match[1] <= exclusion[1]):
            return False
        return is_within(self.entries[match[2]].theme, self.entries[exclusion[2]].theme)

    def _held_by_longer(self, match: _Found, kept: list[_Found]) -> set[int]:
        """The words that longer matches of other keys hold."""
        theme, length = self.entries[match[2]].theme, match[1] - match[0]
        return {
            at
            for start, end, entry in kept
            if self.entries[entry].theme != theme and end - start > length
            for at in range(start, end)
        }
