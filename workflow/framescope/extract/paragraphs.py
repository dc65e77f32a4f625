"""Lines of running text as headings, paragraphs, list items and block quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from framescope.extract.headings import heading_like, strong_heading
from framescope.extract.lines import LINK_LINE, Block, Line, begins_low, ends_sentence, finished

LABEL = re.compile(
    r"(?:\(?(?P<roman>[ivx]{1,5}|[IVX]{1,5})[.)]|\(?(?P<number>\d{1,2})[.)]|\(?(?P<letter>[a-hA-H])[.)])\s+(?=\S)"
)
BULLET = re.compile(r"[•●▪■◦‣⁃∙·○–—*-]\s+(?=\S)|[•●▪■◦‣▸►]")
ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
SPEAKS = re.compile(
    r"\b(?:sa(?:ys?|id)|wr(?:ites?|ote)|argue[sd]?|note[sd]?|put it|states?|stated|observe[sd]?|explain(?:s|ed)?"
    r"|remark(?:s|ed)?|point(?:s|ed) out|declare[sd]?|conclude[sd]?|according to|(?:in the|his|her|their) words"
    r"|warn(?:s|ed)?|add(?:s|ed)?|quot(?:es?|ed)|reads?|recall(?:s|ed)?|claim(?:s|ed)?|assert(?:s|ed)?|insist(?:s|ed)?"
    r"|told|testified|reported)\b[^.!?]{0,80}:$",
    re.IGNORECASE,
)


def compose(lines: Sequence[Line]) -> list[Block]:
    """Body lines of a plain text, in reading order, as blocks."""
    blocks: list[Block] = []
    for group in _groups(lines):
        blocks.extend(_items(group))
    return _quotations(_named(_bridged(blocks, right_margin(lines))))


def right_margin(lines: Sequence[Line]) -> float:
    """Where full lines end: the place that four of five lines do not pass."""
    ends = sorted(line.right for line in lines)
    return ends[len(ends) * 4 // 5] if ends else 0.0


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines parted at gaps and at page starts."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or line.gap is None or line.gap > 0:
            groups.append([])
        groups[-1].append(line)
    return groups


def label_value(text: str) -> tuple[str, int] | None:
    """The kind and the place of a list label at the beginning of a text, or None."""
    found = LABEL.match(text)
    if not found:
        return None
    if found["roman"] and found["roman"].lower() in ROMAN:
        return "roman", ROMAN[found["roman"].lower()]
    if found["number"]:
        return "number", int(found["number"])
    letter = found["letter"] or found["roman"]
    return ("letter", ord(letter.lower()) - 96) if len(letter) == 1 else None


def _items(group: list[Line]) -> list[Block]:
    """A group's lines as one paragraph, parted where list labels stand in sequence."""
    blocks: list[Block] = []
    for line in group:
        if LINK_LINE.fullmatch(line.plain):
            blocks.append(Block("link", [line]))
        elif BULLET.match(line.text) or label_value(line.text):
            blocks.append(Block("item", [line]))
        elif blocks and blocks[-1].kind != "link":
            blocks[-1].lines.append(line)
        else:
            blocks.append(Block("prose", [line]))
    return blocks


def _bridged(blocks: list[Block], margin: float) -> list[Block]:
    """Blocks with text that a page end or a float cut put together again."""
    result: list[Block] = []
    for block in blocks:
        before = next((b for b in reversed(result) if b.kind not in ("link", "heading")), None)
        if before and block.kind == "prose" and _continues(before, block, margin):
            before.lines.extend(block.lines)
        else:
            result.append(block)
    return result


def _continues(before: Block, block: Block, margin: float) -> bool:
    first, last = block.lines[0], before.lines[-1]
    if last.closed:
        return False
    if first.gap is None:
        if not ends_sentence(last.text):
            return not (strong_heading(block.plain) and len(block.lines) == 1 and not begins_low(first.text))
        return last.right > 0.75 * margin and not (len(block.lines) == 1 and heading_like(block.plain))
    return not finished(last.text) and begins_low(first.text)


def _named(blocks: list[Block]) -> list[Block]:
    """Blocks with headings named: short, set off, without the end of a sentence, and before running text."""
    for i, block in enumerate(blocks):
        if block.kind != "prose" or len(block.lines) > 3 or not heading_like(block.plain):
            continue
        before = next((b for b in reversed(blocks[:i]) if b.kind != "link"), None)
        if before is None or before.kind == "heading" or finished(before.lines[-1].text):
            block.kind = "heading"
    return blocks


def _quotations(blocks: list[Block]) -> list[Block]:
    """Blocks with the quotations named that a speaker and a colon introduce."""
    for before, block in pairwise(blocks):
        if block.kind == "prose" and before.kind == "prose" and SPEAKS.search(before.plain):
            block.kind = "quote"
    return blocks
