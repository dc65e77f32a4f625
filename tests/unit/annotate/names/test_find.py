import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

import framescope
from framescope.actor_table import ActorTable, load_actors
from framescope.annotate.docs import docs_in, stored
from framescope.annotate.names.find import annotate_names

VOCAB = spacy.blank("en")
LEXICON = Path(framescope.__file__).parent / "lexicons" / "actors.csv"


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return load_actors(LEXICON)


def doc_of(text: str, *ents: tuple[str, str], part: str = "body") -> Doc:
    """A Doc in which a model found the given texts, each at its first place, under the given labels."""
    doc = VOCAB(text)
    for token in doc:
        token.is_sent_start = token.i == 0
        token.pos_ = "PROPN" if token.text[0].isupper() else "NOUN"
    spans = [doc.char_span(text.index(name), text.index(name) + len(name), label=label) for name, label in ents]
    doc.ents = [span for span in spans if isinstance(span, Span)]
    doc.user_data.update({"document": "d", "section": "s", "part": part, "paragraph": 1, "block": 1})
    return doc


def names(table: ActorTable, docs: Sequence[Doc]) -> list[list[tuple[str, str, str]]]:
    annotate_names(docs, table)
    for doc in docs:
        assert [(span.start_char, span.end_char) for span in doc.spans["names"]] == [
            (fact["start"], fact["end"]) for fact in doc.user_data["names"]
        ]
    return [
        [
            (span.text, span.label_, fact["rule"])
            for span, fact in zip(doc.spans["names"], doc.user_data["names"], strict=True)
        ]
        for doc in docs
    ]


def test_a_known_name_relabels_an_identical_span(table: ActorTable) -> None:
    doc = doc_of("Ministers met the SCO again.", ("SCO", "GPE"))
    assert names(table, [doc]) == [[("SCO", "ORG", "known")]]


def test_a_known_name_replaces_shorter_spans_inside_itself(table: ActorTable) -> None:
    doc = doc_of("They left the Nuclear Suppliers Group early.", ("Suppliers", "PERSON"))
    assert [name[:2] for name in names(table, [doc])[0]] == [("Nuclear Suppliers Group", "ORG")]


def test_a_known_name_never_cuts_a_longer_one(table: ActorTable) -> None:
    doc = doc_of("The Pakistan Tobacco Fair opened.", ("Pakistan Tobacco Fair", "ORG"))
    assert names(table, [doc]) == [[("Pakistan Tobacco Fair", "ORG", "model")]]


def test_a_known_name_fills_a_gap(table: ActorTable) -> None:
    assert names(table, [doc_of("The minister left Pakistan yesterday.")]) == [[("Pakistan", "GPE", "known")]]


def test_two_known_sides_of_a_hyphen_are_two_names(table: ActorTable) -> None:
    doc = doc_of("Better Pak-Russia relations and Sino–Indian trade.", ("Pak-Russia", "NORP"))
    assert [text for text, _, _ in names(table, [doc])[0]] == ["Pak", "Russia", "Sino", "Indian"]


def test_a_hyphen_with_an_unknown_side_stays_one_name(table: ActorTable) -> None:
    doc = doc_of("A visit to Guinea-Bissau and Bosnia-Brusk.", ("Guinea-Bissau", "GPE"), ("Bosnia-Brusk", "GPE"))
    assert [text for text, _, _ in names(table, [doc])[0]] == ["Guinea-Bissau", "Bosnia-Brusk"]


def test_articles_possessives_and_brackets_are_no_part_of_a_name(table: ActorTable) -> None:
    doc = doc_of("He read the Daily Wail's report and (Wessex", ("the Daily Wail's", "ORG"), ("(Wessex", "GPE"))
    assert [text for text, _, _ in names(table, [doc])[0]] == ["Daily Wail", "Wessex"]


def test_an_amount_of_dollars_is_not_the_united_states(table: ActorTable) -> None:
    assert names(table, [doc_of("It cost US$2.5 billion, or US $ 3 billion.")]) == [[]]


def test_us_the_pronoun_is_not_the_united_states(table: ActorTable) -> None:
    assert names(table, [doc_of("Let us not forget them.")]) == [[]]


def test_a_bracketed_acronym_takes_its_name_s_label_and_is_known_ever_after(table: ActorTable) -> None:
    first = doc_of("The Wessex Farmers Union (WFU) met.", ("Wessex Farmers Union", "ORG"))
    second = doc_of("WFU voted.", ("WFU", "PERSON"))
    found = names(table, [first, second])
    assert [name[:2] for name in found[0]] == [("Wessex Farmers Union", "ORG"), ("WFU", "ORG")]
    assert found[1] == [("WFU", "ORG", "acronym")]
    assert second.user_data["names"][0]["stands_for"] == "Wessex Farmers Union"


def test_an_acronym_is_known_in_headings_and_earlier_paragraphs_too(table: ActorTable) -> None:
    heading = doc_of("Why WFU matters", part="heading")
    body = doc_of("The Wessex Farmers Union (WFU) met.", ("Wessex Farmers Union", "ORG"))
    assert names(table, [heading, body])[0] == [("WFU", "ORG", "acronym")]


def test_an_acronym_of_one_document_is_unknown_in_the_next(table: ActorTable) -> None:
    names(table, [doc_of("The Wessex Farmers Union (WFU) met.", ("Wessex Farmers Union", "ORG"))])
    assert names(table, [doc_of("the WFU voted")]) == [[]]


def test_an_office_or_a_common_noun_before_a_bracket_is_no_organisation(table: ActorTable) -> None:
    doc = doc_of("The Chief of Army Staff (COAS) praised foreign direct investment (FDI).")
    assert names(table, [doc]) == [[]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("After the 1987 Wessex general election he left.", "1987 Wessex general election"),
        (
            "In the February 1974 United Kingdom general election she won.",
            "February 1974 United Kingdom general election",
        ),
        ("Operation Desert Fox was brief.", "Operation Desert Fox"),
        ("He fought in the War of Jenkins.", "War of Jenkins"),
        ("The second Indo-Pak war ended.", "Indo-Pak war"),
        ("The Samarkand Summit ended.", "Samarkand Summit"),
        ("The 2003 invasion of Iraq began.", "2003 invasion of Iraq"),
    ],
)
def test_elections_wars_summits_and_operations_are_events(table: ActorTable, text: str, name: str) -> None:
    assert (name, "EVENT") in [found[:2] for found in names(table, [doc_of(text)])[0]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("She joined the Green Party of Wessex in May.", "Green Party of Wessex"),
        ("The Alliance of Liberals and Democrats split.", "Alliance of Liberals and Democrats"),
        ("The Wessex Party for the Animals won.", "Wessex Party for the Animals"),
    ],
)
def test_an_organisation_reaches_from_its_first_capital_to_the_end_of_what_it_is_of(
    table: ActorTable, text: str, name: str
) -> None:
    doc = doc_of(text)
    for token in doc:
        if token.text in ("Liberals", "Democrats", "Animals"):
            token.tag_ = "NNPS"
    assert (name, "ORG") in [found[:2] for found in names(table, [doc])[0]]


def test_names_survive_storing(table: ActorTable) -> None:
    doc = doc_of("Pakistan joined SEATO.")
    annotate_names([doc], table)
    [found] = docs_in(stored([doc]))
    assert [(span.text, span.label_) for span in found.spans["names"]] == [("Pakistan", "GPE"), ("SEATO", "ORG")]
    assert list(found.user_data["names"]) == doc.user_data["names"]
    assert json.loads(json.dumps(doc.user_data["names"])) == doc.user_data["names"]


def test_a_first_name_of_the_document_is_no_city(table: ActorTable) -> None:
    first, second = doc_of("Sofia Wulf spoke.", ("Sofia Wulf", "PERSON")), doc_of("Sofia left.", ("Sofia", "PERSON"))
    assert names(table, [first, second])[1] == [("Sofia", "PERSON", "model")]
    assert names(table, [doc_of("They met in Sofia.", ("Sofia", "PERSON"))])[0][0][1] == "GPE"


def test_a_language_is_no_nation(table: ActorTable) -> None:
    assert names(table, [doc_of("She speaks French well.", ("French", "LANGUAGE"))]) == [[]]


def test_a_prefix_needs_a_known_name_after_its_hyphen(table: ActorTable) -> None:
    assert [text for text, _, _ in names(table, [doc_of("An Anglo-Wessex plot and Sino-Iranian trade.")])[0]] == [
        "Sino",
        "Iranian",
    ]


SCRAPS = "Pakistan Pak - – ( ) SCO Party of the and Wulf 2001 war election US $ ’s ' . , \n The Democrats War é i."
PIECES = st.sampled_from(SCRAPS.split(" "))


@given(st.lists(PIECES, max_size=25), st.lists(st.integers(0, 24), max_size=6))
def test_whatever_is_written_names_are_in_order_apart_and_inside_the_text(
    table: ActorTable, pieces: list[str], cuts: list[int]
) -> None:
    doc = doc_of(" ".join(pieces))
    edges = sorted({cut for cut in cuts if cut <= len(doc)})
    labels = ["PERSON", "ORG", "GPE", "EVENT"]
    doc.ents = [Span(doc, a, b, label=labels[a % 4]) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    names(table, [doc, doc_of("SCO")])
    spans = list(doc.spans["names"])
    assert all(span.text.strip() for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        (
            "The 2011 general election in the United Kingdom was close.",
            "2011 general election in the United Kingdom",
            "EVENT",
        ),
        ("The 2019 Ontario general election in Hamilton West was close.", "2019 Ontario general election", "EVENT"),
        ("The 2016 referendum on EU membership divided them.", "2016 referendum on EU membership", "EVENT"),
        ("He won the 2010 Ruritanian House of Lords election.", "2010 Ruritanian House of Lords election", "EVENT"),
        ("The tenth annual BRICS summit was held.", "tenth annual BRICS summit", "EVENT"),
        ("The 2008 presidential campaign began.", "2008 presidential campaign", "EVENT"),
        ("She joined the Shooters, Fishers and Farmers Party.", "Shooters, Fishers and Farmers Party", "ORG"),
        (
            "The Department for Roads, Ports and Rural Affairs spoke.",
            "Department for Roads, Ports and Rural Affairs",
            "ORG",
        ),
        ("He joined the Ruritanian People's Democratic Movement.", "Ruritanian People's Democratic Movement", "ORG"),
        ("The Liberal Party of Canada Robert Stanfield spoke.", "Liberal Party of Canada", "ORG"),
        ("The Liberal Party of Canada Robert Stanfield spoke.", "Robert Stanfield", "PERSON"),
        ("CPEC needs money.", "CPEC", "FAC"),
        ("CASA-1000 needs money.", "CASA-1000", "FAC"),
        (
            "The 2011 referendum on EU membership in the United Kingdom failed.",
            "2011 referendum on EU membership in the United Kingdom",
            "EVENT",
        ),
        (
            "In the 2011 French general election in France Ottoline Wulf won.",
            "2011 French general election in France",
            "EVENT",
        ),
        ("In the 2011 French general election in France Ottoline Wulf won.", "Ottoline Wulf", "PERSON"),
        ("They left the 2011 G-20 Paris summit.", "2011 G-20 Paris summit", "EVENT"),
        ("The Armistice of Wulfenau held.", "Armistice of Wulfenau", "EVENT"),
        ("At the 1925 Ruritanian National Convention they met.", "1925 Ruritanian National Convention", "EVENT"),
        ("He led Fishers for Peace since May.", "Fishers for Peace", "ORG"),
        ("She joined the Campaign for Open Harbours.", "Campaign for Open Harbours", "ORG"),
        ("The Co-operative Fishing Union met.", "Co-operative Fishing Union", "ORG"),
        ("The National President Harbour Workers Party of India left.", "Harbour Workers Party of India", "ORG"),
        ("The Fishing Party of New York State met.", "Fishing Party of New York State", "ORG"),
    ],
)
def test_names_end_where_they_end(table: ActorTable, text: str, name: str, label: str) -> None:
    assert (name, label) in [found[:2] for found in names(table, [doc_of(text)])[0]]


def test_a_war_and_a_state_beside_it_are_two_names(table: ActorTable) -> None:
    doc = doc_of("In the Second World War Russia lost millions.", ("Second World War Russia", "EVENT"))
    assert [found[:2] for found in names(table, [doc])[0]] == [("Second World War", "EVENT"), ("Russia", "GPE")]


def test_in_a_headline_clauses_are_no_names(table: ActorTable) -> None:
    doc = doc_of("World Bank Cuts Growth Forecast for India", ("World Bank Cuts Growth Forecast for India", "ORG"))
    assert [found[:2] for found in names(table, [doc])[0]] == [("World Bank", "ORG"), ("India", "GPE")]
    doc = doc_of("The Ottoman Empire lost Lvov to Wulf the Great.", ("Wulf the Great", "PERSON"))
    assert ("Wulf the Great", "PERSON") in [found[:2] for found in names(table, [doc])[0]]
    doc = doc_of("World Bank Cuts the growth forecast", ("World Bank Cuts", "ORG"))
    assert [found[:2] for found in names(table, [doc])[0]] == [("World Bank Cuts", "ORG")]
