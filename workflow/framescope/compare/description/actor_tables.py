"""All tables about the actors of a study."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from framescope.compare.description.actor_pairs import actor_pairs, actor_roles
from framescope.compare.description.actor_themes import ACTOR, actor_themes
from framescope.compare.description.actors import actor_timeline, actors, alias_audit
from framescope.compare.description.numbering import SENTENCE
from framescope.compare.inputs import Tables, Testing

# Actors joined with sentences and themes make many more rows than the tables have, so that those of a large study would
# take more than a gigabyte.
DOCUMENTS_AT_ONCE = 1_000


def actor_tables(
    tables: Tables, mentions: Mapping[str, pd.DataFrame], kinds: Mapping[str, str], testing: Testing
) -> dict[str, pd.DataFrame]:
    """The actor tables by name.

    `mentions` has the tables entities, dates and relations; `kinds` is the kind of each known id.
    """
    entities, sentences, hits = mentions["entities"], tables.sentences, tables.hits
    # What is needed of the tables that are cut into parts.
    joined = (
        entities[[*SENTENCE, *ACTOR, "start", "end"]],
        sentences[[*SENTENCE, "section", "block", "voice"]],
        hits[[*SENTENCE, "theme", "start", "end", "voice"]],
    )
    return {
        "actors": actors(entities, sentences, kinds),
        "actor_themes": _in_parts(partial(actor_themes, testing=testing), *joined),
        "actor_roles": actor_roles(mentions["relations"], hits),
        "actor_pairs": _in_parts(actor_pairs, *joined),
        "actor_timeline": actor_timeline(entities, mentions["dates"]),
        "alias_audit": alias_audit(entities),
    }


def _in_parts(work: Callable[..., pd.DataFrame], *frames: pd.DataFrame) -> pd.DataFrame:
    """The rows that `work` makes from the rows of some documents at a time; they must be in the order of documents."""
    documents = pd.Index(sorted(set().union(*(frame["document"].unique() for frame in frames))))
    part_of = [documents.get_indexer(frame["document"]) // DOCUMENTS_AT_ONCE for frame in frames]
    made = [
        work(*(frame[parts == part] for frame, parts in zip(frames, part_of, strict=True)))
        for part in range(max(-(-len(documents) // DOCUMENTS_AT_ONCE), 1))
    ]
    return pd.concat(made, ignore_index=True)
