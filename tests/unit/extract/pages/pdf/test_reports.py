"""What reports are made of beside text: charts, tables, slides, lists of contents."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from typesetting import Drawn, Piece, Rule, paragraph, pdf

from framescope.extract.content import Content
from framescope.extract.pages.pdf.read import read_pdf

FULL = "The harbour board met again and set the toll for the winter and spring"
OTHER = "No vessel came to the quay in those weeks, and the guild kept count of"
TEXT = (FULL, OTHER, "the ships that did.")


def texts(content: Content) -> list[str]:
    return [paragraph.text for section in content.sections for paragraph in section.paragraphs]


def left_out(content: Content, kind: str) -> str:
    return " ".join(item.text for item in content.left_out if item.kind == kind)


def test_labels_of_a_chart_are_no_paragraphs() -> None:
    labels = [Piece(60 + 70 * i, 440 - 17 * i, text, 7) for i, text in enumerate(["Tolls", "Ships in port", "Grain"])]
    content = read_pdf(pdf([*paragraph(50, 540, *TEXT), *labels, *paragraph(50, 300, *TEXT)]))
    assert texts(content) == [" ".join(TEXT)] * 2
    assert left_out(content, "table") == "Tolls Ships in port Grain"


def test_a_row_of_figures_is_no_paragraph() -> None:
    content = read_pdf(
        pdf([*paragraph(50, 540, *TEXT), Piece(50, 440, "11.6 13.2 6.5 16.4"), *paragraph(50, 300, *TEXT)])
    )
    assert texts(content) == [" ".join(TEXT)] * 2


def test_a_note_ends_where_text_of_the_body_s_size_begins() -> None:
    below = [Rule(50, 150, 460), Piece(50, 449, "1", 5), Piece(54, 446, "Port Review 4, 2011.", 8)]
    marker = Piece(50 + 360 - 226, 516, "1", 6)
    page = [*paragraph(50, 540, *TEXT), marker, *below, *paragraph(50, 420, *TEXT)]
    content = read_pdf(pdf(page))
    assert " ".join(TEXT) in texts(content)[-1]
    assert all("harbour" not in note.text for note in content.notes)


def test_a_table_in_small_type_is_not_the_rest_of_the_note_before_it() -> None:
    rows = [
        Piece(x, 540 - 10 * row, cell, 8)
        for row in range(8)
        for x, cell in ((50, f"Port {row}"), (150, f"{row}1.5"), (250, f"{row}7.2"))
    ]
    note = [
        Rule(50, 150, 120),
        Piece(50, 112, "1", 6),
        Piece(56, 109, "Port Review 4, 2011, and as the board has told", 8),
    ]
    first = [*paragraph(50, 540, *TEXT * 5), Piece(146, 376, "1", 6), *note]
    content = read_pdf(pdf(first, [*rows, *paragraph(50, 300, *TEXT)]))
    assert all("Port 3" not in note.text for note in content.notes)
    assert "Port 3" in left_out(content, "table")


def test_a_slide_s_first_and_largest_line_is_its_heading_and_bullets_are_items() -> None:
    said = {
        "Port Review": ("was written", "by the board"),
        "Tolls and Trade": ("were raised", "and paid in grain"),
        "Ships at the Quay": ("lay in port", "until the ice broke"),
        "The Guild": ("kept count", "of every vessel"),
    }
    slides = [
        [
            Piece(50, 340, title, 24),
            *paragraph(60, 280, f"• What {first}", second, size=16, leading=18),
            *paragraph(60, 220, f"• Whoever {first}", size=18),
        ]
        for title, (first, second) in said.items()
    ]
    content = read_pdf(pdf(*slides, size=(600, 400)))
    assert [(section.title, section.level) for section in content.sections] == [(title, 1) for title in said]
    assert {p.kind for section in content.sections for p in section.paragraphs} == {"item"}


def test_numbered_headings_at_the_top_of_pages_are_no_running_heads() -> None:
    titles = ["1 Tolls", "2 Ships", "3 Grain", "4 The Guild"]
    pages = [
        [
            Piece(50, 580, "Harbour Quarterly"),
            Piece(50, 550, title, 14, "bold"),
            *paragraph(50, 500, *(line.replace("harbour", title.split()[-1].lower()) for line in TEXT * 3)),
            Piece(200, 30, str(n)),
        ]
        for n, title in enumerate(titles, 1)
    ]
    content = read_pdf(pdf(*pages))
    assert [section.title for section in content.sections] == titles


@pytest.mark.parametrize(("matrix", "x", "step"), [("0 1 -1 0", 60, 12), ("0 -1 1 0", 300, -12)])
def test_a_page_set_across_is_read(matrix: str, x: int, step: int) -> None:
    y = 80 if matrix == "0 1 -1 0" else 500
    lines: list[Drawn] = [Across(x + step * i, y, line, matrix=matrix) for i, line in enumerate(TEXT)]
    assert texts(read_pdf(pdf(lines))) == [" ".join(TEXT)]


@dataclass
class Across(Piece):
    """A string that runs up or down the page."""

    matrix: str = "0 1 -1 0"

    def stream(self) -> bytes:
        return f"BT /roman {self.size} Tf {self.matrix} {self.x} {self.y} Tm ({self.text}) Tj ET\n".encode()


def test_the_lines_of_a_heading_set_with_wide_spacing_are_one_heading() -> None:
    heading = paragraph(50, 560, FULL[:56], "of the Years of Peace", size=12.5, font="bold", leading=22)
    content = read_pdf(
        pdf(
            [
                *heading,
                *paragraph(50, 500, *TEXT * 4),
                *paragraph(50, 300, "Tolls", size=14),
                *paragraph(50, 280, *TEXT),
            ]
        )
    )
    assert FULL[:56] + " of the Years of Peace" in [content.title, *(section.title for section in content.sections)]


def test_entries_with_leaders_are_a_table_of_contents_in_whatever_type() -> None:
    entries = [
        Piece(50, 540 - 20 * i, f"{title.upper()} {'.' * 30}- {i} -", 14)
        for i, title in enumerate(["Tolls", "Ships", "Grain"])
    ]
    content = read_pdf(pdf([*entries, *paragraph(50, 400, *TEXT)], paragraph(50, 540, *TEXT)))
    assert [section.title for section in content.sections] == [None]
    assert "SHIPS" in left_out(content, "other")


def test_the_number_of_a_chapter_joins_its_title_in_other_languages() -> None:
    pages = [
        [
            *paragraph(50, 570 - 20 * n, *TEXT),
            Piece(50, 480 - 20 * n, f"Capítulo {n}", 18),
            Piece(50, 400, title, 18),
            *paragraph(50, 370, *TEXT * 4),
        ]
        for n, title in ((1, "El puerto"), (2, "El gremio"))
    ]
    content = read_pdf(pdf(*pages))
    assert [section.title for section in content.sections if section.title] == [
        "Capítulo 1 El puerto",
        "Capítulo 2 El gremio",
    ]


def test_a_name_in_capitals_with_a_number_is_no_heading() -> None:
    headings = [Piece(50, y, title, 14, "bold") for y, title in ((560, "Ships"), (390, "Tolls"))]
    content = read_pdf(
        pdf([*headings, *paragraph(50, 540, *TEXT), Piece(50, 480, "PHP 5.4"), *paragraph(50, 370, *TEXT)])
    )
    assert "PHP 5.4" not in [section.title for section in content.sections]


def test_the_title_below_the_label_of_a_table_is_no_heading() -> None:
    page = [
        *paragraph(50, 560, *TEXT),
        Piece(50, 500, "Table 4.1", 12),
        Piece(50, 480, "The Tolls and the Ships", 11, "bold"),
        *paragraph(50, 440, *TEXT),
    ]
    content = read_pdf(pdf(page))
    assert [section.title for section in content.sections] == [None]
    assert left_out(content, "caption") == "Table 4.1 The Tolls and the Ships"


def test_bold_words_run_in_are_no_heading_and_end_no_paragraph() -> None:
    page = [
        *paragraph(50, 560, *TEXT),
        Piece(50, 500, "The board of the harbour will meet again in the autumn of the", 10, "bold"),
        Piece(338, 500, "year. It"),
        *paragraph(50, 488, FULL, "."),
    ]
    content = read_pdf(pdf(page))
    assert [section.title for section in content.sections] == [None]
    assert texts(content)[1].startswith("The board")
    assert FULL in texts(content)[1]


def test_wrapped_cells_belong_to_the_rows_of_a_table_that_ends_flush() -> None:
    rows: list[Drawn] = []
    for row in range(4):
        y = 480 - 60 * row
        rows += [Piece(50, y, f"Port {row}"), Piece(130, y, f"201{row}"), Piece(360, y, "Link")]
        rows += paragraph(
            190, y, "the guild has taken up", "the question of the toll", "and has put it to the", "board", "again"
        )
    content = read_pdf(pdf([*paragraph(50, 560, *TEXT), *rows, *paragraph(50, 220, *TEXT)]))
    assert texts(content) == [" ".join(TEXT)] * 2


def test_lines_that_stand_apart_below_the_text_of_all_other_pages_are_a_footer() -> None:
    foot = ["Proceedings of the Harbour Conference, Port Town"]
    days = ("Monday", "Tuesday", "Thursday", "Friday")
    pages = [[*paragraph(50, 540, *(f"On {day} {i} the board met again, and" for i in range(20)))] for day in days]
    pages[0] += paragraph(60, 60, *foot, size=8)
    content = read_pdf(pdf(*pages))
    assert left_out(content, "footer") == foot[0]


def test_text_that_other_text_is_printed_over_is_left_out() -> None:
    hidden = [Piece(60, 531, "Source of the chart: the annual report of the guild", 7)]
    content = read_pdf(pdf([*paragraph(50, 540, *TEXT), *hidden]))
    assert texts(content) == [" ".join(TEXT)]
    assert "Source of the chart" in left_out(content, "other")


def test_small_notes_of_a_figure_right_below_its_labels_are_a_caption() -> None:
    page = [
        *paragraph(50, 540, *TEXT),
        Piece(50, 470, "Ships of the guild", 8),
        *paragraph(50, 461, "Notes: The figure shows the ships that paid a toll in the", "winter.", size=8, leading=9),
        *paragraph(50, 410, *TEXT),
    ]
    content = read_pdf(pdf(page))
    assert left_out(content, "caption") == "Notes: The figure shows the ships that paid a toll in the winter."
    assert [text for text in texts(content) if "Notes:" in text] == []


def test_bold_words_run_in_over_two_lines_are_no_heading_and_end_no_paragraph() -> None:
    first, bold = "The toll on grain and the ships that bring it to the quay of the old", "town of the guild."
    page = [
        *paragraph(50, 560, *TEXT),
        Piece(50, 500, first, 10, "bold"),
        Piece(50, 488, bold, 10, "bold"),
        Piece(140, 488, "It fell in the spring, and nobody asked why it had"),
        *paragraph(50, 476, "fallen."),
    ]
    content = read_pdf(pdf(page))
    assert [section.title for section in content.sections] == [None]
    assert texts(content)[1] == f"{first} {bold} It fell in the spring, and nobody asked why it had fallen."


def test_small_capitals_that_fill_a_line_end_no_paragraph() -> None:
    lines = [
        Piece(50, 500, "The board names in its book the tolls of the harbour, which are those on"),
        Piece(50, 488, "GRAIN, TIMBER, STONE, SALT, FISH, WOOL, WINE, IRON, COPPER, CLOTH AND", 7.8),
        Piece(50, 476, "of these the guild pays the first and the last in the spring, as before."),
    ]
    content = read_pdf(pdf([*paragraph(50, 560, *TEXT), *lines]))
    assert len(texts(content)) == 2


def test_a_change_of_type_within_an_item_ends_no_item() -> None:
    items = [
        Piece(50, 480, "•"),
        Piece(60, 480, "The guild asks that the", 10, "bold"),
        Piece(60, 468, "toll be paid in grain. See the letters of the board,"),
        Piece(60, 456, "harbour.example/letters", 7),
        Piece(50, 444, "•"),
        Piece(60, 444, "The board agrees."),
    ]
    content = read_pdf(pdf([*paragraph(50, 560, *TEXT), *items]))
    assert [text.split()[0] for text in texts(content)] == ["The", "The", "The"]
