"""All tables about the actors of a study."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from framescope.compare.description.actor_pairs import actor_pairs, actor_roles
from framescope.compare.description.actor_themes import actor_themes
from framescope.compare.description.actors import actor_timeline, actors, alias_audit
from framescope.compare.inputs import Tables, Testing


def actor_tables(
    tables: Tables, mentions: Mapping[str, pd.DataFrame], kinds: Mapping[str, str], testing: Testing
) -> dict[str, pd.DataFrame]:
    """The actor tables by name.

    `mentions` has the tables entities, dates and relations; `kinds` is the kind of each known id.
    """
    entities, sentences, hits = mentions["entities"], tables.sentences, tables.hits
    return {
        "actors": actors(entities, sentences, kinds),
        "actor_themes": actor_themes(entities, sentences, hits, testing),
        "actor_roles": actor_roles(mentions["relations"], hits),
        "actor_pairs": actor_pairs(entities, sentences, hits),
        "actor_timeline": actor_timeline(entities, mentions["dates"]),
        "alias_audit": alias_audit(entities),
    }
