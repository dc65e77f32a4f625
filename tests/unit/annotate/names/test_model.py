import pytest
import spacy
from spacy.tokens import Doc, Span

from framescope.actor_table import ActorRow, ActorTable
from framescope.annotate.names.model import label_of, model_names

VOCAB = spacy.blank("en")
NOBODY = ActorTable([])


def entity(text: str, name: str, label: str) -> Doc:
    """A Doc in which a model found one name."""
    doc = VOCAB(text)
    span = doc.char_span(text.index(name), text.index(name) + len(name), label=label)
    assert isinstance(span, Span)
    for token in doc:
        token.is_sent_start = token.i == 0
    doc.ents = [span]
    return doc


def names(text: str, name: str, label: str) -> list[tuple[str, str]]:
    doc = entity(text, name, label)
    return [(doc[found.start : found.end].text, found.label) for found in model_names(doc, NOBODY)]


@pytest.mark.parametrize(
    ("name", "label", "expected"),
    [
        ("the Daily Wail", "ORG", [("Daily Wail", "ORG")]),
        ("this Great Flood", "EVENT", [("Great Flood", "EVENT")]),
        ("ii. Wessex", "GPE", [("Wessex", "GPE")]),
        ("democratic Foreign Service", "ORG", [("Foreign Service", "ORG")]),
        ("al Wulf", "PERSON", [("al Wulf", "PERSON")]),
        ("anti-Wessex", "NORP", [("Wessex", "NORP")]),
        ("Wessex Party (Old Guard", "ORG", [("Wessex Party", "ORG"), ("Old Guard", "ORG")]),
        ("Wessex Party and the Mercia Union", "ORG", [("Wessex Party", "ORG"), ("Mercia Union", "ORG")]),
        ("Institute of Peace and War", "ORG", [("Institute of Peace and War", "ORG")]),
        ("Great Flood ended", "EVENT", [("Great Flood ended", "EVENT")]),
        ("Wessex Agreement", "ORG", [("Wessex Agreement", "LAW")]),
        ("Treaty of Wessex", "ORG", [("Treaty of Wessex", "LAW")]),
        ("Mi-35M", "GPE", [("Mi-35M", "PRODUCT")]),
        ("Green Valley Corridor", "PERSON", [("Green Valley Corridor", "FAC")]),
        ("Trans-Wessex Pipeline", "ORG", [("Trans-Wessex Pipeline", "FAC")]),
        ("Wulf Centre for Peace", "FAC", [("Wulf Centre for Peace", "ORG")]),
        ("Wulf Trade Centre", "FAC", [("Wulf Trade Centre", "FAC")]),
        ("Wessex Network or Mercia Left", "ORG", [("Wessex Network", "ORG"), ("Mercia Left", "ORG")]),
        ("Retd", "PERSON", []),
        ("each State", "ORG", []),
        ("Federal", "ORG", []),
        ("Federal Bank", "ORG", [("Federal Bank", "ORG")]),
        ("1954", "ORG", []),
    ],
)
def test_what_is_no_part_of_a_name_is_left_out(name: str, label: str, expected: list[tuple[str, str]]) -> None:
    assert names(f"They met {name} there.", name, label) == expected


@pytest.mark.parametrize("small", ["between", "without", "against"])
def test_prepositions_of_any_length_may_be_small_in_a_headline(small: str) -> None:
    headline = f"Ministers Agree Harbour Plan {small} Wessex Objections"
    assert names(headline, "Ministers Agree Harbour Plan", "ORG") == []


def test_a_sentence_with_small_words_is_no_headline() -> None:
    assert names("Wessex Harbour Plan Board Members agree", "Wessex Harbour Plan", "ORG") == [
        ("Wessex Harbour Plan", "ORG")
    ]


def test_the_end_of_an_office_is_no_organisation() -> None:
    assert names("The Secretary of State left.", "State", "ORG") == []
    assert names("The seat of Parliament burned.", "Parliament", "ORG") == [("Parliament", "ORG")]


def test_the_verb_of_the_sentence_ends_an_event() -> None:
    doc = entity("The Great Flood ended early.", "Great Flood ended early", "EVENT")
    doc[3].tag_ = "VBD"
    assert [doc[name.start : name.end].text for name in model_names(doc, NOBODY)] == ["Great Flood"]


def test_a_label_that_agrees_with_the_kind_of_actor_stays() -> None:
    assert label_of(ActorRow("Wessex", "W", "place"), "LOC") == "LOC"
    assert label_of(ActorRow("Wessex", "W", "place"), "PERSON") == "GPE"
    assert label_of(ActorRow("Wessex Treaty", "W", "pact"), "ORG") == "LAW"
    assert label_of(ActorRow("Wessex Bloc", "W", "group"), "NORP") == "ORG"
