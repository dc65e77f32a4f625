from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from framescope.compare.emphasis.keyness import keywords, log_odds_dirichlet, log_ratio

DOCUMENTS = pd.DataFrame({"document": ["a", "b"], "group": ["", ""]})


def terms(rows: list[tuple[str, str, int, str, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["document", "section", "block", "term", "count"])


def test_log_odds_are_those_of_monroe_and_others_done_by_hand():
    target, reference, prior = np.array([10.0, 90.0]), np.array([5.0, 195.0]), np.array([2.0, 8.0])
    effect, error = log_odds_dirichlet(target, reference, prior)
    assert effect[0] == pytest.approx(np.log(12 / (100 + 10 - 12)) - np.log(7 / (200 + 10 - 7)))
    assert error[0] == pytest.approx(np.sqrt(1 / 12 + 1 / 7))


def test_a_section_is_set_against_the_rest_of_its_document():
    rows = [("a", "01", b, "tank", 3) for b in (1, 2)] + [("a", "02", b, "tariff", 3) for b in (3, 4)]
    rows += [("a", "01", 1, "year", 2), ("a", "01", 2, "year", 2), ("a", "02", 3, "year", 4), ("b", "01", 1, "tank", 9)]
    table = keywords([terms(rows)], DOCUMENTS, units=["section"])
    assert [tuple(r) for r in table[["document", "section", "term"]].to_numpy()] == [
        ("a", "01", "tank"),
        ("a", "02", "tariff"),
    ]
    first = table.iloc[0]
    assert (first["count"], first["range"], first["range_share"]) == (6, 2, 1.0)
    assert first["rate"] == pytest.approx(1000 * 6 / 10)


def test_key_terms_are_sorted_by_effect_and_rare_ones_left_out():
    rows = [("a", "01", b, t, n) for b in (1, 2) for t, n in (("tank", 8), ("war", 2), ("shell", 1))]
    rows += [("b", "01", b, t, n) for b in (1, 2) for t, n in (("tank", 1), ("war", 1), ("trade", 20))]
    table = keywords([terms(rows)], DOCUMENTS, units=["document"])
    own = table[table["document"] == "a"]
    assert own["term"].tolist() == ["tank", "war"]
    assert own["log_ratio_low"].is_monotonic_decreasing


def test_a_term_whose_hits_lie_in_one_block_is_no_key_term():
    rows = [("a", "01", 1, "tank", 50), ("a", "01", 2, "year", 5), ("b", "01", 1, "year", 50)]
    assert keywords([terms(rows)], DOCUMENTS, units=["document"]).empty


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_key_terms_are_those_of_the_whole_if_terms_come_in_parts_with_whole_documents(order: str):
    rows = [("a", "01", b, t, n) for b in (1, 2) for t, n in (("tank", 8), ("war", 2))]
    rows += [("a", "02", b, t, n) for b in (3, 4) for t, n in (("tank", 1), ("peace", 2))]
    rows += [("b", "01", b, t, n) for b in (1, 2) for t, n in (("tank", 1), ("war", 1), ("trade", 20))]
    documents = DOCUMENTS.assign(group=["left", "right"])
    whole = keywords([terms(rows)], documents)
    assert set(whole["unit"]) == {"section", "document", "group"}
    parts = [terms([row for row in rows if row[0] == document]) for document in order]
    pd.testing.assert_frame_equal(keywords(parts, documents), whole)


@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_the_bound_of_the_log_ratio_is_the_one_of_katz_in_statsmodels(confidence: float):
    effect, low = log_ratio(np.array([8.0]), 100.0, np.array([2.0]), 150.0, confidence)
    expected = confint_proportions_2indep(
        8.5, 100, 2.5, 150, compare="ratio", method="log", alpha=1 - confidence, correction=False
    )
    assert effect.item() == pytest.approx(np.log2(8.5 / 100 * 150 / 2.5))
    assert low.item() == pytest.approx(np.log2(expected[0]))
