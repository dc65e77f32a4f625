"""The tables of the measures of where themes occur in texts, with which others, and how similar texts are."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from framescope.compare.description.context import context_themes
from framescope.compare.inputs import Tables
from framescope.compare.spread.cooccurrence import profile_distances, profile_map, theme_cooccurrence
from framescope.compare.spread.dispersion import dispersion
from framescope.compare.spread.modes import mode_shares
from framescope.compare.spread.trajectory import trajectory


def spread_tables(tables: Tables, rates: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The tables with their names, one after another, from the study's tables and the theme_rates table."""
    yield "trajectory", trajectory(tables)
    yield "dispersion", dispersion(tables)
    yield "mode_shares", mode_shares(tables)
    yield "theme_cooccurrence", theme_cooccurrence(tables)
    yield "profile_distances", profile_distances(rates)
    yield "profile_map", profile_map(rates)
    yield "sentence_themes", context_themes(tables.sentences, tables.hits)
