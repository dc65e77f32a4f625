"""Extension of many pairs of places at once, as far as the words that follow them are alike."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Codes

# An equal word scores 1; a word replaced, left out or put in costs 1.
# An extension ends where its score has fallen by more than DROP below its best.
DROP = 6
# The most words by which one side may be ahead of the other.
BAND = 5
AHEAD = np.arange(-BAND, BAND + 1)
# So many words are aligned before pairs that have ended are put aside, at first of so many pairs together.
ROUND, TOGETHER = 12, 20_000
# A run of so many equal words on the best alignment is passed at once. An alignment beside it that is better at the end
# than one that leaves the run has at most 7 words without an equal one and 13 edits there. Of its 14 stretches one thus
# has REPEATED words: the run repeats itself at most 2 * BAND words away, and such words are aligned one by one.
LONG_RUN, REPEATED = 64, 5


class Extension(NamedTuple):
    """The numbers of words by which each pair was extended on both sides, and of equal words in them."""

    earlier: Codes
    later: Codes
    equal: Codes


class Scale(NamedTuple):
    """How a score and a number of equal words are one number: the best score, and of those the most equal words.

    The number is `one` for each score of 1, and 1 for each equal word; `nowhere` is for what cannot be reached.
    """

    one: int
    nowhere: int
    kind: type[np.int16 | np.int64]


# The first round has fewer equal words than 32.
SMALL, LARGE = Scale(1 << 5, -(1 << 14), np.int16), Scale(1 << 24, -(1 << 60), np.int64)
Scores = NDArray[np.signedinteger[Any]]


class Places(NamedTuple):
    """Pairs of places from which words are aligned, to the left if `step` is -1; and the words `between` the two."""

    earlier: Codes
    later: Codes
    between: Codes
    step: int

    def chosen(self, some: Codes) -> Places:
        """Some of the pairs."""
        return Places(self.earlier[some], self.later[some], self.between[some], self.step)


class Alignments(NamedTuple):
    """How far pairs are aligned: so many `words` of their earlier side.

    Row b of `scores` is for a later side that is b - BAND words ahead. The `best` score was reached with `length` words
    of the earlier side, when the later one was so many words `ahead`.
    """

    pair: Codes
    words: Codes
    scores: Scores
    best: Scores
    length: Codes
    ahead: Codes

    def chosen(self, some: NDArray[np.bool_]) -> Alignments:
        """Some of the pairs."""
        return Alignments(*(part[..., some] for part in self))


def extend(
    codes: NDArray[np.int32], repeated: NDArray[np.bool_], earlier: Codes, later: Codes, step: int, between: Codes
) -> Extension:
    """The best extension of each pair of places, which begins with their own words; to the left if `step` is -1.

    The side that is extended towards the other takes at most the words `between` them. `repeated` is what
    `repetitions` makes of the codes.

    Global alignment within a band (Needleman and Wunsch 1970, Journal of Molecular Biology 48), which is given up where
    its score has fallen too far (X-drop: Altschul et al. 1997, Nucleic Acids Research 25). Many pairs are aligned
    together, one word of the earlier side after another.
    """
    places = Places(earlier, later, between, step)
    length, ahead, equal = (np.zeros(len(earlier), dtype=np.int64) for _ in range(3))
    lasting = []
    # Most pairs end within the first round, for which small numbers are enough.
    for start in range(0, len(earlier), TOGETHER):
        pair = np.arange(start, min(start + TOGETHER, len(earlier)))
        made, alive = _next_round(codes, places.chosen(pair), _begun(pair), SMALL)
        length[pair], ahead[pair], equal[pair] = made.length, made.ahead, made.best % SMALL.one
        lasting.append(_in_large_numbers(made.chosen(alive)))
    while lasting:
        made = Alignments(*(np.concatenate(parts, axis=-1) for parts in zip(*lasting, strict=True)))
        there = places.chosen(made.pair)
        made, alive = _next_round(codes, there, _past_long_runs(codes, repeated, there, made), LARGE)
        length[made.pair], ahead[made.pair], equal[made.pair] = made.length, made.ahead, made.best % LARGE.one
        lasting = [made.chosen(alive)] if alive.any() else []
    return Extension(length, length + ahead, equal)


def repetitions(codes: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which words are among five, one after another, that stand again at most ten words away."""
    repeated = np.zeros(len(codes), dtype=bool)
    for distance in range(1, 2 * BAND + 1):
        same = codes[distance:] == codes[:-distance]
        for _ in range(REPEATED - 1):
            same = same[:-1] & same[1:]
        places = np.flatnonzero(same)
        for step in range(distance + REPEATED):
            repeated[places + step] = True
    return repeated


def _begun(pair: Codes) -> Alignments:
    """Alignments of no words, in small numbers."""
    scores = np.full((len(AHEAD), len(pair)), SMALL.nowhere, dtype=SMALL.kind)
    scores[BAND:] = -SMALL.one * np.arange(BAND + 1)[:, np.newaxis]
    none = np.zeros(len(pair), dtype=np.int64)
    return Alignments(pair, none, scores, none.astype(SMALL.kind), none, none)


def _in_large_numbers(made: Alignments) -> Alignments:
    """The same alignments with scores that hold any number of equal words."""
    scores, best = (
        small.astype(np.int64) // SMALL.one * LARGE.one + small % SMALL.one for small in (made.scores, made.best)
    )
    return made._replace(scores=scores, best=best)


def _next_round(
    codes: NDArray[np.int32], places: Places, made: Alignments, scale: Scale
) -> tuple[Alignments, NDArray[np.bool_]]:
    """The alignments with the next words of the earlier side, and which of them have not ended."""
    own = _following(codes, places.earlier + made.words * places.step, ROUND, places.step)
    other = _following(codes, places.later + (made.words - BAND) * places.step, ROUND + 2 * BAND, places.step)
    scores = np.empty((ROUND, *made.scores.shape), dtype=scale.kind)
    limited = np.flatnonzero(places.between < made.words + ROUND + BAND)
    before, best = made.scores, made.best.copy()
    alive = np.ones(len(made.pair), dtype=bool)
    risen_at = np.full(len(made.pair), -1)
    for row, now in enumerate(scores):
        fallen = before - scale.kind(scale.one)
        np.multiply(other[row : row + len(AHEAD)] == own[row], scale.kind(2 * scale.one + 1), out=now)
        now += fallen
        np.maximum(now[:-1], fallen[1:], out=now[:-1])
        for above, below in pairwise(now):
            np.maximum(below, above - scale.kind(scale.one), out=below)
        if len(limited):
            # To the right the earlier side comes nearer to the later one, to the left the later side to the earlier.
            taken = made.words[limited] + row + 1 + (AHEAD[:, np.newaxis] if places.step < 0 else 0)
            now[:, limited] = np.where(taken > places.between[limited], scale.nowhere, now[:, limited])
        top = now.max(axis=0)
        risen = alive & (top > best)
        np.copyto(best, top, where=risen)
        np.copyto(risen_at, row, where=risen)
        alive &= top >= best - scale.kind(DROP * scale.one)
        before = now
        if not alive.any():
            break
    rose = np.flatnonzero(risen_at >= 0)
    length, ahead = made.length.copy(), made.ahead.copy()
    length[rose] = made.words[rose] + risen_at[rose] + 1
    ahead[rose] = AHEAD[scores[risen_at[rose], :, rose].argmax(axis=1)]
    return Alignments(made.pair, made.words + ROUND, before, best, length, ahead), alive


def _following(codes: NDArray[np.int32], first: Codes, words: int, step: int) -> NDArray[np.int32]:
    """So many words from each place on: a row for each word, a column for each place."""
    stretches = sliding_window_view(codes, words)
    return np.ascontiguousarray(stretches[first].T if step > 0 else stretches[first - words + 1].T[::-1])


def _past_long_runs(
    codes: NDArray[np.int32], repeated: NDArray[np.bool_], places: Places, made: Alignments
) -> Alignments:
    """The alignments, in large numbers, after the equal words that follow the best score, if these are many."""
    row = made.scores.argmax(axis=0)
    first = places.earlier + made.words * places.step
    second = places.later + (made.words + AHEAD[row]) * places.step
    run = np.minimum(_equal_words(codes, repeated, first, second, places.step), places.between - made.words - BAND)
    long = np.flatnonzero(run >= LONG_RUN)
    row, run = row[long], run[long]
    words, scores, best, length, ahead = (part.copy() for part in made[1:])
    words[long] += run
    top = scores[row, long] + run * (LARGE.one + 1)
    # At the end of the run, the best alignments with the later side further ahead or behind have left this one.
    further = np.arange(len(AHEAD))[:, np.newaxis] - row
    scores[:, long] = top - np.where(further > 0, LARGE.one, -2 * LARGE.one - 1) * further
    risen = top > best[long]
    rose = long[risen]
    best[rose], length[rose], ahead[rose] = top[risen], words[rose], AHEAD[row[risen]]
    return Alignments(made.pair, words, scores, best, length, ahead)


def _equal_words(
    codes: NDArray[np.int32], repeated: NDArray[np.bool_], first: Codes, second: Codes, step: int
) -> Codes:
    """How many words from two places on are equal and not repeated."""
    lengths = np.zeros(len(first), dtype=np.int64)
    going = np.arange(len(first))
    while len(going):
        steps = (lengths[going] + np.arange(LONG_RUN)[:, np.newaxis]) * step
        # After the last word come the numbers that are no words before the first.
        own, other = (places[going] + steps for places in (first, second))
        same = codes.take(own, mode="wrap") == codes.take(other, mode="wrap")
        same &= ~repeated.take(other, mode="wrap")
        whole = same.all(axis=0)
        lengths[going] += np.where(whole, LONG_RUN, same.argmin(axis=0))
        going = going[whole]
    return lengths
