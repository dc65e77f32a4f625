"""Paragraphs too long to be annotated at once."""

import re
from pathlib import Path

import pytest

from framescope.document import ExtractionError, Note, Paragraph, Section
from framescope.extract.content import Content
from framescope.extract.overlong import LONGEST, divided
from framescope.extract.reading import read

SENTENCE = "The toll was raised in the spring, and the guild said nothing against it. "


def content(*texts: str) -> Content:
    return Content(None, [Section("01", None, 1, paragraphs=[Paragraph("prose", text, 7) for text in texts])])


def test_a_paragraph_of_over_a_million_characters_is_divided_at_the_ends_of_sentences() -> None:
    text = (SENTENCE * 15_000).strip()
    found = divided(content("Before.", text, "After."))
    parts = found.sections[0].paragraphs
    assert " ".join(part.text for part in parts) == f"Before. {text} After."
    assert all(len(part.text) <= LONGEST and part.text.endswith(".") and part.page == 7 for part in parts)
    assert len(parts) == 2 + -(-len(text) // (LONGEST - LONGEST % len(SENTENCE)))
    assert found.warnings == [f"a paragraph of {len(text):,} characters was divided at the ends of sentences"]


def test_a_paragraph_that_is_not_too_long_stays_as_it_is() -> None:
    text = SENTENCE * (LONGEST // len(SENTENCE))
    assert divided(content(text)) == content(text)


def test_a_text_without_sentence_ends_is_refused_with_its_cause(tmp_path: Path) -> None:
    (tmp_path / "blob.txt").write_text("The toll rose.\n\n" + "QUJD" * 300_000 + "\n", encoding="utf-8")
    with pytest.raises(ExtractionError, match=re.escape("1,200,000 characters, which is not running text")) as error:
        read(tmp_path / "blob.txt")
    assert error.value.remedy


def test_notes_and_headings_of_such_length_are_refused() -> None:
    noted, headed = content("Text."), content("Text.")
    noted.notes = [Note("1", "word " * LONGEST)]
    headed.sections[0].title = "Word" * LONGEST
    for overlong, kind in ((noted, "note"), (headed, "heading")):
        with pytest.raises(ExtractionError, match=f"it has a {kind} of"):
            divided(overlong)


def test_a_book_in_one_line_is_read(tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text(SENTENCE * 15_000, encoding="utf-8")
    found = read(tmp_path / "book.txt")
    assert sum(len(p.text.split()) for s in found.sections for p in s.paragraphs) == 15_000 * len(SENTENCE.split())
