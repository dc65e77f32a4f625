from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from framescope.compare.time.fits import autocorrelation, fewest_on_a_side, fit_break, fit_trend
from framescope.compare.time.smooth import smooth, smoother

RANDOM = np.random.default_rng(5)
TIME = np.sort(RANDOM.uniform(0, 40, 30))
VALUE, WEIGHT = RANDOM.gamma(2, 1, (4, 30)), RANDOM.uniform(0.2, 2, (4, 30))


def test_a_trend_is_that_of_weighted_least_squares() -> None:
    found = fit_trend(VALUE, WEIGHT, TIME)
    for row in range(len(VALUE)):
        expected = sm.WLS(VALUE[row], sm.add_constant(TIME), WEIGHT[row] ** 2).fit()
        assert found.slope[row] == pytest.approx(expected.params[1], rel=1e-9)
        assert found.error[row] == pytest.approx(expected.bse[1], rel=1e-9)
        assert found.statistic[row] == pytest.approx(abs(expected.tvalues[1]), rel=1e-9)
        assert found.residuals[row] == pytest.approx(expected.wresid, rel=1e-6, abs=1e-9)


def test_a_break_is_the_best_of_all_pairs_of_means_with_the_f_of_weighted_least_squares() -> None:
    found = fit_break(VALUE, WEIGHT)
    side = fewest_on_a_side(30)
    for row in range(len(VALUE)):
        steps = [np.arange(30) >= place for place in range(side, 30 - side + 1)]
        fits = [sm.WLS(VALUE[row], sm.add_constant(step.astype(float)), WEIGHT[row] ** 2).fit() for step in steps]
        best = min(range(len(fits)), key=lambda i: fits[i].ssr)
        assert found.place[row] == found.places[best]
        assert found.statistic[row] == pytest.approx(np.sqrt(fits[best].fvalue), rel=1e-9)
        assert found.after[row] - found.before[row] == pytest.approx(fits[best].params[1], rel=1e-9)
        worse = [(fit.ssr - fits[best].ssr) / fits[best].mse_resid for fit in fits]
        assert found.misfit[row] == pytest.approx(worse, rel=1e-6, abs=1e-6)


def test_points_without_weight_change_nothing() -> None:
    value, weight = np.insert(VALUE, 7, 99.0, axis=1), np.insert(WEIGHT, 7, 0.0, axis=1)
    time = np.insert(TIME, 7, TIME[7])
    assert fit_trend(value, weight, time).statistic == pytest.approx(fit_trend(VALUE, WEIGHT, TIME).statistic)
    assert fit_break(value, weight).statistic.max() >= fit_break(VALUE, WEIGHT).statistic.min()
    assert (autocorrelation(fit_trend(value, weight, time).residuals) < 1).all()


def test_likeness_is_high_in_runs_and_negative_where_points_alternate() -> None:
    runs, turns = np.repeat([[1.0, -1, 1, -1]], 10, axis=1), np.array([[1.0, -1] * 20])
    assert autocorrelation(runs) > 1.5
    assert autocorrelation(turns) < -0.5


def test_a_smooth_line_gives_each_point_weights_that_sum_to_one_and_reproduces_straight_lines() -> None:
    adds = smoother(WEIGHT[0], TIME)
    assert adds.sum(axis=1) == pytest.approx(np.ones(30))
    assert smooth((3 + 2 * TIME)[np.newaxis], WEIGHT[0], TIME).line[0] == pytest.approx(3 + 2 * TIME)


def test_a_smooth_line_is_local_and_does_not_see_what_lies_far_away() -> None:
    adds = smoother(np.ones(30), np.arange(30.0))
    assert (adds[0, 16:] == 0).all()
    assert adds[15, 15] > adds[15, 20] > 0
