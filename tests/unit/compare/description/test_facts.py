from __future__ import annotations

import pandas as pd
import pytest

from framescope.compare.description.facts import description, documents_table, prescriptive_share, sections_table
from framescope.failures import Failure
from framescope.problems import StudyError

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


def described(*failed: Failure) -> dict[str, pd.DataFrame]:
    read = {
        "facts": pd.DataFrame({"document": ["a", "b"], "title": ["A", "B"]}),
        "sections": pd.DataFrame({"document": ["a", "a", "b"], "section": ["01", "02", "01"]}),
        "accounting": pd.DataFrame({"document": ["a", "b"], "kind": "body", "words": 10}),
        "failures": pd.DataFrame([("raw/c.pdf", "it is empty", "Remove it.")], columns=["file", "reason", "remedy"]),
        "sentences": SENTENCES,
        "readability": pd.DataFrame({"document": ["a"], "section": ["01"], "flesch_kincaid": [9.5]}),
    }
    return description(read, failed, {}, "en", [], {"a": "raw/a.txt", "b": "raw/b.txt"})


def test_a_document_that_a_stage_failed_on_is_in_skipped_and_in_no_other_table():
    tables = described(Failure("a", "annotating it failed (KeyError)", "results/logs/annotate/0.log"))
    assert {name: set(tables[name]["document"]) for name in ("documents", "sections", "text_accounting")} == {
        "documents": {"b"},
        "sections": {"b"},
        "text_accounting": {"b"},
    }
    assert tables["skipped"]["file"].tolist() == ["raw/a.txt", "raw/c.pdf"]
    assert "results/logs/annotate/0.log" in tables["skipped"]["remedy"].iloc[0]


def test_a_study_of_which_no_document_is_left_ends_with_the_reasons():
    failed = [Failure(name, "annotating it failed (KeyError)", "x.log") for name in ("a", "b")]
    with pytest.raises(StudyError, match=r"(?s)No document can .*raw/a\.txt: annot.*raw/c\.pdf: it is empty"):
        described(*failed)


@pytest.mark.parametrize(
    ("dates", "order"), [(("2001-05", "1999"), ["b", "a"]), (("2001-05", ""), ["a", "b"]), (("", ""), ["a", "b"])]
)
def test_documents_are_in_order_of_publication_where_all_have_a_date(dates: tuple[str, str], order: list[str]):
    facts = pd.DataFrame({"document": ["b", "a"], "title": ["B", "A"]})
    metadata = {"a": {"published": dates[0]}, "b": {"published": dates[1]}}
    assert documents_table(facts, SENTENCES, metadata, "en")["document"].tolist() == order
