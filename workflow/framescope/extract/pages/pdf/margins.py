"""The dimensions of a typeset document: body size, margins, column widths and the space between lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from framescope.extract.pages.lines import Line


def body_size(lines: Sequence[Line]) -> float:
    """The type size that most letters have."""
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sorted(sizes), key=lambda size: sizes[size]) if sizes else 1.0


def normalise(pages: Sequence[list[Line]], size: float) -> None:
    """Set `left` and `right` from the column's margin, `width` to the column's, `gap` in lines beyond the usual."""
    _set_gaps(pages)
    columns: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for lines in pages:
        for line, place in zip(lines, _places(lines), strict=True):
            columns[line.page % 2, place].append(line)
    shared = {key: _margins(lines, size) for key, lines in columns.items()}
    for lines in pages:
        places = _places(lines)
        for place in set(places):
            here = [line for line, p in zip(lines, places, strict=True) if p == place]
            margin, edge = _page_margins(here, size, *shared[here[0].page % 2, place])
            for line in here:
                line.left, line.right, line.width = line.left - margin, line.right - margin, edge - margin


def _places(lines: Sequence[Line]) -> list[int]:
    """The column of each line: 0 for the left column or the width of the page, and higher to the right."""
    if not lines:
        return []
    lefts = {
        column: min(line.left for line in lines if line.column == column) for column in {line.column for line in lines}
    }
    rights = {column: max(line.right for line in lines if line.column == column) for column in lefts}
    width = max(rights.values()) - min(lefts.values())
    return [
        0
        if lefts[line.column] < min(lefts.values()) + 0.25 * width
        and rights[line.column] > min(lefts.values()) + 0.6 * width
        else 1 + int(3 * (lefts[line.column] - min(lefts.values())) / (width or 1.0))
        for line in lines
    ]


def _margins(lines: Sequence[Line], size: float) -> tuple[float, float]:
    """The left margin, where most lines begin, and the right edge, which few lines pass."""
    text = [line for line in lines if abs(line.size - size) < 0.25 * size] or list(lines)
    lefts = Counter(round(line.left) for line in text)
    most = max(lefts.values())
    margin = min(left for left, count in lefts.items() if count >= 0.4 * most)
    rights = sorted(line.right for line in text)
    return float(margin), rights[int(0.93 * (len(rights) - 1))]


def _page_margins(lines: Sequence[Line], size: float, margin: float, edge: float) -> tuple[float, float]:
    """The margins of one page's column: those of all pages, unless the text of this page is clearly elsewhere."""
    if len(lines) < 8:
        return margin, edge
    own, own_edge = _margins(lines, size)
    if abs(own - margin) <= 2.5 or margin + 0.5 * size < own < margin + 5 * size:
        return margin, edge
    return own, own_edge


def _set_gaps(pages: Sequence[list[Line]]) -> None:
    """Set each line's gap: the distance to the line above in its column over the usual one for its size, minus 1."""
    steps: dict[float, list[float]] = defaultdict(list)
    pairs = [
        (before, line)
        for lines in pages
        for before, line in pairwise(lines)
        if before.column == line.column and line.top > before.top
    ]
    for before, line in pairs:
        if before.size == line.size and line.top - before.top < 2.5 * line.size:
            steps[line.size].append(line.top - before.top)
    usual = {size: _usual_step(found) for size, found in steps.items()}
    for lines in pages:
        for line in lines:
            line.gap = None
    for before, line in pairs:
        larger = max(before.size, line.size)
        step = usual.get(larger) or 1.2 * larger
        line.gap = (line.top - before.top) / step - 1


def _usual_step(found: Sequence[float]) -> float:
    """The most common distance, or the smallest of those nearly as common."""
    counts = Counter(round(step * 2) / 2 for step in found)
    most = max(counts.values())
    commonest = min(step for step, count in counts.items() if count >= 0.5 * most)
    return median(step for step in found if abs(step - commonest) <= 0.5)
