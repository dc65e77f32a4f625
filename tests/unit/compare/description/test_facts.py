from __future__ import annotations

import pandas as pd

from framescope.compare.description.facts import prescriptive_share, sections_table

SENTENCES = pd.DataFrame(
    [
        ("a", "01", "author", "prescriptive"),
        ("a", "01", "author", "descriptive"),
        ("a", "01", "quoted", "prescriptive"),
        ("a", "02", "author", "descriptive"),
        ("b", "01", "quoted", "prescriptive"),
    ],
    columns=["document", "section", "voice", "mode"],
).assign(paragraph=1, block=1, words=10, quoted_words=0)


def test_the_prescriptive_share_is_of_the_authors_sentences_alone():
    assert prescriptive_share(SENTENCES).to_dict() == {("a", "01"): 0.5, ("a", "02"): 0.0}


def test_a_section_without_a_sentence_of_the_authors_has_no_share_and_keeps_its_row():
    facts = pd.DataFrame({"document": ["a", "a", "b"], "section": ["01", "02", "01"]})
    readability = pd.DataFrame({"document": ["a"], "section": ["01"], "flesch_kincaid": [9.5]})
    table = sections_table(facts, SENTENCES, readability).set_index(["document", "section"])
    assert table.loc[("a", "01"), ["sentences", "words", "prescriptive_share", "flesch_kincaid"]].tolist() == [
        3, 30, 0.5, 9.5,
    ]  # fmt: skip
    assert pd.isna(table.loc[("b", "01"), "prescriptive_share"])
