"""The theme of each sentence, by its own hits and leaning on its neighbours in the paragraph."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framescope.compare.blocks import headline

# Measured on hand-coded speeches; see docs/themes.md for the figures.
WEIGHTS = (0.5, 0.2)
THRESHOLD = 0.6
NONE = "none"


def context_themes(
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    weights: tuple[float, ...] = WEIGHTS,
    threshold: float = THRESHOLD,
) -> pd.DataFrame:
    """A row a sentence: document, sentence, theme and context_theme, both top-level themes or "none".

    theme is the one with most headline hits in the sentence. For context_theme the hits of the sentences one, two, ...
    away in the same paragraph are added with these weights; the largest sum decides if it reaches the threshold. Of
    equal sums the theme first in the alphabet is taken. No count is made of this column.
    """
    frame = sentences[["document", "paragraph", "sentence"]].sort_values(["document", "sentence"], ignore_index=True)
    found = headline(hits)
    themes, names = pd.factorize(found["theme"].str.split(".").str[0], sort=True)
    place = pd.MultiIndex.from_frame(frame[["document", "sentence"]])
    row = place.get_indexer(pd.MultiIndex.from_frame(found[["document", "sentence"]]))
    if (row < 0).any():
        missing = found.iloc[int(np.argmax(row < 0))]
        raise ValueError(f"hits: document {missing['document']!r}, sentence {missing['sentence']}: no such sentence")
    own = np.zeros((len(frame), len(names)))
    np.add.at(own, (row, themes), 1)
    paragraph = frame.groupby(["document", "paragraph"], sort=False).ngroup().to_numpy()
    leaning = own.copy()
    for distance, weight in enumerate(weights, start=1):
        together = (paragraph[distance:] == paragraph[:-distance])[:, np.newaxis]
        leaning[distance:] += weight * own[:-distance] * together
        leaning[:-distance] += weight * own[distance:] * together
    return frame[["document", "sentence"]].assign(
        theme=_largest(own, names, 1.0), context_theme=_largest(leaning, names, threshold)
    )


def _largest(scores: np.ndarray, names: pd.Index, threshold: float) -> list[str]:
    if not len(names):
        return [NONE] * len(scores)
    best = scores.argmax(axis=1)
    enough = scores.max(axis=1) >= threshold
    return [str(names[at]) if sure else NONE for at, sure in zip(best, enough, strict=True)]
