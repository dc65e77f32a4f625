import json
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc

from framescope.actor_table import ActorTable
from framescope.actors.identity import resolve
from framescope.actors.predicates import predicate_rows

MARKED = Path(__file__).parent / "predicate_sentences.jsonl"
Read = Callable[..., list[Doc]]
Roles = set[tuple[str, str, str, str]]


def roles(docs: list[Doc], table: ActorTable) -> Roles:
    entities = resolve(docs, table)
    persons = {row["actor_id"]: row["actor"] for row in entities if row["rule"] in ("full name", "surname")}
    return {
        tuple(
            persons.get(value, value)
            for value in (
                row["actor_id"] or row["actor"],
                row["role"],
                row["verb"],
                row["partner_id"] or row["partner"],
            )
        )
        for row in predicate_rows(docs, entities, table)
    }  # type: ignore[return-value]


def test_roles_agree_with_the_marked_sentences(read: Read, table: ActorTable) -> None:
    marked = [json.loads(line) for line in MARKED.read_text(encoding="utf-8").splitlines()]
    right = given = wanted = 0
    for sentence in marked:
        found = roles(read(sentence["text"]), table)
        gold = {tuple(role) for role in sentence["roles"]}
        right, given, wanted = right + len(found & gold), given + len(found), wanted + len(gold)
    assert len(marked) >= 120
    assert 2 * right / (given + wanted) >= 0.85


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Russia attacked India.", {("RU", "agent", "attack", "IN"), ("IN", "patient", "attack", "RU")}),
        ("India was armed by Russia.", {("RU", "agent", "arm", "IN"), ("IN", "patient", "arm", "RU")}),
        (
            "Peru and Chile voted.",
            {("PE", "agent", "vote", ""), ("CL", "agent", "vote", "")},
        ),
        ("Iran's programme grew.", {("IR", "possessor", "programme", "")}),
        (
            "Pakistan-Russia relations improved.",
            {("PK", "partner", "relation", "RU"), ("RU", "partner", "relation", "PK")},
        ),
        (
            "The 2008 Indo-US Civil Nuclear Agreement lapsed.",
            {("IN", "partner", "agreement", "US"), ("US", "partner", "agreement", "IN")},
        ),
    ],
)
def test_voice_coordination_possession_and_dyads(read: Read, table: ActorTable, sentence: str, expected: Roles) -> None:
    assert roles(read(sentence), table) == expected


def test_places_and_events_have_no_roles(read: Read, table: ActorTable) -> None:
    assert roles(read("The Cold War changed Europe."), table) == set()


def test_roles_stand_in_the_sentences_of_the_entities(read: Read, table: ActorTable) -> None:
    docs = read("The talks ended. Iran objected.", ("note", "Peru voted."), "Brazil agreed.")
    rows = predicate_rows(docs, resolve(docs, table), table)
    assert [(row["actor_id"], row["sentence"]) for row in rows] == [("IR", 2), ("BR", 3)]
