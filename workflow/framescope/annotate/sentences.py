"""The sentences of a document's body: whose voice they are in and whether they recommend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.tokens import Doc

from framescope.annotate.numbering import numbered
from framescope.annotate.voice import is_prescriptive, quoted_spans, words_by_voice
from framescope.words import word_spans


def sentence_rows(docs: Iterable[Doc]) -> list[dict[str, Any]]:
    """Rows of the sentences table from all Docs of one document in order; sentences are numbered through it."""
    rows: list[dict[str, Any]] = []
    for doc, sentence_of in numbered(docs):
        facts, text = doc.user_data, doc.text
        words, quoted = word_spans(text), quoted_spans(text, facts["kind"])
        for sentence in doc.sents:
            start, end = sentence.start_char, sentence.end_char
            said = text[start:end]
            count, in_quotation, voice = words_by_voice(words, quoted, start, end)
            rows.append(
                {
                    "document": facts["document"],
                    "section": facts["section"],
                    "block": facts["block"],
                    "paragraph": facts["paragraph"],
                    "sentence": sentence_of(start),
                    "start": start,
                    "end": end,
                    "words": count,
                    "quoted_words": in_quotation,
                    "voice": voice,
                    "mode": "prescriptive" if is_prescriptive(said) else "descriptive",
                    "text": said,
                }
            )
    return rows
