"""Which actors are named: by section and document, with which years, and a list of all their surface forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from framescope.compare.description.numbering import SENTENCE, numbered, sentence_places
from framescope.compare.description.timeline import year_weights

KIND_OF_LABEL = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "EVENT": "event",
    "LAW": "pact",
}
LONGEST_SPAN = 25
# The units in which actors are counted, and the columns that name each.
UNITS = {"section": ["document", "section"], "document": ["document"]}


def actors(
    entities: pd.DataFrame, sentences: pd.DataFrame, kinds: Mapping[str, str], units: Sequence[str] = tuple(UNITS)
) -> pd.DataFrame:
    """A row for each actor in each section and each document, or in those of these units that are wanted.

    The arguments are the tables entities and sentences, and the kind of each known id. Columns: unit (section,
    document), document, section (empty for documents), actor, actor_id, kind, mentions, sentences, and author_sentences
    (those in the author's voice); the most frequent first. An actor that is not in the actors table has the kind of its
    most frequent label.
    """
    place = sentence_places(entities, sentences)
    named = entities[[*UNITS["section"], "sentence", "actor", "actor_id", "label"]][place >= 0]
    by_author = (sentences["voice"] == "author").to_numpy(bool)[place[place >= 0]]
    named = named.assign(author_sentence=named["sentence"].where(by_author))
    counted = [(unit, _count(named, UNITS[unit], kinds)) for unit in units]
    columns = ["unit", "document", "section", "actor", "actor_id", "kind", "mentions", "sentences", "author_sentences"]
    made = [rows.assign(unit=unit, section=rows.get("section", ""))[columns] for unit, rows in counted]
    return pd.concat(made, ignore_index=True)


def _count(entities: pd.DataFrame, unit: list[str], kinds: Mapping[str, str]) -> pd.DataFrame:
    keys = [*unit, "actor", "actor_id"]
    number, names = numbered(entities[keys])
    rows = entities[["label", "sentence", "author_sentence"]].assign(number=number)
    labels = rows.groupby(["number", "label"]).size().rename("n").reset_index()
    usual = labels.sort_values(["number", "n", "label"], ascending=[True, False, True]).drop_duplicates("number")
    grouped = rows.groupby("number")
    counted = names.assign(
        mentions=grouped.size(),
        sentences=grouped["sentence"].nunique(),
        author_sentences=grouped["author_sentence"].nunique(),
        label=usual["label"].to_numpy(),
    )
    suggested = counted["label"].map(KIND_OF_LABEL).fillna("")
    known = counted["actor_id"].map(kinds).astype(object)
    counted["kind"] = known.where(counted["actor_id"].isin(list(kinds)), suggested)
    order = [*unit, "mentions", "actor", "actor_id"]
    return counted.sort_values(order, ascending=[*(True for _ in unit), False, True, True])


def actor_timeline(entities: pd.DataFrame, dates: pd.DataFrame, longest: int = LONGEST_SPAN) -> pd.DataFrame:
    """The years of the dates in the sentences that name an actor.

    The arguments are the tables entities and dates. Dates without both ends, citations and spans of more than `longest`
    years are left out. Columns: document, actor, actor_id, year, sentences and weight: each year of a date in a
    sentence has the weight one over the number of its years (`year_weights`).
    """
    keys = [*SENTENCE, "actor", "actor_id"]
    whole = dates[dates["first"].notna() & dates["last"].notna() & ~dates["citation"].astype(bool)]
    first, last = (whole[end].astype(str).str.slice(0, 4) for end in ("first", "last"))
    bounded = first.str.fullmatch(r"\d{4}") & last.str.fullmatch(r"\d{4}")
    spans = whole[SENTENCE][bounded].assign(first=first[bounded].astype(int), last=last[bounded].astype(int))
    spans = spans[(spans["last"] - spans["first"]).between(0, longest - 1)].drop_duplicates()
    named = entities[keys].drop_duplicates().merge(spans, on=SENTENCE)
    named["year"] = [list(range(a, b + 1)) for a, b in zip(named["first"], named["last"], strict=True)]
    named["weight"] = year_weights((named["last"] - named["first"] + 1).to_numpy(np.int64))
    years = named.explode("year")
    counted = years.groupby(["document", "actor", "actor_id", "year"], sort=True)
    return counted.agg(sentences=("sentence", "nunique"), weight=("weight", "sum")).reset_index()


def alias_audit(entities: pd.DataFrame) -> pd.DataFrame:
    """Every surface form and the actor it was resolved to.

    Returns text, label, actor, actor_id, rule, years, years_from, n, documents. Unresolved forms are first, then
    acronyms resolved against their long form, each in falling order of n. `years` has the earliest and the latest of
    the years that decided between several actors of the name.
    """
    keys = ["text", "label", "actor", "actor_id", "rule", "years_from"]
    grouped = entities.groupby(keys, sort=True)
    counted = grouped.agg(years=("years", _extent), n=("document", "size"), documents=("document", "nunique"))
    audit = counted.reset_index()[[*keys[:-1], "years", "years_from", "n", "documents"]]
    rank = np.select([audit["actor_id"] == "", audit["rule"] == "acronym despite its long form"], [0, 1], 2)
    audit = audit.assign(rank=rank).sort_values(["rank", "n", *keys], ascending=[True, False, *(True for _ in keys)])
    return audit.drop(columns="rank").reset_index(drop=True)


def _extent(years: pd.Series) -> str:
    """The earliest and the latest of years such as "1965" and "1947/1991"; empty if there are none."""
    stated = sorted({int(year) for span in years if span for year in span.split("/")})
    return "/".join(f"{year:04d}" for year in dict.fromkeys(stated[:1] + stated[-1:]))
