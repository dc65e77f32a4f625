"""Sentences and hits of notes. They are used only to show how counting argumentative notes would change results."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from spacy.tokens import Doc

from framescope.actor_table import ActorTable
from framescope.annotate.sentences import sentence_rows
from framescope.themes.hits import Row, hit_rows
from framescope.themes.matching import Matcher


def note_rows(docs: Sequence[Doc], matcher: Matcher) -> tuple[list[Row], list[Row]]:
    """The rows of sentences and the rows of hits in the notes of one document.

    They have the columns of the rows of the body, and the note's `number`. Each note is treated as one paragraph and
    one block. Actors are not looked up in notes, so that names have no theme here; terms inside names are counted
    unless the name is that of a person or a place.
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
