"""Where themes stand in texts, with which others, and how alike texts are: the tables of these measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from framescope.compare.description.context import context_themes
from framescope.compare.spread.cooccurrence import profile_distances, profile_map, theme_cooccurrence
from framescope.compare.spread.trajectory import dispersion, mode_shares, trajectory


def spread_tables(counted: Mapping[str, Any], rates: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables by name, from the four compared tables and the theme_rates table."""
    return {
        "trajectory": trajectory(**counted),
        "dispersion": dispersion(**counted),
        "mode_shares": mode_shares(**counted),
        "theme_cooccurrence": theme_cooccurrence(**counted),
        "profile_distances": profile_distances(rates),
        "profile_map": profile_map(rates),
        "sentence_themes": context_themes(counted["sentences"], counted["hits"]),
    }
