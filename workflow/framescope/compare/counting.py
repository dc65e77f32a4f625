"""What the headline figures count: the study's choices applied to sentences and hits before anything is compared."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from framescope.tables import read_table

COMPARED = ("sentences", "hits", "sections", "documents")


def counted(
    sentences: pd.DataFrame, hits: pd.DataFrame, counting: Mapping[str, object]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sentences and hits as the choices have them; all else in compare takes author hits that are no subject terms.

    Choices: quoted counts quotations as the author's own words, subject_terms counts the terms of a document's subject;
    names, negated and contrasted leave such hits out where they are false.
    """
    if counting["quoted"]:
        sentences, hits = sentences.assign(voice="author", quoted_words=0), hits.assign(voice="author")
    if counting["subject_terms"]:
        hits = hits.assign(subject_term=False)
    for choice, column in (("names", "in_name"), ("negated", "negated"), ("contrasted", "contrasted")):
        if not counting[choice]:
            hits = hits[~hits[column].astype(bool)]
    return sentences, hits


def counted_tables(paths: Mapping[str, str], counting: Mapping[str, object]) -> dict[str, pd.DataFrame]:
    """The four tables that comparisons take, by name, read from files and counted as the choices have it."""
    tables = {name: read_table(paths[name]) for name in COMPARED}
    tables["sentences"], tables["hits"] = counted(tables["sentences"], tables["hits"], counting)
    return tables
