"""Front matter: the title of a document, and the lines with authors, dates and series."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framescope.extract.pages.headings import KNOWN, NUMBERED, look, strong_heading
from framescope.extract.pages.lines import BULLET, Block, finished, length_in_words

DATE = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+(?:\d{1,2},?\s+)?\d{4}\b"
    r"|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b",
    re.IGNORECASE,
)
AUTHOR = re.compile(
    r"by\s+[A-Z]|.*(?:@|\b(?:university|institute|department of|cent(?:re|er) for|ministry of|faculty of|school of"
    r"|et al)\b)",
    re.IGNORECASE,
)
# The end of a sentence, not of an abbreviation, or of a form of address.
SAID = re.compile(r"[^\W\d_A-Z]{3}[.!?…:;][\"'”’»)]*$|[。！？]$")
FEWEST_SAID = 6
# The largest number of words of the front matter of a plain text.
MOST_WORDS = 150
LONGEST = 12
MOST_TITLE_LINES = 4


def front_matter(blocks: Sequence[Block], typeset: bool) -> tuple[Block | None, list[Block]]:
    """The title, or None, and the blocks without it; author and date lines before the text become "other"."""
    start = next((i for i, block in enumerate(blocks) if _is_text(block)), len(blocks))
    while start and _is_said(blocks[start - 1]):
        start -= 1
    front = list(blocks[:start])
    later = [block for block in blocks[start:] if block.kind == "heading"]
    counted = sum(_numbered(block) for block in blocks) > 1
    headings = [
        block
        for block in front
        if block.kind == "heading" and not KNOWN.fullmatch(block.plain) and not (counted and _numbered(block))
    ]
    title = _title(headings, later, blocks[start] if start < len(blocks) else None, typeset)
    if title is None:
        return None, list(blocks)
    place = next(i for i, block in enumerate(front) if block is title)
    if not typeset:
        place = _join_title(front, place, blocks[start : start + 1])
        title = front[place]
    after = front[place + 1 :]
    sure = next((block for block in after if KNOWN.fullmatch(block.plain) or _numbered(block)), None)
    dated = max((i for i, block in enumerate(after) if DATE.search(block.plain)), default=-1)
    rest = after[dated + 1 :]
    section = sure or next((block for block in rest if _is_section(block, later, typeset, block is front[-1])), None)
    first = next((i for i, block in enumerate(front) if block is section), len(front))
    aside = [*front[:place], *front[place + 1 : first]]
    if not typeset and sum(length_in_words(block.plain) for block in aside) > MOST_WORDS:
        aside = []
    for block in aside:
        sentence = _is_said(block) and len(block.plain.split()) >= FEWEST_SAID
        if block.kind in ("heading", "prose", "item", "quote") and not sentence:
            block.kind = "other"
    kept = [block for block in blocks if not any(block.lines[0] is line for line in title.lines)]
    levels = sorted({block.level for block in kept if block.kind == "heading"})
    for block in kept:
        if block.kind == "heading":
            block.level = levels.index(block.level) + 1
    return title, kept


def _is_text(block: Block) -> bool:
    """Whether a block is running text: more than a line with a sentence in it, several lines, or a bullet's item."""
    if block.kind == "item" and BULLET.match(block.lines[0].text):
        return True
    if block.kind not in ("prose", "quote", "item"):
        return False
    long = length_in_words(block.plain) > LONGEST and (finished(block.plain) or block.plain.endswith(","))
    return long or (len(block.lines) > 3 and block.kind != "item")


def _is_said(block: Block) -> bool:
    """Whether a block above running text is part of it: a short sentence, or a form of address with a colon."""
    text = block.plain
    dated = DATE.search(text) or AUTHOR.match(text) or KNOWN.fullmatch(text)
    return block.kind in ("prose", "item") and not dated and bool(SAID.search(text)) and " " in text


def _title(headings: Sequence[Block], later: Sequence[Block], text: Block | None, typeset: bool) -> Block | None:
    """The largest heading of the first page, if no later one is as large or its page has no text."""
    if not headings:
        return None
    if not typeset:
        return headings[0] if later or len(headings) > 1 else None
    opening = [block for block in headings if block.lines[0].page == headings[0].lines[0].page]
    largest = max(opening, key=lambda block: block.lines[0].size)
    alone = not text or text.lines[0].page > largest.lines[0].page
    return largest if alone or all(other.lines[0].size < largest.lines[0].size for other in later) else None


def _join_title(front: list[Block], place: int, text: Sequence[Block]) -> int:
    """Join the lines of a title, which a dump separates, in `front`, above the `text`; the place of the title in it."""
    while place + 1 < len(front) and _goes_on(front[place], front[place + 1], [*front[place + 2 :], *text][:2]):
        below = front.pop(place + 1)
        front[place] = Block("heading", [*front[place].lines, *below.lines], front[place].level)
    return place


def _goes_on(title: Block, below: Block, after: Sequence[Block]) -> bool:
    """Whether a block directly below a title, above a space, is its next line: a title in the same kind of letters."""
    text = below.plain
    apart = not after or after[0].lines[0].gap != 0.0 or _goes_on(below, after[0], after[1:])
    near = below.lines[0].gap == 0.0 and len(title.lines) + len(below.lines) <= MOST_TITLE_LINES
    other = DATE.search(text) or AUTHOR.match(text) or KNOWN.fullmatch(text) or NUMBERED.match(text)
    return apart and near and not other and title.plain.isupper() == text.isupper() and strong_heading(text)


def _numbered(block: Block) -> bool:
    initial = re.match(r"[A-Z]\.", block.plain)
    numbered = NUMBERED.match(block.plain) and not initial and not DATE.search(block.plain)
    return block.kind == "heading" and bool(numbered)


def _is_section(block: Block, later: Sequence[Block], typeset: bool, last: bool) -> bool:
    """Whether a block between the title and the text is the heading of a section."""
    if block.kind != "heading" or DATE.search(block.plain) or AUTHOR.match(block.plain):
        return False
    return any(look(block) == look(other) for other in later) if typeset else last
