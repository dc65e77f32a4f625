from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from compare_frames import study
from tests.conftest import ROOT

from framescope.compare.emphasis.baselines import BASE_RATES, check_baseline, shares_of_rates, stated_rates
from framescope.compare.emphasis.contrasts import contrasts
from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inputs import DEFAULT_CONTRASTS, Tables, Testing
from framescope.problems import StudyError

CONTRAST = "defence v. economy"
SHORT = study({"a": {"01": [[{"defence": 3, "economy": 1}]] * 2}, "b": {"01": [[{"defence": 1, "economy": 4}]] * 3}})


def mixed(defence: int, economy: int, blocks: int) -> list[list[dict[str, int]]]:
    return [[{"defence": defence, "economy": economy}]] * blocks


def row_of(tables: Tables, unit: str, document: str, baseline: str) -> pd.Series:
    rows = contrasts(tables, units=[unit], testing=Testing(baseline=baseline))
    return rows[(rows["document"] == document) & (rows["contrast"] == CONTRAST)].iloc[0]


def test_the_rest_is_all_other_documents_with_half_a_hit_added_to_each_side():
    for unit in ("section", "document"):
        assert row_of(SHORT, unit, "a", "rest")["share_baseline"] == pytest.approx((3 + 0.5) / (15 + 1))
        assert row_of(SHORT, unit, "b", "rest")["share_baseline"] == pytest.approx((6 + 0.5) / (8 + 1))


def test_a_text_leans_by_what_it_has_more_of_than_the_baseline_not_by_what_it_has_more_of():
    # Both have more of the economy, of which the lexicon may know more words; b has less of it than a.
    tables = study({"a": {"01": mixed(1, 9, 12)}, "b": {"01": mixed(4, 6, 12)}})
    assert [row_of(tables, "document", d, "even")["lean"] for d in "ab"] == ["b", "b"]
    assert [row_of(tables, "document", d, "rest")["lean"] for d in "ab"] == ["b", "a"]


def test_a_text_that_is_like_the_others_leans_nowhere_however_one_sided_all_are():
    tables = study({name: {"01": mixed(1, 9, 12)} for name in "abc"})
    assert row_of(tables, "document", "a", "even")["lean"] == "b"
    assert row_of(tables, "document", "a", "rest")["lean"] == "neither"


def test_a_short_baseline_makes_a_lean_less_certain_than_a_long_one():
    p = [
        row_of(study({"a": {"01": mixed(6, 4, 12)}, "b": {"01": mixed(4, 6, n)}}), "document", "a", "rest")["p"]
        for n in (2, 12, 60)
    ]
    assert p[0] > p[1] > p[2]


def test_a_named_document_is_the_baseline_of_all_but_itself():
    tables = study({name: {"01": mixed(*sides, 12)} for name, sides in {"a": (1, 9), "b": (5, 5), "c": (9, 1)}.items()})
    shares = [row_of(tables, "document", name, "b")["share_baseline"] for name in "abc"]
    assert shares == pytest.approx([0.5, np.nan, 0.5], nan_ok=True)
    assert [row_of(tables, "section", name, "b")["lean"] for name in "abc"] == ["b", "no baseline", "a"]


def test_a_baseline_without_text_is_an_error_that_names_it():
    for setting in ("gone", {"name": "gone", "documents": ["c", "d"]}):
        with pytest.raises(StudyError, match="baseline: 'gone' has no text"):
            check_baseline(setting, SHORT)
    check_baseline({"name": "party: x", "documents": ["a", "gone"]}, SHORT)


def test_a_single_text_has_no_rest_and_no_lean():
    row = row_of(study({"a": {"01": mixed(1, 9, 12)}}), "document", "a", "rest")
    assert row["lean"] == "no baseline"
    assert np.isnan(row["p"])


def test_the_lexicon_has_one_share_for_every_text():
    shares = [row_of(SHORT, "document", name, "lexicon")["share_baseline"] for name in "ab"]
    assert shares == [shares_of_rates(DEFAULT_CONTRASTS, stated_rates("lexicon"))[0]] * 2


def test_a_theme_below_another_of_its_side_is_not_counted_twice():
    whole, twice = ({"name": "x", "a": a, "b": ["economy"]} for a in (["defence"], ["defence", "defence.war"]))
    rates = stated_rates("lexicon")
    assert shares_of_rates([whole], rates) == shares_of_rates([twice], rates)


def test_a_group_is_the_baseline_of_all_texts_and_of_its_own_texts_without_themselves():
    tables = study({name: {"01": mixed(n, 4, 12)} for n, name in enumerate("abcd", start=1)})
    group = {"name": "party: x", "documents": ["a", "b"]}
    rates = theme_rates(tables, themes=["defence"], units=["document"], testing=Testing(baseline=group))
    assert rates["ratio"].round(3).tolist() == [1 / 2, 2 / 1, 2.0, 2.667]


def test_a_ratio_to_a_table_is_as_certain_as_the_rate_and_one_to_texts_less_so():
    tables = study({name: {"01": mixed(4, 4, 12)} for name in "ab"})
    of_table, of_text = (
        theme_rates(tables, themes=["defence"], units=["document"], testing=Testing(baseline=baseline)).iloc[0]
        for baseline in ({"name": "base.csv", "rates": {"defence": 100.0}}, "b")
    )
    ends = ["ratio_low", "ratio_high"]
    assert (100 * of_table[ends]).tolist() == pytest.approx(of_table[["rate_low", "rate_high"]].tolist())
    assert of_text["ratio_low"] < of_table["ratio_low"] / of_table["ratio"] * of_text["ratio"]
    assert of_text["ratio_high"] > of_table["ratio_high"] / of_table["ratio"] * of_text["ratio"]


def test_equal_rates_have_a_ratio_of_one_and_swapped_texts_the_reciprocal_interval():
    tables = study({"a": {"01": mixed(2, 4, 12)}, "b": {"01": mixed(4, 4, 12)}})
    rates = theme_rates(tables, themes=["defence", "economy"], units=["document"])
    first, second = (rates[rates["document"] == name].set_index("theme") for name in "ab")
    assert first.loc["economy", "ratio"] == 1
    assert first.loc["defence", "ratio_low"] == pytest.approx(1 / second.loc["defence", "ratio_high"])


def test_a_theme_without_rate_in_the_table_or_with_few_hits_in_the_texts_has_no_ratio():
    tables = study({"a": {"01": mixed(2, 4, 12)}, "b": {"01": [[{"defence": 2, "economy": 4}]] * 2}})
    rates = theme_rates(tables, units=["document"]).set_index(["document", "theme"])
    assert np.isnan(rates.loc[("a", "defence"), "ratio"])
    assert rates.loc[("a", "economy"), "ratio"] == 1
    stated = Testing(baseline={"name": "base.csv", "rates": {"economy": 10.0}})
    rates = theme_rates(tables, units=["document"], testing=stated).set_index(["document", "theme"])
    assert rates["ratio"].isna().tolist() == [True, False] * 2


def test_the_base_rates_are_those_of_the_sample_texts_by_the_lexicon_as_it_is(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    from base_rates import base_rates

    assert BASE_RATES.read_text(encoding="utf-8") == base_rates().to_csv(index=False), "run benchmarks/base_rates.py"
