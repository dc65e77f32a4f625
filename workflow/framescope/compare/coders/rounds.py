"""Samples drawn one after another, each from the sentences that were not coded before, as one sample."""

from __future__ import annotations

import pandas as pd


def combined_weights(units: pd.DataFrame, population: int) -> pd.Series:
    """How many of `population` sentences each coded one stands for in all rounds together.

    `units` has a row for each coded sentence: weight and round. Each round alone estimates the total of the population:
    the sum over the sentences coded before, which are known, and the weighted sum over those of the round, which stand
    for all others. The mean of these estimates is taken, weighted by how many sentences each round has; their errors
    are not correlated, because each is unbiased whatever was coded before (as in the sequential estimator of Farquhar,
    Gal and Rainforth 2021, On Statistical Bias in Active Learning). The choice of a later round may therefore depend on
    the codes of an earlier one. The weights of a round are scaled to the sentences that it stands for.

    By hand: two sentences of ten are coded, and then two of the other eight. The first two stand for 5 in their round
    and for themselves in the second, (5 + 1) / 2 = 3; the others for (8 / 2) / 2 = 2.

    >>> combined_weights(pd.DataFrame({"weight": [5.0, 5.0, 4.0, 4.0], "round": [1, 1, 2, 2]}), 10).tolist()
    [3.0, 3.0, 2.0, 2.0]
    """
    weight = pd.Series(0.0, index=units.index)
    before = pd.Series(False, index=units.index)
    for _, drawn in units.groupby("round"):
        part = len(drawn) / len(units)
        standing_for = max(population - int(before.sum()), len(drawn))
        weight[before] += part
        weight[drawn.index] += part * drawn["weight"] * standing_for / drawn["weight"].sum()
        before[drawn.index] = True
    return weight
