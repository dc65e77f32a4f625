"""What the headline figures count, by the study's choices."""

import pandas as pd
import pytest
from compare_frames import HIT

from framescope.compare.counts.choices import counted, listed_hits
from framescope.compare.inputs import Tables
from framescope.configuration import complete_config

PLAIN = HIT
HITS = pd.DataFrame(
    [
        {**PLAIN, "text": "plain"},
        {**PLAIN, "text": "swallowed", "in_name": True, "set_aside": "inside the name of a place"},
        {**PLAIN, "text": "quoted", "voice": "quoted"},
        {**PLAIN, "text": "named", "in_name": True},
        {**PLAIN, "text": "negated", "negated": True},
        {**PLAIN, "text": "contrasted", "contrasted": True},
        {**PLAIN, "text": "subject", "subject_term": True},
    ]
)
SENTENCES = pd.DataFrame({"voice": ["author", "quoted"], "quoted_words": [1, 9]})
STUDY = Tables(SENTENCES, HITS, pd.DataFrame(), pd.DataFrame())
REASONS = {
    "swallowed": "inside the name of a place",
    "quoted": "inside a quotation",
    "named": "inside a name",
    "negated": "negated",
    "contrasted": "set against something else",
}


def choices(**changes: bool) -> dict[str, object]:
    return complete_config({"counting": changes})["counting"]


@pytest.mark.parametrize(
    ("changes", "left_out"),
    [
        ({}, {"swallowed", "quoted"}),
        ({"quoted": True}, {"swallowed"}),
        ({"names": False}, {"swallowed", "quoted", "named"}),
        ({"negated": False}, {"swallowed", "quoted", "negated"}),
        ({"contrasted": False}, {"swallowed", "quoted", "contrasted"}),
    ],
)
def test_hits_say_what_the_headline_leaves_out_and_why_and_the_headline_leaves_out_just_that(changes, left_out):
    listed = listed_hits(HITS, choices(**changes)).set_index("text")
    assert listed.loc[~listed["counted"], "set_aside"].to_dict() == {text: REASONS[text] for text in left_out}
    assert (listed.loc[listed["counted"], "set_aside"] == "").all()
    kept = counted(STUDY, choices(**changes)).headline().hits
    assert set(kept["text"]) == set(HITS["text"]) - left_out


def test_quotations_are_kept_beside_the_headline_for_variations():
    kept = counted(STUDY, choices()).hits
    assert "quoted" in set(kept["text"])


def test_counted_quotations_make_their_sentences_the_authors():
    sentences = counted(STUDY, choices(quoted=True)).sentences
    assert sentences["voice"].tolist() == ["author", "author"]
    assert sentences["quoted_words"].tolist() == [0, 0]
