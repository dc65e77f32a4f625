from collections.abc import Sequence

import pytest
import spacy

from framescope.actor_table import ActorRow, ActorTable
from framescope.annotate.names.acronyms import definitions, is_acronym

VOCAB = spacy.blank("en")


def found(text: str, *names: tuple[str, str], rows: Sequence[ActorRow] = ()) -> list[tuple[str, str, str]]:
    """Short form, long form and label of each definition, the given texts being known names."""
    doc = VOCAB(text)
    spans = []
    for name, label in names:
        span = doc.char_span(text.index(name), text.index(name) + len(name))
        assert span is not None
        spans.append((span.start, span.end, label))
    return [
        (d.acronym.short, d.acronym.long, d.acronym.label) for d in definitions(doc, doc.text, spans, ActorTable(rows))
    ]


def test_a_name_before_the_bracket_is_the_long_form_even_in_another_language() -> None:
    assert found("The Italian Liberal Party (PLI) split.", ("Italian Liberal Party", "ORG")) == [
        ("PLI", "Italian Liberal Party", "ORG")
    ]


def test_initials_lengthen_a_name_that_was_found_in_part() -> None:
    assert found("The Wessex Farmers and Fishers Union (WFFU) met.", ("Fishers Union", "ORG")) == [
        ("WFFU", "Wessex Farmers and Fishers Union", "ORG")
    ]


@pytest.mark.parametrize(
    "text",
    ["the Prime Minister (PM) said", "foreign direct investment (FDI) rose", "the Nuclear Weapons States (NWS) agreed"],
)
def test_offices_and_concepts_name_no_actor(text: str) -> None:
    assert [label for _, _, label in found(text)] == [""]


@pytest.mark.parametrize("surface", ["Small Island Developing States", "SIDS"])
def test_a_row_of_the_studys_own_makes_a_concept_an_actor(surface: str) -> None:
    text = "the Small Island Developing States (SIDS) and the Nuclear Weapons States (NWS) agreed"
    rows = [ActorRow(surface, "SIDS", "group", own=True), ActorRow("NWS", "NWS", "organisation")]
    assert [label != "" for _, _, label in found(text, rows=rows)] == [True, False]


@pytest.mark.parametrize("text", ["It fell (see below) again.", "The plan (Annex) failed.", "Two sites (12 in all)"])
def test_brackets_without_an_acronym_define_nothing(text: str) -> None:
    assert found(text) == []


def test_words_whose_initials_do_not_spell_it_define_nothing() -> None:
    assert found("He met the farmers of Wessex (SCO) there.") == []


@pytest.mark.parametrize(
    ("word", "expected"), [("SCO", True), ("UlS", True), ("MpS", True), ("Oslo", False), ("a", False)]
)
def test_an_acronym_has_capitals_enough(word: str, expected: bool) -> None:
    assert is_acronym(word) is expected
