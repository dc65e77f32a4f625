from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from compare_frames import study
from scipy.spatial import distance
from scipy.stats.contingency import expected_freq

from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inference.pairs import REST
from framescope.compare.spread.cooccurrence import (
    LEVELS,
    MOST_IN_PAIRS,
    ROWS_OF_A_SHEET,
    classical_scaling,
    cooccurrence,
    dendrogram_order,
    jensen_shannon,
    profile_distances,
    profile_map,
    theme_cooccurrence,
)
from framescope.table_schemas import table_schemas

FRAMES = study({"a": {"01": [[{"defence": 1, "economy": 2}, {"defence": 1}], [{"economy": 1}, {"defence.arms": 1}]]}})


def test_themes_meet_in_sentences_and_in_blocks():
    table = pd.concat([theme_cooccurrence(FRAMES, level) for level in LEVELS]).set_index("level")
    assert table.loc["sentence", ["n_a", "n_b", "both", "total"]].tolist() == [3, 2, 1, 4]
    assert table.loc["block", ["n_a", "n_b", "both", "total"]].tolist() == [2, 2, 2, 2]
    assert table.loc["sentence", "expected"] == 1.5
    assert table.loc["sentence", "log_ratio"] == pytest.approx(np.log2(1.5 / 2))


def profiles(shares: list[tuple[float, float]]) -> pd.DataFrame:
    rows = [
        {"unit": "document", "level": 1, "document": f"d{i:02}", "theme": theme, "share_of_hits": share}
        for i, pair in enumerate(shares)
        for theme, share in zip(("defence", "economy"), pair, strict=True)
    ]
    return pd.DataFrame(rows)


def test_profiles_are_as_far_apart_as_jensen_and_shannon_say():
    table = profile_distances(profiles([(1, 0), (0, 1), (1, 0), (0.5, 0.5)]))
    found = table.set_index(["document_a", "document_b"])["distance"]
    assert found["d00", "d01"] == pytest.approx(1)
    assert found["d00", "d02"] == 0
    by_hand = np.sqrt(0.5 * (np.log2(1 / 0.75)) + 0.5 * (0.5 * np.log2(0.5 / 0.75) + 0.5 * np.log2(0.5 / 0.25)))
    assert found["d00", "d03"] == pytest.approx(by_hand)


def test_of_many_documents_each_is_compared_with_the_hits_of_all_others_together():
    frames = study(
        {
            "a": {"01": [[{"defence": 3, "economy": 1}]]},
            "b": {"01": [[{"economy": 2}]]},
            "c": {"01": [[{"defence": 2}]]},
            "d": {"01": [[{}]]},
        }
    )
    rates = theme_rates(frames)
    table = profile_distances(rates, most=2)
    assert table["document_a"].tolist() == ["a", "b", "c"]
    assert set(table["document_b"]) == {REST}
    both = [((0.75, 0.25), (0.5, 0.5)), ((0, 1), (5 / 6, 1 / 6)), ((1, 0), (0.5, 0.5))]
    assert table["distance"].tolist() == pytest.approx([jensen_shannon(np.array(pair)).item() for pair in both])
    assert len(profile_distances(rates, most=3)) == 3
    assert REST not in set(profile_distances(rates, most=3)["document_b"])


def test_a_table_of_every_two_documents_fits_a_sheet_with_its_header():
    rows, one_more = (count * (count - 1) // 2 + 1 for count in (MOST_IN_PAIRS, MOST_IN_PAIRS + 1))
    assert rows <= ROWS_OF_A_SHEET < one_more
    assert f"{MOST_IN_PAIRS:,}" in table_schemas()["profile_distances"].about


def test_documents_without_hits_have_no_profile():
    frames = study({"a": {"01": [[{"defence": 1}]]}, "b": {"01": [[{}]]}, "c": {"01": [[{"economy": 1}]]}})
    assert profile_distances(theme_rates(frames))[["document_a", "document_b"]].to_numpy().tolist() == [["a", "c"]]


def test_the_map_is_drawn_from_ten_documents_on_and_keeps_likes_together():
    shares = [(0.9 - i / 100, 0.1 + i / 100) for i in range(5)] + [(0.1 + i / 100, 0.9 - i / 100) for i in range(5)]
    assert profile_map(profiles(shares[:9])).empty
    placed = profile_map(profiles(shares))
    left, right = placed["x"].iloc[:5], placed["x"].iloc[5:]
    assert left.max() < right.min() or right.max() < left.min()
    assert sorted(placed["order"]) == list(range(1, 11))
    assert abs(placed["order"].iloc[:5].max() - placed["order"].iloc[:5].min()) == 4


def test_what_chance_would_bring_together_is_scipys_expected_frequency():
    with_both, a_alone, b_alone, neither = 7, 3, 5, 25
    table = np.array([[with_both, a_alone], [b_alone, neither]])
    expected, log_ratio = cooccurrence(*(np.array([float(n)]) for n in (10, 12, with_both, 40)))
    assert expected.item() == pytest.approx(expected_freq(table)[0, 0])
    assert log_ratio.item() == pytest.approx(np.log2(7.5 / 3.5))


def test_distances_of_profiles_are_scipys_with_base_two_and_never_missing():
    profiles = np.random.default_rng(3).dirichlet(np.ones(5), 8)
    profiles[1] = profiles[0]
    pairs = [(i, j) for i in range(8) for j in range(i + 1, 8)]
    expected = [distance.jensenshannon(profiles[i], profiles[j], base=2) for i, j in pairs]
    assert jensen_shannon(profiles) == pytest.approx(np.nan_to_num(expected), abs=1e-7)


def test_points_on_a_plane_are_found_again_from_their_distances():
    points = np.random.default_rng(4).normal(size=(12, 2))
    placed = classical_scaling(distance.squareform(distance.pdist(points)))
    assert distance.pdist(placed) == pytest.approx(distance.pdist(points))
    assert placed.mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert np.abs(placed).max(axis=0) == pytest.approx(placed.max(axis=0))


def test_leaves_that_are_joined_first_stand_side_by_side():
    near = {(0, 2): 0.1, (1, 3): 0.2}
    order = dendrogram_order(np.array([near.get((i, j), 0.9) for i in range(4) for j in range(i + 1, 4)]))
    assert sorted(order) == [1, 2, 3, 4]
    assert abs(order[0] - order[2]) == abs(order[1] - order[3]) == 1
