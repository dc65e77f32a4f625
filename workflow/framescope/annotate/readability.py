"""How easy the prose of each section is to read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

import numpy as np
from spacy.lexeme import Lexeme
from spacy.tokens import Doc
from textacy.text_stats.utils import load_hyphenator

from framescope.annotate.docs import body


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
        # Each different word is looked at once.
        forms, times = np.unique(np.concatenate([doc.to_array("ORTH") for doc in prose]), return_counts=True)
        syllables = np.array([_syllables_of(prose[0].vocab[form]) for form in forms.tolist()], dtype=np.int64)
        words = times[syllables > 0].sum()
        if words:
            sentences = sum(1 for doc in prose for _ in doc.sents)
            grade = (11.8 * (syllables @ times) / words) + (0.39 * words / sentences) - 15.59
            rows.append({"document": docs[0].user_data["document"], "section": section, "flesch_kincaid": float(grade)})
    return rows


def _syllables_of(lexeme: Lexeme) -> int:
    """The syllables of a word; none of punctuation and spaces."""
    return 0 if lexeme.is_punct or lexeme.is_space else _syllables(lexeme.lower_)


@cache
def _syllables(word: str) -> int:
    """The syllables of a word: one more than its points of hyphenation."""
    return len(load_hyphenator(lang="en").positions(word)) + 1
