"""Which short lines of a plain text are headings, and which are what a speaker or the audience said."""

from itertools import chain

import pytest

from framescope.document import Section
from framescope.extract.pages.text.read import read_plain

BEFORE = "The toll was raised in the spring, and the guild said nothing against it for the whole of that year."
BELOW = "No vessel came to the quay in those weeks, and the board kept count of all the ships that did not come."


def titles(*paragraphs: str) -> list[str | None]:
    return [section.title for section in sections(*paragraphs)]


def sections(*paragraphs: str) -> list[Section]:
    return read_plain("\n\n".join(paragraphs) + "\n").sections


def around(*lines: str) -> list[str]:
    """Lines each between two paragraphs of running text."""
    return [BEFORE, *chain.from_iterable((line, BELOW) for line in lines)]


@pytest.mark.parametrize(
    "line",
    [
        "Members of the guild. Shame!",
        "A shipwright. Tell them, Anna! [Applause]",
        "Members of the guild. A.B.C.! A.B.C.! A.B.C.!",
        "The Master. Oh, you want it lowered, do you? [Laughter]",
        "Mr. Verhoeven. [Inaudible]",
        "[Laughter]",
        "(Applause)",
        "Guild: Shame!",
        "That toll should be repealed!",
        "What will we do with this harbour? What will we leave to those who come after us?",
        "Shame!",
    ],
)
def test_responses_and_rhetorical_lines_are_paragraphs_in_a_text_without_other_headings(line: str) -> None:
    assert [section.title for section in sections(*around(line))] == [None]
    assert [paragraph.text for paragraph in sections(*around(line))[0].paragraphs] == [BEFORE, line, BELOW]


def test_a_response_is_a_paragraph_beside_headings_too() -> None:
    text = around("The Toll and the Quay", "Members of the guild. Shame!", "The Ships of the North")
    assert titles(*text) == [None, "The Toll and the Quay", "The Ships of the North"]


def test_a_question_is_a_heading_among_headings_set_like_it() -> None:
    assert titles(*around("The price of the toll", "Who pays for the quay?", "The ships of the north")) == [
        *(None, "The price of the toll", "Who pays for the quay?", "The ships of the north")
    ]


@pytest.mark.parametrize("others", [("THE TOLL", "THE SHIPS"), ("The Toll and the Quay", "The Ships of the North")])
def test_a_question_that_is_not_set_as_the_headings_are_is_a_paragraph(others: tuple[str, str]) -> None:
    assert titles(*around(others[0], "Who pays for the quay?", others[1])) == [None, *others]


def test_a_cry_that_is_repeated_is_no_heading() -> None:
    assert titles(*around("The price of the toll", "Shame!", "Shame!")) == [None, "The price of the toll"]


def test_a_title_alone_does_not_make_a_question_a_heading() -> None:
    text = ["Address to the Guild", *around("Who pays for the quay?", "The guild pays for it all, and it always has.")]
    assert all(title != "Who pays for the quay?" for title in titles(*text))


def test_rows_of_figures_and_numbers_of_documents_are_no_headings() -> None:
    assert titles(*around("Outlay for the quay $32,322,504.24", "17-29597 (E) *1729597*")) == [None]


def test_names_of_columns_below_a_colon_are_no_headings() -> None:
    text = (
        "The income of the quay, counted by quarters, was as follows:\nSource\nFrom tolls and from fines, 57,402.75.\n"
    )
    assert [section.title for section in read_plain(f"{BEFORE}\n\n{text}\n{BELOW}\n").sections] == [None]


def test_headings_in_capitals_may_end_in_a_full_stop() -> None:
    assert titles(*around("THE TOLL.", "PART II.", "THE SHIPS OF THE NORTH.")) == [
        *(None, "THE TOLL.", "PART II.", "THE SHIPS OF THE NORTH.")
    ]


def test_a_text_wholly_in_capitals_has_no_headings_in_its_sentences() -> None:
    assert titles(BEFORE.upper(), "THE TOLL IS LOWERED.", BELOW.upper()) == [None]


def test_a_numbered_heading_in_capitals_may_follow_a_list() -> None:
    text = [*around("II. THE TOLL"), "(1) First, a lower toll;", "(2) Second, a new quay.", "III. THE QUAY", BELOW]
    assert titles(*text) == [None, "II. THE TOLL", "III. THE QUAY"]


def test_five_stops_at_the_end_of_a_paragraph_are_not_the_leaders_of_a_table_of_contents() -> None:
    read = read_plain(f"{BEFORE}\n\n{BELOW[:-1]} . . . . .\n\n{BEFORE}\n")
    assert read.left_out == []
    assert len(read.sections[0].paragraphs) == 3
