"""All tables about actors from one study's mentions."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from framescope.compare.description.actor_pairs import actor_pairs, actor_roles
from framescope.compare.description.actor_themes import actor_themes
from framescope.compare.description.actors import actor_timeline, actors, alias_audit


def actor_tables(
    counted: Mapping[str, pd.DataFrame],
    mentions: Mapping[str, pd.DataFrame],
    kinds: Mapping[str, str],
    min_blocks: int,
    confidence: float,
) -> dict[str, pd.DataFrame]:
    """The actor tables by name.

    `counted` has sentences and hits, `mentions` entities, dates and relations, `kinds` the kind of each known id.
    """
    entities, sentences, hits = mentions["entities"], counted["sentences"], counted["hits"]
    return {
        "actors": actors(entities, sentences, kinds),
        "actor_themes": actor_themes(entities, sentences, hits, min_blocks=min_blocks, confidence=confidence),
        "actor_roles": actor_roles(mentions["relations"], hits),
        "actor_pairs": actor_pairs(entities, sentences, hits),
        "actor_timeline": actor_timeline(entities, mentions["dates"]),
        "alias_audit": alias_audit(entities),
    }
