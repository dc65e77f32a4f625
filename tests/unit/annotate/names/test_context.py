import pytest
import spacy
from spacy.tokens import Doc

from framescope.actor_table import ActorRow, ActorTable
from framescope.annotate.names.context import in_context
from framescope.annotate.names.model import Name

VOCAB = spacy.blank("en").vocab
TABLE = ActorTable([ActorRow("Ruritania", "RU-X", "state")])


def doc_of(text: str, subject: str = "", head: str = "") -> Doc:
    """A Doc of one sentence, in which `subject` is the subject of `head` and every other token depends on `head`."""
    words = text.split()
    root = words.index(head) if head else 0
    deps = ["nsubj" if word == subject else "ROOT" if i == root else "dep" for i, word in enumerate(words)]
    pos = ["DET" if word in ("The", "the") else "X" for word in words]
    return Doc(VOCAB, words, heads=[root] * len(words), deps=deps, pos=pos, lemmas=[word.lower() for word in words])


def decided(doc: Doc, name: str, label: str, rule: str = "model") -> list[tuple[str, str, str]]:
    """What becomes of one name of the model."""
    words = [token.text for token in doc]
    parts = name.split()
    start = next(i for i in range(len(words)) if words[i : i + len(parts)] == parts)
    found = in_context(doc, [Name(start, start + len(parts), label, rule)], TABLE)
    return [(doc[each.start : each.end].text, each.label, each.rule) for each in found]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("they met Queen Ottoline again", "Queen Ottoline", "ORG"),
        ("they met candidate Ottoline Wulf again", "Ottoline Wulf", "ORG"),
        ("they met Senator Wulf again", "Wulf", "GPE"),
    ],
)
def test_a_title_or_role_makes_a_name_that_of_a_person(text: str, name: str, label: str) -> None:
    assert decided(doc_of(text), name, label) == [(name, "PERSON", "context")]


def test_a_subject_of_whom_the_sentence_says_he_or_she_is_a_person() -> None:
    doc = doc_of("Wulf won the seat and she kept it", subject="Wulf", head="won")
    assert decided(doc, "Wulf", "ORG") == [("Wulf", "PERSON", "context")]
    without = doc_of("Wulf won the seat and they kept it", subject="Wulf", head="won")
    assert decided(without, "Wulf", "ORG") == [("Wulf", "ORG", "model")]


def test_a_subject_with_an_article_or_of_capitals_is_no_person() -> None:
    doc = doc_of("The Wulf won the seat for her", subject="Wulf", head="won")
    assert decided(doc, "Wulf", "ORG") == [("Wulf", "ORG", "model")]
    doc = doc_of("WULF won the seat for her", subject="WULF", head="won")
    assert decided(doc, "WULF", "ORG") == [("WULF", "ORG", "model")]


def test_a_pronoun_after_another_person_says_nothing_of_the_subject() -> None:
    doc = doc_of("Jane left and Wulf paid her", subject="Wulf", head="paid")
    found = in_context(doc, [Name(0, 1, "PERSON", "model"), Name(3, 4, "ORG", "model")], TABLE)
    assert [name.label for name in found] == ["PERSON", "ORG"]


def test_a_subject_of_a_verb_of_persons_is_a_person() -> None:
    doc = doc_of("Wulf marry late", subject="Wulf", head="marry")
    assert decided(doc, "Wulf", "ORG") == [("Wulf", "PERSON", "context")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("he won the riding of Upper Wulf easily", "Upper Wulf"),
        ("he lived in the city of Wulf then", "Wulf"),
        ("she became Member of Parliament for Wulf in May", "Wulf"),
        ("she lost the Wulf constituency again", "Wulf"),
    ],
)
@pytest.mark.parametrize("label", ["PERSON", "ORG"])
def test_words_of_places_and_seats_make_a_name_that_of_a_place(text: str, name: str, label: str) -> None:
    assert decided(doc_of(text), name, label) == [(name, "GPE", "context")]


def test_a_chamber_before_seat_is_no_place() -> None:
    assert decided(doc_of("a House of Representatives seat"), "House of Representatives", "ORG") == [
        ("House of Representatives", "ORG", "model")
    ]


def test_a_name_before_party_is_an_organisation() -> None:
    assert decided(doc_of("the Wulfar party lost"), "Wulfar", "PERSON") == [("Wulfar", "ORG", "context")]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Liberal Jane Smith won", "Liberal Jane Smith", "Jane Smith"),
        ("Prof John Green spoke", "Prof John Green", "John Green"),
        ("Jane Smith MP spoke", "Jane Smith MP", "Jane Smith"),
    ],
)
def test_parties_ranks_and_marks_of_office_are_no_part_of_a_person(text: str, name: str, expected: str) -> None:
    assert decided(doc_of(text), name, "PERSON") == [(expected, "PERSON", "model")]


def test_members_of_parliament_are_no_person_by_name() -> None:
    assert decided(doc_of("several MPs left"), "MPs", "PERSON") == []


def test_names_of_the_table_of_other_rules_and_of_bodies_keep_their_label() -> None:
    assert decided(doc_of("candidate Ruritania lost"), "Ruritania", "ORG") == [("Ruritania", "ORG", "model")]
    assert decided(doc_of("candidate Wulf lost"), "Wulf", "ORG", "compound") == [("Wulf", "ORG", "compound")]
    assert decided(doc_of("the city of Wulf Council"), "Wulf Council", "ORG") == [("Wulf Council", "ORG", "model")]
