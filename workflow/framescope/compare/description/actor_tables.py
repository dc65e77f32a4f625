"""All tables about the actors of a study."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from framescope.compare.description.actor_pairs import actor_pairs, actor_roles
from framescope.compare.description.actor_themes import ACTOR, actor_themes
from framescope.compare.description.actors import UNITS, actor_timeline, actors, alias_audit
from framescope.compare.description.numbering import SENTENCE
from framescope.compare.inputs import Tables, Testing, in_parts

# Actors joined with sentences and themes make many more rows than the tables have, so that those of a large study would
# take more than a gigabyte.
DOCUMENTS_AT_ONCE = 1_000
# The columns of sentences and hits that are used.
READ = {
    "sentences": [*SENTENCE, "section", "block", "voice"],
    "hits": [*SENTENCE, "theme", "start", "end", "voice"],
}
# The tables of mentions, and their columns that are used.
MENTIONS: dict[str, list[str]] = {
    "entities": [*SENTENCE, *ACTOR, "section", "start", "end", "text", "label", "rule", "years", "years_from"],
    "dates": [*SENTENCE, "first", "last", "citation"],
    "relations": [*SENTENCE, *ACTOR, "section", "role", "verb", "partner", "partner_id"],
}


def actor_tables(
    tables: Tables, mentions: Mapping[str, pd.DataFrame], kinds: Mapping[str, str], testing: Testing
) -> Iterator[tuple[str, Iterable[pd.DataFrame]]]:
    """The actor tables with their names, one after another, each in parts of some documents.

    `mentions` has the tables of `MENTIONS`; `kinds` is the kind of each known id.
    """
    yield "alias_audit", [alias_audit(mentions["entities"])]
    frames = {
        "entities": mentions["entities"][[*SENTENCE, *ACTOR, "section", "label", "start", "end"]],
        "dates": mentions["dates"],
        "relations": mentions["relations"],
        **{name: getattr(tables, name)[columns] for name, columns in READ.items()},
    }
    # So that sentences and hits are not in memory beside the parts.
    del tables
    parts = list(in_parts(frames, DOCUMENTS_AT_ONCE))
    del frames
    yield "actors", (actors(part["entities"], part["sentences"], kinds, [unit]) for unit in UNITS for part in parts)
    joined = [(part["entities"], part["sentences"], part["hits"]) for part in parts]
    yield "actor_themes", (actor_themes(*part, testing) for part in joined)
    yield "actor_roles", (actor_roles(part["relations"], part["hits"]) for part in parts)
    yield "actor_pairs", (actor_pairs(*part) for part in joined)
    yield "actor_timeline", (actor_timeline(part["entities"], part["dates"]) for part in parts)
