"""Reading order: columns recognised by the white gutters between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

import numpy as np

from framescope.extract.pages.pdf.words import Word

FEWEST_ROWS = 5
# The largest number of positions across a page at which a gutter is searched.
STEPS = 400
# Columns of a table have fewer words to a row than columns of running text.
FEWEST_WORDS = 3.5
# The least distance of a gutter from the edges of the text, as a share of its width: between columns, and beside a bar.
COLUMN, BAR = 0.2, 0.08
# Most words of a side bar are smaller than this share of the page's type size, and most of those beside it are not.
SMALLER, MOST = 0.93, 0.8


def regions(found: Sequence[Word]) -> list[list[Word]]:
    """A page's words divided into columns and text that spans them, in reading order."""
    if len(found) < 40:
        return [list(found)] if found else []
    band = _gutter(found)
    if band is None:
        return [list(found)]
    top, bottom, x = band
    above = [word for word in found if word.baseline > top]
    below = [word for word in found if word.baseline < bottom]
    between = [word for word in found if bottom <= word.baseline <= top]
    left = [word for word in between if word.right <= x]
    right = [word for word in between if word.right > x]
    return [*regions(above), *regions(left), *regions(right), *regions(below)]


def _gutter(found: Sequence[Word]) -> tuple[float, float, float] | None:
    """Top and bottom baseline of the tallest band with a gutter, and the gutter's middle; None for a single column.

    A gutter is between columns whose rows fill them, or else between text and the lines of a side bar in smaller type.
    """
    baseline = np.array([word.baseline for word in found])
    order = np.argsort(baseline, kind="stable")
    left, right, sizes = (
        np.array([getattr(word, edge) for word in found])[order] for edge in ("left", "right", "size")
    )
    baseline, size = baseline[order], float(np.median(sizes))

    def filled(inside: np.ndarray, x: float) -> bool:
        return _fills(left, right, baseline, inside & (right <= x), size, x) and _fills(
            left, right, baseline, inside & (left >= x), size, None
        )

    small = sizes < SMALLER * size

    def unequal(inside: np.ndarray, x: float) -> bool:
        sides = inside & (right <= x), inside & (left >= x)
        shares = sorted(float(np.count_nonzero(side & small)) / (np.count_nonzero(side) or 1) for side in sides)
        if shares[0] >= 1 - MOST or shares[1] <= MOST:
            return False
        return min(len(np.unique(np.rint(baseline[side] / (0.4 * size)))) for side in sides) >= FEWEST_ROWS

    band = _tallest(left, right, baseline, size, COLUMN, filled)
    large = baseline[~small]
    among = small & (baseline > large.min()) & (baseline < large.max())
    if band is None and np.count_nonzero(among) >= FEWEST_ROWS:
        band = _tallest(left, right, baseline, size, BAR, unequal)
    return band


def _tallest(
    left: np.ndarray,
    right: np.ndarray,
    baseline: np.ndarray,
    size: float,
    margin: float,
    parts: Callable[[np.ndarray, float], bool],
) -> tuple[float, float, float] | None:
    """The tallest band in which a place across the page `parts` the words, at least a margin from its edges."""
    edge_left, edge_right = np.percentile(left, 2), np.percentile(right, 98)
    width = edge_right - edge_left
    ends = np.array([baseline[0] - size]), np.array([baseline[-1] + size])
    best: tuple[float, list[float], float, float] | None = None
    for x in np.arange(edge_left + margin * width, edge_right - margin * width, max(size / 4, width / STEPS)):
        crossing = baseline[(left < x + 0.3 * size) & (right > x - 0.3 * size)]
        limits = np.concatenate([ends[0], crossing, ends[1]])
        widest = int(np.argmax(np.diff(limits)))
        low, high = limits[widest], limits[widest + 1]
        if high - low < FEWEST_ROWS * size or (best and high - low < best[0] - 0.5 * size):
            continue
        if not parts((baseline > low) & (baseline < high), float(x)):
            continue
        if best and abs(best[0] - (high - low)) <= 0.5 * size:
            best[1].append(float(x))
        else:
            best = (float(high - low), [float(x)], float(high), float(low))
    if best is None:
        return None
    return best[2] - 0.01, best[3] + 0.01, median(best[1])


def _fills(
    left: np.ndarray, right: np.ndarray, baseline: np.ndarray, inside: np.ndarray, size: float, x: float | None
) -> bool:
    """Whether the words on one side of a gutter form at least five rows that mostly fill its width."""
    if not inside.any():
        return False
    places, row = np.unique(np.rint(baseline[inside] / (0.4 * size)), return_inverse=True)
    if len(places) < FEWEST_ROWS or inside.sum() < FEWEST_WORDS * len(places):
        return False
    begins, ends = np.full(len(places), np.inf), np.full(len(places), -np.inf)
    np.minimum.at(begins, row, left[inside])
    np.maximum.at(ends, row, right[inside])
    edge_left, edge_right = begins.min(), x if x is not None else ends.max()
    filled = float(np.median(ends - begins))
    return bool(filled > 0.66 * (edge_right - edge_left))
