"""EPUB: chapters in reading order, notes found across files, front matter left out."""

from __future__ import annotations

import io
import zipfile

import pytest

from framescope.document import ExtractionError
from framescope.extract.content import Content
from framescope.extract.source.limits import Limits
from framescope.extract.web.epub import read_epub


def chapter(body: str, attributes: str = "") -> str:
    return (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>x</title></head><body {attributes}>{body}</body></html>"
    )


def book(chapters: dict[str, str], spine: list[str] | None = None) -> zipfile.ZipFile:
    items = "".join(
        f'<item id="i{number}" href="{name.replace(" ", "%20")}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters)
    )
    order = "".join(f'<itemref idref="i{list(chapters).index(name)}"/>' for name in spine or chapters)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "OPS/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            f"<dc:title>The Quay</dc:title></metadata><manifest>{items}</manifest><spine>{order}</spine></package>",
        )
        for name, text in chapters.items():
            archive.writestr(f"OPS/{name}", text)
    return zipfile.ZipFile(out)


def read(chapters: dict[str, str], spine: list[str] | None = None) -> Content:
    return read_epub(book(chapters, spine), Limits())


def texts(content: Content) -> list[tuple[str | None, list[str]]]:
    return [(section.title, [paragraph.text for paragraph in section.paragraphs]) for section in content.sections]


def test_chapters_come_in_reading_order_not_in_order_of_files():
    chapters = {"b.xhtml": chapter("<h1>Last</h1><p>Two.</p>"), "a part.xhtml": chapter("<h1>First</h1><p>One.</p>")}
    content = read(chapters, ["a part.xhtml", "b.xhtml"])
    assert texts(content) == [("First", ["One."]), ("Last", ["Two."])]
    assert content.title == "The Quay"


def test_notes_in_a_file_of_their_own_are_tied_to_the_chapters_that_cite_them():
    content = read(
        {
            "one.xhtml": chapter('<h1>Tolls</h1><p>They rose.<a id="r1" href="notes.xhtml#n1"><sup>1</sup></a></p>'),
            "two.xhtml": chapter('<h1>Cranes</h1><p>They fell.<a id="r2" href="notes.xhtml#n2"><sup>2</sup></a></p>'),
            "notes.xhtml": chapter(
                '<h1>Notes</h1><p id="n1"><a href="one.xhtml#r1">1</a>. Harbour Act, 1902.</p>'
                '<p id="n2"><a href="two.xhtml#r2">2</a>. Minutes, 2011.</p>'
            ),
        }
    )
    assert texts(content) == [("Tolls", ["They rose."]), ("Cranes", ["They fell."])]
    assert [(note.number, note.text, note.section) for note in content.notes] == [
        ("1", "Harbour Act, 1902.", "01-tolls"),
        ("2", "Minutes, 2011.", "02-cranes"),
    ]


def test_numbers_that_begin_again_in_each_chapter_are_counted_on():
    part = (
        '<h1>{0}</h1><p>It rose.<a id="r" href="#n" epub:type="noteref">1</a></p>'
        '<aside id="n" epub:type="footnote"><p>Act {0}.</p></aside>'
    )
    content = read({"a.xhtml": chapter(part.format("One")), "b.xhtml": chapter(part.format("Two"))})
    assert [(note.number, note.text) for note in content.notes] == [("1", "Act One."), ("2", "Act Two.")]


def test_title_page_and_contents_are_left_out():
    content = read(
        {
            "title_page.xhtml": chapter("<h1>The Quay</h1><p>A. Writer</p>"),
            "contents.xhtml": chapter("<h1>Contents</h1><p>1 Tolls</p>", 'epub:type="toc"'),
            "one.xhtml": chapter("<h1>Tolls</h1><p>They rose.</p>"),
        }
    )
    assert texts(content) == [("Tolls", ["They rose."])]
    assert [item.text for item in content.left_out] == ["The Quay A. Writer", "Contents 1 Tolls"]


def test_a_book_without_a_package_document_is_damaged():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/container.xml", "<container/>")
    with pytest.raises(ExtractionError, match="damaged"):
        read_epub(zipfile.ZipFile(out), Limits())
