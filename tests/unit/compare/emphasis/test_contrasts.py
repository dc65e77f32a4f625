from __future__ import annotations

import numpy as np
import pytest
from compare_frames import study
from scipy import stats

from framescope.compare.emphasis.contrasts import contrast_differences, contrasts, leans, log_odds_interval, share_a

FOR_DEFENCE = [[{"defence": 2}, {"economy": 1} if i in (2, 7) else {}] for i in range(10)]
FOR_ECONOMY = [[{"economy": 2}, {"defence": 1} if i in (3, 6) else {}] for i in range(10)]
MIXED = [[{"defence": 1, "economy": 1}, {"energy": 1}] for _ in range(8)]
FRAMES = study(
    {
        "a": {
            "01-abstract": FOR_ECONOMY,
            "02-introduction": FOR_DEFENCE,
            "03-trade": FOR_ECONOMY,
            "04-mixed": MIXED,
            "05-conclusion": FOR_DEFENCE[:3],
        }
    },
    roles={"01-abstract": "abstract", "02-introduction": "introduction", "05-conclusion": "conclusion"},
)


def leans_of_sections() -> dict[tuple[str, str], str]:
    table = contrasts(FRAMES, units=["section"])
    return {(r["section"], r["contrast"]): r["lean"] for r in table.to_dict("records")}


def test_counts_and_log_odds_are_those_done_by_hand():
    table = contrasts(FRAMES)
    got = table[(table["section"] == "02-introduction") & (table["contrast"] == "defence v. economy")].iloc[0]
    assert (got["hits_a"], got["hits_b"], got["sentences_a"], got["sentences_b"]) == (20, 2, 10, 2)
    assert got["share_a"] == pytest.approx(20 / 22)
    assert got["log_odds"] == pytest.approx(np.log(20.5 / 2.5))
    mixed = table[(table["section"] == "04-mixed") & (table["contrast"] == "defence v. economy")].iloc[0]
    assert mixed["sentences_both"] == 8


def test_a_unit_leans_to_the_side_its_interval_supports_and_to_neither_otherwise():
    got = leans_of_sections()
    assert got["02-introduction", "defence v. economy"] == "a"
    assert got["03-trade", "defence v. economy"] == "b"
    assert got["04-mixed", "defence v. economy"] == "neither"


def test_under_eight_blocks_no_lean_is_claimed():
    assert leans_of_sections()["05-conclusion", "defence v. economy"] == "too little text"


def test_energy_counts_for_the_economy_only_in_the_contrast_that_says_so():
    table = contrasts(FRAMES, units=["section"])
    mixed = table[table["section"] == "04-mixed"].set_index("contrast")["hits_b"]
    assert mixed.to_dict() == {"defence v. economy": 8, "defence v. economy and energy": 16}


def test_opposite_sections_are_told_apart_and_the_family_is_the_contrast():
    table = contrast_differences(FRAMES)
    rows = table[(table["unit"] == "section") & (table["contrast"] == "defence v. economy")]
    got = rows.set_index(["unit_a", "unit_b"]).loc[("02-introduction", "03-trade")]
    assert got["delta_log_odds"] == pytest.approx(2 * np.log(20.5 / 2.5))
    assert got["verdict"] == "differs"
    assert got["tests_in_family"] == 3
    assert rows["p_adjusted"].min() == pytest.approx(3 * rows["p"].min())


def test_an_abstract_is_never_tested_and_a_short_section_only_described():
    table = contrast_differences(FRAMES)
    assert not table[["unit_a", "unit_b"]].isin(["01-abstract"]).any(axis=None)
    short = table[table["unit_b"] == "05-conclusion"]
    assert set(short["verdict"]) == {"too little text"}
    assert short[["p", "low", "high"]].isna().all(axis=None)


def test_a_contrast_with_a_theme_on_both_sides_is_an_error_that_names_it():
    with pytest.raises(ValueError, match="economy is on both sides"):
        contrasts(FRAMES, contrasts=[{"name": "x", "a": ["economy"], "b": ["economy"]}])


def test_a_contrast_without_a_side_is_an_error_that_says_which():
    with pytest.raises(ValueError, match="found no b"):
        contrasts(FRAMES, contrasts=[{"name": "x", "a": ["economy"]}])


def test_a_reference_document_faces_each_other_document_once():
    parts = {"01": FOR_DEFENCE}
    frames = study({"one": parts, "two": {"01": FOR_ECONOMY}, "three": parts})
    table = contrast_differences(frames, reference="two")
    rows = table[(table["unit"] == "document") & (table["contrast"] == "defence v. economy")]
    assert rows["unit_a"].tolist() == ["one", "three"]
    assert set(rows["unit_b"]) == {"two"}
    assert set(rows["verdict"]) == {"differs"}


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_the_interval_of_log_odds_is_scipys_students_t(confidence: float):
    low, high = log_odds_interval(np.array([0.7, -2.0]), np.array([0.2, 0.05]), np.array([9.0, 20.0]), confidence)
    expected = stats.t.interval(confidence, [8, 19], loc=[0.7, -2.0], scale=np.sqrt([0.2, 0.05]))
    assert low == pytest.approx(expected[0])
    assert high == pytest.approx(expected[1])


def test_one_block_has_no_interval_and_a_unit_without_hits_no_share():
    assert np.isnan(log_odds_interval(np.array([1.0]), np.array([0.1]), np.array([1.0]))).all()
    assert share_a(np.array([0.0, 0.0, 4.0]), np.array([0.0, 2.0, 1.0])) == pytest.approx([np.nan, 0, 0.8], nan_ok=True)


def test_an_interval_that_ends_at_zero_or_is_missing_leans_to_neither_side():
    told = np.array([True, True, True])
    assert leans(np.array([0.0, -1.0, np.nan]), np.array([1.0, 0.0, np.nan]), told).tolist() == ["neither"] * 3
