"""Sentences to code next: those whose codes the codes so far leave most uncertain are drawn most often."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
import pandas as pd

from framescope.compare.coders.finding import Coded
from framescope.compare.coders.sampling import COLUMNS
from framescope.compare.coders.survey import FEWEST_IN_STRATUM, Survey
from framescope.compare.counts.blocks import Array
from framescope.compare.inputs import SEED, Tables
from framescope.problems import StudyError
from framescope.theme_paths import is_within

# Probabilities of codes are not taken to be closer to 0 or 1, because few codes determine them.
LEAST_PROBABILITY = 0.02
# A sentence is drawn with at least this part of the mean probability, so that no weight becomes very large.
LEAST_CHANCE = 0.5


UNCODED = (
    "codes: expected the codes of the sentences drawn before, by which the next are chosen; found none. Code a "
    "sample first (make sample), and name its file under codes in config.yaml."
)


def draw_next_sample(
    coded: Coded | None, tables: Tables, opinion: pd.DataFrame, focus: Sequence[str], size: int, seed: int = SEED
) -> pd.DataFrame:
    """`draw_next` for the themes in `focus` that were coded, or, if there are none, for all top-level ones.

    `opinion` is the table of `opinion.opinions`.

    Raises:
        StudyError: no sentence is coded, or none is left to code.
    """
    if coded is None or coded.rows.empty or coded.kind != "sentence":
        raise StudyError([UNCODED])
    given = set(coded.rows["theme"]) - {""}
    themes = [theme for theme in focus if any(is_within(each, theme) for each in given)]
    survey = Survey(coded, tables, opinion)
    if len(survey.at) == len(survey.frame):
        raise StudyError(["codes: expected sentences that are not coded, found none; all of the study are coded."])
    tops = sorted({theme.split(".")[0] for theme in given})
    return draw_next(survey, tables.sentences, themes or tops, size, seed)


def draw_next(
    survey: Survey, sentences: pd.DataFrame, themes: Sequence[str], size: int, seed: int = SEED
) -> pd.DataFrame:
    """A sample of at most `size` of the sentences that are not coded, with the columns of `draw_sample`.

    Strata are classes of the uncertainty of a sentence, with ten drawn from each, and about the same sum of uncertainty
    in all, which is Neyman's allocation (Cochran 1977, Sampling Techniques, 5.5 and 5A.7). The uncertainty is the root
    of the sum, over `themes`, of p (1 - p) over its mean in the study, p the predicted probability that coders give the
    sentence the theme. weight is the number of uncoded sentences that a sentence stands for, and round is one more than
    the last round that was coded. If no more than `size` are left, all of them are in the sample.
    """
    left = np.setdiff1d(np.arange(len(survey.frame)), survey.at)
    doubt = _uncertainty(survey, themes)[left]
    order = left[np.argsort(doubt, kind="stable")]
    strata = np.array_split(order, _ends(np.sort(doubt, kind="stable"), size))
    rng = np.random.default_rng(seed)
    number = [len(part) for part in np.array_split(np.arange(size), len(strata))]
    drawn = [rng.choice(part, min(many, len(part)), replace=False) for part, many in zip(strata, number, strict=True)]
    weight = np.concatenate([np.full(len(of), len(part) / len(of)) for of, part in zip(drawn, strata, strict=True)])
    shuffled = rng.permutation(len(weight))
    rows = survey.frame.iloc[np.concatenate(drawn)[shuffled]][["document", "section", "sentence"]]
    texts = rows.merge(sentences[["document", "sentence", "text"]], on=["document", "sentence"], how="left")
    texts = texts.assign(coder_1="", coder_2="", weight=weight[shuffled], round=survey.last_round + 1)
    return texts[COLUMNS]


def _uncertainty(survey: Survey, themes: Sequence[str]) -> Array:
    """How uncertain the codes of each sentence are, at least a part of the mean; all alike if no theme was coded."""
    if not themes:
        return np.ones(len(survey.frame))
    variance = np.zeros(len(survey.frame))
    for theme in themes:
        probability = np.clip(survey.predicted([theme]), LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
        spread = probability * (1 - probability)
        variance += spread / spread.mean()
    doubt = np.sqrt(variance)
    return np.maximum(doubt, LEAST_CHANCE * doubt.mean())


def _ends(doubt: Array, size: int) -> list[int]:
    """Where sorted uncertainties are divided into strata with about the same sum, from each of which ten are drawn."""
    strata = max(size // FEWEST_IN_STRATUM, 1) if size < len(doubt) else 1
    fewest = ceil(size / strata)
    sums = np.cumsum(doubt)
    ends, last = [], 0
    for share in np.arange(1, strata) / strata:
        end = max(int(np.searchsorted(sums, share * sums[-1])), last + fewest)
        if len(doubt) - end < fewest:
            break
        ends.append(end)
        last = end
    return ends
