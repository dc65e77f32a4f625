"""Regression of theme counts on roles or groups of many documents, beside the permutation of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy import stats

from framescope.compare.blocks import Array, count_blocks, headline, theme_list, theme_sets
from framescope.compare.pairs import document_pairs

MANY_DOCUMENTS = 30
MODEL_COLUMNS = [
    "unit",
    "unit_a",
    "unit_b",
    "theme",
    "documents_a",
    "documents_b",
    "log2_ratio",
    "low",
    "high",
    "p",
    "dispersion",
]


@dataclass(frozen=True)
class RateModel:
    """Log rates of one theme in each group and their covariance; `dispersion` is the alpha of the distribution."""

    log_rates: Array
    covariance: Array
    dispersion: float

    def difference(self, a: int, b: int) -> tuple[float, float]:
        """ln of the ratio of the rates of groups a and b, and its standard error."""
        variance = self.covariance[a, a] + self.covariance[b, b] - 2 * self.covariance[a, b]
        return float(self.log_rates[a] - self.log_rates[b]), float(np.sqrt(variance))


def rate_model(hits: Array, words: Array, groups: NDArray[np.int64]) -> RateModel:
    """Negative-binomial regression of documents' hits on their group, ln(words) as offset.

    The variance is mu + alpha mu^2; alpha is its moment estimate from a Poisson fit, sum((y - mu)^2 - mu) / sum(mu^2),
    no less than 0 (Cameron and Trivedi 2013, Regression Analysis of Count Data, 3.4). Groups are numbered from 0, and
    each needs a hit.
    """
    design = np.eye(int(groups.max()) + 1)[groups]
    offset = np.log(words)
    poisson = sm.GLM(hits, design, family=sm.families.Poisson(), offset=offset).fit()
    mean = poisson.mu
    alpha = max(float(((hits - mean) ** 2 - mean).sum() / (mean**2).sum()), 1e-6)
    fitted = sm.GLM(hits, design, family=sm.families.NegativeBinomial(alpha=alpha), offset=offset).fit()
    return RateModel(np.asarray(fitted.params), np.asarray(fitted.cov_params()), alpha)


def group_models(
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    sections: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    themes: Sequence[str] | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """A row for each pair of roles or groups with thirty documents or more each, and theme that both have.

    log2_ratio with low and high, and p by Wald's test, are those of `rate_model`; p is not corrected for the number of
    tests. A check on the rows of `document_differences` for the same pairs, which permute documents and assume less.
    """
    counts = count_blocks(sentences, headline(hits), sections, documents, theme_sets(theme_list(hits, themes)))
    z = stats.norm.ppf((1 + confidence) / 2)
    rows = []
    for layout in document_pairs(counts):
        for pair in layout.pairs if layout.inference == "document" else ():
            sides = [layout.units[i] for i in (pair.first, pair.second) if i is not None]
            for theme, name in enumerate(counts.names):
                own = [layout.counts.hits[side, theme] for side in sides]
                if min(map(len, sides)) >= MANY_DOCUMENTS and min(found.sum() for found in own) > 0:
                    groups = np.repeat([0, 1], [len(side) for side in sides])
                    model = rate_model(np.concatenate(own), layout.counts.words[np.concatenate(sides)], groups)
                    effect, error = model.difference(0, 1)
                    interval = [value / np.log(2) for value in (effect, effect - z * error, effect + z * error)]
                    p = 2 * stats.norm.sf(abs(effect) / error)
                    sizes = [len(side) for side in sides]
                    rows.append((pair.unit, pair.a, pair.b, name, *sizes, *interval, p, model.dispersion))
    return pd.DataFrame(rows, columns=MODEL_COLUMNS)
