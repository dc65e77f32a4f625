from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from compare_frames import study

from framescope.compare.cooccurrence import profile_distances, profile_map, theme_cooccurrence
from framescope.compare.rates import theme_rates

FRAMES = study({"a": {"01": [[{"defence": 1, "economy": 2}, {"defence": 1}], [{"economy": 1}, {"defence.arms": 1}]]}})


def test_themes_meet_in_sentences_and_in_blocks():
    table = theme_cooccurrence(*FRAMES).set_index("level")
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


def test_documents_without_hits_have_no_profile():
    frames = study({"a": {"01": [[{"defence": 1}]]}, "b": {"01": [[{}]]}, "c": {"01": [[{"economy": 1}]]}})
    assert profile_distances(theme_rates(*frames))[["document_a", "document_b"]].to_numpy().tolist() == [["a", "c"]]


def test_the_map_is_drawn_from_ten_documents_on_and_keeps_likes_together():
    shares = [(0.9 - i / 100, 0.1 + i / 100) for i in range(5)] + [(0.1 + i / 100, 0.9 - i / 100) for i in range(5)]
    assert profile_map(profiles(shares[:9])).empty
    placed = profile_map(profiles(shares))
    left, right = placed["x"].iloc[:5], placed["x"].iloc[5:]
    assert left.max() < right.min() or right.max() < left.min()
    assert sorted(placed["order"]) == list(range(1, 11))
    assert abs(placed["order"].iloc[:5].max() - placed["order"].iloc[:5].min()) == 4
