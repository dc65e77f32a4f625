from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from compare_frames import study
from scipy import stats

from framescope.compare.emphasis.differences import document_differences, log2_ratio, section_differences
from framescope.compare.inference.pairs import REST
from framescope.compare.inputs import Testing
from framescope.problems import StudyError

MANY = [[{"defence": 1 + i % 3}, {}] for i in range(10)]
FEW = [[{"defence": 1} if i == 0 else {}, {"economy": 1}] for i in range(10)]
FRAMES = study(
    {"a": {"01-abstract": MANY, "02-one": MANY, "03-two": FEW, "04-three": FEW, "05-short": MANY[:4]}},
    roles={"01-abstract": "abstract"},
)


def test_a_clear_difference_is_found_with_the_ratio_done_by_hand():
    table = section_differences(FRAMES, focus_themes=["defence"])
    got = table.set_index(["section_a", "section_b", "theme"]).loc[("02-one", "03-two", "defence")]
    assert got["log2_ratio"] == pytest.approx(np.log2(19.5 / 1.5))
    assert (got["verdict"], got["family"], got["tests_in_family"]) == ("differs", "focus themes", 2)
    assert got["p_corrected"] == pytest.approx(2 * got["p"])
    assert got["low"] > 0


def test_equal_sections_are_not_called_different_nor_called_equal():
    table = section_differences(FRAMES, focus_themes=["defence", "economy"])
    got = table.set_index(["section_a", "section_b", "theme"]).loc[("03-two", "04-three", "economy")]
    assert got["p"] == 1
    assert got["verdict"] == "not established"


def test_other_themes_are_exploratory_and_corrected_by_their_false_discovery_rate():
    table = section_differences(FRAMES, focus_themes=["defence"])
    rest = table[table["theme"] == "economy"]
    assert set(rest["family"]) == {"exploratory"}
    tested = rest.dropna(subset="p")
    assert tested["p_corrected"].tolist() == pytest.approx(stats.false_discovery_control(tested["p"]).tolist())


def test_abstracts_are_in_no_pair_and_short_sections_only_in_rows_of_focus_themes():
    table = section_differences(FRAMES, focus_themes=["defence"])
    assert not table[["section_a", "section_b"]].isin(["01-abstract"]).any(axis=None)
    short = table[table["section_b"] == "05-short"]
    assert set(short["theme"]) == {"defence"}
    assert set(short["verdict"]) == {"too little text"}


def test_pairs_with_under_five_hits_have_neither_test_nor_interval():
    sparse = study({"a": {"01": [[{"defence": 1}]] * 4 + [[{}]] * 5, "02": [[{}]] * 9}})
    row = section_differences(sparse, focus_themes=["defence"]).iloc[0]
    assert row["verdict"] == "too little text"
    assert row[["low", "high", "critical", "p"]].isna().all()


@pytest.mark.parametrize("count", [3, 31])
def test_an_interval_leaves_out_nought_just_where_p_is_below_the_level(count: int):
    random = np.random.default_rng(7)
    parts = {
        f"d{i:02}": {
            "01": [[{"defence": int(n), "economy": int(m)}] for n, m in random.poisson((1 + i % 2, 1), (12, 2))]
        }
        for i in range(count)
    }
    table = document_differences(study(parts), testing=Testing(permutations=999)).dropna(subset="p")
    beyond = (table["low"] > 0) | (table["high"] < 0)
    assert beyond.any()
    assert not beyond.all()
    assert (beyond == (table["p"] < 0.05)).all()


def test_no_p_is_nought_however_far_a_document_is_from_the_rest():
    parts = {f"d{i:02}": {"01": [[{"defence": 9 if i == 0 else i % 2}]] * 12} for i in range(31)}
    table = document_differences(study(parts), testing=Testing(permutations=99))
    far = table[table["unit_a"] == "d00"].iloc[0]
    assert far["unit_b"] == REST
    assert (table["p"].dropna() > 0).all()
    assert far["p"] <= 1 / 99


def test_a_focus_theme_the_lexicon_lacks_is_an_error_that_lists_the_themes():
    with pytest.raises(ValueError, match=r"defense is no theme .* defence"):
        section_differences(FRAMES, themes=["defence"], focus_themes=["defense"])


def test_the_same_seed_gives_the_same_table():
    first, second = (section_differences(FRAMES, testing=Testing(seed=5)) for _ in range(2))
    assert first.equals(second)


def test_documents_up_to_thirty_are_paired_and_above_set_against_the_rest():
    several = document_differences(study({f"d{i:02}": {"01": FEW} for i in range(4)}))
    assert len(several[several["theme"] == "defence"]) == 6
    short = {f"d{i:02}": {"01": [[{"defence": 1}]]} for i in range(30)}
    assert len(document_differences(study(short)).query("unit == 'document' and theme == 'defence'")) == 435
    many = document_differences(study({f"d{i:02}": {"01": FEW} for i in range(31)}), testing=Testing(permutations=99))
    rows = many[many["theme"] == "defence"]
    assert len(rows) == 31
    assert set(rows["unit_b"]) == {REST}


def test_one_odd_document_out_of_many_is_told_from_the_rest():
    documents = {f"d{i:02}": {"01": MANY if i == 7 else FEW} for i in range(31)}
    table = document_differences(study(documents), focus_themes=["defence"], testing=Testing(permutations=999))
    found = table[(table["theme"] == "defence") & (table["verdict"] == "differs")]
    assert found["unit_a"].tolist() == ["d07"]


def test_groups_of_four_documents_are_compared_over_documents_and_smaller_ones_over_blocks():
    groups = {d: "east" if d in "abcd" else "west" if d in "efgh" else "south" for d in "abcdefghij"}
    table = document_differences(study({d: {"01": FEW} for d in groups}, groups=groups))
    inference = table[table["unit"] == "group"].groupby(["unit_a", "unit_b"])["inference"].first().to_dict()
    assert inference == {("east", "south"): "block", ("east", "west"): "document", ("south", "west"): "block"}


def test_documents_are_compared_by_role_where_both_have_it_and_never_by_default_or_abstract():
    parts = {"01-abstract": FEW, "02-introduction": FEW, "03-other": FEW}
    roles = {"01-abstract": "abstract", "02-introduction": "introduction"}
    table = document_differences(study({"a": parts, "b": parts}, roles=roles))
    assert set(table.loc[table["unit"] == "document", "role"]) == {"", "introduction"}
    assert not (table["unit"] == "role").any()


def test_abstracts_are_no_role_that_is_compared_with_another():
    roles = {"01-abstract": "abstract", "02-introduction": "introduction", "03-theory": "theory"}
    frames = study({d: dict.fromkeys(roles, MANY[:8]) for d in "ab"}, roles=roles)
    table = document_differences(frames, testing=Testing(permutations=49))
    assert set(table.loc[table["unit"] == "role", ["unit_a", "unit_b"]].to_numpy().ravel()) == {
        "introduction",
        "theory",
    }


def test_the_genres_of_documents_stand_beside_them_and_beside_nothing_else():
    blocks = [[{"defence": 1}]] * 8
    frames = study({d: {"01": blocks} for d in "abcd"}, groups={"a": "x", "b": "x", "c": "y", "d": "y"})
    frames = replace(frames, documents=frames.documents.assign(genre=["speech", "report", "speech", ""]))
    table = document_differences(frames)
    documents = table[table["unit"] == "document"]
    pairs = documents.loc[documents["unit_a"] == "a", ["genre_a", "genre_b"]].to_numpy().tolist()
    assert pairs == [["speech", "report"], ["speech", "speech"], ["speech", ""]]
    assert set(table.loc[table["unit"] == "group", ["genre_a", "genre_b"]].to_numpy().ravel()) == {""}


def test_groups_of_one_document_each_are_no_pair_beside_that_of_their_documents():
    blocks = [[{"defence": 1}]] * 8
    table = document_differences(study({d: {"01": blocks} for d in "abc"}, groups={"a": "x", "b": "y", "c": "y"}))
    assert table.loc[table["unit"] == "group", ["unit_a", "unit_b"]].to_numpy().tolist() == [["x", "y"]]
    two = document_differences(study({d: {"01": blocks} for d in "ab"}, groups={"a": "x", "b": "y"}))
    assert set(two["unit"]) == {"document"}


def test_a_reference_without_text_is_answered_as_other_errors_of_the_configuration():
    with pytest.raises(StudyError, match=r"^config\.yaml: reference: the document 'z' has no text that is counted"):
        document_differences(FRAMES, reference="z")


def test_twice_the_rate_is_one_and_half_of_it_minus_one():
    assert log2_ratio(np.log([2.0, 1.0, 0.5])).tolist() == pytest.approx([1, 0, -1])


def test_a_ratio_without_hits_on_either_side_is_empty_and_one_of_equal_rates_nought():
    frames = study({"a": {"01": FEW, "02": FEW}, "b": {"01": [[{}]] * 60}, "c": {"01": [[{}]] * 9}})
    table = document_differences(frames, themes=["defence", "economy"]).set_index(["unit_a", "unit_b", "theme"])
    assert np.isnan(table.loc[("b", "c", "defence"), "log2_ratio"])
    sections = section_differences(frames, focus_themes=["economy"]).set_index(["document", "theme"])
    assert sections.loc[("a", "economy"), "log2_ratio"] == pytest.approx(0, abs=1e-12)


def test_two_groups_of_four_cannot_be_told_apart_on_two_themes_but_on_one():
    groups = dict(zip("abcdefgh", "xxxxyyyy", strict=True))
    frames = study({d: {"01": MANY if groups[d] == "x" else FEW} for d in groups}, groups=groups)
    both = document_differences(frames, focus_themes=["defence", "economy"]).query("unit == 'group'")
    assert both["p_least"].min() == pytest.approx(2 / 70)
    assert both.set_index("theme").loc["defence", "p_corrected"] == pytest.approx(4 / 70)
    assert set(both["verdict"]) == {"cannot be established"}
    one = document_differences(frames, themes=["defence"], focus_themes=["defence"]).query("unit == 'group'")
    assert one["verdict"].tolist() == ["differs"]


def test_a_speech_with_over_three_times_the_rate_passes_among_a_hundred_and_twenty_tests():
    random = np.random.default_rng(5)

    def speech(mean: float) -> list[list[dict[str, int]]]:
        numbers = random.poisson(mean * random.gamma(2, 0.5, 30)), random.poisson(1, 30)
        return [[{"defence": int(a), "economy": int(b)}] for a, b in zip(*numbers, strict=True)]

    documents = {f"d{i:02}": {"01": speech(3.33 if i == 17 else 0.97)} for i in range(60)}
    table = document_differences(study(documents, words=100), focus_themes=["defence", "economy"])
    assert set(table["tests_in_family"]) == {120}
    assert table.loc[table["verdict"] == "differs", ["unit_a", "theme"]].to_numpy().tolist() == [["d17", "defence"]]
    assert (table["p"] > 0).all()
    assert (table["p"] >= table["p_least"]).all()
