"""The ancestors of themes in tables."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pandas as pd

from framescope.theme_paths import lineage


def with_ancestors(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, each repeated for every ancestor of its theme, without duplicates; a row without a theme is kept.

    >>> with_ancestors(pd.DataFrame({"sentence": [1, 1], "theme": ["defence.threat", "defence"]}))["theme"].tolist()
    ['defence', 'defence.threat']
    """
    number, themes = pd.factorize(rows["theme"])
    paths = [lineage(theme) for theme in themes]
    depths = np.array([len(path) for path in paths], dtype=np.int64)
    # For each row, the places of its theme's lineage among the lineages of all themes one after another.
    times = depths[number]
    first = (np.cumsum(depths) - depths)[number] - (np.cumsum(times) - times)
    places = np.repeat(first, times) + np.arange(times.sum())
    every = pd.Index([*chain.from_iterable(paths)], dtype=rows["theme"].dtype)
    return rows.iloc[np.repeat(np.arange(len(rows)), times)].assign(theme=every[places]).drop_duplicates()
