"""Finding a lexicon's terms in words, in plain text and in annotated paragraphs.

Each word form is compared with the lexicon once; from then on a text is a row of numbers in which only the few words
that begin a term are looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from spacy.tokens import Doc

from framescope.themes.lexicon import Lexicon
from framescope.themes.terms import Condition, Phrase, Term, WordPattern
from framescope.words import WORD, word_spans

Scope = Literal["theme", "key", "dictionary"]

# What stands between words: a sentence's end, a mark no phrase runs across, or (anything else) nothing of weight.
_TEXT_UNIT = re.compile(rf"{WORD.pattern}|[.!?…]+(?=[\s\"'”’)\]]|$)|\n\s*\n|[,;:()\[\]—]|[–-](?=\s)")
_STOP_MARK = re.compile(r"[.!?…]+|\s*\n\s*\n\s*")
_BREAK_MARK = re.compile(r"[,;:()\[\]{}—–]+|--+")

_PLAIN, _BREAK, _SKIP, _STOP = 0, -1, -2, -3
_FIRST_INNER = -4


class Match(NamedTuple):
    """A term found: `start` and `end` count characters, or words where words were given; `entry` numbers the term."""

    start: int
    end: int
    entry: int


class Entry(NamedTuple):
    """A term of the lexicon and the dotted path of its theme."""

    theme: str
    term: Term


@dataclass(frozen=True)
class _WordType:
    """What the lexicon says of one word form: the patterns it fits and the terms to try where it stands."""

    patterns: frozenset[int]
    singles: tuple[int, ...]
    tries: tuple[int, ...]


class _Glob:
    """The patterns of a lexicon, found for a word by look-ups of its beginnings; other wildcards by one test each."""

    def __init__(self) -> None:
        self.exact: dict[str, list[int]] = {}
        self.prefixes: dict[str, list[int]] = {}
        self.others: list[tuple[Callable[[str], object], int]] = []

    def add(self, glob: str, number: int) -> None:
        if not set("*?") & set(glob):
            self.exact.setdefault(glob, []).append(number)
        elif glob.endswith("*") and not set("*?") & set(glob[:-1]):
            self.prefixes.setdefault(glob[:-1], []).append(number)
        else:
            expression = "".join({"*": ".*", "?": "."}.get(letter) or re.escape(letter) for letter in glob)
            self.others.append((re.compile(expression, re.DOTALL).fullmatch, number))

    def find(self, word: str) -> list[int]:
        found = list(self.exact.get(word, ()))
        for length in range(len(word) + 1):
            found += self.prefixes.get(word[:length], ())
        return found + [number for fits, number in self.others if fits(word)]


class _Numbers(dict[Any, int]):
    """Number of each unit, worked out at its first look-up."""

    def __init__(self, resolve: Callable[[Any], int]) -> None:
        super().__init__()
        self._resolve = resolve

    def __missing__(self, unit: Any) -> int:
        number = self[unit] = self._resolve(unit)
        return number


class Matcher:
    """Finds the terms of a lexicon.

    `scope` says which hits block each other where they share words, longest first, then left to right. "theme": all
    hits of one top-level theme, so that a parent's figures count no word twice. "key" and "dictionary": as the values
    of `nested_scope` in quanteda, only hits of one key, or a hit also where longer hits of other keys hold all its
    words.
    """

    def __init__(self, lexicon: Lexicon, scope: Scope = "theme") -> None:
        self.lexicon, self.scope = lexicon, scope
        self.entries = [Entry(theme, term) for theme, term in lexicon]
        self._order = {path: number for number, path in enumerate(lexicon.themes)}
        self._group = [
            entry.theme if scope == "key" else entry.theme.partition(".")[0] if scope == "theme" else ""
            for entry in self.entries
        ]
        self._patterns: dict[WordPattern, int] = {}
        self._words, self._lemmas = _Glob(), _Glob()
        self._phrases = [self._numbered(entry.term.phrase) for entry in self.entries]
        self._conditions = [
            [(each, [self._numbered(phrase) for phrase in each.phrases]) for each in entry.term.conditions]
            for entry in self.entries
        ]
        self._anchored: dict[int, list[int]] = {}
        self._anchor = []
        for number, (entry, phrase) in enumerate(zip(self.entries, self._phrases, strict=True)):
            # The longest word is the rarest to meet, so the whole term is tried least often.
            lengths = [len(pattern.glob.strip("*?")) for pattern in entry.term.phrase]
            anchor = lengths.index(max(lengths))
            self._anchor.append(anchor)
            self._anchored.setdefault(phrase[anchor], []).append(number)
        self.needs_annotation = any(pattern.lemma or pattern.part for pattern in self._patterns)
        self._types: dict[int, _WordType] = {}
        self._known: dict[_WordType, int] = {}
        self._split: dict[int, list[int]] = {}
        self._by_word = _Numbers(self._number_of_word)
        self._by_unit = _Numbers(self._number_of_unit)
        self._by_token = _Numbers(self._number_of_token)

    def _numbered(self, phrase: Phrase) -> tuple[int, ...]:
        for pattern in phrase:
            if pattern not in self._patterns:
                number = self._patterns[pattern] = len(self._patterns)
                (self._lemmas if pattern.lemma else self._words).add(pattern.glob, number)
        return tuple(self._patterns[pattern] for pattern in phrase)

    def _number(self, word: str, lemma: str | None = None, part: str | None = None) -> int:
        """A word's number: above zero where a term may be found by it, 0 where no pattern fits it."""
        found = self._words.find(word) + (self._lemmas.find(lemma) if lemma is not None else [])
        patterns = list(self._patterns)
        fitting = frozenset(number for number in found if patterns[number].part in {"", part})
        if not fitting:
            return _PLAIN
        terms = sorted({term for number in fitting for term in self._anchored.get(number, ())}, key=self._rank)
        lone = [term for term in terms if len(self._phrases[term]) == 1 and not self._conditions[term]]
        singles: dict[str, int] = {}
        for term in lone:
            if not self.entries[term].term.exclusion:
                singles.setdefault(self._group[term] or self.entries[term].theme, term)
        tries = tuple(term for term in terms if term not in set(lone) or self.entries[term].term.exclusion)
        word_type = _WordType(fitting, tuple(singles.values()), tries)
        if word_type not in self._known:
            size = len(self._known) + 1
            self._known[word_type] = size if terms else _FIRST_INNER - size
            self._types[self._known[word_type]] = word_type
        return self._known[word_type]

    def _rank(self, entry: int) -> tuple[int, int]:
        """Of terms on the same words the deepest theme's comes first: its ancestors' figures hold it anyway."""
        return -self.entries[entry].theme.count("."), entry

    def _number_of_word(self, word: str) -> int:
        return self._number(word.lower())

    def _number_of_unit(self, unit: str) -> int:
        if _STOP_MARK.fullmatch(unit):
            return _STOP
        return self._number(unit.lower()) if WORD.fullmatch(unit) else _BREAK

    def _number_of_token(self, token: tuple[str, str | None, str | None]) -> int:
        word, lemma, part = token
        words = WORD.findall(word)
        if len(words) > 1:
            number = -1_000_000_000 - len(self._split)
            self._split[number] = [self._number(each.lower()) for each in words]
            return number
        if words:
            return self._number(words[0].lower(), lemma, part)
        if _STOP_MARK.fullmatch(word):
            return _BREAK
        return _BREAK if _BREAK_MARK.fullmatch(word) else _SKIP

    def match_words(self, words: Iterable[str]) -> list[Match]:
        """Terms in a text that is split into words already; starts and ends count words."""
        return self._match(list(map(self._by_word.__getitem__, words)))

    def match_text(self, text: str) -> list[Match]:
        """Terms in plain text; starts and ends are characters.

        A full stop, question or exclamation mark before a blank ends a sentence. Raises ValueError where the lexicon
        asks for lemmas or parts of speech, which plain text does not have.
        """
        self._refuse_plain_text()
        found = self._match(list(map(self._by_unit.__getitem__, _TEXT_UNIT.findall(text))))
        if not found:
            return []
        spans = [match.span() for match in _TEXT_UNIT.finditer(text)]
        return [Match(spans[start][0], spans[end - 1][1], entry) for start, end, entry in found]

    def entries_in_text(self, text: str) -> list[int]:
        """The entry of each term found in plain text: what `match_text` finds, without the places and so faster."""
        self._refuse_plain_text()
        return [match[2] for match in self._match(list(map(self._by_unit.__getitem__, _TEXT_UNIT.findall(text))))]

    def _refuse_plain_text(self) -> None:
        if self.needs_annotation:
            raise ValueError(
                "this lexicon asks for lemmas or parts of speech, which plain text does not have; "
                "annotate the texts first and pass the annotated texts"
            )

    def match_doc(self, doc: Doc) -> list[Match]:
        """Terms in an annotated paragraph; starts and ends are characters. No term runs across a sentence's end."""
        numbers, words, sentence_starts = self._units_of(doc)
        found = []
        for start, end, entry in self._match(numbers, sentence_starts):
            if words is None:
                last = doc[end - 1]
                found.append(Match(doc[start].idx, last.idx + len(last), entry))
            else:
                found.append(Match(words[start][0], words[end - 1][1], entry))
        return found

    def entries_in_doc(self, doc: Doc) -> list[int]:
        """The entry of each term found in an annotated paragraph, without the places and so faster."""
        numbers, _, sentence_starts = self._units_of(doc)
        return [match[2] for match in self._match(numbers, sentence_starts)]

    def _units_of(self, doc: Doc) -> tuple[list[int], list[tuple[int, int]] | None, list[int]]:
        """The paragraph as numbers; its characters unit by unit where a token holds several words; sentence starts."""
        numbers = self._numbers_of(doc)
        starts = [sentence.start for sentence in doc.sents]
        if not self._split or self._split.keys().isdisjoint(numbers):
            return numbers, None, starts
        units: list[tuple[int, int, int, int]] = []
        for token, number in zip(doc, numbers, strict=True):
            if number in self._split:
                spans = word_spans(token.text)
                parts = zip(self._split[number], spans, strict=True)
                units += [(each, token.idx + low, token.idx + high, token.i) for each, (low, high) in parts]
            else:
                units.append((number, token.idx, token.idx + len(token), token.i))
        first_unit = {unit[3]: at for at, unit in reversed(list(enumerate(units)))}
        return (
            [unit[0] for unit in units],
            [(unit[1], unit[2]) for unit in units],
            [first_unit[start] for start in starts],
        )

    def _numbers_of(self, doc: Doc) -> list[int]:
        if self.needs_annotation:
            return [self._by_token[token.text, token.lemma_.lower(), token.pos_] for token in doc]
        look_up = self._by_orth(doc)
        return list(map(look_up.__getitem__, doc.to_array("ORTH").tolist()))

    def _by_orth(self, doc: Doc) -> _Numbers:
        strings = doc.vocab.strings
        if getattr(self, "_orth_strings", None) is not strings:
            self._orth_strings = strings
            self._orth = _Numbers(lambda orth: self._by_token[strings[orth], None, None])
        return self._orth

    def _match(self, numbers: list[int], sentence_starts: Sequence[int] | None = None) -> list[Match]:
        found: list[Match] = []
        blocked: list[Match] = []
        conflict = False
        for at in [at for at, number in enumerate(numbers) if number > 0]:
            word_type = self._types[numbers[at]]
            for entry in word_type.singles:
                found.append(Match(at, at + 1, entry))
            for entry in word_type.tries:
                match = self._try(entry, at, numbers, sentence_starts)
                if match is not None:
                    (blocked if self.entries[entry].term.exclusion else found).append(match)
                    conflict = True
        if not conflict:
            return found
        if blocked:
            found = [match for match in found if not any(self._blocks(each, match) for each in blocked)]
        return self._without_overlaps(found)

    def _blocks(self, exclusion: Match, match: Match) -> bool:
        theme, blocked = self.entries[match.entry].theme, self.entries[exclusion.entry].theme
        inside = exclusion.start <= match.start and match.end <= exclusion.end
        return inside and (theme == blocked or theme.startswith(f"{blocked}."))

    def _fits(self, number: int, pattern: int) -> bool:
        return (number > 0 or number < _FIRST_INNER) and pattern in self._types[number].patterns

    def _phrase_at(self, phrase: tuple[int, ...], anchor: int, at: int, numbers: list[int]) -> tuple[int, int] | None:
        """Start and end of a phrase whose word number `anchor` stands at `at`, if its other words stand around it."""
        end = at
        for pattern in phrase[anchor + 1 :]:
            end += 1
            while end < len(numbers) and numbers[end] == _SKIP:
                end += 1
            if end >= len(numbers) or not self._fits(numbers[end], pattern):
                return None
        start = at
        for pattern in reversed(phrase[:anchor]):
            start -= 1
            while start >= 0 and numbers[start] == _SKIP:
                start -= 1
            if start < 0 or not self._fits(numbers[start], pattern):
                return None
        return start, end + 1

    def _try(self, entry: int, at: int, numbers: list[int], sentence_starts: Sequence[int] | None) -> Match | None:
        span = self._phrase_at(self._phrases[entry], self._anchor[entry], at, numbers)
        if span is None:
            return None
        low, high = self._sentence_around(span[0], numbers, sentence_starts)
        if span[1] > high:
            return None
        for condition, phrases in self._conditions[entry]:
            if self._stands(condition, phrases, span, numbers[:high], low) == condition.negative:
                return None
        return Match(*span, entry)

    @staticmethod
    def _sentence_around(at: int, numbers: list[int], starts: Sequence[int] | None) -> tuple[int, int]:
        if starts is not None:
            index = bisect_right(starts, at)
            return (starts[index - 1] if index else 0), (starts[index] if index < len(starts) else len(numbers))
        low = next((place + 1 for place in range(at - 1, -1, -1) if numbers[place] == _STOP), 0)
        return low, next((place for place in range(at, len(numbers)) if numbers[place] == _STOP), len(numbers))

    def _stands(
        self, condition: Condition, phrases: list[tuple[int, ...]], span: tuple[int, int], numbers: list[int], low: int
    ) -> bool:
        """Whether one of the phrases stands where the condition wants it; distance counts words, not marks."""
        after = [at for at in range(span[1], len(numbers)) if numbers[at] not in {_BREAK, _SKIP}]
        before = [at for at in range(span[0] - 1, low - 1, -1) if numbers[at] not in {_BREAK, _SKIP}]
        places: list[int] = []
        if condition.direction != "AFTER":
            places += after[: condition.distance]
        if condition.direction != "BEFORE":
            places += before[: condition.distance]
        for phrase in phrases:
            for at in places:
                found = self._phrase_at(phrase, 0, at, numbers) if self._fits(numbers[at], phrase[0]) else None
                if found and (found[0] >= span[1] or found[1] <= span[0]):
                    return True
        return False

    def _without_overlaps(self, found: list[Match]) -> list[Match]:
        """Longest first, then left to right, then the deepest theme; see the class for what blocks what."""
        taken: dict[str, set[int]] = {}
        kept: list[Match] = []
        for match in sorted(found, key=lambda each: (each.start - each.end, each.start, self._rank(each.entry))):
            places = set(range(match.start, match.end))
            theme = self.entries[match.entry].theme
            own = taken.setdefault(self._group[match.entry] or theme, set())
            if not places.isdisjoint(own):
                continue
            if self.scope == "dictionary":
                longer = {
                    at
                    for each in kept
                    if self.entries[each.entry].theme != theme and each.end - each.start > match.end - match.start
                    for at in range(each.start, each.end)
                }
                if places <= longer:
                    continue
            own |= places
            kept.append(match)
        return sorted(kept, key=lambda each: (each.start, each.end, each.entry))
