"""The dates table: each date in the body of a document with the sentence that contains it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.tokens import Doc

from framescope.annotate.numbering import numbered


def date_rows(docs: Iterable[Doc]) -> list[dict[str, Any]]:
    """Rows of the dates table from all Docs of one document in order."""
    rows: list[dict[str, Any]] = []
    for doc, sentence_of in numbered(docs):
        for date in doc.user_data["dates"]:
            place = {key: doc.user_data[key] for key in ("document", "section", "paragraph")}
            rows.append({**place, "sentence": sentence_of(date["start"]), **date})
    return rows
