"""Closing lists of notes become notes; other numbered lists do not."""

from __future__ import annotations

from framescope.document import Paragraph, Section
from framescope.extract.content import Content
from framescope.extract.markup.listed_notes import take_listed_notes
from framescope.extract.private_marks import MARKER_CLOSES, MARKER_OPENS
from framescope.identifiers import section_id


def content(*sections: tuple[str | None, list[str]]) -> Content:
    return Content(
        None,
        [
            Section(section_id(place, title), title, 1, paragraphs=[Paragraph("prose", text) for text in texts])
            for place, (title, texts) in enumerate(sections, start=1)
        ],
    )


def raised(number: int) -> str:
    return f"{MARKER_OPENS}{number}{MARKER_CLOSES}"


def texts(found: Content) -> list[tuple[str | None, list[str]]]:
    return [(section.title, [paragraph.text for paragraph in section.paragraphs]) for section in found.sections]


def notes(found: Content) -> list[tuple[str, str, str | None]]:
    return [(note.number, note.text, note.section) for note in found.notes]


def test_a_titled_list_is_tied_to_the_sections_that_cite_it():
    found = take_listed_notes(
        content(
            ("Tolls", [f"They rose.{raised(1)}"]),
            ("Cranes", [f"They fell.{raised(2)}"]),
            ("Endnotes", ["1. Harbour Act, 1902.", "2. Minutes, 2011.", "Second paragraph of the minutes."]),
        )
    )
    assert texts(found) == [("Tolls", ["They rose."]), ("Cranes", ["They fell."])]
    assert notes(found) == [
        ("1", "Harbour Act, 1902.", "01-tolls"),
        ("2", "Minutes, 2011. Second paragraph of the minutes.", "02-cranes"),
    ]


def test_a_list_without_a_title_is_notes_when_the_text_cites_it():
    found = take_listed_notes(
        content(("Tolls", ["They rose.[1] And fell.[2]", "[1] Harbour Act, 1902.", "[2] Minutes, 2011."]))
    )
    assert texts(found) == [("Tolls", ["They rose. And fell."])]
    assert [note[0] for note in notes(found)] == ["1", "2"]


def test_a_numbered_list_that_nothing_cites_stays_text():
    given = content(("Demands", ["The board asks:", "1. Lower tolls.", "2. New cranes."]))
    assert texts(take_listed_notes(given)) == texts(given)
    assert take_listed_notes(given).notes == []


def test_a_section_called_notes_that_is_prose_stays_a_section():
    given = content(("Tolls", ["They rose."]), ("Notes", ["The author thanks the board for its patience."]))
    assert texts(take_listed_notes(given)) == texts(given)


def test_raised_numbers_that_cite_nothing_become_digits():
    found = take_listed_notes(content((f"The 40 km{raised(2)} Question", [f"It is 300 m{raised(2)} wide."])))
    assert texts(found) == [("The 40 km2 Question", ["It is 300 m2 wide."])]


def test_an_empty_document_has_no_notes():
    assert take_listed_notes(Content(None, [])).notes == []
