"""Passages that stand in several texts or repeatedly in one, from seeds that are extended on both sides."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from framescope.annotate.voice import quoted_spans
from framescope.compare.counts.blocks import Codes
from framescope.compare.reuse.extension import BAND, extend, without_repetitions
from framescope.compare.reuse.running_words import RunningWords
from framescope.compare.reuse.seeds import Seeds, find_seeds
from framescope.words import word_spans

# A passage has at least so many words on both sides, of which these are outside names and quotation marks.
FEWEST_WORDS, FEWEST_OWN_WORDS = 12, 8
# The least share of a passage's words, on its longer side, that are the same on the other.
LEAST_ALIKE = 0.8
# Seeds of the same two documents that are so near each other, on both sides, are tried once.
NEAR = 40
# How many pairs of places are extended together, which bounds the memory.
AT_ONCE = 200_000
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
    candidates = _extended(words)
    longest = np.maximum(candidates.earlier_end - candidates.earlier, candidates.later_end - candidates.later)
    shortest = np.minimum(candidates.earlier_end - candidates.earlier, candidates.later_end - candidates.later)
    candidates = candidates[(shortest >= FEWEST_WORDS) & (candidates.equal >= LEAST_ALIKE * longest)]
    candidates = candidates[np.lexsort((candidates.later, candidates.earlier, -candidates.equal))]
    covered = np.zeros(len(words.codes), dtype=bool)
    is_own = _of_own_words(words)
    chosen = []
    for number, (start, end) in enumerate(zip(candidates.later, candidates.later_end, strict=True)):
        if (end - start) - np.count_nonzero(covered[start:end]) >= FEWEST_WORDS and is_own(start, end):
            covered[start:end] = True
            chosen.append(number)
    passages = candidates[np.array(chosen, dtype=np.int64)]
    return passages[np.lexsort((passages.earlier, passages.later))]


def _extended(words: RunningWords) -> Passages:
    """Seeds extended on both sides. Of neighbouring seeds those that the extension of another contains are left out."""
    seeds, chain = _chains(words)
    unrepeated = without_repetitions(words.codes)
    parts = []
    while True:
        leading = np.flatnonzero(np.diff(chain, prepend=-1))
        made = [
            _extend(words, unrepeated, Seeds(*(part[some] for part in seeds)))
            for some in np.array_split(leading, len(leading) // AT_ONCE + 1)
        ]
        parts += made
        reached = np.concatenate([part.later_end for part in made])
        left = seeds.later >= reached[np.searchsorted(chain[leading], chain)]
        seeds, chain = Seeds(*(part[left] for part in seeds)), chain[left]
        if not len(chain):
            return Passages(*map(np.concatenate, zip(*map(astuple, parts), strict=True)))


def _chains(words: RunningWords) -> tuple[Seeds, NDArray[np.int32]]:
    """The seeds in order of both of their documents and of the later place, and the number, from 0, of the chain of
    neighbouring seeds to which each belongs.
    """
    # A passage does not overlap its own repetition.
    seeds = find_seeds(words.codes, FEWEST_WORDS)
    seeds = seeds._replace(length=np.minimum(seeds.length, seeds.later - seeds.earlier))
    first, second = words.document[seeds.earlier], words.document[seeds.later]
    order = np.lexsort((seeds.later, second, first))
    seeds, first, second = Seeds(*(part[order] for part in seeds)), first[order], second[order]
    apart = (np.diff(first, prepend=-1) != 0) | (np.diff(second, prepend=-1) != 0)
    apart |= np.diff(seeds.later, prepend=0) > NEAR
    apart |= np.abs(np.diff(seeds.later - seeds.earlier, prepend=0)) > BAND
    return seeds, np.cumsum(apart, dtype=np.int32) - np.int32(1)


def _extend(words: RunningWords, unrepeated: NDArray[np.int32], seeds: Seeds) -> Passages:
    """Each seed with the words before and after it that are alike."""
    between = seeds.later - seeds.earlier - seeds.length
    left = extend(words.codes, unrepeated, seeds.earlier - 1, seeds.later - 1, -1, between)
    ends = seeds.earlier + seeds.length, seeds.later + seeds.length
    right = extend(words.codes, unrepeated, *ends, 1, between - left.later)
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
    texts, voices, starts = (
        part.tolist() for part in (words.sentences["text"], words.sentences["voice"], words.starts)
    )
    # Many passages stand in the same sentences, and many sentences are the same.
    in_sentence = functools.cache(own_words)

    def enough(start: int, end: int) -> bool:
        found = 0
        for row in range(bisect_right(starts, start) - 1, bisect_left(starts, end)):
            flags = in_sentence(texts[row], voices[row])
            found += sum(flags[max(start - starts[row], 0) : end - starts[row]])
            if found >= FEWEST_OWN_WORDS:
                return True
        return False

    return enough
