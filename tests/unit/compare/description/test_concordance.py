"""Each hit in its sentence."""

import pandas as pd
import pytest

from framescope.compare.description.concordance import concordance

SENTENCES = pd.DataFrame(
    {"document": ["a", "a"], "sentence": [1, 2], "start": [0, 11], "text": ["All is well.", "The army left at dawn."]}
)


def hits(**changes):
    row = {"document": "a", "section": "01", "sentence": 2, "start": 15, "end": 19, "text": "army", "theme": "defence"}
    row |= {"counted": False, "set_aside": "inside a quotation"}
    return pd.DataFrame([{**row, **changes}])


def test_a_hit_stands_between_what_precedes_and_what_follows_it_in_its_sentence():
    assert concordance(hits(), SENTENCES).to_dict("records") == [
        {
            "document": "a",
            "section": "01",
            "sentence": 2,
            "theme": "defence",
            "counted": False,
            "set_aside": "inside a quotation",
            "left": "The ",
            "hit": "army",
            "right": " left at dawn.",
        }
    ]


@pytest.mark.parametrize("changes", [{"sentence": 3}, {"start": 16, "end": 20}, {"start": 2, "end": 6}])
def test_a_hit_that_is_not_in_its_sentence_is_an_error(changes):
    with pytest.raises(ValueError, match="document 'a', sentence"):
        concordance(hits(**changes), SENTENCES)


def test_no_hits_give_an_empty_table():
    assert list(concordance(hits().iloc[:0], SENTENCES).columns) == [
        "document", "section", "sentence", "theme", "counted", "set_aside", "left", "hit", "right",
    ]  # fmt: skip
