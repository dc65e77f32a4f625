"""Levels of headings that a document uses for the titles of its tables and figures, and not for sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from framescope.extract.markup.syntax_text import Node, plain
from framescope.extract.pages.floats import CAPTION, LABEL

# At least this number of headings of such a level, and this share of them, are labels or right above a table.
FEWEST, SHARE = 2, 0.5
# The second line of a title, which may be between it and its table, has fewer words.
SECOND_LINE = 15


def float_levels(blocks: Sequence[Node]) -> frozenset[int]:
    """The levels whose headings are titles of tables and figures.

    Most of them are labels or above a table, and the sections do not use the level: a deeper heading comes before its
    first one.
    """
    titles: dict[int, list[bool]] = defaultdict(list)
    skipped: set[int] = set()
    last = 0
    for i, block in enumerate(blocks):
        if block["t"] != "Header":
            continue
        level, text = block["c"][0], plain(block["c"][2]).strip()
        skipped |= {between for between in range(last + 1, level) if last and between not in titles}
        titles[level].append(bool(LABEL.fullmatch(text) or CAPTION.match(text)) or _above_table(blocks[i + 1 : i + 3]))
        last = level
    return frozenset(
        level
        for level, floats in titles.items()
        if level in skipped and len(floats) >= FEWEST and sum(floats) >= SHARE * len(floats)
    )


def _above_table(after: Sequence[Node]) -> bool:
    kinds = [block["t"] for block in after]
    short = bool(after) and len(plain(after[0]).split()) < SECOND_LINE and kinds[0] != "Header"
    return kinds[:1] == ["Table"] or (kinds[1:] == ["Table"] and short)
