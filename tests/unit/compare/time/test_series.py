from __future__ import annotations

import numpy as np
import pytest
from time_studies import dated_study

from framescope.compare.counts.blocks import theme_list
from framescope.compare.time.series import MOST_POINTS, dated_texts, overdispersion, series_of

CONTRASTS = [{"name": "arms v. money", "a": ["defence"], "b": ["economy"]}]


def test_a_long_series_is_taken_together_by_periods() -> None:
    dates = [f"{1950 + place // 10}-{1 + place % 10:02}" for place in range(600)]
    frames = dated_study(dates, np.full((600, 3), 0.2))
    series = series_of(dated_texts(frames, theme_list(frames.hits, None), CONTRASTS))
    assert 20 <= len(series.time) <= MOST_POINTS
    assert series.texts.sum() == 600


def test_equal_counts_of_equal_texts_are_not_overdispersed() -> None:
    y, x = np.full((2, 30), 5.0), np.full((2, 30), 100.0)
    r, k = overdispersion(y, x, np.array([False, True]))
    assert r == pytest.approx([0.05, 0.05])
    assert (k == 0).all()
