"""Counts of words and noun phrases by block, from which keywords are computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from spacy.tokens import Doc, Span, Token
from textacy.extract.basics import noun_chunks

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
LONGEST_PHRASE = 5


def term_rows(docs: Iterable[Doc]) -> Iterator[dict[str, Any]]:
    """Rows of document, section, block, term, count from the paragraphs of documents, in order.

    Terms are the lower-cased lemmas of content words (no stop words, no numbers) and noun phrases of two to five words
    (textacy's noun chunks from their first content word on, the last word as its lemma), all outside names. Block
    quotations, notes and headings have no terms. Docs of one block must follow each other. Docs without dependencies
    have no terms, because neither their lemmas nor their noun phrases are known.
    """
    bodies = (doc for doc in docs if doc.user_data["part"] == "body" and doc.user_data["kind"] != "quote")
    bodies = (doc for doc in bodies if doc.has_annotation("DEP"))
    for (document, section, block), group in groupby(bodies, key=_block):
        counts: Counter[str] = Counter()
        for doc in group:
            counts.update(_terms(doc))
        for term in sorted(counts):
            yield {"document": document, "section": section, "block": block, "term": term, "count": counts[term]}


def _block(doc: Doc) -> tuple[str, str, int]:
    return doc.user_data["document"], doc.user_data["section"], doc.user_data["block"]


def _terms(doc: Doc) -> Iterator[str]:
    named = {token.i for name in doc.spans.get("names", []) for token in name}
    for token in doc:
        if token.i not in named and _is_content(token):
            yield token.lemma_.lower()
    for chunk in noun_chunks(doc, drop_determiners=True):
        phrase = _from_content(chunk)
        if 2 <= len(phrase) <= LONGEST_PHRASE and all(t.i not in named and t.text.isalpha() for t in phrase):
            yield " ".join([*(token.lower_ for token in phrase[:-1]), phrase[-1].lemma_.lower()])


def _is_content(token: Token) -> bool:
    return token.pos_ in CONTENT and token.is_alpha and not token.is_stop and len(token.text) > 1


def _from_content(chunk: Span) -> Span:
    """The noun phrase from its first content word on: without "many of the" or "its own"."""
    for token in chunk:
        if _is_content(token):
            return chunk.doc[token.i : chunk.end]
    return chunk[:0]
