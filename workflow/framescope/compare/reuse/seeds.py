"""Places with the same words one after another, from which passages are extended."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Codes

# The number of words of a seed. One word in ten edited leaves two thirds of all groups of four words as they were.
SEED_WORDS = 4
# Each place is compared with so many of the first places that have the same words.
EARLIER_PLACES = 8
# About so many places are compared with each other together, which bounds the memory, after those that are alone in
# one of so many slots are put aside.
PLACES_AT_ONCE, SLOTS = 1_000_000, 4_000_000
# Words are spread evenly over numbers by a multiplier of about 2**32 divided by the golden ratio (Knuth 1998, The Art
# of Computer Programming 3, section 6.4).
MULTIPLIER = 2_654_435_769


class Seeds(NamedTuple):
    """Runs of at least four equal words: the place of the first word earlier and later in the study, and its length."""

    earlier: Codes
    later: Codes
    length: Codes


class SameWords(NamedTuple):
    """For each place, the first place of the study from which on the same four words stand, and the next such place.

    The first place is the place itself if there is none before it; the next is after all places if there is none.
    """

    first: NDArray[np.int32]
    following: NDArray[np.int32]


def same_words(codes: NDArray[np.int32]) -> SameWords:
    """Where the four words from each place on stand for the first time, and the next time."""
    size = len(codes) - SEED_WORDS + 1
    first, following = np.arange(size, dtype=np.int32), np.full(size, size, dtype=np.int32)
    mixed = _mixed(codes, size)
    # The same words have the same number, and thus all their places are in the same part.
    width = 2**32 // (size // PLACES_AT_ONCE + 1) + 1
    for low in range(0, 2**32, width):
        places = np.flatnonzero((mixed >= low) & (mixed < low + width))
        # Most words stand once, and most of these are alone in one of many slots.
        slots = (mixed[places] - np.uint32(low)) // np.uint32(width // SLOTS + 1)
        places = places[np.bincount(slots, minlength=1)[slots] > 1]
        words = codes[places]
        for step in range(1, SEED_WORDS):
            # A number for each of these words with the next, which may be below 0.
            words = pd.factorize(words.astype(np.int64) * (2 * len(codes)) + codes[places + step])[0]
        words, places = np.divmod(np.sort(words * size + places), size)
        begins = np.flatnonzero(np.diff(words, prepend=-1))
        again = np.flatnonzero(np.diff(words) == 0)
        following[places[again]] = places[again + 1]
        first[places] = np.repeat(places[begins], np.diff(begins, append=len(places)))
    return SameWords(first, following)


def find_seeds(same: SameWords, later: Codes, distance: int) -> Seeds:
    """The seeds of which the later places are these, and at least this distance after the earlier.

    They are in the order of the distance and then of the place.
    """
    size, pairs = len(same.first), []
    earlier = same.first[later]
    for _ in range(EARLIER_PLACES):
        before = earlier < later
        earlier, later = earlier[before], later[before]
        apart = later - earlier
        pairs.append((apart * size + later)[apart >= distance])
        earlier = same.following[earlier]
    keys = np.sort(np.concatenate(pairs))
    begins = np.flatnonzero(np.diff(keys, prepend=-2) != 1)
    apart, later = np.divmod(keys[begins], size)
    return Seeds(later - apart, later, np.diff(begins, append=len(keys)) + SEED_WORDS - 1)


def _mixed(codes: NDArray[np.int32], size: int) -> NDArray[np.uint32]:
    """A number below 2**32 for the words from each place on, which is the same for the same words."""
    mixed = np.zeros(size, dtype=np.uint32)
    for step in range(SEED_WORDS):
        mixed += codes[step : step + size].view(np.uint32)
        mixed *= np.uint32(MULTIPLIER)
    return mixed
