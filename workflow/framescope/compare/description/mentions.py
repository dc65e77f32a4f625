"""The tables of single mentions: sentences, names, dates, hits, and hits in their sentences."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from framescope.compare.counts.choices import listed_hits
from framescope.compare.description.concordance import concordance


def mention_tables(measures: Mapping[str, pd.DataFrame], counting: Mapping[str, object]) -> dict[str, pd.DataFrame]:
    """The tables sentences, entities, dates, hits and concordance, from the measures of some documents.

    The hits are every match, with what is counted under the study's choices `counting`.
    """
    hits = listed_hits(measures["hits"], counting)
    return {**measures, "hits": hits, "concordance": concordance(hits, measures["sentences"])}
