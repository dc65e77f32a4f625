from __future__ import annotations

import numpy as np
import pytest
from compare_frames import study

from framescope.compare.emphasis.contrasts import contrast_differences, contrasts, leans, log_odds, share_a
from framescope.compare.inputs import Testing

EVEN = Testing(baseline="even")
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
    table = contrasts(FRAMES, units=["section"], testing=EVEN)
    return {(r["section"], r["contrast"]): r["lean"] for r in table.to_dict("records")}


def test_counts_and_log_odds_are_those_done_by_hand():
    table = contrasts(FRAMES)
    got = table[(table["section"] == "02-introduction") & (table["contrast"] == "defence v. economy")].iloc[0]
    assert (got["hits_a"], got["hits_b"], got["sentences_a"], got["sentences_b"]) == (20, 2, 10, 2)
    assert got["share_a"] == pytest.approx(20 / 22)
    assert got["log_odds"] == pytest.approx(np.log(20.5 / 2.5))
    mixed = table[(table["section"] == "04-mixed") & (table["contrast"] == "defence v. economy")].iloc[0]
    assert mixed["sentences_both"] == 8


def test_a_unit_leans_to_the_side_its_corrected_p_supports_and_to_neither_otherwise():
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
    assert rows["p_corrected"].min() == pytest.approx(3 * rows["p"].min())


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


def test_sections_of_two_blocks_have_an_interval_and_single_blocks_none():
    parts = {"01": [[{"defence": 2, "economy": 1}]] * 2, "02": [[{"defence": 2}]], "03": [[{"economy": 1}]] * 3}
    rows = contrasts(study({"a": parts}), units=["section"]).drop_duplicates("section").set_index("section")
    assert rows.loc["01", "share_low"] < 2 / 3 < rows.loc["01", "share_high"]
    assert np.isnan(rows.loc["02", ["share_low", "share_high"]].astype(float)).all()
    assert (rows["lean"] == "too little text").all()
    # A single block with hits among several says nothing of how blocks differ, the study does.
    one = contrasts(study({"a": {"01": [[{"defence": 2, "economy": 1}], [{}]], "02": [[{"defence": 1}]] * 9}}))
    assert one.loc[one["section"] == "01", ["share_low", "share_high"]].notna().all(axis=None)
    # Without a hit of side a the share begins at 0 and the log-odds have no lower end.
    assert rows.loc["03", "share_low"] == 0
    assert np.isnan(rows.loc["03", "low"])
    assert rows.loc["03", "high"] == pytest.approx(log_odds(np.array([rows.loc["03", "share_high"]])).item())


def test_leans_are_corrected_for_all_units_of_their_kind():
    random = np.random.default_rng(5)
    parts = {
        f"{i:02}": [[{"defence": int(random.poisson(1)), "economy": int(random.poisson(1))}] for _ in range(10)]
        for i in range(60)
    }
    rows = contrasts(study({"a": parts}), units=["section"], testing=EVEN)
    own = rows[rows["contrast"] == "defence v. economy"]
    assert (own["p"] < 0.05).any()
    assert (own["p_corrected"] >= own["p"]).all()
    assert set(own["lean"]) == {"neither"}


def test_a_unit_without_hits_has_no_share():
    assert share_a(np.array([0.0, 0.0, 4.0]), np.array([0.0, 2.0, 1.0])) == pytest.approx([np.nan, 0, 0.8], nan_ok=True)


def test_a_p_at_the_level_or_none_leans_to_neither_side():
    told = np.array([True, True, True])
    assert (
        leans(np.array([0.9, 0.1, 0.9]), np.full(3, 0.5), np.array([0.05, 0.2, np.nan]), 0.05, told).tolist()
        == ["neither"] * 3
    )
