"""Counts of words and noun phrases by block, from which keywords are computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.lexeme import Lexeme
from spacy.tokens import Doc
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
    named = {at for name in doc.spans.get("names", []) for at in range(name.start, name.end)}
    content = _content_words(doc)
    for at in np.flatnonzero(content).tolist():
        if at not in named:
            yield doc[at].lemma_.lower()
    for chunk in noun_chunks(doc, drop_determiners=True):
        # From the first content word on: without "many of the" or "its own".
        first = next((at for at in range(chunk.start, chunk.end) if content[at]), chunk.end)
        if 2 <= chunk.end - first <= LONGEST_PHRASE and named.isdisjoint(range(first, chunk.end)):
            phrase = doc[first : chunk.end]
            if all(token.text.isalpha() for token in phrase):
                yield " ".join([*(token.lower_ for token in phrase[:-1]), phrase[-1].lemma_.lower()])


def _content_words(doc: Doc) -> NDArray[np.bool_]:
    """Whether each token is a content word: by its part of speech and, looked up once for equal ones, by its form."""
    forms, part = doc.to_array(["ORTH", "POS"]).reshape(len(doc), 2).T
    different, form = np.unique(forms, return_inverse=True)
    vocab = doc.vocab
    fitting = np.array([_may_be_content(vocab[number]) for number in different.tolist()], dtype=bool)
    content: NDArray[np.bool_] = np.isin(part, [vocab.strings[name] for name in CONTENT]) & fitting[form]
    return content


def _may_be_content(lexeme: Lexeme) -> bool:
    return lexeme.is_alpha and not lexeme.is_stop and len(lexeme.text) > 1
