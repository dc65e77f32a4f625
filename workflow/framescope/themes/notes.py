"""Sentences and hits of notes, which count only where a study asks what notes that argue would change."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from spacy.tokens import Doc

from framescope.annotate.sentences import sentence_rows
from framescope.themes.hits import Row, hit_rows
from framescope.themes.matching import Matcher


def note_rows(docs: Sequence[Doc], matcher: Matcher) -> tuple[list[Row], list[Row]]:
    """Rows of sentences and of hits in the notes of one document, as those of its body with the note's `number`.

    Each note is read as a paragraph and block of its own. No term matches inside a name; names carry no theme here.
    """
    notes = [doc for doc in docs if doc.user_data["part"] == "note"]
    names = []
    for place, doc in enumerate(notes, 1):
        doc.user_data.update(part="body", kind="prose", paragraph=place, block=place)
        here = {"document": doc.user_data["document"], "paragraph": place, "actor_id": ""}
        names += [{**here, "start": name["start"], "end": name["end"]} for name in doc.user_data["names"]]
    entities = pd.DataFrame(names, columns=["document", "paragraph", "start", "end", "actor_id"])
    sentences, hits = sentence_rows(notes), hit_rows(notes, matcher, entities, lambda actor: None)
    for row in (*sentences, *hits):
        row["number"] = notes[row["paragraph"] - 1].user_data["number"]
    return sentences, hits
