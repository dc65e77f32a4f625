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


class Seeds(NamedTuple):
    """Runs of at least four equal words: the place of the first word earlier and later in the study, and its length."""

    earlier: Codes
    later: Codes
    length: Codes


def find_seeds(codes: NDArray[np.int32], distance: int) -> Seeds:
    """The seeds of a row of words whose places are at least this distance apart."""
    grams = codes.astype(np.int64)
    # Twice the number of two neighbours makes a number for four words; equal numbers mean equal words.
    for step in (1, 2):
        grams = pd.factorize(grams[:-step] * (2 * len(codes)) + grams[step:])[0]
    order = np.argsort(grams, kind="stable")
    first = np.flatnonzero(np.diff(grams[order], prepend=-1))
    size = np.diff(first, append=len(order))
    rank = np.arange(len(order)) - np.repeat(first, size)
    group = np.repeat(first, size)
    pairs = []
    for earlier in range(EARLIER_PLACES):
        later = np.flatnonzero(rank > earlier)
        places = order[later]
        apart = places - order[group[later] + earlier]
        pairs.append((apart * len(codes) + places)[apart >= distance])
    keys = np.sort(np.concatenate(pairs))
    begins = np.flatnonzero(np.diff(keys, prepend=-2) != 1)
    apart, later = np.divmod(keys[begins], len(codes))
    return Seeds(later - apart, later, np.diff(begins, append=len(keys)) + SEED_WORDS - 1)
