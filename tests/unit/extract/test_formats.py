"""One document, written in Markdown and made into every format by real producers, must read the same from each."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypandoc
import pytest

from framescope.document import Document, ExtractionError
from framescope.extract.formats import KNOWN_SUFFIXES, recognise, suffix_warning
from framescope.extract.office import legacy
from framescope.extract.reader import Reader
from framescope.extract.reading import read
from framescope.extract.source.limits import Limits
from framescope.extract.source.source_file import SourceFile

SOURCE = """---
title: The Gulf Railway and Its Guarantors
author: A. Writer
---

Two ministries signed for the line, and neither has paid for it.[^first]

# Introduction

The railway was planned in 1998---before the pipeline---and "shelved" twice.[^long] It returned
in the 2010s.

> We shall build it, and we shall guard it ourselves, whatever our neighbours may
> say of tariffs and tolls.

## Who pays

Three lenders took part:

- the coastal bank, which lent a third;[^item]
- the inland treasury; and
- a foreign fund.

1. The first tranche was paid in 2003.
2. The second was not.

| Year | Paid |
|------|------|
| 2003 | 40   |

: Table 1. Payments by year

## Who guards

The 5^th^ brigade guards the bridges. ~~It was disbanded.~~

# Conclusion

Guarantors are not owners.

# References

Writer, A. *The Line*. Port Press, 2004.

[^first]: Treaty of the Two Ports, art. 4.
[^long]: Planning Board, *Annual Report* (1999), 12.

    The report was withdrawn in 2001.
[^item]: Coastal Bank, *Accounts*, 2002.
"""
SECTIONS = [
    (None, ["Two ministries signed for the line, and neither has paid for it."]),
    (
        "Introduction",
        [
            "The railway was planned in 1998—before the pipeline—and “shelved” twice. It returned in the 2010s.",
            "We shall build it, and we shall guard it ourselves, whatever our neighbours may say of tariffs and tolls.",
        ],
    ),
    (
        "Who pays",
        [
            "Three lenders took part:",
            "the coastal bank, which lent a third;",
            "the inland treasury; and",
            "a foreign fund.",
            "The first tranche was paid in 2003.",
            "The second was not.",
        ],
    ),
    ("Who guards", ["The 5th brigade guards the bridges."]),
    ("Conclusion", ["Guarantors are not owners."]),
]
NOTES = [
    ("1", "Treaty of the Two Ports, art. 4."),
    ("2", "Planning Board, Annual Report (1999), 12. The report was withdrawn in 2001."),
    ("3", "Coastal Bank, Accounts, 2002."),
]
TITLE = "The Gulf Railway and Its Guarantors"
PANDOC_FORMATS = {
    "docx": "docx",
    "odt": "odt",
    "epub": "epub",
    "epub2": "epub",
    "latex": "tex",
    "markdown": "md",
    "gfm": "md",
    "jats_archiving": "xml",
    "jats_articleauthoring": "xml",
    "tei": "xml",
    "html": "html",
    "html4": "html",
}
needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def reader():
    with Reader() as reader:
        yield reader


def made_by_pandoc(folder: Path, format: str) -> Path:
    path = folder / f"railway.{PANDOC_FORMATS[format]}"
    command = [pypandoc.get_pandoc_path(), "--standalone", "-f", "markdown", "-t", format, "-o", str(path)]
    subprocess.run(command, input=SOURCE.encode(), check=True, capture_output=True)
    return path


def made_by_libreoffice(folder: Path, source: Path, suffix: str) -> Path:
    profile = (folder / "profile").as_uri()
    out = folder / "out"
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        str(out),
    ]
    subprocess.run([*command, str(source)], check=True, capture_output=True)
    return out / f"{source.stem}.{suffix}"


def texts(document: Document) -> list[tuple[str | None, list[str]]]:
    return [
        (section.title, [paragraph.text for paragraph in section.paragraphs])
        for section in document.sections
        if section.paragraphs
    ]


def check_notes(document: Document) -> None:
    assert [(note.number, note.text) for note in document.notes] == NOTES
    cited_in = [section.id for section in document.sections if section.paragraphs]
    assert [note.section for note in document.notes] == cited_in[:3]


@pytest.mark.parametrize("format", PANDOC_FORMATS)
def test_headings_paragraphs_and_notes_are_those_of_the_source(format, tmp_path, reader):
    document = reader.read(made_by_pandoc(tmp_path, format))
    found = texts(document)
    # EPUB has no text before a heading: its producer puts the title there.
    assert [(None if title == TITLE else title, paragraphs) for title, paragraphs in found] == SECTIONS
    assert document.title == TITLE
    check_notes(document)


@pytest.mark.parametrize("format", PANDOC_FORMATS)
def test_lists_and_quotations_keep_their_kinds(format, tmp_path, reader):
    document = reader.read(made_by_pandoc(tmp_path, format))
    kinds = [
        [paragraph.kind for paragraph in section.paragraphs] for section in document.sections if section.paragraphs
    ]
    assert kinds == [["prose"], ["prose", "quote"], ["prose"] + ["item"] * 5, ["prose"], ["prose"]]


@pytest.mark.parametrize("format", PANDOC_FORMATS)
def test_tables_captions_references_and_struck_words_are_left_out_and_shown(format, tmp_path, reader):
    document = reader.read(made_by_pandoc(tmp_path, format))
    left_out = {(item.kind, item.text) for item in document.left_out}
    assert any(kind == "table" and text.startswith("Year Paid") for kind, text in left_out)
    # pandoc's TEI has no captions.
    assert format == "tei" or ("caption", "Table 1. Payments by year") in left_out
    assert ("reference", "Writer, A. The Line. Port Press, 2004.") in left_out
    assert ("other", "It was disbanded.") in left_out


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["rtf", "doc", "odt", "docx"])
def test_what_libreoffice_writes_reads_like_its_source(suffix, tmp_path, reader):
    path = made_by_libreoffice(tmp_path, made_by_pandoc(tmp_path, "docx"), suffix)
    document = reader.read(path)
    assert texts(document) == SECTIONS
    assert document.title == TITLE
    check_notes(document)


def test_word_files_of_old_say_what_to_install_where_libreoffice_is_missing(monkeypatch):
    monkeypatch.setattr(legacy.shutil, "which", lambda name: None)
    with pytest.raises(ExtractionError, match="LibreOffice, which is not installed") as caught:
        legacy.to_docx(b"{\\rtf1 text}", "rtf", Limits())
    assert "apt-get install" in caught.value.remedy


def test_an_abstract_is_a_section_of_its_own_and_the_text_after_it_is_not(tmp_path):
    path = tmp_path / "paper.md"
    path.write_text(
        "---\ntitle: T\nabstract: |\n  In short, tolls rose.\n---\n\nOpening words.\n\n# Methods\n\nWe counted.\n"
    )
    sections = read(path).sections
    assert [(section.title, section.role, section.paragraphs[0].text) for section in sections] == [
        ("Abstract", "abstract", "In short, tolls rose."),
        (None, "body", "Opening words."),
        ("Methods", "theory", "We counted."),
    ]


def test_a_list_directly_under_a_line_of_text_is_a_list(tmp_path, reader):
    path = tmp_path / "list.md"
    path.write_text("# Aims\nThe plan has aims:\n- cheap power\n- safe roads\n")
    paragraphs = reader.read(path).sections[0].paragraphs
    assert [(paragraph.kind, paragraph.text) for paragraph in paragraphs] == [
        ("prose", "The plan has aims:"),
        ("item", "cheap power"),
        ("item", "safe roads"),
    ]


def test_dollars_in_markdown_are_money(tmp_path, reader):
    path = tmp_path / "money.md"
    path.write_text("The loan rose from $5bn in A$ to $7bn, or 3$ a head.\n")
    assert reader.read(path).sections[0].paragraphs[0].text == "The loan rose from $5bn in A$ to $7bn, or 3$ a head."


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        (b"%PDF-1.7\n", "a.txt", "pdf"),
        (b"junk before\n%PDF-1.4", "a.pdf", "pdf"),
        (b"{\\rtf1\\ansi words}", "a.doc", "rtf"),
        (b"<!DOCTYPE html><p>x", "a.txt", "html"),
        (b"\xef\xbb\xbf\r\n<html><body>x", "a", "html"),
        ("<html><body>x".encode("utf-16"), "a.htm", "html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x" "y">\n<html>', "a.xml", "html"),
        (b"<p>a</p><p>b</p><p>c</p>", "a.txt", "html"),
        (b'<?xml version="1.0"?><!-- c --><article dtd-version="1.2"><front/></article>', "a.xml", "jats"),
        (b'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>', "a.xml", "tei"),
        (b"% a comment\n\\documentclass{article}", "a.txt", "latex"),
        (b"\\chapter{One} words", "a.tex", "latex"),
        (b"# Title\n\nwords", "a.md", "markdown"),
        (b"# Title\n\nwords", "a.txt", "text"),
        (b"plain words", "a", "text"),
        (b"if a < b and c > d then", "a.txt", "text"),
        (b"The command \\documentclass begins a document in LaTeX.", "a.txt", "text"),
    ],
)
def test_each_format_is_known_by_its_content(data, name, format):
    assert recognise(SourceFile(data, Path(name), Limits())).name == format


def test_docbook_is_not_taken_for_jats():
    docbook = b'<?xml version="1.0"?><article xmlns="http://docbook.org/ns/docbook"/>'
    with pytest.raises(ExtractionError, match="XML of a kind"):
        recognise(SourceFile(docbook, Path("a.xml"), Limits()))


def test_a_suffix_that_promises_something_else_is_reported():
    html = b"<!DOCTYPE html><p>x"
    warnings = {}
    for name in ("a.pdf", "a.html", "a.xml", "a.unknown"):
        source = SourceFile(html, Path(name), Limits())
        warnings[name] = suffix_warning(source, recognise(source))
    said = "The name ends in .pdf, but the content is html; it was read as html."
    assert warnings == {"a.pdf": said, "a.html": None, "a.xml": None, "a.unknown": None}


def test_every_suffix_in_the_table_belongs_to_a_format_that_is_read():
    assert {".pdf", ".docx", ".odt", ".epub", ".doc", ".rtf", ".html", ".xml", ".tex", ".md", ".txt"} <= KNOWN_SUFFIXES


def test_a_plain_text_with_headings_in_markdown_is_read_as_markdown_and_that_is_said(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("# Ports\n\n## Tolls\n\nThey *rose* again.\n\n## Ships\n\nThey stayed out.\n")
    document = read(path)
    assert [section.title for section in document.sections] == ["Ports", "Tolls", "Ships"]
    assert document.warnings == ["The name ends in .txt, but the content is markdown; it was read as markdown."]


def test_numbers_of_items_and_comments_are_no_headings_in_markdown(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("#1 The toll rose.\n\n#2 Ships stayed out.\n\n#3 Nobody asked the guild about it.\n")
    assert read(path).source.format == "text"
