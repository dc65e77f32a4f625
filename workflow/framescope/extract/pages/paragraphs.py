"""Lines of running text as headings, paragraphs, list items and block quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from framescope.extract.pages.floats import (
    CAPTION,
    SOURCE,
    name_cells,
    name_contents,
    name_floats,
    name_fragments,
)
from framescope.extract.pages.headings import (
    DATE,
    KNOWN,
    LOW_NUMERAL,
    heading_like,
    join_wrapped,
    look,
    name_by_look,
    name_by_outline,
    name_by_words,
    name_slide_titles,
    numbered,
    strong_heading,
    title_case,
)
from framescope.extract.pages.lines import (
    BULLET,
    FUNCTION_WORDS,
    LINK_LINE,
    Block,
    BlockKind,
    Line,
    begins_low,
    ends_sentence,
    finished,
)

ASIDE = ("link", "caption", "table", "other")

# Single capitals with a full stop are initials of names.
LABEL = re.compile(
    r"(?:\(?(?P<roman>[ivx]{1,5}|[IVX]{2,5}|[IVX](?=\)))[.)]|\(?(?P<number>\d{1,2})[.)]"
    r"|\(?(?P<letter>[a-h]|[A-H](?=\)))[.)])\s+(?=\S)"
)
ROMAN = {
    numeral: value
    for value, numeral in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1)
}
SPEAKS = re.compile(
    r"\b(?:sa(?:ys?|id)|wr(?:ites?|ote)|argue[sd]?|note[sd]?|put it|states?|stated|observe[sd]?|explain(?:s|ed)?"
    r"|remark(?:s|ed)?|point(?:s|ed) out|declare[sd]?|conclude[sd]?|according to|(?:in the|his|her|their) words"
    r"|warn(?:s|ed)?|add(?:s|ed)?|quot(?:es?|ed)|reads?|recall(?:s|ed)?|claim(?:s|ed)?|assert(?:s|ed)?|insist(?:s|ed)?"
    r"|told|testified|reported)\b[^.!?]{0,80}:$",
    re.IGNORECASE,
)

SENTENCE_END = re.compile(r"[^\W\d_A-Z]{2}\.(?:\s|$)")
# The largest space between the lines of one heading, beyond the usual, in lines.
MOST_SPREAD = 0.6
# If a text has at least this number of underlined headings, it has no others.
FEWEST_MARKED = 3
# Lines longer than this that end with sentences are whole paragraphs.
LONG = 60
# At least this number of headings are right above their text, and each is shorter than this part of a full line.
FEWEST_TOPS, SHORT_TOP = 3, 0.75
# Lines of a dump are evenly filled, as where words are divided at line ends, or ragged.
SLACKS, MOST_SHORT = (0.97, 0.91, 0.85), 0.01


@dataclass
class Manner:
    """The layout of a text: body size, right edge of full lines, width of an em, and what separates paragraphs.

    `indents` and `gaps` say that paragraphs have indented first lines or space between them, `whole` that each line is
    a paragraph, `marked` that headings are underlined, `slides` that each page is a slide. A line is short if the next
    word would end before `slack` times the edge. `tops` says that headings are right above their text without a space.
    """

    size: float
    edge: float
    em: float
    typeset: bool
    indents: bool
    gaps: bool
    whole: bool = False
    marked: bool = False
    slides: bool = False
    slack: float = 0.97
    tops: bool = False

    @property
    def least_gap(self) -> float:
        """The space, in lines, above which a gap separates paragraphs."""
        return 0.25 if self.typeset else 0.0

    def indented(self, line: Line) -> bool:
        """Whether a line begins to the right of its column's margin."""
        return line.left > 0.6 * self.em

    def short(self, line: Line, after: Line) -> bool:
        """Whether the first word of the next line would have fitted into a line, so that its paragraph ends there."""
        word = len(after.plain.split(" ", 1)[0]) + 1
        return line.right + word * self.em / 2 < self.slack * (line.width or self.edge)


def manner(lines: Sequence[Line], size: float, typeset: bool) -> Manner:
    """The layout of a document's body lines."""
    ends = sorted(line.right for line in lines)
    edge = ends[len(ends) * 4 // 5] if ends else 0.0
    how = Manner(size, edge, size if typeset else 2.0, typeset, indents=False, gaps=False)
    if not typeset:
        how.slack = _slack(lines, how)
    breaks = [
        line
        for before, line in pairwise(lines)
        if line.gap is not None and ends_sentence(before.text) and how.short(before, line) and not begins_low(line.text)
    ]
    # The space above headings says nothing about that between paragraphs.
    breaks = [line for line in breaks if typeset or not strong_heading(line.plain)] or breaks
    parted = sum((line.gap or 0.0) > how.least_gap for line in breaks)
    set_in = sum((line.gap or 0.0) <= how.least_gap and how.indented(line) for line in breaks)
    how.gaps = parted > 0.7 * len(breaks)
    how.indents = set_in > 0.3 * len(breaks) and set_in > 1
    long = [line for line in lines if len(line.text) > LONG]
    how.whole = not typeset and sum(ends_sentence(line.text) for line in long) > 0.8 * len(long) > 1
    how.tops = how.gaps and not typeset and sum(_tops(a, b, how) for a, b in pairwise(lines)) >= FEWEST_TOPS
    how.marked = sum(line.level > 0 for line in lines) >= FEWEST_MARKED
    return how


def _tops(line: Line, below: Line, how: Manner) -> bool:
    """In a dump with space between paragraphs: whether a short line is a heading right above a full line of text."""
    apart = line.gap != 0.0 and below.gap == 0.0 and not begins_low(below.text)
    filled = line.right < SHORT_TOP * how.edge and below.right > how.slack * how.edge
    return apart and filled and heading_like(line.plain) and " " in line.plain and not DATE.search(line.plain)


def _slack(lines: Sequence[Line], how: Manner) -> float:
    """The largest of SLACKS of a dump with which hardly any line is short although its paragraph goes on below it."""
    inner = [(a, b) for a, b in pairwise(lines) if b.gap == 0.0 and not finished(a.text) and begins_low(b.text)]
    for slack in SLACKS[:-1]:
        if sum(replace(how, slack=slack).short(*pair) for pair in inner) < MOST_SHORT * len(inner):
            return slack
    return SLACKS[-1]


def compose(lines: Sequence[Line], how: Manner, titles: Sequence[tuple[str, int]] = ()) -> list[Block]:
    """Body lines in reading order as blocks; `titles` are those of an outline, with their levels."""
    blocks: list[Block] = []
    for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if before is not None and (line.level or before.level):
            blocks.append(Block(_kind(line, how), [line]))
        elif before is not None and _goes_on(blocks[-1], line, after, how):
            blocks[-1].lines.append(line)
        elif (
            before is None
            or _begins(blocks[-1], before, line, how)
            or _is_heading(blocks[-1], before, line, after, how)
        ):
            blocks.append(Block(_kind(line, how), [line]))
        else:
            blocks[-1].lines.append(line)
    for block in blocks:
        if block.lines[0].level:
            block.kind, block.level = "heading", block.lines[0].level
    if how.typeset:
        name_by_look(blocks, how.size)
        _join_headings(blocks, how)
        name_by_outline(blocks, titles)
        name_floats(blocks, how.size)
        name_fragments(blocks, how.size)
    else:
        name_cells(blocks)
        name_floats(blocks, how.size)
        join_wrapped(blocks, how.edge)
    blocks = _bridged(blocks, how)
    if how.slides:
        name_slide_titles(blocks)
    elif not how.marked:
        tops = [a for a, b in pairwise(blocks) if how.tops and _tops(a.lines[-1], b.lines[0], how)]
        name_by_words(blocks, trusted=not how.typeset, tops=tops)
    name_contents(blocks)
    return _quotations(blocks, how)


def _join_headings(blocks: list[Block], how: Manner) -> None:
    """Join the lines of a typeset heading that are separated: they look the same, and the first is full."""
    for block, after in zip(list(blocks), blocks[1:], strict=False):
        first, second = block.lines[-1], after.lines[0]
        alike = block.kind == after.kind == "heading" and look(block) == look(after) and not numbered(after.plain)
        near = second.gap is not None and second.gap < MOST_SPREAD and len(block.lines) + len(after.lines) < 5
        if alike and near and not how.short(first, second):
            after.lines[:0] = block.lines
            blocks.remove(block)


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


def _kind(line: Line, how: Manner) -> BlockKind:
    if LINK_LINE.fullmatch(line.plain):
        return "link"
    opens = line.gap is None and not how.typeset and LOW_NUMERAL.match(line.text)
    if opens and numbered(line.text) and not SENTENCE_END.search(line.text, opens.end()):
        return "prose"
    if BULLET.match(line.text) or (label_value(line.text) and not line.bold):
        return "item"
    return "prose"


def _begins(block: Block, before: Line, line: Line, how: Manner) -> bool:
    """Whether a line begins a new block and does not continue the one before it."""
    kind = _kind(line, how)
    if line.fragment:
        return False
    if line.gap is None or line.gap > how.least_gap or "link" in (kind, block.kind):
        return True
    if how.whole and not begins_low(line.text):
        return True
    if kind == "item" and (block.kind == "item" or finished(before.text)):
        return True
    if how.typeset and line.size < how.size and SOURCE.match(line.plain):
        return True
    if how.typeset and not _alike(before, line, how) and not _in_another_look(block, before, line, how):
        return True
    if len(block.lines) < 3 and CAPTION.match(block.plain) and how.short(before, line):
        return True
    if line.bold or line.size > 1.06 * how.size or (line.plain.isupper() and before.plain.isupper()):
        return False
    return _begins_by_indent(block, before, line, how)


def _alike(before: Line, line: Line, how: Manner) -> bool:
    """Whether a line has the look of the one before it, or of that line's last word."""
    looks = [(before.size, before.bold), *([before.last] if before.last and before.ends_otherwise else [])]
    return any(abs(line.size - size) <= 0.04 * how.size and line.bold == bold for size, bold in looks)


def _in_another_look(block: Block, before: Line, line: Line, how: Manner) -> bool:
    """Whether a line goes on in another type: within an item, after bold words run in, or in small capitals."""
    if block.kind == "item" and _kind(line, how) != "item" and line.left > block.lines[0].left + 0.3 * how.em:
        return True
    if how.short(before, line) or how.indented(line) or finished(before.text):
        return False
    if any(part.size < how.size and part.plain.isupper() for part in (before, line)):
        return line.bold == before.bold
    return before.bold and line.first == (before.size, True)


def _is_heading(block: Block, before: Line, line: Line, after: Line | None, how: Manner) -> bool:
    """In plain text: whether a line is a heading, or follows a block that is a heading by its words."""
    if how.typeset or how.marked or line.fragment or begins_low(line.text):
        return False
    if DATE.fullmatch(before.plain):
        return True
    if how.tops and len(block.lines) == 1 and _tops(before, line, how):
        return True
    closes = after is None or after.gap != 0.0
    headed = block.kind == "prose" or (block.kind == "item" and len(block.lines) == 1 and not finished(before.text))
    if headed and len(block.lines) < 4 and strong_heading(block.plain) and how.short(before, line):
        if closes and strong_heading(f"{block.plain} {line.plain}"):
            return False
        return not _wraps(before, line, how)
    if after is None or begins_low(after.text) or not how.short(line, after):
        return False
    return bool(KNOWN.fullmatch(line.plain)) or (ends_sentence(before.text) and strong_heading(line.plain))


def _goes_on(block: Block, line: Line, after: Line | None, how: Manner) -> bool:
    """In plain text: whether a line without a number is the rest of the numbered heading above it."""
    if how.typeset or after is None or line.gap != 0.0 or begins_low(after.text) or len(block.lines) > 2:
        return False
    whole = f"{block.plain} {line.plain}"
    goes_on = numbered(whole) and strong_heading(whole) and not numbered(line.plain)
    return goes_on and title_case(line.plain) and heading_like(line.plain) and how.short(line, after)


def _wraps(before: Line, line: Line, how: Manner) -> bool:
    """Whether a heading continues on the next line; its type may be half as large again as that of the body."""
    full = 1.4 * before.right + len(line.plain.split(" ", 1)[0]) > how.edge
    whole = f"{before.plain} {line.plain}"
    return (whole.isupper() or strong_heading(whole)) and (full or before.plain.split(" ")[-1] in FUNCTION_WORDS)


def _begins_by_indent(block: Block, before: Line, line: Line, how: Manner) -> bool:
    first, step = block.lines[0], line.left - before.left
    if block.kind == "item":
        if line.left > first.left + 0.3 * how.em:
            return False
        hangs = any(other.left > first.left + 0.3 * how.em for other in block.lines[1:])
        return hangs or line.left < first.left - 0.5 * how.em or (finished(before.text) and how.short(before, line))
    if step > 0.6 * how.em:
        return True
    if step < -0.6 * how.em:
        return len(block.lines) > 1 or (how.short(before, line) and finished(before.text))
    if how.indents or how.gaps:
        closed = finished(before.text) if how.indented(line) else ends_sentence(before.text)
        early = before.right < 0.7 * line.width or (before.plain.endswith(";") and begins_low(line.text))
        return how.typeset and closed and early and how.short(before, line)
    return _begins_by_shape(before, line, how)


def _begins_by_shape(before: Line, line: Line, how: Manner) -> bool:
    """Whether a line begins a block in text without gaps and indents: after a short line, or after a likely heading."""
    if begins_low(line.text):
        return False
    if finished(before.text):
        return how.short(before, line)
    return before.right < 0.6 * how.edge and before.plain.split(" ")[-1].casefold() not in FUNCTION_WORDS


def _bridged(blocks: list[Block], how: Manner) -> list[Block]:
    """Blocks in which paragraphs that were divided by the end of a page or column or by a float are joined."""
    result: list[Block] = []
    for block in blocks:
        before = next((b for b in reversed(result) if b.kind not in ASIDE), None)
        if before and before.kind != "heading" and block.kind == "prose" and _continues(before, block, how):
            before.lines.extend(block.lines)
        else:
            result.append(block)
    return result


def _continues(before: Block, block: Block, how: Manner) -> bool:
    first, last = block.lines[0], before.lines[-1]
    if not how.typeset and first.gap is None and LOW_NUMERAL.match(first.text):
        return False
    if last.closed or (how.typeset and abs(first.size - last.size) > 0.04 * how.size):
        return False
    if first.gap is None:
        if not ends_sentence(last.text):
            if not how.typeset and _closes_page(before, first, how):
                return False
            if last.plain.endswith(":") and how.indented(first):
                return False
            return begins_low(first.text) or not (strong_heading(block.plain) and len(block.lines) == 1)
        if how.short(last, first) or (how.indents and how.indented(first)):
            return False
        if how.typeset:
            return not (len(block.lines) == 1 and heading_like(block.plain))
        return not (len(block.lines) < 4 and heading_like(block.plain))
    if first.gap <= how.least_gap:
        return not finished(last.text) and (begins_low(first.text) or not how.short(last, first))
    return not finished(last.text) and begins_low(first.text)


def _closes_page(block: Block, after: Line, how: Manner) -> bool:
    """Whether a block is a heading that is the last line of a page of a dump."""
    line = block.lines[0]
    return len(block.lines) == 1 and bool(line.gap) and strong_heading(block.plain) and how.short(line, after)


def _quotations(blocks: list[Block], how: Manner) -> list[Block]:
    """Blocks with quotations marked: indented on every line, or in plain text after a verb of saying and a colon."""
    for before, block in pairwise(blocks):
        if block.kind != "prose" or before.kind not in ("prose", "quote", "item"):
            continue
        inset = all(how.indented(line) for line in block.lines)
        spoken = not how.typeset and before.kind == "prose" and SPEAKS.search(before.plain)
        if inset and before.kind == "item":
            block.kind = "item"
        elif spoken or (inset and (len(block.lines) > 1 or not how.indents)):
            block.kind = "quote"
    return blocks
