from __future__ import annotations

import numpy as np

from framescope.compare.time.simulated import bank, nearest, null_p


def test_p_falls_with_the_statistic_and_rises_with_likeness() -> None:
    simulated = bank(tuple(np.arange(60.0)), 6, 1)
    p, _ = null_p(simulated.broken, np.zeros(3), np.array([2.0, 4.0, 9.0]), 0.95)
    assert p[0] > p[1] > p[2] > 0
    same = np.full(2, 4.0)
    p, critical = null_p(simulated.broken, np.array([-0.1, 0.6]), same, 0.95)
    assert p[0] < p[1]
    assert critical[0] < critical[1]


def test_the_nearest_of_two_columns_are_near_in_both() -> None:
    random = np.random.default_rng(2)
    simulated = random.random((1000, 2))
    (rows,) = nearest(simulated, np.array([[0.5, 0.5]]), 20)
    assert (np.abs(simulated[rows] - 0.5) < 0.2).all()
