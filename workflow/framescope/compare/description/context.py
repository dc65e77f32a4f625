"""The theme of each sentence, from its own hits and those of neighbouring sentences in the paragraph."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array
from framescope.compare.inputs import headline, places

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
    document, ids = pd.factorize(sentences["document"], sort=True)
    order = np.lexsort((sentences["sentence"].to_numpy(np.int64), document))
    frame, document = sentences[["document", "paragraph", "sentence"]].iloc[order], document[order]
    counted = headline(hits)
    theme, different = pd.factorize(counted["theme"])
    top, names = pd.factorize(np.array([name.split(".")[0] for name in different], dtype=object), sort=True)
    place = pd.MultiIndex.from_arrays([document, frame["sentence"]])
    row = place.get_indexer(pd.MultiIndex.from_arrays([places(counted["document"], ids), counted["sentence"]]))
    if (row < 0).any():
        missing = counted.iloc[int(np.argmax(row < 0))]
        raise ValueError(f"hits: document {missing['document']!r}, sentence {missing['sentence']}: no such sentence")
    cells = np.bincount(row * len(names) + top[theme], minlength=len(frame) * len(names))
    counts = cells.reshape(len(frame), len(names)).astype(float)
    number = frame["paragraph"].to_numpy(np.int64)
    paragraph = document * (number.max(initial=0) + 1) + number
    return pd.DataFrame(
        {
            "document": frame["document"].array,
            "sentence": frame["sentence"].array,
            "theme": _largest(counts, names, 1.0),
            "context_theme": _largest(smoothed(counts, paragraph, weights), names, threshold),
        }
    )


def _largest(scores: Array, names: NDArray[np.object_], threshold: float) -> pd.Series[str]:
    """The name of the column with the largest score of each row, if it is at least the threshold."""
    best, largest = (scores.argmax(axis=1), scores.max(axis=1)) if len(names) else np.zeros((2, len(scores)), dtype=int)
    none = pd.Series([*names, NONE], dtype="str")
    return none.take(np.where(largest >= threshold, best, len(names))).reset_index(drop=True)
