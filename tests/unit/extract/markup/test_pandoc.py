"""pandoc runs fenced in: no files, bounded time and memory."""

from __future__ import annotations

import pytest

from framescope.document import ExtractionError
from framescope.extract.content import Content
from framescope.extract.markup.pandoc import read_pandoc
from framescope.extract.source.limits import Limits


def body(content: Content) -> list[str]:
    return [paragraph.text for section in content.sections for paragraph in section.paragraphs]


def test_no_other_file_is_read(tmp_path):
    secret = tmp_path / "secret.tex"
    secret.write_text("swordfish")
    source = f"\\begin{{document}}They rose. \\input{{{secret}}}\\include{{{secret}}}\\end{{document}}"
    assert "swordfish" not in " ".join(body(read_pandoc(source.encode(), "latex", Limits())))


def test_a_source_that_takes_too_long_is_a_time_out_worth_a_retry():
    with pytest.raises(ExtractionError, match="more than 1 seconds") as caught:
        read_pandoc(b"[" * 30 + b"word" + b"]" * 30, "markdown", Limits(seconds=1))
    assert caught.value.retry


def test_a_source_that_needs_too_much_memory_says_so():
    source = ("The *tolls* rose [again](http://example.org) and **again**.\n\n" * 60_000).encode()
    with pytest.raises(ExtractionError, match="memory") as caught:
        read_pandoc(source, "markdown", Limits(memory_megabytes=128))
    assert "memory_megabytes" in caught.value.remedy


def test_a_source_that_is_not_valid_says_where():
    with pytest.raises(ExtractionError, match="line 2"):
        read_pandoc(b"\\begin{quote} They rose.", "latex", Limits())


def test_words_struck_out_and_raised_ordinals_are_told_apart():
    content = read_pandoc(b"The 5^th^ toll ~~fell~~ rose.\n", "markdown", Limits())
    assert body(content) == ["The 5th toll rose."]
    assert [(item.kind, item.text) for item in content.left_out] == [("other", "fell")]


def test_a_repeated_heading_with_nothing_between_is_one_section():
    content = read_pandoc(b"# Tolls\n\n# Tolls\n\nThey rose.\n", "markdown", Limits())
    assert [section.id for section in content.sections] == ["01-tolls"]


def test_parts_of_a_list_of_references_are_references_and_what_follows_is_not():
    source = b"# Aims\n\nThey rose.\n\n# References\n\n## Books\n\nDoe 2013.\n\n# Appendix\n\nMore.\n"
    content = read_pandoc(source, "markdown", Limits())
    assert [section.title for section in content.sections] == ["Aims", "Appendix"]
    assert [item.text for item in content.left_out] == ["References", "Books", "Doe 2013."]
