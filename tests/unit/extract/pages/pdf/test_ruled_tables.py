"""Tables whose cells are separated by strokes, as different programs draw them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from typesetting import Drawn, Piece, paragraph, pdf

from framescope.extract.content import Content
from framescope.extract.pages.pdf.read import read_pdf

TEXT = (
    "The harbour board met again and set the toll for the winter and spring",
    "No vessel came to the quay in those weeks, and the guild kept count of",
    "the ships that did.",
)
REQUESTS = ("The board asks that the quay", "be repaired before the ice", "comes.")
ANSWERS = ("The guild has sent masons to", "the quay. They will stay until", "the spring.")
ANOTHER = paragraph(
    50, 553, *(f"On day {day} of the winter the board met again to hear the guild, and" for day in range(30))
)
LEFT, MIDDLE, RIGHT = 50, 205, 360


@dataclass
class Box:
    """A filled rectangle, by its edges."""

    left: float
    right: float
    bottom: float
    top: float

    def stream(self) -> bytes:
        return f"{self.left} {self.bottom} {self.right - self.left} {self.top - self.bottom} re f\n".encode()


def cells(y: float, left: tuple[str, ...], right: tuple[str, ...], size: float = 10) -> list[Drawn]:
    return [*paragraph(LEFT + 4, y, *left, size=size), *paragraph(MIDDLE + 4, y, *right, size=size)]


def rows(top: float, count: int = 2) -> list[Drawn]:
    """Column headings and rows of two cells of whole sentences; each row is 50 points high, the headings 20."""
    texts = [cells(top - 34 - 50 * row, REQUESTS, ANSWERS) for row in range(count)]
    return [*cells(top - 14, ("Request",), ("Answer",), size=8), *(piece for text in texts for piece in text)]


def levels(top: float, count: int = 2) -> list[float]:
    return [top, top - 20, *(top - 20 - 50 * row for row in range(1, count + 1))]


def by_cell(top: float) -> list[Drawn]:
    """Strokes that are drawn for each cell, as browsers draw its lower border."""
    return [Box(left, right, y - 0.5, y) for y in levels(top) for left, right in ((LEFT, MIDDLE), (MIDDLE, RIGHT))]


def by_cell_with_corners(top: float) -> list[Drawn]:
    """Strokes of cells with a square where they meet, as word processors draw them."""
    edges = ((LEFT, MIDDLE), (MIDDLE, MIDDLE + 0.5), (MIDDLE + 0.5, RIGHT))
    return [Box(left, right, y - 0.5, y) for y in levels(top) for left, right in edges]


def grid(top: float) -> list[Drawn]:
    """Strokes from edge to edge, and upright ones in each row, as typesetting programs draw them."""
    places = levels(top)
    across = [Box(LEFT, RIGHT, y - 0.4, y) for y in places]
    upright = [Box(x, x + 0.4, below, above) for above, below in pairwise(places) for x in (LEFT, MIDDLE, RIGHT)]
    return [*across, *upright]


def shaded(top: float) -> list[Drawn]:
    """No strokes, but cells with a background in every row."""
    places = levels(top)
    return [
        Box(left, right, below, above)
        for above, below in pairwise(places)
        for left, right in ((LEFT, MIDDLE), (MIDDLE, RIGHT))
    ]


def texts(content: Content) -> list[str]:
    return [paragraph.text for section in content.sections for paragraph in section.paragraphs]


def left_out(content: Content, kind: str) -> str:
    return " ".join(item.text for item in content.left_out if item.kind == kind)


@pytest.mark.parametrize("strokes", [by_cell, by_cell_with_corners, grid])
def test_cells_of_whole_sentences_between_strokes_are_a_table(strokes) -> None:
    page = [*paragraph(50, 560, *TEXT), *strokes(480), *rows(480), *paragraph(50, 310, *TEXT)]
    content = read_pdf(pdf(page, ANOTHER))
    assert texts(content)[:-1] == [" ".join(TEXT)] * 2
    assert "The guild has sent masons" in left_out(content, "table")
    assert "Request" in left_out(content, "table")


def test_cells_with_backgrounds_are_a_table() -> None:
    page = [*paragraph(50, 560, *TEXT), *shaded(480), *rows(480), *paragraph(50, 310, *TEXT)]
    assert texts(read_pdf(pdf(page, ANOTHER)))[:2] == [" ".join(TEXT)] * 2


def test_column_headings_above_the_highest_stroke_belong_to_the_table() -> None:
    strokes = [box for box in by_cell(480) if box.top < 480]
    page = [*paragraph(50, 560, *TEXT), *strokes, *rows(480), *paragraph(50, 310, *TEXT)]
    content = read_pdf(pdf(page, ANOTHER))
    assert "Request" in left_out(content, "table")


def test_a_row_that_goes_on_below_the_lowest_stroke_belongs_to_the_table() -> None:
    page = [*paragraph(50, 560, *TEXT), *by_cell(480), *rows(480, count=3)]
    content = read_pdf(pdf(page, ANOTHER))
    assert texts(content)[:-1] == [" ".join(TEXT)]


def test_rows_below_headings_between_strokes_are_a_table_where_the_page_ends() -> None:
    strokes = [box for box in by_cell_with_corners(480) if box.top > 450]
    table = [*cells(466, ("Request",), ("Answer",), size=8), *cells(446, REQUESTS * 3, ANSWERS * 3)]
    content = read_pdf(pdf([*paragraph(50, 560, *TEXT), *strokes, *table], ANOTHER))
    assert texts(content)[:-1] == [" ".join(TEXT)]


def test_text_and_headings_between_two_tables_stay() -> None:
    page = [
        *by_cell(580),
        *rows(580),
        Piece(50, 430, "The Tolls", 12, "bold"),
        *paragraph(50, 410, *TEXT),
        *by_cell(360),
        *rows(360),
    ]
    content = read_pdf(pdf(page, ANOTHER))
    assert "The Tolls" in [content.title, *(section.title for section in content.sections)]
    assert texts(content)[0] == " ".join(TEXT)


def test_text_in_a_frame_stays() -> None:
    frame = [Box(40, 380, y, y + 0.4) for y in (575, 500, 425)] + [Box(x, x + 0.4, 425, 575) for x in (40, 380)]
    content = read_pdf(pdf([*frame, *paragraph(50, 560, *TEXT), *paragraph(50, 480, *TEXT)]))
    assert texts(content) == [" ".join(TEXT)] * 2


def test_columns_of_text_with_a_stroke_between_them_stay() -> None:
    half = ("The harbour board met", "and set the toll for all", "of the winter and spring,", "and the guild paid.")
    strokes = [Box(50, 360, 585, 585.4), Box(50, 360, 60, 60.4), Box(205, 205.4, 60, 585)]
    page = [*strokes, *paragraph(54, 570, *half * 8), *paragraph(209, 570, *half * 8)]
    content = read_pdf(pdf(page, page))
    assert left_out(content, "table") == ""


def test_a_text_that_is_laid_out_in_a_table_stays() -> None:
    content = read_pdf(pdf([*grid(560), *rows(560, count=2)]))
    assert "The guild has sent masons" in " ".join(texts(content))
    assert left_out(content, "table") == ""


def test_units_and_title_above_a_table_and_notes_below_it_are_captions() -> None:
    page = [
        *paragraph(50, 580, *TEXT),
        Piece(50, 525, "Tolls of the Winter", 11, "bold"),
        Piece(50, 508, "(Thousands of crowns)", 8),
        *by_cell(490),
        *rows(490),
        Piece(50, 358, "a Without the toll on grain.", 8),
        *paragraph(50, 340, "Source: the board of the harbour, and the books of the guild", "of masons. ", size=8),
        *paragraph(50, 290, *TEXT),
    ]
    content = read_pdf(pdf(page, ANOTHER))
    assert [section.title for section in content.sections] == [None]
    assert texts(content)[:2] == [" ".join(TEXT)] * 2
    caption = left_out(content, "caption")
    assert all(part in caption for part in ("Tolls of the Winter", "(Thousands", "a Without", "of masons."))


def test_a_numbered_heading_above_a_table_stays_a_heading() -> None:
    page = [
        *paragraph(50, 580, *TEXT),
        Piece(50, 525, "2.1 Tolls of the Winter", 11, "bold"),
        Piece(50, 508, "(Thousands of crowns)", 8),
        *by_cell(490),
        *rows(490),
        *paragraph(50, 310, *TEXT),
    ]
    content = read_pdf(pdf(page, ANOTHER))
    assert "2.1 Tolls of the Winter" in [section.title for section in content.sections]


def test_a_note_of_the_page_below_a_table_is_a_note() -> None:
    page = [
        *paragraph(50, 580, *TEXT),
        Piece(50 + 81, 556 + 4, "1", 6),
        *by_cell(490),
        *rows(490),
        Piece(50, 345, "__________"),
        Piece(50, 335, "1", 5),
        Piece(54, 332, "Port Review 4, 2011.", 8),
    ]
    content = read_pdf(pdf(page, ANOTHER))
    assert [(note.number, note.text) for note in content.notes] == [("1", "Port Review 4, 2011.")]
    assert "____" in left_out(content, "other")
