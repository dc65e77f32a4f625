"""Tables whose cells are separated by strokes, recognised before their words are read as columns or paragraphs.

Programs draw them in two ways: as a grid with vertical strokes, or with horizontal strokes that are drawn cell by cell,
so that they are interrupted where two columns meet. A filled rectangle has strokes at its upper and lower edges.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from framescope.extract.pages.pdf.words import Word

# Strokes are thinner than this, in points; ends of strokes at this distance meet; edges at this distance are the same.
THIN, MEETING, SAME = 4.0, 4.0, 4.0
# Borders at this distance from the edge of a table are its frame and separate no columns.
FRAME = 10.0
# A row that is not divided into cells, such as a title of rows below it, is lower than this, in points.
LOW = 30.0
FEWEST_ROWS = 2
# A single row between strokes heads at least this number of lines in several cells.
FEWEST_BELOW = 3
# Cells with more words, on average, are a layout of running text.
MOST_WORDS = 150
# A smaller space between words, in type sizes, is one of running text.
SPACE = 0.45
# Rows beyond the strokes are as close as this, in type sizes.
CLOSE = 2.2


class Drawn(NamedTuple):
    """The edges of a drawn line or rectangle, in points from the page's lower left corner."""

    left: float
    right: float
    bottom: float
    top: float


class _Bar(NamedTuple):
    """Horizontal strokes that form one line: its edges and height, and the places at which cells meet."""

    left: float
    right: float
    height: float
    joints: tuple[float, ...]


class _Row(NamedTuple):
    """The space between two bars of a table, its words, and whether they are in several cells."""

    top: float
    bottom: float
    words: list[Word]
    columns: list[float]
    celled: bool


def without_ruled_tables(words: Sequence[Word], drawn: Sequence[Drawn]) -> tuple[list[Word], list[list[Word]]]:
    """A page's words outside of ruled tables, and the words of each table."""
    bars = _bars(drawn)
    upright = [stroke for stroke in drawn if stroke.right - stroke.left < THIN and stroke.top - stroke.bottom > THIN]
    tables: list[list[Word]] = []
    taken: set[int] = set()
    for group in _alike(bars):
        rows = [_row(above, below, words, upright) for above, below in pairwise(group)]
        for run in _runs(rows):
            inner = [
                word for word in words if group[0].left - SAME <= word.left and word.right <= group[0].right + SAME
            ]
            below = _beyond(inner, run[-1], up=False)
            within = [word for row in run for word in row.words if id(word) not in taken]
            cells = sum(len(row.columns) + 1 for row in run if row.celled)
            enough = sum(row.celled for row in run) >= FEWEST_ROWS or _heads(run[-1], below)
            if not enough or len(within) > MOST_WORDS * cells:
                continue
            within += _beyond(inner, run[0], up=True) + below
            taken |= {id(word) for word in within}
            tables.append(within)
    return [word for word in words if id(word) not in taken], tables


def _bars(drawn: Iterable[Drawn]) -> list[_Bar]:
    """The horizontal lines of a page, joined where strokes of one height meet, from top to bottom."""
    strokes: list[tuple[float, float, float]] = []
    for left, right, bottom, top in drawn:
        if top - bottom < THIN:
            strokes.append((left, right, (top + bottom) / 2))
        elif right - left >= THIN:
            strokes += [(left, right, top), (left, right, bottom)]
    strokes.sort(key=lambda stroke: -stroke[2])
    result: list[_Bar] = []
    while strokes:
        level = [stroke for stroke in strokes if strokes[0][2] - stroke[2] < THIN / 2]
        strokes = strokes[len(level) :]
        result += _joined(sorted(level))
    return result


def _joined(level: Sequence[tuple[float, float, float]]) -> list[_Bar]:
    """Strokes of one height, from left to right, as lines."""
    lines: list[list[tuple[float, float, float]]] = []
    edge = 0.0
    for stroke in level:
        if lines and stroke[0] <= edge + MEETING:
            lines[-1].append(stroke)
            edge = max(edge, stroke[1])
        else:
            lines.append([stroke])
            edge = stroke[1]
    result = []
    for line in lines:
        left, right = line[0][0], max(stroke[1] for stroke in line)
        ends = [stroke[1] for stroke in line]
        meet = (x for x, _, _ in line if any(abs(end - x) <= MEETING for end in ends))
        joints = _distinct(x for x in meet if left + FRAME < x < right - FRAME)
        result.append(_Bar(left, right, line[0][2], tuple(joints)))
    return result


def _distinct(places: Iterable[float]) -> list[float]:
    """Places from left to right, without those that are the same as the one before."""
    result: list[float] = []
    for place in sorted(places):
        if not result or place - result[-1] > SAME:
            result.append(place)
    return result


def _alike(bars: Iterable[_Bar]) -> list[list[_Bar]]:
    """Bars with the same edges, from top to bottom; there are at least two."""
    groups: list[list[_Bar]] = []
    for bar in bars:
        for group in groups:
            if abs(group[0].left - bar.left) <= SAME and abs(group[0].right - bar.right) <= SAME:
                group.append(bar)
                break
        else:
            groups.append([bar])
    return [group for group in groups if len(group) > 1]


def _row(above: _Bar, below: _Bar, words: Sequence[Word], upright: Sequence[Drawn]) -> _Row:
    """The space between two bars: columns meet in both bars, or at strokes that run from one to the other.

    It has cells if no word crosses a column's edge and not all words are in the first column, as a heading between two
    tables would be.
    """
    inside = [
        word
        for word in words
        if below.height < word.baseline < above.height and word.left < above.right and word.right > above.left
    ]
    reach = 0.8 * (above.height - below.height)
    shared = [x for x in above.joints if any(abs(x - other) <= SAME for other in below.joints)]
    drawn = [
        stroke.left
        for stroke in upright
        if above.left + FRAME < stroke.left < above.right - FRAME
        and min(stroke.top, above.height) - max(stroke.bottom, below.height) > reach
    ]
    runs = [run for line in _lines(inside) for run in _unbroken(line)]
    columns = [x for x in _distinct([*shared, *drawn]) if not any(left < x - 1 < x + 1 < right for left, right in runs)]
    filled = {bisect(columns, word.left) for word in inside}
    return _Row(above.height, below.height, inside, columns, max(filled, default=0) > 0)


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words on one baseline, from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.baseline):
        if lines and lines[-1][0].baseline - word.baseline < 0.25 * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _unbroken(line: Iterable[Word]) -> list[tuple[float, float]]:
    """The edges of pieces of a line in which words are as close as in running text."""
    pieces: list[tuple[float, float]] = []
    for word in sorted(line, key=lambda word: word.left):
        if pieces and word.left - pieces[-1][1] < SPACE * word.size:
            pieces[-1] = pieces[-1][0], max(word.right, pieces[-1][1])
        else:
            pieces.append((word.left, word.right))
    return pieces


def _runs(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Rows of each table: rows with cells, and low rows without between them."""
    result: list[list[_Row]] = []
    for celled, group in groupby(rows, key=lambda row: row.celled or row.top - row.bottom < LOW):
        run = list(group)
        if not celled:
            continue
        places = [i for i, row in enumerate(run) if row.celled]
        if places:
            result.append(run[places[0] : places[-1] + 1])
    return result


def _heads(row: _Row, below: Sequence[Word]) -> bool:
    """Whether a row between strokes heads rows without strokes below it, as where a page ends within a table."""
    several = [line for line in _lines(below) if len({bisect(row.columns, word.left) for word in line}) > 1]
    return row.top - row.bottom < LOW and len(several) >= FEWEST_BELOW


def _beyond(words: Sequence[Word], row: _Row, up: bool) -> list[Word]:
    """The words of rows without strokes above or below a row.

    They are close lines, and the farthest is not in the first column alone. Column headings may stand above the highest
    stroke, and rows may continue below the lowest one.
    """
    sign, start = (1, row.top) if up else (-1, row.bottom)
    end = 0
    lines = [line for line in _lines(words)[::-sign] if sign * (line[0].baseline - start) > 0]
    for i, line in enumerate(lines):
        before = lines[i - 1][0].baseline if i else start
        crossed = any(left < x - 1 < x + 1 < right for left, right in _unbroken(line) for x in row.columns)
        if crossed or sign * (line[0].baseline - before) > CLOSE * line[0].size:
            break
        if any(bisect(row.columns, word.left) for word in line):
            end = i + 1
    return [word for line in lines[:end] for word in line]
