"""What the headline figures count: the study's choices applied to sentences and hits before anything is compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

import pandas as pd

from framescope.compare.inputs import Tables
from framescope.tables import read_tables

QUOTED = "inside a quotation"
WITHOUT_NAMES = "without names"


@dataclass(frozen=True)
class Choice:
    """A choice of `counting` in config.yaml: hits that are counted where it is true and set aside where it is false.

    `applies` says which hits; `reason` stands in their `set_aside`; `described` names them in the report's Methods;
    `variation` is the row of the robustness table that leaves them out, together with those of its other choices.
    """

    applies: Callable[[pd.DataFrame], pd.Series[bool]]
    reason: str
    described: str
    variation: str = ""


def flagged(column: str) -> Callable[[pd.DataFrame], pd.Series[bool]]:
    """The hits for which a column of yes and no says yes."""
    return lambda hits: hits[column].astype(bool)


CHOICES: dict[str, Choice] = {
    "quoted": Choice(
        lambda hits: hits["voice"] == "quoted", QUOTED, "block quotations and quotations of eight or more words"
    ),
    "names": Choice(
        flagged("in_name"), "inside a name", "named actors and events, and terms inside names", WITHOUT_NAMES
    ),
    "negated": Choice(flagged("negated"), "negated", "negated mentions", "without negated and contrasted"),
    "contrasted": Choice(
        flagged("contrasted"),
        "set against something else",
        "mentions set against something else (rather than X)",
        "without negated and contrasted",
    ),
}


def set_aside(hits: pd.DataFrame, counting: Mapping[str, object]) -> pd.Series[str]:
    """Why each hit is outside the headline figures, and empty text for those that they count.

    A match may have been set aside when hits were listed (its own `set_aside`); after that the study's choices decide.
    """
    reasons = hits["set_aside"].astype("str")
    for name, choice in CHOICES.items():
        if not counting[name]:
            reasons = reasons.mask((reasons == "") & choice.applies(hits), choice.reason)
    return reasons


def listed_hits(matches: pd.DataFrame, counting: Mapping[str, object]) -> pd.DataFrame:
    """The hits table: every match, with `counted` and, where it is false, why in `set_aside`."""
    reasons = set_aside(matches, counting)
    return matches.assign(set_aside=reasons, counted=reasons == "")


def without_choices(hits: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The hits that remain in each variation that leaves out those of some choices, by its name."""
    kept: dict[str, pd.DataFrame] = {}
    for choice in CHOICES.values():
        if choice.variation:
            remaining = kept.get(choice.variation, hits)
            kept[choice.variation] = remaining[~choice.applies(remaining)]
    return kept


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
