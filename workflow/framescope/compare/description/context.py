"""The theme of each sentence, from its own hits and those of its neighbours in the paragraph."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array
from framescope.compare.inputs import headline

# Measured on hand-coded speeches; see docs/themes.md for the figures.
WEIGHTS = (0.5, 0.2)
THRESHOLD = 0.6
NONE = "none"


def smoothed(hits: Array, paragraphs: NDArray[np.int64], weights: tuple[float, ...] = WEIGHTS) -> Array:
    """Hits of each sentence (row) and theme (column), and by these weights those of its neighbours one, two, ... away.

    hits(i) + sum over d of weight(d) (hits(i - d) + hits(i + d)) within a paragraph, in hits; ours, measured in
    docs/themes.md. `paragraphs` has a number a sentence, one paragraph's sentences standing together.

    By hand: the middle sentence of the first three has none of its own and half of each neighbour's.

    >>> smoothed(np.array([[1.0], [0.0], [1.0], [0.0]]), np.array([1, 1, 1, 2]), (0.5, 0.2)).ravel().tolist()
    [1.2, 1.0, 1.2, 0.0]
    """
    scores = hits.copy()
    for distance, weight in enumerate(weights, start=1):
        together = (paragraphs[distance:] == paragraphs[:-distance])[:, np.newaxis]
        scores[distance:] += weight * hits[:-distance] * together
        scores[:-distance] += weight * hits[distance:] * together
    return scores


def context_themes(
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    weights: tuple[float, ...] = WEIGHTS,
    threshold: float = THRESHOLD,
) -> pd.DataFrame:
    """A row a sentence: document, sentence, theme and context_theme, both top-level themes or "none".

    theme is the one with most headline hits in the sentence. For context_theme the largest sum of `smoothed` decides if
    it reaches the threshold. Of equal sums the theme first in the alphabet is taken. No count is made of this column.
    """
    frame = sentences[["document", "paragraph", "sentence"]].sort_values(["document", "sentence"], ignore_index=True)
    counted = headline(hits)
    themes, names = pd.factorize(counted["theme"].str.split(".").str[0], sort=True)
    place = pd.MultiIndex.from_frame(frame[["document", "sentence"]])
    row = place.get_indexer(pd.MultiIndex.from_frame(counted[["document", "sentence"]]))
    if (row < 0).any():
        missing = counted.iloc[int(np.argmax(row < 0))]
        raise ValueError(f"hits: document {missing['document']!r}, sentence {missing['sentence']}: no such sentence")
    counts = np.zeros((len(frame), len(names)))
    np.add.at(counts, (row, themes), 1)
    paragraph = frame.groupby(["document", "paragraph"], sort=False).ngroup().to_numpy().astype(np.int64)
    return frame[["document", "sentence"]].assign(
        theme=_largest(counts, names, 1.0),
        context_theme=_largest(smoothed(counts, paragraph, weights), names, threshold),
    )


def _largest(scores: np.ndarray, names: pd.Index, threshold: float) -> list[str]:
    if not len(names):
        return [NONE] * len(scores)
    best = scores.argmax(axis=1)
    enough = scores.max(axis=1) >= threshold
    return [str(names[at]) if sure else NONE for at, sure in zip(best, enough, strict=True)]
