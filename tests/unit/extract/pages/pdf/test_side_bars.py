"""Side bars, line numbers in several columns, quotations in large type and notes at the end of a text."""

from __future__ import annotations

from typesetting import Drawn, Piece, paragraph, pdf

from framescope.extract.content import Content
from framescope.extract.pages.pdf.read import read_pdf

LINES = [
    "The harbour board met again and set the toll for the",
    "winter, and no vessel came to the quay in those weeks",
    "while the guild kept count of the ships that did and",
    "of the grain that they had carried from the north to",
    "the mills of the town, which stood idle for a month",
    "until the ice broke and the first boats could be seen",
    "from the tower, and the board met again to lower the",
    "toll for all who had waited through the winter for it.",
]
BAR = ["Received:", "12 January", "Accepted:", "2 March", "Published:", "30 March", "Edited by:", "A. Petrova"]


def texts(content: Content) -> list[str]:
    return [paragraph.text for section in content.sections for paragraph in section.paragraphs]


def left_out(content: Content, kind: str) -> str:
    return " ".join(item.text for item in content.left_out if item.kind == kind)


def test_a_narrow_column_of_small_type_beside_the_text_is_left_out() -> None:
    bar = paragraph(30, 540, *BAR, size=6.5)
    content = read_pdf(pdf([*paragraph(110, 540, *LINES), *bar]))
    assert texts(content) == [" ".join(LINES)]
    assert left_out(content, "other") == " ".join(BAR)


def test_a_narrow_column_in_the_size_of_the_text_is_read() -> None:
    content = read_pdf(pdf([*paragraph(110, 540, *LINES), *paragraph(30, 540, *BAR, size=10)]))
    assert "Petrova" in " ".join([*texts(content), left_out(content, "table")])
    assert "Petrova" not in left_out(content, "other")


def test_line_numbers_beside_each_of_two_columns_are_left_out() -> None:
    def column(x: float, first: int) -> list[Drawn]:
        numbers = [Piece(x - 16, 540 - 12 * i, f"{first + i:02}", 6) for i in range(len(LINES))]
        return [*paragraph(x, 540, *LINES, size=7), *numbers]

    content = read_pdf(pdf([*column(40, 1), *column(230, 31)]))
    assert texts(content) == [" ".join([*LINES, *LINES])] or texts(content) == [" ".join(LINES)] * 2
    assert left_out(content, "line number").split() == [f"{n:02}" for n in [*range(1, 9), *range(31, 39)]]


def test_numbers_of_notes_in_a_column_of_their_own_are_no_line_numbers() -> None:
    notes = [
        piece
        for i in range(12)
        for piece in (Piece(40, 540 - 12 * i, str(i + 1)), Piece(60, 540 - 12 * i, f"Register of the guild, page {i}."))
    ]
    assert left_out(read_pdf(pdf([*notes])), "line number") == ""


def test_a_quotation_in_larger_type_is_no_heading() -> None:
    quotation = Piece(60, 420, "No toll shall be asked of those who have waited.", 12)
    content = read_pdf(pdf([*paragraph(50, 540, *LINES), quotation, *paragraph(50, 390, *LINES)]))
    assert [section.title for section in content.sections] == [None]


def test_a_marker_nearly_as_large_as_the_text_is_a_marker() -> None:
    marked = [*paragraph(50, 540, *LINES[:-1], "toll for all."), Piece(103.5, 460.5, "1", 9)]
    note = Piece(50, 400, "1. Register of the guild, page 7.")
    content = read_pdf(pdf([*marked, note]))
    assert [(item.number, item.text) for item in content.notes] == [("1", "Register of the guild, page 7.")]
    assert texts(content)[0].endswith("toll for all.")
