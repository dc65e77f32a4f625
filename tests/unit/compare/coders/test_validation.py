"""The lexicon against hand codes."""

from math import isnan

import numpy as np
import pandas as pd
import pytest

from framescope.compare.coders.finding import codes_of_table, find_coded
from framescope.compare.coders.validation import coded_hits, confusion, validation
from framescope.compare.inputs import Tables

SENTENCES = pd.DataFrame(
    {
        "document": "one",
        "section": ["s1"] * 6 + ["s2"] * 4,
        "block": 1,
        "paragraph": [1, 1, 1, 1, 1, 1, 2, 2, 2, 2],
        "sentence": range(1, 11),
        "start": 0,
        "end": 12,
        "words": 3,
        "quoted_words": 0,
        "voice": "author",
        "mode": "descriptive",
        "text": [f"Sentence no {number}." for number in range(1, 11)],
    }
)


def hits(*rows):
    table = pd.DataFrame(rows, columns=["sentence", "theme"]).assign(document="one", voice="author", subject_term=False)
    return table.merge(SENTENCES[["sentence", "paragraph"]], on="sentence")


def found(table, sentences=None):
    return find_coded(codes_of_table(table), SENTENCES if sentences is None else sentences)


def codes(*rows, **columns):
    return pd.DataFrame(rows, columns=["sentence", "theme"]).assign(document="one", **columns)


def by_theme(table):
    return table.set_index("theme")


HITS = hits((1, "defence.threat"), (2, "defence"), (3, "defence"), (3, "economy"), (4, "economy"))
NO_SECTIONS = pd.DataFrame(columns=["document", "section", "role"])
NO_DOCUMENTS = pd.DataFrame(columns=["document"])
STUDY = Tables(SENTENCES, HITS, NO_SECTIONS, NO_DOCUMENTS)
CODES = codes((1, "defence"), (2, "defence"), (3, "none"), (4, "economy"), (5, "defence.threat"), (6, ""))


def test_a_unit_has_a_theme_when_a_hit_or_a_code_names_it_or_a_theme_below_it():
    row = by_theme(validation(found(CODES), STUDY)).loc["defence"]
    assert row[["coded", "coded_with_theme", "lexicon_with_theme"]].tolist() == [6, 3, 3]
    assert row[["precision", "recall", "f1", "specificity"]].tolist() == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2 / 3])


def test_intervals_hold_the_estimate_and_wilsons_is_wilsons():
    row = by_theme(validation(found(CODES), STUDY)).loc["defence"]
    for name in ("precision", "recall", "specificity", "f1"):
        assert row[f"{name}_low"] <= row[name] <= row[f"{name}_high"]
    assert row[["precision_low", "precision_high"]].tolist() == pytest.approx([0.2077, 0.9385], abs=5e-4)


def test_a_theme_never_found_has_no_precision_and_one_never_coded_no_recall():
    table = by_theme(validation(found(CODES), STUDY, themes=["culture", "economy"]))
    assert isnan(table.loc["culture", "precision"])
    assert isnan(table.loc["culture", "recall"])
    assert table.loc["economy", "recall"] == 1


def test_quoted_hits_are_not_the_lexicons_answer():
    quiet = HITS.assign(voice=["quoted"] + ["author"] * 4)
    table = by_theme(validation(found(CODES), STUDY.with_hits(quiet)))
    assert table.loc["defence", "lexicon_with_theme"] == 2


def test_the_majority_of_coders_decides_and_ties_are_left_out():
    first = codes((1, "defence"), (2, "defence"), (3, ""), coder="a")
    second = codes((1, "defence"), (2, ""), (3, ""), coder="b")
    row = by_theme(validation(found(pd.concat([first, second])), STUDY)).loc["defence"]
    assert row["coded"] == 2
    assert row["kappa_coders"] == pytest.approx(0.4)
    assert row["alpha_coders"] == pytest.approx(1 - (2 / 6) / (18 / 30))


def test_who_settles_differences_decides_and_is_no_coder_in_the_agreement():
    first = codes((1, "defence"), (2, "defence"), (3, ""), coder="a")
    second = codes((1, "defence"), (2, ""), (3, ""), coder="b")
    settled = codes((2, "defence"), coder="adjudicated")
    row = by_theme(validation(found(pd.concat([first, second, settled])), STUDY)).loc["defence"]
    assert row["coded"] == 3
    assert row["coded_with_theme"] == 2
    assert row["kappa_coders"] == pytest.approx(0.4)


def test_weights_say_how_many_sentences_a_coded_one_stands_for():
    weighted = CODES.assign(weight=[3, 1, 1, 1, 1, 1])
    row = by_theme(validation(found(weighted), STUDY)).loc["defence"]
    assert row["precision"] == pytest.approx(4 / 5)
    assert row["recall"] == pytest.approx(4 / 5)
    assert [problem.problem for problem in found(CODES.assign(weight=0)).problems] == [
        "its weight '0' is not a number above 0"
    ] * 6


def test_roles_with_thirty_codes_have_rows_of_their_own():
    sentences = pd.concat([SENTENCES.assign(document=f"d{n}") for n in range(8)], ignore_index=True)
    sections = pd.DataFrame(
        [(f"d{n}", s, role) for n in range(8) for s, role in (("s1", "analysis"), ("s2", "conclusion"))],
        columns=["document", "section", "role"],
    )
    many = sentences[["document", "sentence"]].assign(theme=np.where(sentences["sentence"] % 2, "defence", ""))
    hits_of_all = pd.concat([HITS.assign(document=f"d{n}") for n in range(8)])
    coded = found(many.drop(index=many.index[-10:]), sentences)
    table = validation(coded, Tables(sentences, hits_of_all, sections, NO_DOCUMENTS))
    assert table[["unit", "role", "coded"]].to_numpy().tolist() == [["study", "", 70], ["role", "analysis", 42]]


def test_codes_may_be_of_paragraphs_or_give_the_text_of_a_sentence():
    paragraphs = pd.DataFrame({"document": ["one", "one"], "paragraph": [1, 2], "theme": ["economy", "economy"]})
    row = by_theme(validation(found(paragraphs), STUDY)).loc["economy"]
    assert (row["precision"], row["recall"]) == (1, 0.5)
    texts = pd.DataFrame({"text": ["Sentence  no 4.", "Never written."], "theme": ["economy", "economy"]})
    coded = found(texts)
    assert coded.rows[["document", "unit"]].to_numpy().tolist() == [["one", 4]]
    assert [problem.problem for problem in coded.problems] == ["no such sentence: 'Never written.'"]


def test_codes_of_no_sentence_are_named_and_codes_without_a_place_are_refused():
    assert found(codes((99, "defence"))).problems[0].problem == "no sentence 99 in 'one'"
    with pytest.raises(ValueError, match="document and sentence"):
        found(pd.DataFrame({"theme": ["defence"]}))


def test_confusion_counts_pairs_of_coded_and_found_top_level_themes():
    table = confusion(found(CODES), HITS)
    assert table.to_numpy().tolist() == [
        ["defence", "defence", 2],
        ["defence", "none", 1],
        ["economy", "economy", 1],
        ["none", "defence", 1],
        ["none", "economy", 1],
        ["none", "none", 1],
    ]


def test_codes_become_hits_of_the_coded_sentences_alone():
    sentences, coded = coded_hits(found(CODES), SENTENCES)
    assert sentences["sentence"].tolist() == [1, 2, 3, 4, 5, 6]
    assert coded[["sentence", "theme"]].to_numpy().tolist() == [
        [1, "defence"],
        [2, "defence"],
        [4, "economy"],
        [5, "defence.threat"],
    ]
    assert set(coded["term"]) == {"coded"}
