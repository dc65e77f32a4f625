"""Headings of documents that use no heading styles: short lines in bold, underlined, or in capitals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from framescope.extract.markup.syntax_text import Node, paragraph_inlines, plain, split_at_empty_lines
from framescope.extract.pages.headings import speakers, strong_heading

HEADING_WORDS = 14
LISTS = ("BulletList", "OrderedList", "DefinitionList")


def with_unstyled_headings(blocks: list[Node], titled: bool) -> list[Node]:
    """The blocks of a document; if it has no heading, short paragraphs that look like one become headings.

    With `titled`, a single heading at the beginning is the title of the document and does not count.

    They are entirely in bold; or, if fewer than two are, underlined; or, if fewer than two are, in capitals. Names of
    the speakers of a transcript, and the questions of an interview, are none.
    """
    levels = [block["c"][0] for block in _leaves(blocks) if block["t"] == "Header"]
    if len(levels) > titled or (levels and not any(block["t"] == "Header" for block in _leaves(blocks)[:2])):
        return blocks
    return _named(blocks, levels[0] + 1 if levels else 1)


def _named(blocks: list[Node], level: int) -> list[Node]:
    """Blocks, or those of the division that holds most of their text, with headings of a level."""
    for i, block in enumerate(blocks):
        if block["t"] == "Div" and 2 * len(plain(block)) > len(plain(blocks)):
            inside = {**block, "c": [block["c"][0], _named(block["c"][1], level)]}
            return [*blocks[:i], inside, *blocks[i + 1 :]]
    blocks = [part for block in blocks for part in _parts(block)]
    texts = [plain(block).strip() for block in blocks]
    names = speakers([(text, i + 1 < len(texts)) for i, text in enumerate(texts)], " ".join(texts))
    for look in (_in_bold, _underlined, _in_capitals):
        found = [
            i
            for i, block in enumerate(blocks)
            if look(block) and _may_head(texts[i], blocks[i + 1 : i + 2]) and texts[i].rstrip(" :.") not in names
        ]
        asked = sum(texts[i].endswith("?") for i in found)
        if 2 <= len(found) <= len(blocks) / 2 and asked <= len(found) / 2:
            return [_heading(block, level) if i in found else block for i, block in enumerate(blocks)]
    return blocks


def _heading(block: Node, level: int) -> Node:
    return {"t": "Header", "c": [level, ["", [], []], paragraph_inlines(block)]}


def _parts(block: Node) -> list[Node]:
    """A paragraph divided where it has empty lines, as in pages without elements for paragraphs; or another block."""
    if block["t"] not in ("Para", "Plain"):
        return [block]
    return [{"t": "Para", "c": part} for part in split_at_empty_lines(block["c"]) if plain(part).strip()] or [block]


def _leaves(blocks: list[Node]) -> list[Node]:
    leaves = []
    for block in blocks:
        leaves += _leaves(block["c"][1]) if block["t"] == "Div" else [block]
    return leaves


def _may_head(text: str, after: Sequence[Node]) -> bool:
    """Whether a paragraph is as short as a heading; one with a colon introduces the list below it."""
    closed = text.endswith((".", ",", ";")) or (text.endswith(":") and (not after or after[0]["t"] in LISTS))
    return bool(text) and len(text.split()) <= HEADING_WORDS and not closed


def _wholly(block: Node, holds: Callable[[Node], bool]) -> bool:
    inlines = [inline for inline in paragraph_inlines(block) if inline["t"] not in ("Space", "Note", "LineBreak")]
    return bool(inlines) and all(map(holds, inlines))


def _in_bold(block: Node) -> bool:
    return _wholly(block, lambda inline: inline["t"] == "Strong" or _is_only(inline, "Strong"))


def _underlined(block: Node) -> bool:
    return _wholly(block, lambda inline: inline["t"] == "Underline")


def _in_capitals(block: Node) -> bool:
    text = plain(paragraph_inlines(block)).strip()
    return text.isupper() and strong_heading(text)


def _is_only(inline: Node, tag: str) -> bool:
    """Whether an inline is underlined or in italics and contains only inlines of one kind."""
    inside = inline["c"] if inline["t"] in ("Underline", "Emph") else []
    return bool(inside) and all(part["t"] in (tag, "Space") for part in inside)
