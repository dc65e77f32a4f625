"""What each term of the lexicon contributes."""

from math import log

import pandas as pd
import pytest

from framescope.compare.description.lexicon_terms import lexicon_terms

CONTRASTS = [{"name": "d v. e", "a": ["defence"], "b": ["economy"]}]
TERMS = [
    ("defence", "army"),
    ("defence.threat", "enemy"),
    ("economy", "trade"),
    ("economy", "bank"),
    ("culture", "art"),
]


def hits(*rows):
    """Rows of (document, sentence, start, theme, term); author hits that are no subject terms."""
    table = pd.DataFrame(rows, columns=["document", "sentence", "start", "theme", "term"])
    return table.assign(end=table["start"] + 4, voice="author", subject_term=False)


HITS = hits(
    ("one", 1, 0, "defence", "army"),
    ("one", 2, 0, "defence", "army"),
    ("two", 1, 0, "defence.threat", "enemy"),
    ("two", 1, 9, "economy", "trade"),
    ("two", 2, 0, "defence", "NATO"),
)


def by_term(table):
    return table.set_index("term")


def test_every_term_has_a_row_the_ones_that_never_hit_and_the_named_actors_too():
    table = lexicon_terms(HITS, TERMS, CONTRASTS)
    assert table[["theme", "term", "hits", "documents"]].to_numpy().tolist() == [
        ["defence", "army", 2, 1],
        ["defence", "NATO", 1, 1],
        ["defence.threat", "enemy", 1, 1],
        ["economy", "trade", 1, 1],
        ["economy", "bank", 0, 0],
        ["culture", "art", 0, 0],
    ]


def test_a_share_is_of_the_hits_of_the_themes_own_terms():
    assert by_term(lexicon_terms(HITS, TERMS, CONTRASTS))["share"].to_dict() == pytest.approx(
        {"army": 2 / 3, "NATO": 1 / 3, "enemy": 1, "trade": 1, "bank": 0, "art": 0}
    )


def test_the_contrast_without_a_term_leaves_out_all_its_hits():
    table = by_term(lexicon_terms(HITS, TERMS, CONTRASTS))
    assert table["log_odds_without"].drop("art").to_dict() == pytest.approx(
        {
            "army": log(2.5 / 1.5),
            "NATO": log(3.5 / 1.5),
            "enemy": log(3.5 / 1.5),
            "trade": log(4.5 / 0.5),
            "bank": log(4.5 / 1.5),
        }
    )
    assert pd.isna(table.loc["art", "log_odds_without"])
    assert table.loc["art", "contrast"] == ""


def test_a_term_of_several_contrasts_has_a_row_for_each():
    contrasts = [*CONTRASTS, {"name": "d v. c", "a": ["defence"], "b": ["culture"]}]
    table = lexicon_terms(HITS, TERMS, contrasts)
    assert table.loc[table["term"] == "enemy", "contrast"].tolist() == ["d v. e", "d v. c"]


def test_a_place_shared_by_two_terms_of_a_side_stays_a_hit_without_one_of_them():
    contrasts = [{"name": "d v. ee", "a": ["defence"], "b": ["economy", "energy"]}]
    shared = hits(
        ("one", 1, 0, "economy", "oil price"), ("one", 1, 0, "energy", "oil"), ("one", 2, 0, "defence", "army")
    )
    table = by_term(lexicon_terms(shared, [], contrasts))
    assert table.loc["oil", "log_odds_without"] == pytest.approx(log(1.5 / 1.5))


def test_quoted_hits_are_no_headline_hits_and_subject_terms_are_and_say_so():
    table = HITS.assign(voice=["quoted", *["author"] * 4], subject_term=[False] * 3 + [True, False])
    rows = by_term(lexicon_terms(table, TERMS, CONTRASTS))
    assert rows["hits"].to_dict() == {"army": 1, "NATO": 1, "enemy": 1, "trade": 1, "bank": 0, "art": 0}
    assert rows["subject_term"].to_dict()["trade"]
    assert not rows["subject_term"].drop("trade").any()


def test_precision_is_the_share_of_coded_sentences_that_carry_the_theme_or_one_of_its_line():
    codes = pd.DataFrame(
        [("one", 1, "defence.threat"), ("one", 2, ""), ("two", 1, "defence"), ("two", 1, "culture")],
        columns=["document", "sentence", "theme"],
    )
    rows = by_term(lexicon_terms(HITS, TERMS, CONTRASTS, codes))
    assert rows.loc["army", ["precision", "coded"]].tolist() == [0.5, 2]
    assert rows.loc["enemy", ["precision", "coded"]].tolist() == [1.0, 1]
    assert rows.loc["trade", ["precision", "coded"]].tolist() == [0.0, 1]
    assert rows.loc["NATO", "coded"] == 0
    assert pd.isna(rows.loc["NATO", "precision"])


def test_a_term_whose_words_another_theme_hits_as_well_names_that_theme_and_never_its_own_family():
    shared = hits(
        ("one", 1, 0, "defence", "army"),
        ("one", 1, 0, "economy", "army"),
        ("one", 1, 0, "defence.threat", "army"),
        ("one", 2, 0, "culture", "art"),
    )
    found = lexicon_terms(shared, [], []).set_index(["theme", "term"])["also_in"].to_dict()
    assert found == {
        ("defence", "army"): "economy",
        ("defence.threat", "army"): "economy",
        ("economy", "army"): "defence; defence.threat",
        ("culture", "art"): "",
    }


def test_texts_without_hits_have_rows_of_terms_that_never_hit():
    table = lexicon_terms(HITS.iloc[:0], TERMS, CONTRASTS)
    assert table["hits"].tolist() == [0] * len(TERMS)
    assert set(table["log_odds_without"].dropna()) == {0.0}
