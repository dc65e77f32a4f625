"""Sentences and hits of notes, which count only where a study asks what notes that argue would change."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from spacy.tokens import Doc

from framescope.actor_table import ActorTable
from framescope.annotate.sentences import sentence_rows
from framescope.themes.hits import Row, hit_rows
from framescope.themes.matching import Matcher


def note_rows(docs: Sequence[Doc], matcher: Matcher) -> tuple[list[Row], list[Row]]:
    """Rows of sentences and of hits in the notes of one document, as those of its body with the note's `number`.

    Each note is read as a paragraph and block of its own. Actors are not looked up in notes, so that names carry no
    theme here; terms count inside them but for persons and places.
    """
    notes = [doc for doc in docs if doc.user_data["part"] == "note"]
    names = []
    for place, doc in enumerate(notes, 1):
        doc.user_data.update(part="body", kind="prose", paragraph=place, block=place)
        here = {"document": doc.user_data["document"], "paragraph": place, "actor_id": "", "rule": ""}
        names += [{**here, **{key: name[key] for key in ("start", "end", "label")}} for name in doc.user_data["names"]]
    entities = pd.DataFrame(names, columns=["document", "paragraph", "start", "end", "label", "actor_id", "rule"])
    sentences = sentence_rows(notes)
    hits = [row for row in hit_rows(notes, matcher, entities, ActorTable([])) if not row["set_aside"]]
    for row in (*sentences, *hits):
        row["number"] = notes[row["paragraph"] - 1].user_data["number"]
    return sentences, hits
