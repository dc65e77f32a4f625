"""Texts in a language that the model does not speak are told from those it does."""

from __future__ import annotations

import pytest

from framescope.document import Document, ExtractionError, Paragraph, Section, Source
from framescope.extract.language import check_language, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister spoke of trade and of the harbour, which nobody had paid for.", "en"),
        ("Le ministre a parlé du commerce et du port, que personne n'avait payé.", "fr"),
        ("Der Minister sprach über den Handel und über den Hafen.", "de"),
        ("Министр говорил о торговле и о порте, за который никто не заплатил.", "ru"),
        ("وزیر نے تجارت اور بندرگاہ کے بارے میں بات کی", "ur"),
        ("El ministro habló del comercio y del puerto que nadie había pagado.", "es"),
        ("部长谈到了贸易和港口。", "zh"),
    ],
)
def test_a_sentence_tells_its_language(text, language):
    assert language_of(text) == language


def test_names_and_numbers_of_an_english_text_do_not_change_its_language():
    text = "Islamabad, Moscow, Beijing: 2003, 2007, 2015. " * 3 + "The three ministers signed the agreement on gas."
    assert language_of(text) == "en"


def test_a_document_in_another_language_is_refused_with_its_language():
    paragraph = Paragraph("prose", "Le ministre a parlé du commerce et du port, que personne n'avait payé.")
    section = Section("01-untitled", None, 1, paragraphs=[paragraph])
    document = Document("d", None, Source("d.txt", "0", "text"), [section])
    check_language(document, ["fr", "en"])
    with pytest.raises(ExtractionError, match="language fr"):
        check_language(document, ["en"])


def test_a_few_letters_are_no_evidence_of_another_language():
    section = Section("01-untitled", None, 1, paragraphs=[Paragraph("prose", "x 2021.")])
    check_language(Document("d", None, Source("d.txt", "0", "text"), [section]), ["en"])


def test_an_interjection_is_no_evidence_of_another_language() -> None:
    said = ["Hear, hear!", "Question, Minister.", "Order, order, order!"]
    for text in said:
        section = Section("01", None, 1, paragraphs=[Paragraph("prose", text)])
        check_language(Document("it", None, Source("it.csv", "", "csv"), [section]), ["en"])
