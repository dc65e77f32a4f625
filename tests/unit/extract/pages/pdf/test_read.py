"""PDFs, from glyphs to sections."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typesetting import Drawn, Picture, Piece, Rule, paragraph, pdf

from framescope.document import ExtractionError
from framescope.extract.content import Content
from framescope.extract.pages.pdf.read import read_pdf

# Full lines are as wide as each other, as in justified text.
FULL = "The harbour board met again and set the toll for the winter and spring"
OTHER = "No vessel came to the quay in those weeks, and the guild kept count of"


def text_of(content: Content) -> list[str]:
    return [paragraph.text for section in content.sections for paragraph in section.paragraphs]


def left_out(content: Content, kind: str) -> list[str]:
    return [item.text for item in content.left_out if item.kind == kind]


def page(number: int, *body: Drawn) -> list[Drawn]:
    """A page with a running head, a page number and a body."""
    return [Piece(50, 570, "Harbour Quarterly"), Piece(200, 30, str(number)), *body]


def test_running_heads_and_page_numbers_are_left_out_and_text_runs_over_the_page_end() -> None:
    printed = [FULL, OTHER, OTHER.replace("No vessel", "One ship"), FULL.replace("harbour", "guild"), OTHER[:50], FULL]
    pages = [page(n, *paragraph(50, 540, *printed[2 * n - 2 : 2 * n])) for n in (1, 2, 3)]
    content = read_pdf(pdf(*pages))
    assert left_out(content, "header") == ["Harbour Quarterly"] * 3
    assert left_out(content, "page number") == ["1", "2", "3"]
    assert text_of(content) == [" ".join(printed)]
    assert content.pages == 3


def test_headings_are_told_by_size_and_weight_and_keep_their_levels() -> None:
    content = read_pdf(
        pdf(
            [
                *paragraph(50, 560, "A Report on the Harbour", size=20),
                *paragraph(50, 520, "The Toll", size=14, font="bold"),
                *paragraph(50, 500, FULL, OTHER, "the ships that did."),
                *paragraph(50, 450, "Winter", size=11, font="bold"),
                *paragraph(50, 435, FULL, OTHER, "the ships that did."),
                *paragraph(50, 380, "The Guild", size=14, font="bold"),
                *paragraph(50, 360, FULL, OTHER, "the ships that did."),
            ]
        )
    )
    assert content.title == "A Report on the Harbour"
    assert [(section.title, section.level) for section in content.sections] == [
        ("The Toll", 1),
        ("Winter", 2),
        ("The Guild", 1),
    ]


def test_an_outline_names_headings_that_look_like_text() -> None:
    drawn = [
        *paragraph(50, 540, FULL, OTHER, "the ships that did."),
        *paragraph(50, 490, "the toll in winter"),
        *paragraph(50, 464, FULL, OTHER, "the ships that did."),
        *paragraph(50, 414, "the guild"),
        *paragraph(50, 388, FULL, OTHER, "the ships that did."),
    ]
    titles = [section.title for section in read_pdf(pdf(drawn, outline=("The toll in winter", "The guild"))).sections]
    assert titles == [None, "the toll in winter", "the guild"]
    assert [section.title for section in read_pdf(pdf(drawn)).sections] == [None]


def test_columns_are_read_one_after_the_other_below_a_title_that_spans_them() -> None:
    left, right = "tolls and quays of the old", "guilds and ships of the new"
    content = read_pdf(
        pdf(
            [
                Piece(60, 560, "One Title over Both of the Columns", 18),
                *paragraph(50, 520, *[f"{left} {word}" for word in "abcdefgh"]),
                *paragraph(210, 520, *[f"{right} {word}" for word in "abcdefgh"]),
            ]
        )
    )
    [running] = text_of(content)
    assert running.startswith(f"{left} a {left} b")
    assert running.endswith(f"{right} g {right} h")
    assert running.index(f"{left} h") < running.index(f"{right} a")


def noted() -> list[Drawn]:
    return [
        *paragraph(50, 540, FULL, OTHER),
        Piece(352, 532, "1", 6),
        *paragraph(50, 516, FULL, OTHER, "the ships that did."),
        Piece(128, 496, "2", 6),
        Rule(50, 150, 100),
        Piece(58, 93, "1", 5),
        *paragraph(62, 90, "Minutes of the board, 12 March 1904, in the", size=8),
        *paragraph(50, 80, "archive of the guild.", size=8),
        Piece(58, 73, "2", 5),
        *paragraph(62, 70, "Ibid.", size=8),
    ]


def test_notes_leave_the_text_their_markers_with_them() -> None:
    content = read_pdf(pdf(noted()))
    assert [(note.number, note.text, note.status) for note in content.notes] == [
        ("1", "Minutes of the board, 12 March 1904, in the archive of the guild.", "whole"),
        ("2", "Ibid.", "whole"),
    ]
    assert text_of(content) == [f"{FULL} {OTHER} {FULL} {OTHER} the ships that did."]


def test_a_note_goes_on_at_the_foot_of_the_next_page() -> None:
    first = [
        *noted()[:-2],
        Piece(58, 73, "2", 5),
        *paragraph(62, 70, "A long note that does not end on this page, for", size=8),
    ]
    second = [*paragraph(50, 540, FULL, OTHER), Rule(50, 150, 100), *paragraph(50, 90, "it goes on here.", size=8)]
    content = read_pdf(pdf(first, second))
    assert content.notes[1].text == "A long note that does not end on this page, for it goes on here."
    assert "goes on here" not in " ".join(text_of(content))


def test_a_marker_without_its_note_is_a_missing_note_and_said() -> None:
    content = read_pdf(pdf(noted()[:-2]))
    assert [(note.number, note.status) for note in content.notes] == [("1", "whole"), ("2", "missing")]
    assert content.warnings == ["notes called in the text but not found: 2"]


def test_a_raised_number_that_no_note_answers_stays_in_the_text() -> None:
    content = read_pdf(pdf([*paragraph(50, 540, FULL, "It has a deck of 400 m"), Piece(139, 532, "2", 6)]))
    assert text_of(content)[0].endswith("400 m2")
    assert content.notes == []


def test_paragraphs_are_parted_by_indents_and_by_gaps() -> None:
    indented = [
        *paragraph(50, 540, FULL, OTHER, "the ships that did."),
        *paragraph(62, 504, OTHER[:-4]),
        *paragraph(50, 492, FULL, "and for the summer."),
        *paragraph(62, 468, OTHER[:-4]),
        *paragraph(50, 456, FULL, OTHER),
    ]
    gapped = [*paragraph(50, 540, FULL, OTHER), *paragraph(50, 506, FULL, OTHER)]
    assert len(text_of(read_pdf(pdf(indented)))) == 3
    assert len(text_of(read_pdf(pdf(gapped)))) == 2


def test_quotations_set_in_and_lists_keep_their_kinds() -> None:
    content = read_pdf(
        pdf(
            [
                *paragraph(50, 540, FULL, "the guild wrote to the board:"),
                *paragraph(80, 506, "We have asked for the least of what is", "ours, and we were sent away."),
                *paragraph(50, 472, OTHER, "the ships that did. It asked for:"),
                *paragraph(65, 440, "1. a lower toll;"),
                *paragraph(65, 426, "2. a second quay."),
            ]
        )
    )
    kinds = [paragraph.kind for section in content.sections for paragraph in section.paragraphs]
    assert kinds == ["prose", "quote", "prose", "item", "item"]


def test_tables_and_captions_are_left_out_and_the_sentence_around_them_is_whole() -> None:
    rows = [("Year", "Toll", "Ships"), ("1901", "two", "forty"), ("1902", "three", "thirty"), ("1903", "four", "ten")]
    cells = [Piece(60 + 80 * j, 440 - 12 * i, cell) for i, row in enumerate(rows) for j, cell in enumerate(row)]
    content = read_pdf(
        pdf(
            [
                *paragraph(50, 540, FULL, OTHER),
                Piece(50, 470, "Table 1. Tolls and ships"),
                Rule(50, 300, 450),
                *cells,
                Rule(50, 300, 400),
                *paragraph(50, 370, "the ships that did, and no more of them than that in all the winter."),
            ]
        )
    )
    assert text_of(content) == [f"{FULL} {OTHER} the ships that did, and no more of them than that in all the winter."]
    assert left_out(content, "caption") == ["Table 1. Tolls and ships"]
    assert left_out(content, "table") == ["Year Toll Ships\n1901 two forty\n1902 three thirty\n1903 four ten"]


def test_a_reference_list_is_left_out_to_the_end_or_the_next_heading() -> None:
    content = read_pdf(
        pdf(
            [
                *paragraph(50, 560, "The Toll", size=14, font="bold"),
                *paragraph(50, 540, FULL, OTHER, "the ships that did."),
                *paragraph(50, 490, "References", size=14, font="bold"),
                *paragraph(50, 470, "Verhoeven, Anna. 2011. Tolls and Patrols. Ghent: Dok."),
                *paragraph(50, 440, "Annex", size=14, font="bold"),
                *paragraph(50, 420, FULL, OTHER, "the ships that did."),
            ]
        )
    )
    assert left_out(content, "reference") == ["References", "Verhoeven, Anna. 2011. Tolls and Patrols. Ghent: Dok."]
    assert [section.title for section in content.sections] == ["The Toll", "Annex"]


def test_line_numbers_and_slanting_watermarks_are_left_out() -> None:
    lines = [FULL, OTHER] * 6
    numbers = [Piece(25, 540 - 12 * i, str(i + 1), 7) for i in range(len(lines))]
    content = read_pdf(pdf([*paragraph(50, 540, *lines), *numbers, Piece(100, 200, "DRAFT", 60, turn=True)]))
    assert text_of(content) == [" ".join(lines)]
    assert left_out(content, "line number") == ["1 2 3 4 5 6 7 8 9 10 11 12"]
    assert left_out(content, "watermark") == ["DRAFT"]


def test_a_drop_capital_joins_its_word() -> None:
    content = read_pdf(
        pdf(
            [
                Piece(50, 516, "T", 36),
                *paragraph(74, 540, "he harbour board met again and set", "the toll for the winter."),
            ]
        )
    )
    assert text_of(content) == ["The harbour board met again and set the toll for the winter."]


def test_word_spaces_are_read_from_gaps_where_none_are_set() -> None:
    content = read_pdf(
        pdf([Piece(50, 540, "tolls"), Piece(72, 540, "and"), Piece(90, 540, "quays"), Piece(112.2, 540, "ide")])
    )
    assert text_of(content) == ["tolls and quayside"]


@dataclass
class Slanted(Piece):
    """A string in upright letters that are drawn aslant."""

    def stream(self) -> bytes:
        return f"BT /roman {self.size} Tf 1 0 0.35 1 {self.x} {self.y} Tm ({self.text}) Tj ET\n".encode()


def test_word_spaces_beside_brackets_and_digits_are_read_in_letters_drawn_aslant() -> None:
    # Widths in Times: of brackets 3.33 points, of digits 5, of a space 2.5; "tolls" has 17.8 points, "in" 7.8.
    words = [(50, "[tolls]"), (76.9, "in"), (87.2, "2019"), (109.7, "rose")]
    content = read_pdf(pdf([Slanted(x, 540, text) for x, text in words]))
    assert text_of(content) == ["[tolls] in 2019 rose"]


def test_letters_drawn_aslant_have_the_size_of_upright_ones_and_end_no_paragraph() -> None:
    line = "The harbour board met again and set the toll for the winter and spring"
    page: list[Drawn] = [Piece(50, 540, line), Slanted(50, 528, line), Piece(50, 516, line)]
    assert len(text_of(read_pdf(pdf(page)))) == 1


def test_pictures_of_pages_are_named_with_the_remedy() -> None:
    with pytest.raises(ExtractionError, match=r"pages 1-2\b.*ocrmypdf"):
        read_pdf(pdf([Picture()], [Picture()]))
    content = read_pdf(pdf([Picture()], paragraph(50, 540, FULL, OTHER)))
    assert content.warnings == ["pages that are pictures without text, not read: 1"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged"),
        (b"%PDF-1.7\n garbage", "damaged"),
        (pdf([]), "no text"),
        (pdf(*[[Piece(50, 50, "a")]] * 4), "4 pages, the limit is 3"),
    ],
)
def test_a_pdf_that_cannot_be_used_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ExtractionError, match=reason):
        read_pdf(data, max_pages=3)


@settings(max_examples=30)
@given(
    st.lists(
        st.lists(st.from_regex(r"[A-Za-z]{1,9}[.,;:]?", fullmatch=True), min_size=1, max_size=9),
        min_size=1,
        max_size=30,
    ),
    st.sampled_from([9, 10, 14]),
)
def test_every_word_drawn_is_in_sections_notes_or_left_out(lines: list[list[str]], size: int) -> None:
    drawn = [Piece(50, 560 - 17 * i, " ".join(words), size) for i, words in enumerate(lines)]
    content = read_pdf(pdf(drawn))
    found = [content.title or "", *(section.title or "" for section in content.sections), *text_of(content)]
    found += [note.text for note in content.notes] + [item.text for item in content.left_out]
    assert sorted(re.findall(r"\w+", " ".join(found))) == sorted(
        word.strip(".,;:") for words in lines for word in words
    )
