"""The tables of the measures of where themes occur in texts, with which others, and how similar texts are."""

from __future__ import annotations

import pandas as pd

from framescope.compare.description.context import context_themes
from framescope.compare.inputs import Tables
from framescope.compare.spread.cooccurrence import profile_distances, profile_map, theme_cooccurrence
from framescope.compare.spread.dispersion import dispersion
from framescope.compare.spread.modes import mode_shares
from framescope.compare.spread.trajectory import trajectory


def spread_tables(tables: Tables, rates: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables by name, from the study's tables and the theme_rates table."""
    return {
        "trajectory": trajectory(tables),
        "dispersion": dispersion(tables),
        "mode_shares": mode_shares(tables),
        "theme_cooccurrence": theme_cooccurrence(tables),
        "profile_distances": profile_distances(rates),
        "profile_map": profile_map(rates),
        "sentence_themes": context_themes(tables.sentences, tables.hits),
    }
