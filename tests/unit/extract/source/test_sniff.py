"""Content decides what a source is, its suffix only where content cannot."""

from __future__ import annotations

import pytest

from framescope.document import ExtractionError
from framescope.extract.source.limits import Limits
from framescope.extract.source.sniff import sniff, suffix_warning


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
    assert sniff(data, name, Limits()) == format


def test_docbook_is_not_taken_for_jats():
    with pytest.raises(ExtractionError, match="XML of a kind"):
        sniff(b'<?xml version="1.0"?><article xmlns="http://docbook.org/ns/docbook"/>', "a.xml", Limits())


def test_a_suffix_that_promises_something_else_is_reported():
    assert suffix_warning("a.pdf", "docx") == "The name ends in .pdf, but the content is docx; it was read as docx."
    assert suffix_warning("a.docx", "docx") is None
    assert suffix_warning("a.unknown", "text") is None
