"""Notes at the foot of typeset columns, which have small type, a rule above them, and a number at the beginning."""

from __future__ import annotations

from collections.abc import Sequence

from framescope.extract.pages.floats import CAPTION
from framescope.extract.pages.lines import MARK, Line, finished
from framescope.extract.pages.notes import Draft, follows, note_start

SMALL = 0.93
# The largest share of lines with several cells among lines that continue a note.
MOST_CELLS = 0.3


def split_column(
    lines: Sequence[Line], rules: Sequence[tuple[float, float, float]], size: float, last: Draft | None
) -> tuple[list[Line], list[Line]]:
    """A column's body lines and the note lines at its foot; `rules` are left, right and place from the page's top.

    `size` is the document's body size and `last` the note before this column, which may continue at its foot.
    """
    number = last.number if last else None
    small = len(lines)
    while small and lines[small - 1].size <= SMALL * size:
        small -= 1
    ruled = _below_rule(lines, rules)
    if ruled is not None:
        below = lines[ruled:]
        small_type = last is not None and (ruled >= small or (_alike(last, below) and _goes_on(last, below)))
        if (small_type and not _tabular(below)) or _begins(lines[ruled], number):
            return list(lines[:ruled]), list(below)
    foot = list(lines[small:])
    alike = bool(foot and last and last.lines and foot[0].size == last.lines[-1].size and not _tabular(foot))
    if alike and last and not _begins(foot[0], number) and _goes_on(last, foot):
        return list(lines[:small]), foot
    for i in range(small, len(lines)):
        if _begins(lines[i], number):
            return list(lines[:i]), list(lines[i:])
    return list(lines), []


def notes_end(below: Sequence[Line], size: float) -> int:
    """The line at which notes end: at text of the body's size, a caption or a space of two lines.

    `size` is the body's type size.
    """
    for i in range(1, len(below)):
        before, line = below[i - 1], below[i]
        larger = line.size > 1.04 * below[0].size and line.size > SMALL * size
        apart = line.top - before.top > 3 * max(line.size, before.size) and note_start(line) is None
        if larger or apart or CAPTION.match(line.plain):
            return i
    return len(below)


def _below_rule(lines: Sequence[Line], rules: Sequence[tuple[float, float, float]]) -> int | None:
    """The first line below the lowest rule between lines that begins at the column's margin and is not an underline."""
    if not lines:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    best = None
    for start, end, place in rules:
        if not (left - 15 < start < left + 40 and end - start < 0.8 * (right - left)):
            continue
        if any(line.top <= place < line.top + 0.35 * line.size and line.right > start for line in lines):
            continue
        below = next((i for i, line in enumerate(lines) if line.top > place + 1), None)
        if below and (best is None or below > best):
            best = below
    return best


def _begins(line: Line, last: str | None) -> bool:
    """Whether a line begins a note, with a raised marker or the next number."""
    start = note_start(line)
    return start is not None and (bool(MARK.match(line.text)) or follows(start[0], last))


def _alike(last: Draft, lines: Sequence[Line]) -> bool:
    """Whether all lines have the type size of the note before them."""
    return bool(last.lines) and all(abs(line.size - last.lines[-1].size) < 0.3 for line in lines)


def _tabular(lines: Sequence[Line]) -> bool:
    """Whether many lines have several cells, or begin a figure or a table."""
    return bool(CAPTION.match(lines[0].plain)) or sum(bool(line.cells) for line in lines) > MOST_CELLS * len(lines)


def _goes_on(last: Draft, lines: Sequence[Line]) -> bool:
    """Whether lines may continue the note before them: it is unfinished, or its last line is full."""
    ending, word = last.lines[-1], lines[0].plain.split(" ", 1)[0]
    edge = max(line.right for line in [*last.lines, *lines])
    full = ending.right + (len(word) + 1) * ending.size / 2 > edge
    return not finished(ending.text) or lines[0].text[:1].islower() or full
