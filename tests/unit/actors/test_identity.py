import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from framescope.actor_table import ActorTable, surface_key
from framescope.actors.contexts import Contexts
from framescope.actors.identity import Referent, _referent, resolve
from framescope.actors.times import Times

HERE = Path(__file__).parent
CASES = HERE / "alias_cases.tsv"
Read = Callable[..., list[Doc]]


def referents(docs: list[Doc], table: ActorTable) -> list[tuple[str, str, str]]:
    return [(row["text"], row["actor_id"], row["rule"]) for row in resolve(docs, table)]


def test_aliases_of_every_class_lead_to_their_actor(read: Read, table: ActorTable) -> None:
    with CASES.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file, delimiter="\t"))
    outcomes: Counter[str] = Counter()
    for case in cases:
        found = [actor_id for text, actor_id, _ in referents(read(case["sentence"]), table) if text == case["mention"]]
        given = found[0] if found else ""
        wanted = "" if case["id"] == "-" else case["id"]
        outcomes["right" if given == wanted else "wrong" if given else "unresolved"] += 1
    assert len(cases) >= 200
    assert outcomes["right"] / len(cases) >= 0.97
    assert outcomes["wrong"] / len(cases) <= 0.005


def last_mentions(name: str, read: Read, table: ActorTable) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Each case of a file with the row of its mention that stands last in the text."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file, delimiter="\t"))
    pairs = []
    for case in cases:
        rows = resolve(read(case["text"], published=case.get("published") or None), table)
        pairs.append((case, next((row for row in reversed(rows) if row["text"] == case["mention"]), {})))
    return pairs


@pytest.mark.parametrize(("name", "fewest", "right"), [("context", 25, 1.0), ("person", 14, 0.92)])
def test_context_and_full_names_decide_between_the_meanings_of_a_name(
    name: str, fewest: int, right: float, read: Read, table: ActorTable
) -> None:
    pairs = last_mentions(f"{name}_cases.tsv", read, table)
    wanted = ["" if case["id"] == "-" else case["id"] for case, _ in pairs]
    given = [row.get("actor_id", "none") for _, row in pairs]
    assert len(pairs) >= fewest
    assert sum(map(str.__eq__, wanted, given)) >= right * len(pairs), [
        (case["text"], id) for (case, _), want, id in zip(pairs, wanted, given, strict=True) if want != id
    ]


def test_the_time_that_a_sentence_speaks_of_decides_between_the_actors_of_a_name(read: Read, table: ActorTable) -> None:
    pairs = last_mentions("time_cases.tsv", read, table)
    wrong = [
        (case["text"], row.get("actor_id"), row.get("years_from"))
        for case, row in pairs
        if (case["id"], case["years_from"]) != (row.get("actor_id"), row.get("years_from"))
    ]
    assert len(pairs) >= 75
    assert len(wrong) <= 0.03 * len(pairs), wrong


def test_a_heading_dates_the_names_of_its_section(read: Read, table: ActorTable) -> None:
    docs = read(("heading", "The war of 1877"), "Russia crossed the river.")
    assert [(row["actor_id"], row["years"], row["years_from"]) for row in resolve(docs, table)] == [
        ("RUSSIAN-EMPIRE", "1877", "heading")
    ]


def test_a_citation_dates_no_name(read: Read, table: ActorTable) -> None:
    docs = read("Russia offered to mediate (Ahmed, 1965, p. 12).")
    assert [row["actor_id"] for row in resolve(docs, table) if row["text"] == "Russia"] == ["RU"]


def test_a_meaning_that_most_paragraphs_tell_holds_in_the_others(read: Read, table: ActorTable) -> None:
    docs = read("The Indian tribes resisted.", "Indian reservations grew.", "The Indian question remained.")
    assert {row["actor_id"] for row in resolve(docs, table) if row["text"] == "Indian"} == {"NATIVE-AMERICANS"}


def test_rows_have_the_columns_of_the_entities_table(read: Read, table: ActorTable) -> None:
    [row] = resolve(read("The envoy left Pakistan."), table)
    assert row == {
        "document": "d",
        "section": "01",
        "paragraph": 1,
        "sentence": 1,
        "start": 15,
        "end": 23,
        "text": "Pakistan",
        "label": "GPE",
        "actor": "Pakistan",
        "actor_id": "PK",
        "rule": "known name",
        "years": "",
        "years_from": "",
    }


def test_notes_and_headings_give_no_rows(read: Read, table: ActorTable) -> None:
    docs = read(("heading", "Pakistan and Russia"), "Iran objected.", ("note", "Brazil agreed."))
    assert [row["actor_id"] for row in resolve(docs, table)] == ["IR"]


def test_sentences_are_numbered_through_the_document(read: Read, table: ActorTable) -> None:
    docs = read("Pakistan agreed. Iran objected.", ("note", "Peru voted."), "The talks ended. Brazil left.")
    assert [(row["actor_id"], row["sentence"]) for row in resolve(docs, table)] == [("PK", 1), ("IR", 2), ("BR", 4)]


def test_an_acronym_of_the_document_comes_before_the_table(read: Read, table: ActorTable) -> None:
    docs = read("The Scottish Crofters Organisation (SCO) met in May.", "The SCO elected a chair.")
    assert {actor_id for text, actor_id, _ in referents(docs, table) if text == "SCO"} == {
        "SCOTTISH-CROFTERS-ORGANISATION"
    }


def test_a_misspelt_long_form_resolves_by_its_acronym_and_says_so(read: Read, table: ActorTable) -> None:
    docs = read("It joined the Shanghai Corporation Organisation (SCO) in 2017.")
    assert [(actor_id, rule) for _, actor_id, rule in referents(docs, table)] == [
        ("SCO", "acronym despite its long form")
    ] * 2


def test_a_full_name_in_any_script_has_an_id(table: ActorTable) -> None:
    doc = spacy.blank("en")("Владимир Путин spoke.")
    span = Span(doc, 0, 2, label="PERSON")
    people = {surface_key(span.text): span.text}
    doc.spans["names"] = [span]
    doc.user_data.update(part="body", section="01")
    found = _referent(span, "", table, people, {}, Times([doc]), Contexts([doc], table))
    assert found == Referent("Владимир Путин", "vladimir-putin", "full name")


def test_a_surname_leads_to_the_full_name_of_the_document(read: Read, table: ActorTable) -> None:
    docs = read("The paper cites Kenneth Wallis at length. Later Wallis changed his mind.")
    assert [(text, actor_id) for text, actor_id, _ in referents(docs, table)] == [
        ("Kenneth Wallis", "kenneth-wallis"),
        ("Wallis", "kenneth-wallis"),
    ]


def test_a_surname_that_two_persons_share_stays_unresolved(read: Read, table: ActorTable) -> None:
    docs = read("John Keynes met Geoffrey Keynes in London. Keynes spoke first.")
    assert [actor_id for text, actor_id, _ in referents(docs, table) if text == "Keynes"] == [""]


def test_the_soviet_union_is_never_russia(read: Read, table: ActorTable) -> None:
    docs = read("The USSR armed India. Russia inherited its Soviet debts.")
    assert [(text, actor_id) for text, actor_id, _ in referents(docs, table)] == [
        ("USSR", "SU"),
        ("India", "IN"),
        ("Russia", "RU"),
        ("Soviet", "SU"),
    ]


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Moscow rejected the offer.", "capital as government"),
        ("The offer was rejected by Moscow.", "capital as government"),
        ("Moscow's policy has changed.", "capital as government"),
        ("Relations between Moscow and Kabul improved.", "capital as government"),
        ("The delegates met in Moscow.", "capital as place"),
        ("Moscow lies on a river.", "capital as place"),
    ],
)
def test_a_capital_is_a_government_only_where_it_acts(read: Read, table: ActorTable, sentence: str, rule: str) -> None:
    assert [found for text, _, found in referents(read(sentence), table) if text == "Moscow"] == [rule]


def test_a_name_outside_the_table_is_shown_as_written_and_unresolved(read: Read, table: ActorTable) -> None:
    [row] = resolve(read("He joined the Wessex Farmers Union last year."), table)
    assert (row["actor"], row["actor_id"], row["rule"]) == ("Wessex Farmers Union", "", "own name")
