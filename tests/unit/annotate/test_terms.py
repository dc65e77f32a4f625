from __future__ import annotations

from collections.abc import Sequence

import pytest
import spacy
from spacy.tokens import Doc, Span

from framescope.annotate.terms import term_rows

VOCABULARY = spacy.blank("en").vocab
Word = tuple[str, str, str]


def paragraph(words: Sequence[Word], names: Sequence[tuple[int, int]] = (), **place: object) -> Doc:
    """A Doc of (text, part of speech, lemma), all of it one noun chunk up to its last word."""
    heads = [len(words) - 1] * len(words)
    doc = Doc(
        VOCABULARY,
        words=[text for text, _, _ in words],
        pos=[pos for _, pos, _ in words],
        lemmas=[lemma for _, _, lemma in words],
        heads=heads,
        deps=["dep"] * (len(words) - 1) + ["ROOT"],
    )
    doc.user_data.update({"document": "a", "section": "01", "part": "body", "kind": "prose", "block": 1} | place)
    doc.spans["names"] = [Span(doc, start, end) for start, end in names]
    return doc


def counts(*docs: Doc) -> dict[str, int]:
    return {row["term"]: row["count"] for row in term_rows(docs)}


PHRASE = [("its", "PRON", "its"), ("own", "ADJ", "own"), ("Growing", "VERB", "grow"), ("arms", "NOUN", "arm")]
PHRASE += [("sales", "NOUN", "sale")]


def test_terms_are_lemmas_of_content_words_and_noun_phrases_from_their_first_content_word():
    assert counts(paragraph(PHRASE)) == {"grow": 1, "arm": 1, "sale": 1, "growing arms sale": 1}


def test_words_of_names_are_no_terms_and_break_phrases():
    assert counts(paragraph(PHRASE, names=[(3, 4)])) == {"grow": 1, "sale": 1}


def test_numbers_and_function_words_are_no_terms():
    assert counts(paragraph([("of", "ADP", "of"), ("1954", "NOUN", "1954")])) == {}


def test_paragraphs_of_one_block_are_counted_together_and_blocks_apart():
    word = [("war", "NOUN", "war")]
    rows = list(term_rows([paragraph(word), paragraph(word), paragraph(word, block=2)]))
    assert [(row["block"], row["count"]) for row in rows] == [(1, 2), (2, 1)]


@pytest.mark.parametrize("place", [{"part": "note"}, {"part": "heading"}, {"kind": "quote"}])
def test_notes_headings_and_block_quotations_have_no_terms(place: dict[str, str]):
    assert counts(paragraph([("war", "NOUN", "war")], **place)) == {}


def test_a_text_without_dependencies_has_no_terms():
    doc = spacy.blank("en")("Growing arms sales")
    doc.user_data.update({"document": "a", "section": "01", "part": "body", "kind": "prose", "block": 1})
    assert counts(doc) == {}
