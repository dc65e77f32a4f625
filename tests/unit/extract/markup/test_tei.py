"""TEI: divisions, notes, quotations, and the reading an edition means."""

from __future__ import annotations

import pytest

from framescope.document import ExtractionError
from framescope.extract.content import Content
from framescope.extract.markup.tei import read_tei
from framescope.extract.source.limits import Limits

HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>Letters on the Quay</title></titleStmt>"
    "<publicationStmt><p>Unpublished</p></publicationStmt></fileDesc></teiHeader>"
)


def read(body: str) -> Content:
    text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<text><body>{body}</body></text></TEI>'
    return read_tei(text.encode(), Limits())


def paragraphs(content: Content) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for section in content.sections for paragraph in section.paragraphs]


def test_divisions_and_their_heads_are_sections_by_depth():
    content = read(
        "<div><head>Tolls</head><p>One.</p><div><head>Ships</head><p>Two.</p></div></div>"
        "<div><head>Cranes</head><p>Three.</p></div>"
    )
    assert [(section.title, section.level) for section in content.sections] == [
        ("Tolls", 1),
        ("Ships", 2),
        ("Cranes", 1),
    ]
    assert content.title == "Letters on the Quay"


def test_notes_keep_their_numbers_and_leave_the_text():
    content = read('<div><p>They rose<note n="7" place="foot">Harbour Act, <hi>1902</hi>.</note>, and fell.</p></div>')
    assert paragraphs(content) == [("prose", "They rose, and fell.")]
    assert [(note.number, note.text) for note in content.notes] == [("7", "Harbour Act, 1902.")]


def test_quotations_that_stand_alone_are_blocks_and_others_have_marks():
    content = read("<p>He said <quote>no</quote> twice.</p><quote><p>We were promised a harbour.</p></quote>")
    assert paragraphs(content) == [("prose", "He said “no” twice."), ("quote", "We were promised a harbour.")]


def test_corrected_and_regular_readings_are_read_and_deletions_left_out():
    content = read(
        "<p>The <choice><sic>bord</sic><corr>board</corr></choice> met <del>twice</del> on "
        '<choice><abbr>Mon.</abbr><expan>Monday</expan></choice>, and it ad<lb break="no"/>journed.</p>'
    )
    assert paragraphs(content) == [("prose", "The board met on Mon., and it adjourned.")]
    assert [item.text for item in content.left_out] == ["twice"]


def test_lists_tables_and_bibliographies_have_their_places():
    content = read(
        "<p>It asks:</p><list><item>Tolls.</item><item>Cranes.</item></list>"
        "<table><row><cell>2003</cell><cell>40</cell></row></table><listBibl><bibl>Act, 1902</bibl></listBibl>"
    )
    assert paragraphs(content) == [("prose", "It asks:"), ("item", "Tolls."), ("item", "Cranes.")]
    assert [(item.kind, item.text) for item in content.left_out] == [("table", "2003 40"), ("reference", "Act, 1902")]


def test_xml_that_is_not_well_formed_says_where():
    with pytest.raises(ExtractionError, match="line 1"):
        read_tei(b"<TEI><text></TEI>", Limits())
