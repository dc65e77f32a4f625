"""What the headline figures count: the study's choices, applied to sentences and hits before comparisons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

import pandas as pd

from framescope.compare.counts.groupings import with_groupings
from framescope.compare.inputs import Tables
from framescope.table_schemas import table_schemas
from framescope.tables import read_tables

QUOTED = "inside a quotation"
WITHOUT_NAMES = "without names"


@dataclass(frozen=True)
class Choice:
    """A choice of `counting` in config.yaml: a property of hits, which are counted if the choice is true.

    `applies` says which hits have the property; `reason` is their `set_aside` if they are not counted; `described` is
    their name in the report's Methods; `variation` is the variation in the table of robustness that leaves them out,
    together with the hits of other choices with the same variation.
    """

    applies: Callable[[pd.DataFrame], pd.Series[bool]]
    reason: str
    described: str
    variation: str = ""


def flagged(column: str) -> Callable[[pd.DataFrame], pd.Series[bool]]:
    """Chooses the hits for which this column is true."""
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
    """The reason for which each hit is not counted in the headline figures; empty for those that are counted.

    A reason that a match already has (its own `set_aside`) takes precedence over the study's choices.
    """
    reasons = hits["set_aside"].astype("str")
    for name, choice in CHOICES.items():
        if not counting[name]:
            reasons = reasons.mask((reasons == "") & choice.applies(hits), choice.reason)
    return reasons


def listed_hits(matches: pd.DataFrame, counting: Mapping[str, object]) -> pd.DataFrame:
    """The hits table: every match, with `counted` and, if that is false, the reason in `set_aside`."""
    reasons = set_aside(matches, counting)
    return matches.assign(set_aside=reasons, counted=reasons == "")


def without_choices(hits: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The hits that remain in each variation that leaves out hits of some choices, by the name of the variation."""
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
    """The study according to its choices, after which the headline figures count the hits in the author's voice.

    If `quoted` is chosen, quotations become the author's own words. Otherwise hits in quotations remain in the table,
    because variations count them. All other hits that `set_aside` gives a reason for are removed.
    """
    if counting["quoted"]:
        tables = with_quotations(tables)
    return tables.with_hits(tables.hits[set_aside(tables.hits, counting).isin(["", QUOTED])])


def counted_tables(
    paths: Mapping[str, str], counting: Mapping[str, object], groupings: Sequence[str] = (), *, texts: bool = False
) -> Tables:
    """The four tables from which comparisons are computed, read from these paths and counted as `counted` does.

    The documents have a further column for each of the groupings. Sentences in the table copied_sentences are marked as
    `copied`. Sentences and hits have their `text`, which takes most of the memory, only if `texts` are wanted.
    """
    place, schemas = ["document", "sentence"], {"sentences": "sentences", "hits": "matches"}
    columns = {
        name: [column for column in table_schemas()[schema].columns if texts or column != "text"]
        for name, schema in schemas.items()
    }
    names = [*(field.name for field in fields(Tables)), "copied_sentences"]
    read = read_tables(paths, names, columns | {"copied_sentences": place})
    copied = read.pop("copied_sentences")
    marked = pd.MultiIndex.from_frame(read["sentences"][place]).isin(pd.MultiIndex.from_frame(copied[place]))
    tables = Tables(**(read | {"sentences": read["sentences"].assign(copied=marked)}))
    return counted(replace(tables, documents=with_groupings(tables.documents, groupings)), counting)
