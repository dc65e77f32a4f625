"""The grade of a section is that of textacy for its paragraphs together."""

from pathlib import Path

import pytest
from spacy.tokens import Doc
from textacy.text_stats.readability import flesch_kincaid_grade_level

from framescope.annotate.docs import annotated, body
from framescope.annotate.model import load_model
from framescope.annotate.readability import readability_rows
from framescope.public import read

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("level", ["full", "none"])
def test_grades_are_those_of_textacy(level):
    docs = annotated(read(ROOT / "raw" / "speech.md"), load_model(level=level))
    rows = readability_rows(docs)
    assert len(rows) > 2
    for row in rows:
        paragraphs = [doc for doc in body(docs) if doc.user_data["section"] == row["section"]]
        together = Doc.from_docs(paragraphs, exclude=["spans", "tensor", "user_data"])
        assert row["flesch_kincaid"] == flesch_kincaid_grade_level(together)


def test_a_section_without_words_has_no_grade():
    doc = load_model(level="none")("* * *")
    doc.user_data.update(document="a", section="01", part="body")
    assert readability_rows([doc]) == []
