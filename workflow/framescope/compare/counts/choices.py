"""What the headline figures count: the study's choices applied to sentences and hits before anything is compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from framescope.tables import read_tables

COMPARED = ("sentences", "hits", "sections", "documents")
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


def counted(
    sentences: pd.DataFrame, hits: pd.DataFrame, counting: Mapping[str, object]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sentences and hits as the study's choices have them; the headline figures are then the author's voice.

    The choice `quoted` makes quotations the author's own words; hits in quotations stay in the table otherwise, as
    variations count them. All other hits that `set_aside` leaves out are gone.
    """
    if counting["quoted"]:
        sentences, hits = sentences.assign(voice="author", quoted_words=0), hits.assign(voice="author")
    return sentences, hits[set_aside(hits, counting).isin(["", QUOTED])]


def counted_tables(paths: Mapping[str, str], counting: Mapping[str, object]) -> dict[str, pd.DataFrame]:
    """The four tables that comparisons take, by name, read from files and counted as the choices have it."""
    tables = read_tables(paths, COMPARED)
    tables["sentences"], tables["hits"] = counted(tables["sentences"], tables["hits"], counting)
    return tables
