"""The theme of each sentence, from its own hits and those of neighbouring sentences in the paragraph."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array
from framescope.compare.inputs import headline

# Chosen on hand-coded speeches; the figures are in docs/themes.md.
WEIGHTS = (0.5, 0.2)
THRESHOLD = 0.6
NONE = "none"


def smoothed(hits: Array, paragraphs: NDArray[np.int64], weights: tuple[float, ...] = WEIGHTS) -> Array:
    """Hits of each sentence (row) and theme (column), plus weighted hits of the sentences one, two, ... away.

    hits(i) + sum over d of weight(d) (hits(i - d) + hits(i + d)) within a paragraph, in hits. The formula is ours and
    was measured (docs/themes.md). `paragraphs` is the number of each sentence's paragraph, in the order of the text.

    By hand: the middle one of the first three sentences has no hit of its own and half of each neighbour's.

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
    """A row for each sentence: document, sentence, theme and context_theme, each a top-level theme or "none".

    theme has the most headline hits in the sentence; context_theme has the largest sum of `smoothed` hits, if it is at
    least the threshold. Of equal sums the first theme in the alphabet is taken. No other table counts these columns.
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
    best = names.to_numpy(object)[scores.argmax(axis=1)]
    largest: list[str] = np.where(scores.max(axis=1) >= threshold, best, NONE).tolist()
    return largest
