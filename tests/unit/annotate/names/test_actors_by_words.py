"""An edit of the table of actors concerns the texts that have the words of a name in it, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from framescope.actor_table import ActorRow, ActorTable, load_actors
from framescope.actors.identity import resolve
from framescope.annotate.model import load_model
from framescope.annotate.names.actors_by_words import ActorsByWords, beginnings
from framescope.annotate.names.find import annotate_names
from framescope.resources import LEXICONS

ROWS = load_actors(LEXICONS / "actors.csv").rows
TEXTS = [
    "The Indian government and the Soviet Union signed the Shanghai Co-operation charter; Moscow and Delhi agreed.",
    "Sino-Pak ties worried Washington. In 1992 Russia took over the seat; the US (United States) said so in Georgia.",
    "The British Labour Party met Americans, Iranians and the People's Republic of China in C\u00f4te d'Ivoire.",
]


def digest(rows: list[ActorRow], text: str) -> str:
    return ActorsByWords(ActorTable(rows)).digest(beginnings([text]))


@pytest.mark.parametrize(
    ("surface", "text"),
    [
        ("Shanghai Cooperation Organisation", "the Shanghai Co-operation Organization"),
        ("Shanghai Co-operation Organisation", "the Shanghai Cooperation Organization"),
        ("the Defence Centre", "a Defense Center"),
        ("Indian", "Indians"),
        ("C\u00f4te d'Ivoire", "Co\u0302te d\u2019Ivoire"),
        ("Sino", "Sino-Soviet"),
        ("U.S.", "the U.S."),
        ("km", "10km"),
        ("Republic of Korea", "KOREA, a republic"),
    ],
)
def test_a_row_matters_to_a_text_that_writes_its_name_in_another_way(surface: str, text: str) -> None:
    assert digest([ActorRow(surface, "X", "state")], text) != digest([], text)


def test_a_row_does_not_matter_to_a_text_without_one_of_its_words() -> None:
    assert digest([ActorRow("Republic of Korea", "KR", "state")], "a republic of letters") == digest([], "")


def test_all_rows_of_an_actor_and_of_its_successors_matter() -> None:
    former = ActorRow("Soviet Union", "SU", "former state", successor="RU")
    rows = [former, ActorRow("USSR", "SU", "former state"), ActorRow("Russia", "RU", "state", successor="XX")]
    rows.append(ActorRow("Elsewhere", "XX", "state"))
    without = [digest([row for row in rows if row != left_out], "the Soviet Union") for left_out in rows]
    assert len({*without, digest(rows, "the Soviet Union")}) == 5


NAMES = st.sampled_from(["Soviet Union", "Union of South Africa", "South Africa", "African Union", "Soviet Africa"])
FEW_ROWS = st.lists(st.builds(ActorRow, NAMES, st.sampled_from("ABC"), st.just("state")), max_size=5)
SHORT_TEXTS = st.lists(st.sampled_from(["soviet", "union", "south", "africa", "african", "of"])).map(" ".join)


@given(FEW_ROWS, FEW_ROWS, SHORT_TEXTS, SHORT_TEXTS)
def test_tables_with_the_same_digest_for_texts_together_have_the_same_for_each(first, second, text, more) -> None:
    if digest(first, f"{text} {more}") == digest(second, f"{text} {more}"):
        assert digest(first, text) == digest(second, text)


@pytest.fixture(scope="module")
def docs() -> list[list[Doc]]:
    """The texts as the model annotates them, each one document."""
    pipeline = load_model()
    documents = []
    for number, text in enumerate(TEXTS):
        doc = pipeline(text)
        doc.user_data.update(document=str(number), section="01", part="body", paragraph=1, block=1, dates=[])
        doc.spans["dates"] = []
        documents.append([doc])
    return documents


def found(rows: tuple[ActorRow, ...], docs: list[Doc]) -> tuple[object, object]:
    table = ActorTable(rows)
    annotate_names(docs, table)
    return docs[0].user_data["names"], resolve(docs, table)


# Each example annotates the texts with a table of its own.
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_a_text_whose_names_an_edit_of_the_table_changes_has_another_digest(docs: list[list[Doc]], data) -> None:
    numbers = data.draw(st.sets(st.integers(0, len(ROWS) - 1), min_size=len(ROWS) // 50, max_size=len(ROWS) // 20))
    fewer = tuple(row for number, row in enumerate(ROWS) if number not in numbers)
    for text, of_text in zip(TEXTS, docs, strict=True):
        if found(ROWS, of_text) != found(fewer, of_text):
            assert digest(list(ROWS), text) != digest(list(fewer), text)
