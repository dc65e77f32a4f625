"""How easy the prose of each section is to read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from spacy.tokens import Doc
from textacy.text_stats.basics import n_words
from textacy.text_stats.readability import flesch_kincaid_grade_level

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
        prose = Doc.from_docs(list(paragraphs), exclude=["spans", "tensor", "user_data"])  # type: ignore[call-arg]
        if prose is not None and n_words(prose):
            grade = flesch_kincaid_grade_level(prose)
            rows.append({"document": docs[0].user_data["document"], "section": section, "flesch_kincaid": grade})
    return rows
