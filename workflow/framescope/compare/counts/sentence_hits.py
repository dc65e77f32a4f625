"""Hits that stand for whole sentences, in which a theme is counted although none of its terms is there."""

from __future__ import annotations

import pandas as pd


def sentence_hits(sentences: pd.DataFrame, themes: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """A hit without a term and a length for each row of `themes` (document, sentence, theme) in the author's sentences.

    The columns are those of `hits`; what is not known of such a hit is false or empty.
    """
    author = sentences.loc[sentences["voice"] == "author", [c for c in sentences if c in hits and c != "text"]]
    standing = author.merge(themes[["document", "sentence", "theme"]], on=["document", "sentence"])
    standing = standing.assign(end=standing["start"])
    for name in hits.columns.difference(standing.columns):
        standing[name] = False if hits[name].dtype == bool else ""
    return standing[hits.columns]
