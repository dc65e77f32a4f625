"""Counting themes in a list of texts."""

import pandas as pd
import pytest
import spacy

from framescope.themes.lexicon import Lexicon
from framescope.themes.tally import tally
from framescope.themes.terms import parse_term

LEXICON = Lexicon.build(
    [
        ("defence", parse_term("army")),
        ("defence.threat", parse_term("enem*", weight=2.5)),
        ("defence.threat.near", parse_term("border raid*")),
        ("economy", parse_term("trade")),
        ("culture", None),
    ]
)


def test_a_themes_number_holds_those_of_the_themes_below_it():
    assert tally(["The army met enemies after a border raid."], LEXICON).to_dict("records") == [
        {"defence": 3, "defence.threat": 2, "defence.threat.near": 1, "economy": 0, "culture": 0}
    ]


def test_every_text_has_a_row_and_every_theme_a_column():
    table = tally(["", "Trade. Trade!", "nothing"], LEXICON)
    assert list(table.columns) == LEXICON.themes
    assert table["economy"].tolist() == [0, 2, 0]
    assert tally([], LEXICON).shape == (0, 5)


def test_a_series_keeps_its_index():
    assert tally(pd.Series({"b": "army", "a": "trade"}), LEXICON)["defence"].to_dict() == {"b": 1, "a": 0}


def test_weights_are_added_up_where_they_are_asked_for():
    assert tally(["enemy army"], LEXICON, weighted=True)["defence"].tolist() == [3.5]


def test_annotated_texts_have_the_numbers_of_plain_ones():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    texts = ["The army met enemies after a border raid.", "Free trade, post-9/11 army."]
    assert tally(map(pipeline, texts), LEXICON).equals(tally(texts, LEXICON))


def test_a_lexicon_of_lemmas_refuses_plain_text():
    with pytest.raises(ValueError, match="lemmas"):
        tally(["They bought arms."], Lexicon.build([("defence", parse_term("lemma:buy arms"))]))
