"""Reading order: columns recognised by the white gutters between them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from framescope.extract.pages.pdf.words import Word

FEWEST_ROWS = 5
# The largest number of positions across a page at which a gutter is searched.
STEPS = 400
# Columns of a table have fewer words to a row than columns of running text.
FEWEST_WORDS = 3.5


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
    """Top and bottom baseline of the tallest band with a gutter, and the gutter's middle; None for a single column."""
    left = np.array([word.left for word in found])
    right = np.array([word.right for word in found])
    baseline = np.array([word.baseline for word in found])
    size = median(word.size for word in found)
    edge_left, edge_right = np.percentile(left, 2), np.percentile(right, 98)
    width = edge_right - edge_left
    order = np.argsort(baseline, kind="stable")
    left, right, baseline = left[order], right[order], baseline[order]
    ends = np.array([baseline[0] - size]), np.array([baseline[-1] + size])
    best: tuple[float, list[float], float, float] | None = None
    for x in np.arange(edge_left + 0.2 * width, edge_right - 0.2 * width, max(size / 4, width / STEPS)):
        crossing = baseline[(left < x + 0.3 * size) & (right > x - 0.3 * size)]
        limits = np.concatenate([ends[0], crossing, ends[1]])
        widest = int(np.argmax(np.diff(limits)))
        low, high = limits[widest], limits[widest + 1]
        if high - low < FEWEST_ROWS * size or (best and high - low < best[0] - 0.5 * size):
            continue
        inside = (baseline > low) & (baseline < high)
        if not (
            _fills(left, right, baseline, inside & (right <= x), size, x)
            and _fills(left, right, baseline, inside & (left >= x), size, None)
        ):
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
