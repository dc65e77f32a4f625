from __future__ import annotations

import numpy as np
from compare_frames import study
from hypothesis import given
from hypothesis import strategies as st

from framescope.compare.emphasis.differences import section_differences
from framescope.compare.inference.measures import LogRates
from framescope.compare.inference.shifts import shift_tests, shifted_sums


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=40))
def test_shifted_sums_are_those_of_the_section_moved_round_the_text(rows: list[tuple[int, bool]]):
    values, inside = np.array([[float(v)] for v, _ in rows]), np.array([i for _, i in rows])
    expected = [values[np.roll(inside, shift), 0].sum() for shift in range(len(rows))]
    assert shifted_sums(values, inside)[:, 0].tolist() == expected


def test_p_is_the_share_of_shifts_with_a_difference_as_large_done_by_hand():
    hits = np.array([3.0, 2, 0, 0, 0, 1, 0, 0])
    tallies = np.column_stack([np.full(8, 20.0), hits])
    sections = np.array(list("aabbcccc"), dtype=object)
    statistics = []
    for shift in range(8):
        laid = np.roll(sections, shift)
        a, b = hits[laid == "a"].sum(), hits[laid == "b"].sum()
        # Half a hit takes so many words at the rate of both, of which each has 40.
        half = 0.5 * 80 / (a + b) if a + b else np.inf
        difference = np.log((a + 0.5) / (40 + half)) - np.log((b + 0.5) / (40 + half)) if a + b else 0
        statistics.append(abs(difference) / np.sqrt(1 / (a + 0.5) + 1 / (b + 0.5)))
    tests = shift_tests(tallies, sections, [("a", "b")], LogRates(), 0.95)
    assert tests.p[0, 0] == np.mean(np.array(statistics) >= statistics[0] - 1e-9)
    assert tests.least[0, 0] == np.mean(np.array(statistics) >= max(statistics) - 1e-9)


def test_the_interval_leaves_out_zero_just_where_p_is_below_five_per_cent():
    random = np.random.default_rng(6)
    sections = np.repeat(np.array(["a", "b", "c"], dtype=object), [50, 60, 90])
    for _ in range(100):
        hits = random.poisson(np.where(sections == "a", 1.2, 0.4))
        tallies = np.column_stack([np.full(200, 20.0), hits])
        tests = shift_tests(tallies, sections, [("a", "b")], LogRates(), 0.95)
        a, b = (hits[sections == name].sum() for name in "ab")
        half = 0.5 * 2200 / (a + b)
        difference = np.log((a + 0.5) / (1000 + half)) - np.log((b + 0.5) / (1200 + half))
        assert (abs(difference) > tests.critical[0, 0] * tests.error[0, 0]) == (tests.p[0, 0] < 0.05)


def test_sections_cut_from_a_text_whose_theme_comes_in_runs_are_tested_by_shifts():
    hits = [4] * 12 + [0] * 14 + [3] * 14
    parts = {"01": [[{"defence": h}, {}] for h in hits[:20]], "02": [[{"defence": h}, {}] for h in hits[20:]]}
    row = section_differences(study({"a": parts})).iloc[0]
    assert row["inference"] == "shift"
    assert row["p_runs"] < 0.1
    assert row["p"] > row["p_blocks"]
