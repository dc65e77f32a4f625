"""The tables of the measures of where themes occur in texts, with which others, and how similar texts are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from framescope.compare.counts.blocks import theme_list
from framescope.compare.description.context import context_themes
from framescope.compare.inputs import Tables
from framescope.compare.spread.cooccurrence import LEVELS, profile_distances, profile_map, theme_cooccurrence
from framescope.compare.spread.dispersion import PLACES, dispersion
from framescope.compare.spread.modes import mode_shares
from framescope.compare.spread.trajectory import trajectory

# The columns of sentences and hits that the measures use.
READ = {
    "sentences": ("document", "section", "block", "paragraph", "sentence", "words", "quoted_words", "voice", "mode"),
    "hits": ("document", "section", "block", "sentence", "start", "end", "theme", "voice"),
}


def spread_tables(tables: Tables, rates: pd.DataFrame) -> Iterator[tuple[str, Iterable[pd.DataFrame]]]:
    """The tables with their names, one after another, each in parts of some documents, from the study's tables and the
    table theme_rates.
    """
    themes = theme_list(tables.hits, None)
    yield "trajectory", (trajectory(part, themes=themes) for part in tables.in_parts())
    yield "dispersion", (dispersion(part, kind, themes=themes) for kind in PLACES for part in tables.in_parts())
    yield "mode_shares", (mode_shares(part, themes=themes) for part in tables.in_parts())
    yield (
        "theme_cooccurrence",
        (theme_cooccurrence(part, level, themes=themes) for level in LEVELS for part in tables.in_parts()),
    )
    yield "profile_distances", [profile_distances(rates)]
    yield "profile_map", [profile_map(rates)]
    yield "sentence_themes", (context_themes(part.sentences, part.hits) for part in tables.in_parts())
