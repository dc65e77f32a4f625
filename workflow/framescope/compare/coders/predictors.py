"""What a lexicon's hits, in a sentence and around it, suggest of the codes that people would give it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import Array
from framescope.compare.description.context import smoothed
from framescope.compare.inputs import headline
from framescope.compare.opinion.opinions import NO_OPINION
from framescope.theme_paths import is_within

# Hits in a sentence beyond these say no more.
MOST_HITS = 2
NEAR = (0.5, 0.2)
# A topic often lasts for several sentences, so hits further away suggest it too.
AROUND = (1.0, 0.8, 0.64, 0.5, 0.4, 0.33, 0.26, 0.2)


class Predictors:
    """Predictors of codes for each sentence of `sentences`, which are in the order of the text.

    `sentences` has document and sentence; hits in other sentences than these are not used. `opinion` is the table of
    `opinion.opinions`.
    """

    def __init__(self, sentences: pd.DataFrame, hits: pd.DataFrame, opinion: pd.DataFrame = NO_OPINION) -> None:
        self._size = len(sentences)
        self._documents = pd.factorize(sentences["document"])[0].astype(np.int64)
        counted = headline(hits)
        place = pd.MultiIndex.from_frame(sentences[["document", "sentence"]])
        rows = place.get_indexer(pd.MultiIndex.from_frame(counted[["document", "sentence"]]))
        self._rows, self._themes = rows[rows >= 0], counted["theme"].to_numpy()[rows >= 0]
        self._probabilities = _probabilities(place, opinion)
        own, around = np.zeros(self._size), np.zeros(self._size)
        for top in sorted({theme.split(".")[0] for theme in self._themes}):
            counts = self._counts([top])
            own += counts
            around += self._around(counts)
        self._own, self._all_around = np.maximum(own, 1), np.maximum(around, 1e-9)

    def of(self, themes: Sequence[str]) -> Array:
        """The predictors of a set of themes, a row for each sentence.

        The columns are: whether it has a hit; the set's share of the hits in it; its share of the hits in it and around
        it, and the square of this share; hits in the sentences next to it, at most 1; and, if there is a second
        opinion, the largest of its probabilities of these themes. All are between 0 and 1.
        """
        counts = self._counts(themes)
        near = np.minimum(self._smoothed(counts, NEAR) - counts, 1)
        around = np.minimum(self._around(counts) / self._all_around, 1)
        own = np.minimum(counts / self._own, 1)
        of_model = [np.max([self._probabilities.get(t, np.zeros(self._size)) for t in themes], axis=0)]
        further = of_model if self._probabilities else []
        return np.column_stack([counts > 0, own, around, around**2, near, *further]).astype(float)

    def _counts(self, themes: Sequence[str]) -> Array:
        known = {theme: is_within(theme, *themes) for theme in set(self._themes)}
        rows = self._rows[[known[theme] for theme in self._themes]] if len(self._themes) else self._rows
        return np.minimum(np.bincount(rows, minlength=self._size), MOST_HITS).astype(float)

    def _around(self, counts: Array) -> Array:
        return counts + 2 * self._smoothed(counts, NEAR) + self._smoothed(counts, AROUND) - counts

    def _smoothed(self, counts: Array, weights: tuple[float, ...]) -> Array:
        far = tuple(weights[: max(self._size - 1, 0)])
        return smoothed(counts[:, np.newaxis], self._documents, far)[:, 0]


def _probabilities(place: pd.MultiIndex, opinion: pd.DataFrame) -> dict[str, Array]:
    """The probability of each theme in each sentence by the second opinion; where it does not say any, 0."""
    rows = place.get_indexer(pd.MultiIndex.from_frame(opinion[["document", "sentence"]]))
    stated = opinion.assign(row=rows)[(rows >= 0) & opinion["probability"].notna().to_numpy(bool)]
    found: dict[str, Array] = {}
    for theme, of_theme in stated.groupby("theme"):
        found[str(theme)] = np.zeros(len(place))
        found[str(theme)][of_theme["row"]] = of_theme["probability"].to_numpy(float)
    return found
