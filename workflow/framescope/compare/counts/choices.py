"""What the headline figures count: the study's choices applied to sentences and hits before anything is compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace

import pandas as pd

from framescope.compare.inputs import Tables
from framescope.tables import read_tables

QUOTED = "inside a quotation"
# For each choice the hits it speaks of and why they are set aside where it is false.
CHOICES: dict[str, tuple[Callable[[pd.DataFrame], pd.Series[bool]], str]] = {
    "quoted": (lambda hits: hits["voice"] == "quoted", QUOTED),
    "names": (lambda hits: hits["in_name"].astype(bool), "inside a name"),
    "negated": (lambda hits: hits["negated"].astype(bool), "negated"),
    "contrasted": (lambda hits: hits["contrasted"].astype(bool), "set against something else"),
}


def set_aside(hits: pd.DataFrame, counting: Mapping[str, object]) -> pd.Series[str]:
    """Why each hit is outside the headline figures, and empty text for those that they count.

    A match may have been set aside when hits were listed (its own `set_aside`); after that the study's choices decide.
    """
    reasons = hits["set_aside"].astype("str")
    for choice, (applies, reason) in CHOICES.items():
        if not counting[choice]:
            reasons = reasons.mask((reasons == "") & applies(hits), reason)
    return reasons


def listed_hits(matches: pd.DataFrame, counting: Mapping[str, object]) -> pd.DataFrame:
    """The hits table: every match, with `counted` and, where it is false, why in `set_aside`."""
    reasons = set_aside(matches, counting)
    return matches.assign(set_aside=reasons, counted=reasons == "")


def with_quotations(tables: Tables) -> Tables:
    """The same study with quotations as the author's own words."""
    sentences = tables.sentences.assign(voice="author", quoted_words=0)
    return replace(tables, sentences=sentences, hits=tables.hits.assign(voice="author"))


def counted(tables: Tables, counting: Mapping[str, object]) -> Tables:
    """The study as its choices have it; the headline figures are then the author's voice.

    The choice `quoted` makes quotations the author's own words; hits in quotations stay in the table otherwise, as
    variations count them. All other hits that `set_aside` leaves out are gone.
    """
    if counting["quoted"]:
        tables = with_quotations(tables)
    return tables.with_hits(tables.hits[set_aside(tables.hits, counting).isin(["", QUOTED])])


def counted_tables(paths: Mapping[str, str], counting: Mapping[str, object]) -> Tables:
    """The four tables that comparisons take, read from the files of their names and counted as the choices have it."""
    return counted(Tables(**read_tables(paths, [field.name for field in fields(Tables)])), counting)
