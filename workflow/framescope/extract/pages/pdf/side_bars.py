"""Side bars: narrow columns of small type beside the text, as on the first page of an article in a journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from framescope.extract.pages.lines import Line

# Most letters of a side bar are smaller than this share of the body's type size, and most of the text beside it larger.
SMALLER = 0.93
MOST = 0.8
# A side bar is narrower than this share of the text beside it.
NARROWER = 0.7
FEWEST_LINES = 3


@dataclass
class _Column:
    """The lines of a column, its edges, and the share of its letters that are smaller than the body's."""

    lines: list[Line]
    left: float
    right: float
    top: float
    bottom: float
    small: float


def without_side_bars(page: Sequence[Line], size: float) -> tuple[list[Line], list[Line]]:
    """The lines of a page without side bars, and these; `size` is the body's type size."""
    columns = [_column(list(group), size) for _, group in groupby(page, key=lambda line: line.column)]
    kept: list[Line] = []
    aside: list[Line] = []
    for column in columns:
        bar = len(column.lines) >= FEWEST_LINES and column.small > MOST
        if bar and any(_beside(column, other) for other in columns):
            aside += column.lines
        else:
            kept += column.lines
    return kept, aside


def _column(lines: list[Line], size: float) -> _Column:
    letters = sum(len(line.text) for line in lines)
    small = sum(len(line.text) for line in lines if line.size < SMALLER * size)
    return _Column(
        lines,
        min(line.left for line in lines),
        max(line.right for line in lines),
        min(line.top for line in lines),
        max(line.top for line in lines),
        small / max(1, letters),
    )


def _beside(bar: _Column, text: _Column) -> bool:
    """Whether a narrow column is to the left or right of body text, and next to it for most of its own height."""
    apart = text.left >= bar.right or text.right <= bar.left
    shared = min(bar.bottom, text.bottom) - max(bar.top, text.top)
    narrow = bar.right - bar.left < NARROWER * (text.right - text.left)
    return apart and narrow and text.small < 1 - MOST and shared > 0.5 * (bar.bottom - bar.top)
