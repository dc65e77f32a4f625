"""Samples drawn one after another."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framescope.compare.coders.rounds import combined_weights


@given(
    st.lists(st.lists(st.floats(0.1, 100), min_size=1, max_size=8), min_size=1, max_size=4),
    st.integers(0, 500),
)
def test_the_weights_of_all_rounds_together_add_up_to_the_sentences_of_the_study(rounds, others):
    rows = [(weight, number) for number, weights in enumerate(rounds, 1) for weight in weights]
    units = pd.DataFrame(rows, columns=["weight", "round"])
    population = len(units) + others
    assert combined_weights(units, population).sum() == pytest.approx(population)


def test_a_choice_that_depends_on_the_first_codes_does_not_bias_the_share():
    """The second round looks only where the first found the theme; weights undo this."""
    rng = np.random.default_rng(1)
    has = np.arange(200) % 200 < 40
    estimates = []
    for _ in range(1500):
        first = rng.choice(200, 20, replace=False)
        left = np.setdiff1d(np.arange(200), first)
        often = has[left] if has[first].any() else ~has[left]
        drawn = [
            rng.choice(part, min(count, len(part)), replace=False)
            for part, count in ((left[often], 15), (left[~often], 5))
        ]
        weights = [np.full(len(of), part.sum() / len(of)) for of, part in zip(drawn, (often, ~often), strict=True)]
        units = pd.DataFrame({"weight": [10.0] * 20 + [*np.concatenate(weights)], "round": [1] * 20 + [2] * 20})
        estimates.append(combined_weights(units, 200) @ has[np.concatenate([first, *drawn])] / 200)
    assert np.mean(estimates) == pytest.approx(0.2, abs=4 * np.std(estimates) / np.sqrt(1500))
