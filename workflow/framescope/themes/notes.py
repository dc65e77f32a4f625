"""Sentences and hits of notes. They are used only to show how counting argumentative notes would change results."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Doc

from framescope.actor_table import ActorTable
from framescope.annotate.sentences import sentence_rows
from framescope.themes.hits import Row, hit_rows
from framescope.themes.matching import Matcher


def note_sentence_rows(docs: Sequence[Doc]) -> list[Row]:
    """Rows of the sentences in the notes of one document, with the columns of those of the body, and the `number` of
    the note. Each note is treated as one paragraph and one block.
    """
    notes = _as_body(docs)
    return _with_numbers(sentence_rows(notes), notes)


def note_hit_rows(docs: Sequence[Doc], matcher: Matcher) -> list[Row]:
    """Rows of the hits in the notes of one document, with the columns of those of the body, and the note's `number`.

    Actors are not looked up in notes, so that names have no theme here; terms inside names are counted unless the name
    is that of a person or a place.
    """
    notes = _as_body(docs)
    names = [
        {**{key: doc.user_data[key] for key in ("document", "paragraph")}, **name, "actor_id": "", "rule": ""}
        for doc in notes
        for name in doc.user_data["names"]
    ]
    hits = [row for row in hit_rows(notes, matcher, names, ActorTable([])) if not row["set_aside"]]
    return _with_numbers(hits, notes)


def note_works(matcher: Matcher) -> dict[str, Callable[[Sequence[Doc]], list[Row]]]:
    """The functions that find the rows of the measures of notes in one document, by the name of the measure."""
    return {"note_sentences": note_sentence_rows, "note_hits": lambda docs: note_hit_rows(docs, matcher)}


def _as_body(docs: Sequence[Doc]) -> list[Doc]:
    """Copies of the notes as paragraphs of a body."""
    notes = [doc.copy() for doc in docs if doc.user_data["part"] == "note"]
    for place, doc in enumerate(notes, 1):
        doc.user_data.update(part="body", kind="prose", paragraph=place, block=place)
    return notes


def _with_numbers(rows: list[Row], notes: Sequence[Doc]) -> list[Row]:
    return [{**row, "number": notes[row["paragraph"] - 1].user_data["number"]} for row in rows]
