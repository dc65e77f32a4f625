"""What the headline figures count: the study's choices, applied to sentences and hits before comparisons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from framescope.compare.counts.groupings import with_groupings
from framescope.compare.inputs import Tables
from framescope.table_schemas import table_schemas
from framescope.tables import measure_in_parts, read_tables

PLACE = ("document", "sentence")
# Of the tables sentences and hits, all columns, and all but the texts.
ALL = {"sentences": [*table_schemas()["sentences"].columns], "hits": [*table_schemas()["matches"].columns]}
WITHOUT_TEXT = {name: [column for column in columns if column != "text"] for name, columns in ALL.items()}
QUOTED = "inside a quotation"
WITHOUT_NAMES = "without names"


@dataclass(frozen=True)
class Choice:
    """A choice of `counting` in config.yaml: a property of hits, which are counted if the choice is true.

    Hits have the property if their `column` has the `value`; `reason` is their `set_aside` if they are not counted;
    `described` is their name in the report's Methods; `variation` is the variation in the table of robustness that
    leaves them out, together with the hits of other choices with the same variation.
    """

    column: str
    value: object
    reason: str
    described: str
    variation: str = ""

    def applies(self, hits: pd.DataFrame) -> pd.Series[bool]:
        """Which of the hits have the property."""
        return (hits[self.column] == self.value).astype(bool)


CHOICES: dict[str, Choice] = {
    "quoted": Choice("voice", "quoted", QUOTED, "block quotations and quotations of eight or more words"),
    "names": Choice("in_name", True, "inside a name", "named actors and events, and terms inside names", WITHOUT_NAMES),
    "negated": Choice("negated", True, "negated", "negated mentions", "without negated and contrasted"),
    "contrasted": Choice(
        "contrasted",
        True,
        "set against something else",
        "mentions set against something else (rather than X)",
        "without negated and contrasted",
    ),
}
PROPERTIES = tuple(choice.column for choice in CHOICES.values())
# What decides whether a hit is counted.
DECIDING = ("set_aside", *PROPERTIES)


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
    return replace(tables, sentences=_unquoted(tables.sentences), hits=tables.hits.assign(voice="author"))


def _unquoted(sentences: pd.DataFrame) -> pd.DataFrame:
    return sentences.assign(voice="author", quoted_words=0)


def counted(tables: Tables, counting: Mapping[str, object]) -> Tables:
    """The study according to its choices, after which the headline figures count the hits in the author's voice.

    If `quoted` is chosen, quotations become the author's own words. Otherwise hits in quotations remain in the table,
    because variations count them. All other hits that `set_aside` gives a reason for are removed.
    """
    sentences = _unquoted(tables.sentences) if counting["quoted"] else tables.sentences
    return replace(tables, sentences=sentences, hits=_counted_hits(tables.hits, counting))


def _counted_hits(hits: pd.DataFrame, counting: Mapping[str, object]) -> pd.DataFrame:
    hits = hits.assign(voice="author") if counting["quoted"] else hits
    return hits[set_aside(hits, counting).isin(["", QUOTED])]


def counted_tables(
    paths: Mapping[str, str],
    counting: Mapping[str, object],
    groupings: Sequence[str] = (),
    columns: Mapping[str, Sequence[str]] = WITHOUT_TEXT,
) -> Tables:
    """The four tables from which comparisons are computed, read from these paths and counted as `counted` does.

    Of sentences and hits only the `columns` are kept: each column of a large study takes much memory, and their texts
    most. The documents have a further column for each of the groupings. Sentences in the table copied_sentences are
    marked as `copied`.
    """
    read = read_tables(paths, ("sections", "documents", "copied_sentences"), {"copied_sentences": PLACE})
    copied = pd.MultiIndex.from_frame(read["copied_sentences"])

    def sentences(part: pd.DataFrame) -> pd.DataFrame:
        marked = part.assign(copied=pd.MultiIndex.from_frame(part[[*PLACE]]).isin(copied))
        return _unquoted(marked) if counting["quoted"] else marked

    def joined(name: str, work: Callable[[pd.DataFrame], pd.DataFrame], used: Sequence[str]) -> pd.DataFrame:
        parts = measure_in_parts(paths[name], read["documents"]["document"], {*columns[name], *used})
        kept = [*columns[name], *(["copied"] if name == "sentences" else [])]
        return pd.concat([work(part)[kept] for part in parts], ignore_index=True)

    return Tables(
        sentences=joined("sentences", sentences, PLACE),
        hits=joined("hits", lambda part: _counted_hits(part, counting), DECIDING),
        sections=read["sections"],
        documents=with_groupings(read["documents"], groupings),
    )
