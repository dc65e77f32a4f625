"""Counts of words and noun phrases by block, from which keywords are computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from framescope.annotate.docs import columns_of

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
LONGEST_PHRASE = 5


def term_rows(docs: Iterable[Doc]) -> Iterator[dict[str, Any]]:
    """Rows of document, section, block, term, count from the paragraphs of documents, in order.

    Terms are the lower-cased lemmas of content words (no stop words, no numbers) and noun phrases of two to five words
    (spaCy's noun chunks from their first content word on, the last word as its lemma), all outside names. Block
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


def _terms(doc: Doc) -> list[str]:
    strings, vocab = doc.vocab.strings, doc.vocab
    words, lemmas, parts = columns_of(doc, "ORTH", "LEMMA", "POS")
    fitting = {strings[name] for name in CONTENT}
    content = [part in fitting and _may_be_content(vocab, word) for word, part in zip(words, parts, strict=True)]
    named = {at for name in doc.spans.get("names", []) for at in range(name.start, name.end)}
    terms = [strings[lemmas[at]].lower() for at in range(len(doc)) if content[at] and at not in named]
    for chunk in doc.noun_chunks:
        end = chunk.end
        # From the first content word on: without "many of the" or "its own".
        first = next((at for at in range(chunk.start, end) if content[at]), end)
        if 2 <= end - first <= LONGEST_PHRASE and named.isdisjoint(range(first, end)):
            phrase = [strings[word] for word in words[first:end]]
            if all(map(str.isalpha, phrase)):
                terms.append(" ".join([*map(str.lower, phrase[:-1]), strings[lemmas[end - 1]].lower()]))
    return terms


@lru_cache(maxsize=65536)
def _may_be_content(vocab: Vocab, word: int) -> bool:
    """Whether the form of a word, which is given by its number, is that of a content word."""
    lexeme = vocab[word]
    return lexeme.is_alpha and not lexeme.is_stop and len(lexeme.text) > 1
