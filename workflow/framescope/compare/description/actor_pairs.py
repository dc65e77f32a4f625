"""Which actors are named together and which act on which, by section and theme."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import Array
from framescope.compare.description.actor_themes import ACTOR, SENTENCE, sentence_themes

ALL = "all"
PAIR = ["actor", "actor_id", "partner", "partner_id"]


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
    scopes = _scopes(sentences, hits)
    named = entities[[*SENTENCE, *ACTOR]].drop_duplicates().merge(scopes, on=SENTENCE)
    partners = named.rename(columns={"actor": "partner", "actor_id": "partner_id"})
    pairs = named.merge(partners, on=[*SENTENCE, "section", "theme"])
    same_name = pairs["actor"] == pairs["partner"]
    in_order = (pairs["actor"] < pairs["partner"]) | (same_name & (pairs["actor_id"] < pairs["partner_id"]))
    pairs = pairs[in_order]
    unit = ["document", "section", "theme"]
    counted = pairs.groupby([*unit, *PAIR], sort=True).size().rename("n").reset_index()
    size = scopes.groupby(unit).size().rename("size").reset_index()
    single = named.groupby([*unit, *ACTOR]).size().rename("n_actor").reset_index()
    other = single.rename(columns={"actor": "partner", "actor_id": "partner_id", "n_actor": "n_partner"})
    table = counted.merge(size, on=unit).merge(single, on=[*unit, *ACTOR]).merge(other, on=[*unit, *PAIR[2:]])
    counts = (table[name].to_numpy(float) for name in ("n", "n_actor", "n_partner", "size"))
    table = table.assign(pmi=np.where(table["n"] >= pmi_from, pointwise_mutual_information(*counts), np.nan))
    table = table.sort_values([*unit, "n", *PAIR], ascending=[*(True for _ in unit), False, *(True for _ in PAIR)])
    return table[["document", "section", *PAIR, "theme", "n", "pmi"]].reset_index(drop=True)


def _scopes(sentences: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """A row for each sentence, section ("" is the whole document) and theme ("all" is any) in which it counts."""
    of_section = sentences[[*SENTENCE, "section"]]
    placed = pd.concat([of_section, of_section.assign(section="")], ignore_index=True)
    themed = placed.merge(sentence_themes(hits), on=SENTENCE)
    return pd.concat([placed.assign(theme=ALL), themed], ignore_index=True)


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
