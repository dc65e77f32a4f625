"""Every note that a paragraph cites is kept at its marker, whatever the format, and texts are as without positions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framescope.document import Call, Document, Note, Paragraph, Section
from framescope.extract import overlong
from framescope.extract.content import Content
from framescope.extract.markup.pandoc import read_pandoc
from framescope.extract.markup.printed_notes import with_printed_notes
from framescope.extract.overlong import divided
from framescope.extract.parse import tidied
from framescope.extract.reader import Reader
from framescope.extract.source.limits import Limits

MARKDOWN = """# Tolls

The toll rose[^a] in spring.[^b] It fell [^c], and rose again.

> It *ruined* us.[^d]

[^a]: Harbour Act.
[^b]: Minutes, 2011.
[^c]: A rumour.
[^d]: Letter to the board.
"""
HTML = """<html><body><article><h1>Tolls</h1>
<p>The toll rose in the spring of that year, and the guild of pilots paid it.<sup><a href="#n1" id="r1">1</a></sup>
Nobody else did, for the board had no boats of its own and no money to hire any.</p>
<p>In the summer the board let the matter rest,<sup><a href="#n2" id="r2">2</a></sup> and the harbour was quiet.</p>
<ol><li id="n1">Harbour Act, 1902. <a href="#r1">back</a></li>
<li id="n2">Minutes, 2011. <a href="#r2">back</a></li></ol>
</article></body></html>
"""
TEXT = """The Toll

The toll rose in the spring of that year, and the guild of pilots paid it.1 Nobody else
did, for the board had no boats of its own.2

1 Harbour Act, 1902.

2 Minutes of the board, 2011.
"""
LISTED = """# Tolls

They rose^1^ again.^2^ It is 300 m^9^ wide.

# Endnotes

1. Harbour Act, 1902.
2. Minutes, 2011.
"""


@pytest.fixture(scope="module")
def reader():
    with Reader() as opened:
        yield opened


def cited(document: Document | Content) -> list[tuple[str, str]]:
    """The text of each note with the end of what precedes its marker, in the order of the text."""
    return [
        (document.notes[call.note].text, paragraph.text[: call.at][-10:])
        for section in document.sections
        for paragraph in section.paragraphs
        for call in paragraph.calls
    ]


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        (
            "tolls.md",
            MARKDOWN,
            [
                ("Harbour Act.", " toll rose"),
                ("Minutes, 2011.", "in spring."),
                ("A rumour.", "g. It fell"),
                ("Letter to the board.", "ruined us."),
            ],
        ),
        ("tolls.html", HTML, [("Harbour Act, 1902.", "s paid it."), ("Minutes, 2011.", "tter rest,")]),
        ("tolls.txt", TEXT, [("Harbour Act, 1902.", "s paid it."), ("Minutes of the board, 2011.", "f its own.")]),
        ("listed.md", LISTED, [("Harbour Act, 1902.", "They rose"), ("Minutes, 2011.", "ose again.")]),
    ],
)
def test_notes_are_cited_where_their_markers_stood(reader, tmp_path, name, source, expected):
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    document = reader.read(path)
    assert [(note, before[-9:]) for note, before in cited(document)] == [(n, before[-9:]) for n, before in expected]
    assert Document.from_dict(document.to_dict()) == document
    for section in document.sections:
        for call in (call for paragraph in section.paragraphs for call in paragraph.calls):
            assert document.notes[call.note].section == section.id


WORDS = st.sampled_from(["tolls", "rose,", "again.", "*twice*", "(maybe)", "é", "ﬁne"])
PIECES = st.lists(st.one_of(WORDS, st.just("NOTE")), min_size=1, max_size=12).filter(lambda p: set(p) != {"NOTE"})


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "> ", "- "]), PIECES), min_size=1, max_size=6))
def test_every_kept_marker_points_to_its_own_note_and_leaves_its_paragraph_as_it_would_be_without(paragraphs):
    lines, plain, notes = [], [], []
    for sign, pieces in paragraphs:
        line = "Here"
        for piece in pieces:
            if piece == "NOTE":
                notes.append(f"note {len(notes)}")
                line += f"[^{len(notes)}]"
            else:
                line += " " + piece
        lines.append(sign + line)
        plain.append(sign + " ".join(["Here", *(piece for piece in pieces if piece != "NOTE")]))
    ending = "\n\n".join(f"[^{number}]: {text}" for number, text in enumerate(notes, 1))
    read = tidied(read_pandoc("\n\n".join([*lines, ending]).encode(), "markdown", Limits()))
    bare = tidied(read_pandoc("\n\n".join(plain).encode(), "markdown", Limits()))
    assert [p.text for s in read.sections for p in s.paragraphs] == [
        p.text for s in bare.sections for p in s.paragraphs
    ]
    calls = [(p, call) for s in read.sections for p in s.paragraphs for call in p.calls]
    assert [read.notes[call.note].text for _, call in calls] == notes
    for paragraph, call in calls:
        assert 0 < call.at <= len(paragraph.text)
        assert paragraph.text[call.at : call.at + 1] in (" ", "")


def test_notes_of_a_word_file_made_from_print_are_cited_across_the_end_of_a_page():
    texts = ["Tolls rose,1 and the", "1 Harbour Act.", "guild paid.2 So it went.3", "2 Minutes.", "3 Letter."]
    section = Section("01", None, 1, paragraphs=[Paragraph("prose", text) for text in texts])
    read = with_printed_notes(Content(None, [section]))
    assert [paragraph.text for paragraph in read.sections[0].paragraphs] == [
        "Tolls rose, and the guild paid. So it went."
    ]
    assert cited(read) == [("Harbour Act.", "olls rose,"), ("Minutes.", "uild paid."), ("Letter.", "o it went.")]


def test_a_divided_paragraph_cites_its_notes_in_its_parts(monkeypatch):
    monkeypatch.setattr(overlong, "LONGEST", 20)
    text = "The tolls rose. The guild paid. The board slept."
    calls = [Call(15, 0), Call(31, 1), Call(len(text), 2)]
    section = Section("01", None, 1, paragraphs=[Paragraph("prose", text, calls=calls)])
    made = divided(Content(None, [section], [Note(str(n), f"note {n}") for n in range(3)])).sections[0].paragraphs
    assert [(p.text, [(call.at, call.note) for call in p.calls]) for p in made] == [
        ("The tolls rose.", [(15, 0)]),
        ("The guild paid.", [(15, 1)]),
        ("The board slept.", [(16, 2)]),
    ]


def test_cleaning_a_text_moves_its_calls():
    paragraph = Paragraph("prose", "The  ﬁrst toll  rose.", calls=[Call(len("The  ﬁrst toll"), 0)])
    [section] = tidied(Content(None, [Section("01", None, 1, paragraphs=[paragraph])], [Note("1", "x")])).sections
    assert (section.paragraphs[0].text, section.paragraphs[0].calls) == ("The first toll rose.", [Call(14, 0)])
