"""Finding a lexicon's terms in words, in plain text and in annotated paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Literal, NamedTuple

import numpy as np
from spacy.tokens import Doc

from framescope.themes.lexicon import Lexicon
from framescope.themes.terms import Condition, Term
from framescope.themes.vocabulary import BREAK, SKIP, STOP, TEXT_UNIT, Numbers, Vocabulary
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
        numbers, characters, sentence_starts = self._units_of_doc(doc)
        found = []
        for start, end, entry in self._match(numbers, sentence_starts):
            if characters is None:
                last = doc[end - 1]
                found.append(Match(doc[start].idx, last.idx + len(last), entry))
            else:
                found.append(Match(characters[start][0], characters[end - 1][1], entry))
        return found

    def entries_in_doc(self, doc: Doc) -> list[int]:
        """The entry of each term found in an annotated paragraph, without the places and so faster."""
        numbers, _, sentence_starts = self._units_of_doc(doc)
        return [match[2] for match in self._match(numbers, sentence_starts)]

    def _units_of_text(self, text: str) -> list[int]:
        if self.needs_annotation:
            raise ValueError(
                "this lexicon asks for lemmas or parts of speech, which plain text does not have; "
                "annotate the texts first and pass the annotated texts"
            )
        return list(map(self._vocabulary.of_unit.__getitem__, TEXT_UNIT.findall(text)))

    def _units_of_doc(self, doc: Doc) -> tuple[list[int], list[tuple[int, int]] | None, set[int]]:
        """The paragraph as numbers; its characters unit by unit where a token holds several words; sentence starts."""
        orths, marks = doc.to_array(["ORTH", "SENT_START"]).reshape(len(doc), 2).T
        starts = set(np.flatnonzero(marks == 1).tolist())
        if self.needs_annotation:
            look_up = self._vocabulary.of_token
            numbers = [look_up[token.text, token.lemma_.lower(), token.pos_] for token in doc]
        else:
            numbers = list(map(self._numbers_by_orth(doc).__getitem__, orths.tolist()))
        split = self._vocabulary.split
        if not split or split.keys().isdisjoint(numbers):
            return numbers, None, starts
        units: list[tuple[int, int, int]] = []
        first_unit = {}
        for token, number in zip(doc, numbers, strict=True):
            first_unit[token.i] = len(units)
            if number in split:
                parts = zip(split[number], word_spans(token.text), strict=True)
                units += [(each, token.idx + low, token.idx + high) for each, (low, high) in parts]
            else:
                units.append((number, token.idx, token.idx + len(token)))
        return [unit[0] for unit in units], [unit[1:] for unit in units], {first_unit[start] for start in starts}

    def _numbers_by_orth(self, doc: Doc) -> Numbers:
        strings = doc.vocab.strings
        if self._by_orth is None or self._strings is not strings:
            of_token = self._vocabulary.of_token
            self._strings, self._by_orth = strings, Numbers(lambda orth: of_token[strings[orth], None, None])
        return self._by_orth

    def _match(self, numbers: list[int], sentence_starts: Set[int] = frozenset()) -> list[_Found]:
        tried: list[_Found] = []
        size, types = len(numbers), self._vocabulary.types
        places = [at for at, number in enumerate(numbers) if number > 0]
        found = [(at, at + 1, entry) for at in places for entry in types[numbers[at]].singles]
        for at in places:
            for entry, side, pattern in types[numbers[at]].tries:
                # Most phrases fail at the word beside, so this look saves most of the work.
                if side:
                    beside = numbers[at + side] if 0 <= at + side < size else STOP
                    if beside != SKIP and pattern not in types[beside].patterns:
                        continue
                match = self._try(entry, at, numbers, sentence_starts)
                if match is not None:
                    tried.append(match)
        if not tried:
            return found
        held = {at for start, end, _ in tried for at in range(start, end)}
        free = [match for match in found if match[0] not in held]
        return sorted(free + self._settled(tried + [match for match in found if match[0] in held]))

    def _try(self, entry: int, at: int, numbers: list[int], sentence_starts: Set[int]) -> _Found | None:
        """The term whose anchor stands at `at`, if the sentence has its other words and its conditions hold."""
        vocabulary = self._vocabulary
        phrase = vocabulary.phrases[entry]
        if len(phrase) == 1:
            span = (at, at + 1)
        else:
            around = self._phrase_at(phrase, vocabulary.anchors[entry], at, numbers)
            if around is None or not sentence_starts.isdisjoint(range(around[0] + 1, around[1])):
                return None
            span = around
        if conditions := vocabulary.conditions[entry]:
            low, high = _sentence_around(span[0], numbers, sentence_starts)
            for condition, phrases in conditions:
                if self._stands(condition, phrases, span, numbers, low, high) == condition.negative:
                    return None
        return *span, entry

    def _phrase_at(self, phrase: tuple[int, ...], anchor: int, at: int, numbers: list[int]) -> tuple[int, int] | None:
        """Start and end of a phrase whose word number `anchor` stands at `at`, if its other words stand around it."""
        types = self._vocabulary.types
        end = at
        for pattern in phrase[anchor + 1 :]:
            end += 1
            while end < len(numbers) and numbers[end] == SKIP:
                end += 1
            if end >= len(numbers) or pattern not in types[numbers[end]].patterns:
                return None
        start = at
        for pattern in reversed(phrase[:anchor]):
            start -= 1
            while start >= 0 and numbers[start] == SKIP:
                start -= 1
            if start < 0 or pattern not in types[numbers[start]].patterns:
                return None
        return start, end + 1

    def _stands(
        self,
        condition: Condition,
        phrases: list[tuple[int, ...]],
        span: tuple[int, int],
        numbers: list[int],
        low: int,
        high: int,
    ) -> bool:
        """Whether one of the phrases stands where the condition wants it; distance counts words, not marks."""
        sides = []
        if condition.direction != "AFTER":
            sides.append(range(span[1], high))
        if condition.direction != "BEFORE":
            sides.append(range(span[0] - 1, low - 1, -1))
        types = self._vocabulary.types
        for side in sides:
            words = 0
            for at in side:
                if numbers[at] in (BREAK, SKIP):
                    continue
                words += 1
                if condition.distance is not None and words > condition.distance:
                    break
                patterns = types[numbers[at]].patterns
                for phrase in phrases:
                    if phrase[0] in patterns:
                        found = self._phrase_at(phrase, 0, at, numbers)
                        if found and found[1] <= high and (found[0] >= span[1] or found[1] <= span[0]):
                            return True
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
        theme, blocked = self.entries[match[2]].theme, self.entries[exclusion[2]].theme
        return theme == blocked or theme.startswith(f"{blocked}.")

    def _held_by_longer(self, match: _Found, kept: list[_Found]) -> set[int]:
        """The words that longer matches of other keys hold."""
        theme, length = self.entries[match[2]].theme, match[1] - match[0]
        return {
            at
            for start, end, entry in kept
            if self.entries[entry].theme != theme and end - start > length
            for at in range(start, end)
        }


def _sentence_around(at: int, numbers: list[int], starts: Set[int]) -> tuple[int, int]:
    """First unit of the sentence at a unit, and the one after its last; plain text has marks of an end for starts."""
    low = next((place for place in range(at, 0, -1) if place in starts or numbers[place - 1] == STOP), 0)
    size = len(numbers)
    return low, next((place for place in range(at + 1, size) if place in starts or numbers[place] == STOP), size)
