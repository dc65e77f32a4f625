"""How easy the prose of each section is to read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab
from textacy.text_stats.utils import load_hyphenator

from framescope.annotate.docs import body, columns_of


def readability_rows(docs: Sequence[Doc]) -> list[dict[str, Any]]:
    """Flesch-Kincaid grade of each section of one document: document, section, flesch_kincaid.

    0.39 words/sentences + 11.8 syllables/words - 15.59, in grades of American schools (Kincaid et al. 1975, Derivation
    of New Readability Formulas for Navy Enlisted Personnel), of body text; syllables are points of hyphenation.

    By hand: six words of one syllable in two sentences are 0.39 x 3 + 11.8 - 15.59.

    >>> import spacy
    >>> pipeline = spacy.blank("en")
    >>> splitter = pipeline.add_pipe("sentencizer")
    >>> doc = pipeline("The cat sat. The dog ran.")
    >>> doc.user_data.update(document="a", section="01", part="body")
    >>> round(readability_rows([doc])[0]["flesch_kincaid"], 2)
    -2.62
    """
    rows = []
    for section, paragraphs in groupby(body(docs), key=lambda doc: doc.user_data["section"]):
        prose = list(paragraphs)
        of_tokens = [_syllables(doc.vocab, word) for doc in prose for word in columns_of(doc, "ORTH")[0]]
        words = len(of_tokens) - of_tokens.count(0)
        if words:
            sentences = sum(1 for doc in prose for _ in doc.sents)
            grade = (11.8 * sum(of_tokens) / words) + (0.39 * words / sentences) - 15.59
            rows.append({"document": docs[0].user_data["document"], "section": section, "flesch_kincaid": grade})
    return rows


@lru_cache(maxsize=65536)
def _syllables(vocab: Vocab, word: int) -> int:
    """The syllables of a word, which is given by its number: one more than its points of hyphenation.

    Punctuation and spaces have none.
    """
    lexeme = vocab[word]
    if lexeme.is_punct or lexeme.is_space:
        return 0
    return len(load_hyphenator(lang="en").positions(lexeme.lower_)) + 1
