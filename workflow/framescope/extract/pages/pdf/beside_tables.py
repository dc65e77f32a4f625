"""What belongs to a ruled table and stands outside of its strokes: its title and units above, its notes below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framescope.extract.pages.floats import SOURCE
from framescope.extract.pages.headings import KNOWN, numbered
from framescope.extract.pages.lines import Line, ends_sentence
from framescope.extract.private_marks import MARKER_OPENS

# The units of a table: "(Thousands of pounds)".
UNITS = re.compile(r"\([^()]+(?:\([^()]*\)[^()]*)*\)")
# The beginning of a note of the page; notes of tables have letters.
PAGE_NOTE = re.compile(rf"{MARKER_OPENS}\d")
# A line at this distance from a table, in type sizes, is next to it; lines of one note are closer.
NEXT, CLOSE = 4.5, 2.2
# Notes of tables have smaller type than the body.
SMALL = 0.97
# A title has fewer lines.
LONGEST = 4


def mark_neighbours(lines: Sequence[Line], tables: Sequence[Sequence[Line]]) -> None:
    """Mark the lines of a page that are directly above or below a table."""
    for table in tables:
        top, bottom = min(line.top for line in table), max(line.top for line in table)
        left, right = min(line.left for line in table), max(line.right for line in table)
        beside = [line for line in lines if line.left < right and line.right > left]
        above = max((line for line in beside if line.top < top), key=lambda line: line.top, default=None)
        below = min((line for line in beside if line.top > bottom), key=lambda line: line.top, default=None)
        if above is not None and top - above.top < NEXT * above.size:
            above.table = "above"
        if below is not None and below.top - bottom < NEXT * below.size:
            below.table = "below"


def without_titles_and_notes(
    lines: Sequence[Line], size: float, rules: Sequence[tuple[float, float, float]]
) -> tuple[list[Line], list[Line]]:
    """A column's lines without units and titles above tables and notes below them, and these lines.

    `size` is the body's type size, `rules` are left, right and place of strokes, below which notes of the page begin.
    """
    kept: list[Line] = []
    aside: list[Line] = []
    noting: Line | None = None
    for line in lines:
        small = line.size < SMALL * size
        if line.table == "below" and (small or SOURCE.match(line.plain)):
            noting = line
        elif noting is not None and not (small and _close(noting, line) and not _ruled(noting, line, rules)):
            noting = None
        if noting is not None and PAGE_NOTE.match(line.text):
            noting = None
        if noting is not None:
            noting = line
            aside.append(line)
        elif line.table == "above" and UNITS.fullmatch(line.plain):
            title = _title(kept, line)
            aside += [*kept[len(kept) - title :], line]
            del kept[len(kept) - title :]
        else:
            kept.append(line)
    return kept, aside


def _close(before: Line, line: Line) -> bool:
    """Whether a line is as close below another as the lines and notes of one table are."""
    return 0 < line.top - before.top < (NEXT if SOURCE.match(line.plain) else CLOSE) * before.size


def _ruled(before: Line, line: Line, rules: Sequence[tuple[float, float, float]]) -> bool:
    """Whether there is a stroke between two lines that does not underline the first."""
    return any(before.top + 0.35 * before.size < place < line.top - line.size / 2 for _, _, place in rules)


def _title(lines: Sequence[Line], units: Line) -> int:
    """The number of lines of a title above the units of a table: of one look, not numbered, and no sentence."""
    count, below = 0, units
    for line in lines[::-1]:
        alike = not count or (line.size, line.bold) == (lines[-1].size, lines[-1].bold)
        if count == LONGEST or not alike or below.top - line.top > NEXT * line.size or ends_sentence(line.text):
            break
        count, below = count + 1, line
    first = lines[-count].plain if count else ""
    return 0 if count == LONGEST or numbered(first) or KNOWN.fullmatch(first) else count
