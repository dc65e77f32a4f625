"""Headings of documents that use no heading styles: short lines that are entirely in bold."""

from __future__ import annotations

from framescope.extract.markup.syntax_text import Node, paragraph_inlines, plain

HEADING_WORDS = 14


def with_bold_headings(blocks: list[Node]) -> list[Node]:
    """The blocks of a document; if it has no heading, short paragraphs entirely in bold become headings."""
    if any(block["t"] == "Header" for block in _leaves(blocks)):
        return blocks
    bold = [index for index, block in enumerate(blocks) if _is_bold_line(block)]
    if len(bold) < 2 or len(bold) > len(blocks) / 2:
        return blocks
    return [
        {"t": "Header", "c": [1, ["", [], []], paragraph_inlines(block)]} if index in bold else block
        for index, block in enumerate(blocks)
    ]


def _leaves(blocks: list[Node]) -> list[Node]:
    leaves = []
    for block in blocks:
        leaves += _leaves(block["c"][1]) if block["t"] == "Div" else [block]
    return leaves


def _is_bold_line(block: Node) -> bool:
    inlines = [inline for inline in paragraph_inlines(block) if inline["t"] not in ("Space", "Note", "LineBreak")]
    text = plain(inlines)
    return (
        bool(text)
        and all(inline["t"] == "Strong" for inline in inlines)
        and len(text.split()) <= HEADING_WORDS
        and not text.endswith((".", ",", ";", ":"))
    )
