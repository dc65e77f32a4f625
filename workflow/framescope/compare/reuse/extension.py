"""Extension of many pairs of places at once, as far as the words that follow them are alike."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Codes

# An equal word scores 1; a word replaced, left out or put in costs 1.
# An extension ends where its score has fallen by more than DROP below its best.
DROP = 6
# The most words by which one side may be ahead of the other.
BAND = 5
# A score and the number of equal words in one number: the best score, and of those the most equal words.
SCORE = 1 << 24
EQUAL, COST = SCORE + 1, -SCORE
NOWHERE = -(1 << 60)


class Extension(NamedTuple):
    """The numbers of words by which each pair was extended on both sides, and of equal words in them."""

    earlier: Codes
    later: Codes
    equal: Codes


def extend(codes: NDArray[np.int32], earlier: Codes, later: Codes, step: int, between: Codes) -> Extension:
    """The best extension of each pair of places, which begins with their own words; to the left if `step` is -1.

    The side that is extended towards the other takes at most the words `between` them.

    Global alignment within a band (Needleman and Wunsch 1970, Journal of Molecular Biology 48), which is given up where
    its score has fallen too far (X-drop: Altschul et al. 1997, Nucleic Acids Research 25). All pairs are aligned
    together, one word of the earlier side after another.
    """
    pair = np.arange(len(earlier))
    best, length, ahead = (np.zeros(len(earlier), dtype=np.int64) for _ in range(3))
    # Row b is for a later side that is b - BAND words ahead.
    scores = np.full((2 * BAND + 1, len(earlier)), NOWHERE)
    scores[BAND:] = np.arange(BAND + 1)[:, np.newaxis] * COST
    window = codes[later + np.arange(-BAND, BAND + 1)[:, np.newaxis] * step]
    words = 0
    ahead_of_earlier = np.arange(-BAND, BAND + 1)[:, np.newaxis]
    put_in = np.arange(2 * BAND + 1)[:, np.newaxis] * COST
    while len(pair):
        before = scores
        scores = before + np.where(window == codes[earlier + words * step], EQUAL, COST)
        np.maximum(scores[:-1], before[1:] + COST, out=scores[:-1])
        # Of each row, the best of the rows above it with the cost of the words between them.
        scores = np.maximum.accumulate(scores - put_in, axis=0) + put_in
        words += 1
        # To the right the earlier side comes nearer to the later one, to the left the later side to the earlier.
        taken = words + (ahead_of_earlier if step < 0 else 0)
        if (between[pair] < words + BAND).any():
            scores[np.broadcast_to(taken > between[pair], scores.shape)] = NOWHERE
        top = scores.max(axis=0)
        risen = np.flatnonzero(top > best[pair])
        best[pair[risen]], length[pair[risen]] = top[risen], words
        ahead[pair[risen]] = scores[:, risen].argmax(axis=0) - BAND
        alive = top >= best[pair] - DROP * SCORE
        if not alive.all():
            pair, earlier, later, scores, window = (part[..., alive] for part in (pair, earlier, later, scores, window))
        window = np.vstack([window[1:], codes[later + (words + BAND) * step]])
    return Extension(length, length + ahead, best % SCORE)
