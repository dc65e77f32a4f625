"""Notes are counted as a text of their own."""

import pytest
import spacy
from spacy.tokens import Doc

from framescope.themes.lexicon import Lexicon
from framescope.themes.matching import Matcher
from framescope.themes.notes import note_hit_rows, note_sentence_rows
from framescope.themes.terms import parse_term


@pytest.fixture
def matcher() -> Matcher:
    return Matcher(Lexicon.build([("defence", parse_term("war*")), ("economy", parse_term("trade"))]))


def doc(text: str, part: str, **facts: object) -> Doc:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    made = pipeline(text)
    made.user_data.update(document="d", section="01-a", part=part, paragraph=0, block=0, names=[], **facts)
    return made


def test_sentences_and_hits_of_notes_carry_the_notes_number_and_leave_the_body_out(matcher):
    docs = [
        doc("War came.", "body", kind="prose"),
        doc("Some call it a war. Others speak of trade.", "note", number="7"),
        doc("Ibid.", "note", number="8"),
    ]
    sentences, hits = note_sentence_rows(docs), note_hit_rows(docs, matcher)
    assert [(row["number"], row["paragraph"], row["sentence"]) for row in sentences] == [
        ("7", 1, 1),
        ("7", 1, 2),
        ("8", 2, 3),
    ]
    assert [(row["number"], row["sentence"], row["theme"]) for row in hits] == [
        ("7", 1, "defence"),
        ("7", 2, "economy"),
    ]


@pytest.mark.parametrize(("label", "hits"), [("PERSON", 0), ("ORG", 1)])
def test_no_term_of_a_note_matches_inside_the_name_of_a_person(matcher, label, hits):
    note = doc("See War College, 1999.", "note", number="1")
    note.user_data["names"] = [{"start": 4, "end": 15, "label": label}]
    assert len(note_hit_rows([note], matcher)) == hits


def test_a_document_without_notes_has_no_rows(matcher):
    body = [doc("War came.", "body", kind="prose")]
    assert note_sentence_rows(body) == note_hit_rows(body, matcher) == []


def test_the_notes_of_a_document_remain_notes_for_what_reads_it_next(matcher):
    note = doc("Trade grew.", "note", number="1")
    assert note_hit_rows([note], matcher) == note_hit_rows([note], matcher) != []
    assert note.user_data["part"] == "note"
