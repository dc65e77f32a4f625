"""Formats that pandoc reads: the program is run, and its syntax tree becomes Content."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pypandoc

from framescope.document import ExtractionError
from framescope.extract.content import Content
from framescope.extract.markup.syntax_text import code_blocks
from framescope.extract.markup.syntax_tree import content_of
from framescope.extract.pages.text.read import read_plain
from framescope.extract.source.limits import Limits, nested_too_deeply
from framescope.extract.source.programs import run_program
from framescope.words import count_words

# The reader of pandoc and its extensions for each format. For Markdown they follow common usage: dollar signs are not
# mathematics, and headings and block quotations need no empty line before them.
READERS = {
    "docx": "docx+styles",
    "odt": "odt",
    "html": "html",
    "latex": "latex",
    "jats": "jats",
    "markdown": "markdown-tex_math_dollars-blank_before_header-blank_before_blockquote-example_lists",
}
# Formats whose documents have their title as a heading, so that a single heading says nothing about the others.
TITLED = ("html", "markdown")
SAVE_AGAIN = "Open it in the program that made it and save it again."
REMEDIES = {
    "latex": "Mend it where the message points, or compile it and use the PDF.",
    "markdown": "Mend it where the message points, or convert it to HTML.",
    "jats": "Mend it where the message points, or use the article's HTML or PDF.",
}


def read_pandoc(data: bytes, format: str, limits: Limits) -> Content:
    """The content of a source in one of the formats of `READERS`; formats of text must be encoded in UTF-8.

    Raises: ExtractionError if pandoc cannot read it or exceeds the limits of time or memory.
    """
    tree = syntax_tree(data, format, limits)
    content = content_of(tree, titled=format in TITLED)
    typewritten = "\n\n".join(code_blocks(tree["blocks"]))
    paragraphs = [paragraph.text for section in content.sections for paragraph in section.paragraphs]
    if count_words(typewritten) > count_words(" ".join(paragraphs)):
        # Some old web pages and e-mails mark the whole text as code.
        return replace(read_plain(typewritten), title=content.title)
    return content


def syntax_tree(data: bytes, format: str, limits: Limits) -> dict[str, Any]:
    """The syntax tree of a source as pandoc writes it in JSON. pandoc can neither read nor write other files."""
    heap = f"-M{max(64, limits.memory_megabytes // 2)}m"
    command = [pypandoc.get_pandoc_path(), "+RTS", heap, "-RTS", "--sandbox", "--quiet", "-f", READERS[format]]
    code, written, messages = run_program([*command, "-t", "json"], "reading", limits.seconds, "seconds", data)
    if code != 0:
        raise _failure(code, messages, format)
    try:
        tree: dict[str, Any] = json.loads(written)
    except RecursionError as error:
        raise nested_too_deeply() from error
    return tree


def _failure(code: int, message: str, format: str) -> ExtractionError:
    if code == 251 or "heap overflow" in message.lower() or "memory" in message.lower():
        return ExtractionError(
            "", "reading needed more memory than allowed", "Split the file, or raise limits: memory_megabytes."
        )
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    cause = " ".join(lines[:2])[:200] or f"pandoc ended with code {code}"
    return ExtractionError(
        "", f"the {format} content is damaged or not valid ({cause})", REMEDIES.get(format, SAVE_AGAIN)
    )
