"""Displayed formulas: fractions, indices and limits that a PDF draws in pieces are no paragraphs."""

from __future__ import annotations

import pytest
from typesetting import Drawn, Piece, paragraph, pdf

from framescope.extract.content import Content
from framescope.extract.pages.pdf.read import read_pdf

FULL = "The harbour board met again and set the toll for the winter and spring"
OTHER = "No vessel came to the quay in those weeks, and the guild kept count of"
ABOVE, BELOW = (FULL, OTHER, "the ships with this equation:"), (FULL, OTHER, "the ships that did.")


def texts(content: Content) -> list[str]:
    return [paragraph.text for section in content.sections for paragraph in section.paragraphs]


def page(*formula: Drawn) -> bytes:
    return pdf([*paragraph(50, 540, *ABOVE), *formula, *paragraph(50, 440, *BELOW), *paragraph(50, 380, *BELOW)])


@pytest.mark.parametrize(
    "formula",
    [
        [Piece(120, 490, "Toll = Rate + Ships / 2")],
        [Piece(120, 490, "Toll = Rate + Ships / 2"), Piece(325, 490, "(12)")],
        [Piece(66, 497, "Ships", 7), Piece(50, 490, "Rate = "), Piece(66, 484, "Toll + 1", 7)],
        [Piece(90, 500, "N", 5), Piece(80, 490, "y = X"), Piece(90, 481, "i, j", 5)],
    ],
    ids=["alone", "numbered", "fraction", "limits"],
)
def test_displayed_formulas_are_left_out(formula: list[Drawn]) -> None:
    content = read_pdf(page(*formula))
    assert texts(content) == [" ".join(ABOVE), " ".join(BELOW), " ".join(BELOW)]
    assert "=" in " ".join(item.text for item in content.left_out if item.kind == "other")


def test_an_equation_in_a_sentence_stays() -> None:
    lines = ("The board found that the share of the grain in the toll was as low as", "(x = 0.21, N = 40).")
    assert " ".join(lines) in texts(read_pdf(pdf([*paragraph(50, 540, *BELOW), *paragraph(50, 470, *lines)])))


def test_a_sentence_with_an_equation_stays() -> None:
    line = "The toll is the rate of the port, so that x = 2."
    assert line in texts(read_pdf(pdf([*paragraph(50, 540, *BELOW), *paragraph(90, 470, line)])))


def test_a_table_ends_at_its_caption() -> None:
    rows = [
        Piece(x, 560 - 12 * row, cell, 8)
        for row in range(4)
        for x, cell in ((50, f"Port {row}"), (150, f"{row}1.5"), (250, f"{row}7.2"))
    ]
    gap = [
        Piece(50, 466, "The toll on grain"),
        Piece(140, 466, "rose again in the winter, and the guild has"),
        Piece(331, 466, "paid"),
    ]
    content = read_pdf(
        pdf(
            [
                *rows,
                Piece(50, 500, "Table 3: Tolls of the ports", 8),
                *gap,
                *paragraph(50, 454, OTHER, "ships."),
                *paragraph(50, 380, *BELOW),
            ]
        )
    )
    assert "rose again in the winter" in " ".join(texts(content))


def test_lines_of_program_code_are_no_formulas() -> None:
    line = "toll <- ships[, 'rate'] + 2 == 4"
    assert line in " ".join(texts(read_pdf(page(Piece(120, 490, line)))))
