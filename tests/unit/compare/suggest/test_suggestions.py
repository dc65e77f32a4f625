import numpy as np
import pandas as pd
import pytest

from framescope.compare.inputs import Tables
from framescope.compare.suggest.effects import Finding, changed_findings, established
from framescope.compare.suggest.occurrences import occurrences
from framescope.compare.suggest.precision import (
    Surroundings,
    expected_precision,
    prior,
    surroundings,
    wilson,
    with_codes,
)
from framescope.compare.suggest.suggestions import suggestions

STOP_WORDS = frozenset({"the", "and", "a", "in", "one"})
# In six of twelve paragraphs "harbour" stands beside two terms of the theme "trade"; "kettle" stands everywhere.
NEAR = "The tariff rose and the customs grew. A harbour and a kettle came."
FAR = "The owls slept in trees. A kettle came and Wulfenau listened."


def study(near: str = NEAR, far: str = FAR) -> Tables:
    rows = []
    for paragraph in range(12):
        text = near if paragraph % 2 else far
        start = 0
        for number, sentence in enumerate(text.split(". ")):
            rows.append((f"d{paragraph // 4}", "01", paragraph, 2 * paragraph + number, start, sentence))
            start += len(sentence) + 2
    columns = ["document", "section", "paragraph", "sentence", "start", "text"]
    sentences = pd.DataFrame(rows, columns=columns).assign(words=6, quoted_words=0, voice="author")
    found = [
        (
            row.document,
            row.sentence,
            row.start + row.text.index(term),
            row.start + row.text.index(term) + len(term),
            term,
        )
        for row in sentences.itertuples()
        for term in ("tariff", "customs")
        if term in row.text
    ]
    hits = pd.DataFrame(found, columns=["document", "sentence", "start", "end", "term"])
    return Tables(sentences, hits.assign(theme="trade", voice="author"), pd.DataFrame(), pd.DataFrame())


def proposed(tables: Tables, codes: pd.DataFrame | None = None, findings: tuple[Finding, ...] = ()) -> pd.DataFrame:
    return suggestions(tables, STOP_WORDS, codes, findings).set_index("term")


def test_a_word_near_hits_is_expected_to_be_better_than_one_that_stands_everywhere() -> None:
    table = proposed(study())
    assert table.loc["harbour", "expected_precision"] > 0.2
    assert "kettle" not in table.index or table.loc["kettle", "expected_precision"] < 0.1
    assert table.index[0] == "harbour"


def test_hits_documents_new_sentences_rates_and_examples_are_those_of_the_term() -> None:
    row = proposed(study()).loc["harbour"]
    assert (row["theme"], row["hits"], row["documents"], row["new_sentences"], row["coded"]) == ("trade", 6, 3, 6, 0)
    assert row["rate"] == pytest.approx(1000 * 12 / 144)
    assert row["rate_with_term"] == pytest.approx(1000 * 18 / 144)
    assert row["examples"].split(" | ")[0] == "d0 3: A harbour and a kettle came."


def test_words_inside_hits_names_and_stop_words_are_no_candidates() -> None:
    terms = set(proposed(study()).index)
    assert terms.isdisjoint({"tariff", "customs", "wulfenau", "the", "and"})


def test_candidates_are_words_phrases_and_beginnings_of_three_sentences() -> None:
    texts = ["a green harbour", "the green harbours", "one green harbour wall", "red owl"]
    sentences = pd.DataFrame({"text": texts, "start": 0})
    found = occurrences(sentences, np.arange(4), STOP_WORDS)
    assert found.terms == ["green", "harbour*"] or set(found.terms) == {"green", "harbou*", "harbour*"}
    assert [found.sentence[found.term == found.terms.index("green")].tolist()] == [[0, 1, 2]]


def test_a_phrase_does_not_go_over_a_comma_and_may_go_over_a_hyphen() -> None:
    texts = ["green, harbour", "green-harbour walls", "green harbour", "green harbour"]
    found = occurrences(pd.DataFrame({"text": texts, "start": 0}), np.arange(4), STOP_WORDS)
    assert found.sentence[found.term == found.terms.index("green harbour")].tolist() == [1, 2, 3]


def test_neighbours_are_sentences_of_the_same_paragraph() -> None:
    around = surroundings(np.array([1]), pd.Series(["tariff"]), np.array([0, 0, 0, 1]))
    assert around.near.tolist() == [True, True, True, False]
    around = surroundings(np.array([2]), pd.Series(["tariff"]), np.array([0, 0, 0, 1]))
    assert around.near.tolist() == [False, True, True, False]
    assert around.related == 0


def test_hits_are_related_to_hits_of_other_terms_only() -> None:
    same = surroundings(np.array([0, 1]), pd.Series(["tariff", "tariff"]), np.array([0, 0]))
    other = surroundings(np.array([0, 1]), pd.Series(["tariff", "customs"]), np.array([0, 0]))
    assert (same.related, other.related) == (0.0, 1.0)


def test_expected_precision_grows_with_the_share_and_is_that_of_the_theme_at_most() -> None:
    around = Surroundings(np.zeros(1, bool), np.zeros(1, bool), 0.2, 0.8)
    middle, low, high = expected_precision(np.array([1.0, 10.0, 20.0]), np.full(3, 20.0), around, own=0.6)
    assert middle[0] < middle[1] < middle[2] <= 0.6
    assert ((low <= middle) & (middle <= high)).all()


def test_a_theme_whose_hits_stand_alone_proposes_nothing() -> None:
    around = Surroundings(np.zeros(1, bool), np.zeros(1, bool), 0.2, 0.1)
    assert expected_precision(np.array([5.0, 9.0]), np.array([9.0, 9.0]), around)[0].tolist() == [0.0, 0.0]


def test_like_shares_are_drawn_together_and_unlike_ones_are_not() -> None:
    alike = prior(np.array([5.0, 5.0, 5.0]), np.array([10.0, 10.0, 10.0]))
    unlike = prior(np.array([0.0, 10.0, 5.0]), np.array([10.0, 10.0, 10.0]))
    assert sum(alike) > sum(unlike)


def test_codes_decide_where_there_are_many() -> None:
    middle, low, high = with_codes(np.array([0.5, 0.5]), np.array([0.0, 98.0]), np.array([98.0, 98.0]))
    assert middle.round(2).tolist() == [0.01, 0.99]
    assert low[1] > 0.9 > 0.1 > high[0]


def test_the_interval_of_five_of_ten_is_wilsons() -> None:
    low, high = wilson(np.array([5.0]), np.array([10.0]), 0.95)
    assert (round(float(low[0]), 3), round(float(high[0]), 3)) == (0.237, 0.763)


def test_coded_sentences_lower_a_term_that_coders_do_not_find_in_the_theme() -> None:
    tables = study()
    coded = tables.sentences[tables.sentences["text"].str.contains("kettle")]
    with_harbour = coded["text"].str.contains("harbour").map({True: "trade", False: ""})
    agreed = proposed(tables, coded[["document", "sentence"]].assign(theme=with_harbour))
    against = proposed(tables, coded[["document", "sentence"]].assign(theme=""))
    assert agreed.loc["harbour", "coded"] == 6
    assert agreed.loc["harbour", "expected_precision"] > 0.8
    assert "harbour" not in against.index or against.loc["harbour", "expected_precision"] < 0.2


def test_a_finding_changes_if_its_ratio_leaves_the_interval() -> None:
    finding = Finding("trade", (("a",), ("b",)), (20.0, 10.0), (1000, 1000), 0.5, 1.5)
    more = pd.DataFrame({"document": ["b"] * 20, "section": "01"})
    assert changed_findings([finding], "trade", more) == ["a v. b"]
    assert changed_findings([finding], "trade", more.head(1)) == []
    assert changed_findings([finding], "peace", more) == []
    rest = Finding("trade", (("a",), None), (20.0, 10.0), (1000, 1000), 0.5, 1.5)
    assert changed_findings([rest], "trade", more) == ["a v. the rest"]
    section = Finding("trade", (("b", "02"), ("b", "03")), (20.0, 10.0), (1000, 1000), 0.5, 1.5)
    assert changed_findings([section], "trade", more) == []


def test_established_differences_of_sections_and_documents_are_findings() -> None:
    common = {
        "theme": "trade",
        "rate_a": 20.0,
        "rate_b": 10.0,
        "words_a": 1000,
        "words_b": 500,
        "low": 0.1,
        "high": 1.0,
    }
    sections = pd.DataFrame(
        [{"document": "a", "section_a": "01", "section_b": "02", "verdict": "differs", **common},
         {"document": "a", "section_a": "01", "section_b": "03", "verdict": "not established", **common}]
    )  # fmt: skip
    documents = pd.DataFrame(
        [{"unit": "document", "unit_a": "a", "unit_b": "the rest", "verdict": "differs", **common},
         {"unit": "group", "unit_a": "x", "unit_b": "y", "verdict": "differs", **common}]
    )  # fmt: skip
    found = established(sections, documents)
    assert [finding.described for finding in found] == ["a/01 v. a/02", "a v. the rest"]
    assert found[0].hits == (20.0, 5.0)
