"""Places with the same words one after another, from which passages are extended."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Codes

# The number of words of a seed. One word in ten edited leaves two thirds of all groups of four words as they were.
SEED_WORDS = 4
# Each place is compared with so many of the first places that have the same words.
EARLIER_PLACES = 8


class Seeds(NamedTuple):
    """Runs of at least four equal words: the place of the first word earlier and later in the study, and its length."""

    earlier: Codes
    later: Codes
    length: Codes


def find_seeds(codes: NDArray[np.int32], distance: int) -> Seeds:
    """The seeds of a row of words whose places are at least this distance apart."""
    # The numbers of two pairs of words make a number for four words; equal numbers mean equal words.
    pairs_of_words = _numbered(_joined(codes, 1, 2 * len(codes)))
    places, rank = _repeated(_joined(pairs_of_words, 2, len(codes)))
    pairs = []
    for earlier in range(EARLIER_PLACES):
        further = np.flatnonzero(rank > earlier)
        later = places[further].astype(np.int64)
        apart = later - places[further - rank[further] + earlier]
        pairs.append((apart * len(codes) + later)[apart >= distance])
    keys = np.sort(np.concatenate(pairs))
    del pairs
    begins = np.flatnonzero(np.diff(keys, prepend=-2) != 1)
    apart, later = np.divmod(keys[begins], len(codes))
    return Seeds(later - apart, later, np.diff(begins, append=len(keys)) + SEED_WORDS - 1)


def _joined(numbers: NDArray[np.int32], step: int, base: int) -> Codes:
    """A number for each two numbers that are so many steps apart; these are below `base`."""
    joined = numbers[:-step].astype(np.int64)
    joined *= base
    joined += numbers[step:]
    return joined


def _numbered(values: Codes) -> NDArray[np.int32]:
    """Numbers from 0 on, which are equal where values are. A sort needs a third of the memory of a hash table."""
    order = np.argsort(values)
    values = values[order]
    numbers = np.empty(len(values), dtype=np.int32)
    numbers[order] = np.cumsum(np.diff(values, prepend=values[:1]) != 0, dtype=np.int32)
    return numbers


def _repeated(values: Codes) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The places of all values that stand more than once, in order of the value and then of the place, and how many
    places with the same value stand before each of them.
    """
    order = np.argsort(values, kind="stable").astype(np.int32)
    values = values[order]
    first = np.flatnonzero(np.diff(values, prepend=values[:1] - 1)).astype(np.int32)
    size = np.diff(first, append=np.int32(len(order)))
    rank = np.arange(len(order), dtype=np.int32) - np.repeat(first, size)
    several = np.repeat(size > 1, size)
    return order[several], rank[several]
