"""Passages that stand in several texts or repeatedly in one, from seeds that are extended on both sides."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from framescope.annotate.voice import quoted_spans
from framescope.compare.counts.blocks import Codes
from framescope.compare.reuse.extension import BAND, extend, repetitions
from framescope.compare.reuse.running_words import RunningWords
from framescope.compare.reuse.seeds import Seeds, find_seeds, same_words
from framescope.words import word_spans

# A passage has at least so many words on both sides, of which these are outside names and quotation marks.
FEWEST_WORDS, FEWEST_OWN_WORDS = 12, 8
# The least share of a passage's words, on its longer side, that are the same on the other.
LEAST_ALIKE = 0.8
# Seeds of the same two documents that are so near each other, on both sides, are tried once.
NEAR = 40
# Documents of about so many words are compared with earlier ones together, which bounds the memory.
AT_ONCE = 100_000
_CAPITAL = r"(?!I\b)[A-Z][\w.'’-]*"
NAME = re.compile(
    rf"\b{_CAPITAL}(?:[\s,(-]+(?:(?:of|the|and|for|on|in|to|with|their|its|against|between)\s+)*{_CAPITAL}\)?)*"
)


@dataclass(frozen=True)
class Passages:
    """Copies: the places of the first word and after the last, earlier and later in the study; and the equal words."""

    earlier: Codes
    earlier_end: Codes
    later: Codes
    later_end: Codes
    equal: Codes

    def __getitem__(self, chosen: Codes | NDArray[np.bool_]) -> Passages:
        return Passages(*(getattr(self, field.name)[chosen] for field in fields(self)))


def copied_passages(words: RunningWords) -> Passages:
    """The passages of each document that stand earlier in it or in an earlier document, in the order of the study.

    Of several earlier passages that are like a passage the one with the most equal words is given, and of equals the
    first. A passage is given in addition to others if it has twelve words that these do not have.
    """
    same, repeated = same_words(words.codes), repetitions(words.codes)
    is_own = _of_own_words(words)
    begins = np.flatnonzero(np.diff(words.document) > 0) + 1
    begins = begins[np.diff(begins // AT_ONCE, prepend=0) > 0]
    parts = []
    for start, end in pairwise([0, *begins.tolist(), len(same.first)]):
        seeds, chain = _chains(words, find_seeds(same, np.arange(start, end), FEWEST_WORDS))
        parts.append(_chosen(_alike(_extended(words, repeated, seeds, chain)), start, end, is_own))
    return _together(parts)


def _together(parts: list[Passages]) -> Passages:
    """Passages one after another."""
    return Passages(*map(np.concatenate, zip(*map(astuple, parts), strict=True)))


def _chosen(candidates: Passages, start: int, end: int, is_own: Callable[[int, int], bool]) -> Passages:
    """Of passages between two places, those with enough words of their own that better ones do not have."""
    candidates = candidates[np.lexsort((candidates.later, candidates.earlier, -candidates.equal))]
    covered = np.zeros(end - start, dtype=bool)
    chosen = []
    for number, (first, last) in enumerate(zip(candidates.later, candidates.later_end, strict=True)):
        own = slice(first - start, last - start)
        if (last - first) - np.count_nonzero(covered[own]) >= FEWEST_WORDS and is_own(first, last):
            covered[own] = True
            chosen.append(number)
    passages = candidates[np.array(chosen, dtype=np.int64)]
    return passages[np.lexsort((passages.earlier, passages.later))]


def _alike(passages: Passages) -> Passages:
    """Those that are long enough and have enough equal words."""
    lengths = passages.earlier_end - passages.earlier, passages.later_end - passages.later
    alike = passages.equal >= LEAST_ALIKE * np.maximum(*lengths)
    return passages[alike & (np.minimum(*lengths) >= FEWEST_WORDS)]


def _extended(words: RunningWords, repeated: NDArray[np.bool_], seeds: Seeds, chain: NDArray[np.int32]) -> Passages:
    """Seeds extended on both sides. Of neighbouring seeds those that the extension of another contains are left out."""
    parts = []
    while True:
        leading = np.flatnonzero(np.diff(chain, prepend=-1))
        parts.append(_extend(words, repeated, Seeds(*(part[leading] for part in seeds))))
        left = seeds.later >= parts[-1].later_end[np.searchsorted(chain[leading], chain)]
        seeds, chain = Seeds(*(part[left] for part in seeds)), chain[left]
        if not len(chain):
            return _together(parts)


def _chains(words: RunningWords, seeds: Seeds) -> tuple[Seeds, NDArray[np.int32]]:
    """The seeds in order of both of their documents and of the later place, and the number, from 0, of the chain of
    neighbouring seeds to which each belongs.
    """
    # A passage does not overlap its own repetition.
    seeds = seeds._replace(length=np.minimum(seeds.length, seeds.later - seeds.earlier))
    first, second = words.document[seeds.earlier], words.document[seeds.later]
    order = np.lexsort((seeds.later, first))
    seeds, first, second = Seeds(*(part[order] for part in seeds)), first[order], second[order]
    apart = (np.diff(first, prepend=-1) != 0) | (np.diff(second, prepend=-1) != 0)
    apart |= np.diff(seeds.later, prepend=0) > NEAR
    apart |= np.abs(np.diff(seeds.later - seeds.earlier, prepend=0)) > BAND
    return seeds, np.cumsum(apart, dtype=np.int32) - np.int32(1)


def _extend(words: RunningWords, repeated: NDArray[np.bool_], seeds: Seeds) -> Passages:
    """Each seed with the words before and after it that are alike."""
    between = seeds.later - seeds.earlier - seeds.length
    left = extend(words.codes, repeated, seeds.earlier - 1, seeds.later - 1, -1, between)
    ends = seeds.earlier + seeds.length, seeds.later + seeds.length
    right = extend(words.codes, repeated, *ends, 1, between - left.later)
    return Passages(
        seeds.earlier - left.earlier,
        seeds.earlier + seeds.length + right.earlier,
        seeds.later - left.later,
        seeds.later + seeds.length + right.later,
        left.equal + seeds.length + right.equal,
    )


def own_words(text: str, voice: str) -> list[bool]:
    """For each word of a sentence, whether it is outside names and quotation marks."""
    spans = [match.span() for match in NAME.finditer(text)] + quoted_spans(text, "prose", from_words=1)
    if voice == "quoted":
        spans = [(0, len(text))]
    inside = bytearray(len(text))
    for low, high in spans:
        inside[low:high] = b"\1" * (high - low)
    return [not inside[start] for start, _ in word_spans(text)]


def _of_own_words(words: RunningWords) -> Callable[[int, int], bool]:
    """Whether enough words from a place to before another are outside names and quotation marks."""
    texts, voices = words.sentences["text"].array, words.sentences["voice"].array
    # Many passages stand in the same sentences, and many sentences are the same.
    in_sentence = functools.cache(own_words)

    def enough(start: int, end: int) -> bool:
        found = 0
        first_number, last_number = words.sentence_of(np.array([start, end - 1])).tolist()
        for number in range(first_number, last_number + 1):
            row, first = words.rows[number], words.starts[number]
            found += sum(in_sentence(texts[row], voices[row])[max(start - first, 0) : end - first])
            if found >= FEWEST_OWN_WORDS:
                return True
        return False

    return enough
