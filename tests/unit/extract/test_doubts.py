"""Proportions that say a reading may be wrong."""

import pytest

from framescope.document import LeftOut, Note, Paragraph, Section
from framescope.extract.content import Content
from framescope.extract.doubts import doubts, note_doubts

WORDS = "The harbour was built in a year of peace. "


def content(body=100, notes=(), title="Trade", left_out=0, paragraphs=(), called=True):
    texts = [WORDS * body, *paragraphs]
    return Content(
        None,
        [Section("01", title, 1, paragraphs=[Paragraph("prose", text) for text in texts])],
        [Note(str(n), WORDS * length, "01" if called else None) for n, length in enumerate(notes, 1)],
        [LeftOut("table", WORDS * left_out)] if left_out else [],
    )


def test_a_usual_document_raises_no_doubt():
    assert doubts(content(notes=[3, 4, 5])) == []


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (content(body=60, notes=[20, 20], called=False), "notes hold 40% of the words"),
        (content(body=400, notes=[46]), "a note has 414 words"),
        (content(notes=[1] * 6, called=False), "6 of 6 notes are called nowhere in the text"),
        (content(left_out=101), "only 50% of the words are body text"),
        (content(paragraphs=["Trade Policy", "Defence Policy", "2. Outlook"]), "one section holds 100% of the body"),
        (content(title="Trade " * 120), "headings hold 12% of the words"),
    ],
)
def test_each_proportion_out_of_bounds_is_told(found, told):
    assert [line for line in doubts(found) if line.startswith(told)]


def test_long_notes_that_the_text_calls_are_notes():
    assert note_doubts(content(body=60, notes=[20, 20])) == []


def test_a_text_of_less_than_a_page_raises_no_doubt():
    assert doubts(content(body=20, left_out=90, notes=[20], called=False)) == []
