"""Where the names of points stand so that no two overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

import altair as alt
import pandas as pd

# Pixels of a letter and a line of text in the size of eleven, and the distance of a name from the middle of its point.
LETTER, LINE, DISTANCE = 6.4, 13.0, 7.0
# Directions from the point, the best first: to the right, the left, above, below, in between, and further off.
DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -2), (0, 2))
SIDES: Final[dict[int, Literal["left", "right", "center"]]] = {1: "left", -1: "right", 0: "center"}
Box = tuple[float, float, float, float]


def names_apart(points: pd.DataFrame, width: float, height: float) -> pd.DataFrame:
    """The points with name_x and name_y, where the name stands, and align, which part of it stands there: left, right
    or center, or missing values for a name that finds no place.

    `points` has name, x and y, in pixels from the upper left corner of a figure of `width` and `height`; those that
    come first find a place first. A name stands beside its own point and overlaps no other point or name, nor an edge.

    >>> points = pd.DataFrame({"name": ["one", "two"], "x": [50.0, 52.0], "y": [50.0, 50.0]})
    >>> names_apart(points, 100, 100)[["name_x", "align"]].to_numpy().tolist()
    [[57.0, 'left'], [45.0, 'right']]
    """
    dots = zip(points["x"], points["y"], strict=True)
    taken: list[Box] = [(x - DISTANCE / 2, y - DISTANCE / 2, x + DISTANCE / 2, y + DISTANCE / 2) for x, y in dots]
    places: list[tuple[Any, Any, Any]] = []
    for name, x, y in points[["name", "x", "y"]].itertuples(index=False):
        places.append((None, None, None))
        for right, down in DIRECTIONS:
            anchor, middle = x + right * DISTANCE, y + down * LINE
            box = _box(anchor, middle, LETTER * len(name), right)
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                places[-1] = (anchor, middle, SIDES[right])
                break
    columns = ("name_x", "name_y", "align")
    return points.assign(**{column: [place[n] for place in places] for n, column in enumerate(columns)})


def name_layers(points: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The names of the points of `names_apart` as layers of a chart whose scales are those of x and y."""
    across, down = x.copy(), y.copy()
    across.shorthand, down.shorthand = "name_x:Q", "name_y:Q"
    return [
        alt.Chart(points.loc[points["align"] == side, ["name", "name_x", "name_y"]])
        .mark_text(fontSize=11, align=side, baseline="middle")
        .encode(x=across, y=down, text=alt.Text("name:N"))
        for side in SIDES.values()
        if (points["align"] == side).any()
    ]


def spread(values: Sequence[float], gap: float, highest: float) -> list[float]:
    """The values, moved as little as needed so that no two are nearer than `gap` and none is above `highest`.

    >>> spread([5.0, 1.0, 1.5], 1.0, 5.0)
    [5.0, 1.0, 2.0]
    """
    order = sorted(range(len(values)), key=lambda place: values[place])
    moved = [values[place] for place in order]
    for place in range(1, len(moved)):
        moved[place] = max(moved[place], moved[place - 1] + gap)
    ceiling = highest
    for place in reversed(range(len(moved))):
        moved[place] = min(moved[place], ceiling)
        ceiling = moved[place] - gap
    return [value for _, value in sorted(zip(order, moved, strict=True))]


def _box(anchor: float, middle: float, length: float, right: int) -> Box:
    left = anchor - length * (1 - right) / 2
    return left, middle - LINE / 2, left + length, middle + LINE / 2


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
