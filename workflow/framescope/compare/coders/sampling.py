"""Sentences to code by hand: a stratified random sample with weights that does not show the hits of the lexicon."""

from __future__ import annotations

from math import ceil

import numpy as np
import pandas as pd
from scipy import stats

from framescope.compare.inputs import CONFIDENCE, SEED, headline

COLUMNS = ["document", "section", "sentence", "text", "coder_1", "coder_2", "weight", "round"]
NO_HIT = "no hit"
POWER = 0.75


def sentences_needed(
    margin: float = 0.1, population: float = np.inf, share: float = 0.5, confidence: float = CONFIDENCE
) -> int:
    """The number of sentences to code for an estimate of a share within plus or minus `margin`.

    n = n0 / (1 + (n0 - 1) / population), n0 = z^2 p (1 - p) / margin^2, rounded up, where p is the `share` (Cochran
    1977, Sampling Techniques, ch. 4). By hand: n0 = 1.96^2 x 0.25 / 0.01 = 96.04; 96.04 / (1 + 95.04 / 200) = 65.1.

    >>> sentences_needed(), sentences_needed(population=200)
    (97, 66)
    """
    z = float(stats.norm.ppf((1 + confidence) / 2))
    unlimited = z * z * share * (1 - share) / margin**2
    return ceil(unlimited / (1 + (unlimited - 1) / population))


def draw_sample(sentences: pd.DataFrame, hits: pd.DataFrame, size: int, seed: int = SEED) -> pd.DataFrame:
    """A random sample of the author's sentences, in random order, stratified by document and by the lexicon's theme.

    Columns: document, section, sentence, text, coder_1 and coder_2 (empty, for the coders' themes), weight and round.
    weight is the number of the study's sentences that this one represents, which is the size of its stratum over the
    number drawn from it (Horvitz and Thompson 1952, Journal of the American Statistical Association 47); round is 1.
    The lexicon's theme of a sentence is the rarest in the study of its top-level themes, or "no hit", so that rare
    themes and sentences without a hit are in the sample, which does not show them. At least one sentence is drawn from
    each stratum, and more according to a power of its size (`allocate`). If `size` is below the number of strata, the
    sample is not stratified by document.

    Raises:
        ValueError: there is no sentence, or the size is too small.
    """
    frame = sentences.loc[sentences["voice"] == "author", ["document", "section", "sentence", "text"]]
    frame = frame.sort_values(["document", "sentence"], ignore_index=True)
    theme = _rarest_theme(frame, hits)
    strata = frame["document"] + "\n" + theme
    if strata.nunique() > size:
        strata = theme
    if frame.empty or strata.nunique() > size:
        raise ValueError(
            f"sample: expected sentences and a size of at least {strata.nunique()}, one for each theme of the "
            f"lexicon, found {len(frame)} sentences and a size of {size}"
        )
    sizes = strata.value_counts().sort_index()
    taken = allocate(sizes, min(size, len(frame)))
    rng = np.random.default_rng(seed)
    rows = [rng.choice(np.flatnonzero(strata == stratum), number, replace=False) for stratum, number in taken.items()]
    order = rng.permutation(np.concatenate(rows))
    weight = (sizes / taken)[strata.iloc[order]].to_numpy()
    return frame.iloc[order].assign(coder_1="", coder_2="", weight=weight, round=1)[COLUMNS].reset_index(drop=True)


def _rarest_theme(frame: pd.DataFrame, hits: pd.DataFrame) -> pd.Series:
    counted = headline(hits)
    themes = counted[["document", "sentence"]].assign(top=counted["theme"].str.split(".").str[0]).drop_duplicates()
    themes["frequency"] = themes["top"].map(themes["top"].value_counts())
    rarest = themes.sort_values(["frequency", "top"]).drop_duplicates(["document", "sentence"])
    joined = frame.merge(rarest, on=["document", "sentence"], how="left")
    return joined["top"].fillna(NO_HIT)


def allocate(sizes: pd.Series, size: int) -> pd.Series:
    """How many of `size` sentences to draw from each stratum, in proportion to a power of their sizes.

    n_h ~ N_h^(3/4), at least 1 and at most N_h: power allocation (Bankier 1988, The American Statistician 42). With
    this power the estimates of all themes together had narrower intervals than with 1/2 (benchmarks/estimates.py).
    First one each, then one by one to the stratum that is furthest below its share. By hand: these powers of 256 and 16
    are 64 and 8.

    >>> allocate(pd.Series({"defence": 256, "energy": 16}), 9).to_dict()
    {'defence': 8, 'energy': 1}
    """
    counts = sizes.to_numpy()
    taken = np.ones(len(sizes), dtype=np.int64)
    wanted = np.power(counts, POWER)
    for _ in range(size - len(sizes)):
        taken[np.argmin(np.where(taken < counts, taken / wanted, np.inf))] += 1
    return pd.Series(taken, index=sizes.index)
