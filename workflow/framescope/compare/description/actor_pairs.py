"""Which actors are named together and which act on which, by section and theme."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framescope.compare.counts.ancestors import with_ancestors
from framescope.compare.counts.blocks import Array, Codes
from framescope.compare.description.actor_themes import ACTOR, sentence_themes
from framescope.compare.description.numbering import SENTENCE, numbered, sentence_places
from framescope.compare.inputs import headline

ALL = "all"


def pointwise_mutual_information(both: Array, first: Array, second: Array, total: Array) -> Array:
    """How much more often two actors are in one sentence than by chance, in bits: log2(both total / (first second)).

    0 is as often as by chance, 1 twice as often (Church and Hanks 1990, Computational Linguistics 16). Counts are of
    sentences.

    By hand: actors named in 30 and in 40 of 120 sentences are expected together in 10; they are in 20.

    >>> pointwise_mutual_information(*(np.array([number]) for number in (20.0, 30.0, 40.0, 120.0))).tolist()
    [1.0]
    """
    return np.asarray(np.log2(both * total / (first * second)))


def actor_pairs(
    entities: pd.DataFrame, sentences: pd.DataFrame, hits: pd.DataFrame, pmi_from: int = 20
) -> pd.DataFrame:
    """A row for every two actors named in the same sentence, by section and theme.

    The arguments are the tables entities, sentences and hits. Columns: document, section (empty for the whole
    document), actor, actor_id, partner, partner_id (in the order of the names), theme ("all" for any), n (sentences)
    and pmi: `pointwise_mutual_information` over the sentences of that section and theme, NaN if n is below `pmi_from`.
    """
    actor, actors = numbered(entities[ACTOR])
    named = pd.DataFrame({"place": sentence_places(entities, sentences), "actor": actor}).drop_duplicates()
    named = named[named["place"] >= 0]
    themed, themes = _themes_of_places(sentences, hits)
    unit, units = _units_of_places(sentences)
    pairs = named.merge(named.rename(columns={"actor": "partner"}), on="place")
    pairs = pairs[pairs["actor"] < pairs["partner"]]

    def counted(rows: pd.DataFrame, name: str, *keys: str) -> pd.DataFrame:
        """The number of sentences of these rows in each section and document and of each theme."""
        of_theme = rows.merge(themed, on="place")
        twice = pd.concat([of_theme.assign(unit=numbers[of_theme["place"]]) for numbers in unit])
        return twice.groupby(["unit", "theme", *keys]).size().rename(name).reset_index()

    table = counted(pairs, "n", "actor", "partner")
    size = counted(pd.DataFrame({"place": np.arange(len(sentences))}), "size")
    single = counted(named, "n_actor", "actor")
    other = single.rename(columns={"actor": "partner", "n_actor": "n_partner"})
    table = table.merge(size).merge(single).merge(other)
    counts = (table[name].to_numpy(float) for name in ("n", "n_actor", "n_partner", "size"))
    table = table.assign(pmi=np.where(table["n"] >= pmi_from, pointwise_mutual_information(*counts), np.nan))
    order = ["unit", "theme", "n", "actor", "partner"]
    table = table.sort_values(order, ascending=[name != "n" for name in order])
    partners = actors.rename(columns={"actor": "partner", "actor_id": "partner_id"})
    of_row = ((units, "unit"), (actors, "actor"), (partners, "partner"), (themes, "theme"))
    names = [rows.iloc[table[number]].reset_index(drop=True) for rows, number in of_row]
    return pd.concat([*names, table[["n", "pmi"]].reset_index(drop=True)], axis=1)


def _themes_of_places(sentences: pd.DataFrame, hits: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The place and the number of each theme of each sentence, of which "all" is one; and the themes."""
    chosen = headline(hits)
    found = chosen[["theme"]].assign(place=sentence_places(chosen, sentences))
    every = pd.DataFrame({"place": np.arange(len(sentences)), "theme": ALL})
    rows = pd.concat([every, with_ancestors(found[found["place"] >= 0].drop_duplicates())], ignore_index=True)
    number, themes = numbered(rows[["theme"]])
    return rows.assign(theme=number), themes


def _units_of_places(sentences: pd.DataFrame) -> tuple[tuple[Codes, Codes], pd.DataFrame]:
    """The numbers of the section and of the document of each sentence; and document and section, "" for the whole."""
    of_section = sentences[["document", "section"]]
    number, units = numbered(pd.concat([of_section, of_section.assign(section="")]))
    return (number[: len(sentences)], number[len(sentences) :]), units


def actor_roles(roles: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """What each actor does, counted by section and theme of the sentence.

    The arguments are the table of relations (document, section, sentence, actor, actor_id, role, verb, partner,
    partner_id) and the hits table. Columns: document, section, actor, actor_id, role, partner, partner_id, verb, theme
    (empty if the sentence has none; a sentence with two themes counts for both) and n; the most frequent first.
    """
    themed = roles.merge(sentence_themes(hits), on=SENTENCE, how="left").fillna({"theme": ""})
    keys = ["document", "section", "actor", "actor_id", "role", "partner", "partner_id", "verb", "theme"]
    counted = themed.groupby(keys, sort=True).size().rename("n").reset_index()
    order = ["document", "section", "n", *keys[2:]]
    return counted.sort_values(order, ascending=[name != "n" for name in order], ignore_index=True)[[*keys, "n"]]
