"""Plain text from inline elements and metadata of pandoc's syntax tree."""

from __future__ import annotations

import re
from typing import Any

from framescope.extract.private_marks import CALL_CLOSES, CALL_OPENS, REMOVED

# The place of an inline element that was removed; no space may remain before the punctuation that follows it.
GAP = re.compile(rf"\s*{REMOVED}[\s{REMOVED}]*(?=[.,;:!?)\]”’])|{REMOVED}")
# The place at which a note is cited.
CALL = re.compile(rf"{CALL_OPENS}(\d+){CALL_CLOSES}")
Node = dict[str, Any]


def paragraph_inlines(block: Node) -> list[Node]:
    """The inline elements of a block that is a paragraph, possibly inside divisions; none for other blocks."""
    while block["t"] == "Div" and len(block["c"][1]) == 1:
        block = block["c"][1][0]
    return block["c"] if block["t"] in ("Para", "Plain") else []


def meta_inlines(meta: Node) -> list[Node]:
    """The inline elements of a metadata value, in order."""
    tag: str = meta["t"]
    content: Any = meta.get("c")
    if tag == "MetaInlines":
        return list(content)
    if tag == "MetaString":
        return [{"t": "Str", "c": content}]
    if tag == "MetaBlocks":
        return [inline for block in content for inline in (*paragraph_inlines(block), {"t": "Space"})]
    if tag == "MetaList":
        return [inline for entry in content for inline in (*meta_inlines(entry), {"t": "Space"})]
    if tag == "MetaMap":
        return [inline for key in sorted(content) for inline in (*meta_inlines(content[key]), {"t": "Space"})]
    return []


def meta_blocks(meta: Node) -> list[Node]:
    """The blocks of a metadata value."""
    return list(meta["c"]) if meta["t"] == "MetaBlocks" else [{"t": "Para", "c": meta_inlines(meta)}]


def table_cells(table: list[Any]) -> list[list[Node]]:
    """The blocks of each cell of a table, row by row."""
    _, _, _, head, bodies, foot = table
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    return [cell[4] for row in rows for cell in row[1]]


def code_blocks(blocks: list[Node]) -> list[str]:
    """The texts of preformatted blocks with their lines, including blocks inside divisions."""
    texts: list[str] = []
    for block in blocks:
        if block["t"] == "CodeBlock":
            texts.append(block["c"][1])
        elif block["t"] == "Div":
            texts += code_blocks(block["c"][1])
    return texts


def plain(node: Any) -> str:
    """All text below a node."""
    pieces: list[str] = []
    _gather(node, pieces)
    return tidy("".join(pieces))


def _gather(node: Any, pieces: list[str]) -> None:
    if isinstance(node, list):
        for child in node:
            _gather(child, pieces)
    elif isinstance(node, dict):
        tag = node.get("t")
        content: Any = node.get("c")
        if tag == "Str":
            pieces.append(content)
        elif tag in ("Space", "SoftBreak", "LineBreak"):
            pieces.append(" ")
        elif tag in ("Code", "Math", "CodeBlock"):
            pieces.append(content[1])
        elif tag == "Quoted":
            left, right = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
            pieces.append(left)
            _gather(content[1], pieces)
            pieces.append(right)
        elif tag == "Cite":
            shown: list[str] = []
            _gather(content[1], shown)
            pieces.append("".join(shown) or "; ".join(citation["citationId"] for citation in content[0]))
        elif tag not in ("RawInline", "RawBlock", "Note"):
            _gather(content, pieces)
            if tag in ("Para", "Plain", "Header"):
                pieces.append(" ")
    # Attributes are lists of strings and numbers, which are not text: only nodes contain text.


def split_at_empty_lines(inlines: list[Node]) -> list[list[Node]]:
    """Inlines in parts that two line breaks in a row separate."""
    parts: list[list[Node]] = [[]]
    for before, inline in zip([None, *inlines], inlines, strict=False):
        if before and before["t"] == inline["t"] == "LineBreak":
            parts.append([])
        else:
            parts[-1].append(inline)
    return parts


def tidy(text: str) -> str:
    """The text with single spaces, and without gaps where notes and other elements were removed."""
    return " ".join(GAP.sub("", CALL.sub("", text)).split())
