"""Listings of program code in PDFs are no running text."""

from __future__ import annotations

from typesetting import Piece, paragraph, pdf

from framescope.extract.content import Content
from framescope.extract.pages.pdf.read import read_pdf

TEXT = (
    "The harbour board met again and set the toll for the winter and spring",
    "No vessel came to the quay in those weeks, and the guild kept count of",
    "the ships that did.",
)
CODE = (
    "library(tolls)",
    "# the tolls of the winter, which the guild has counted",
    "ships <- read_csv('ships.csv')",
    "model <- fit(toll ~ ships + grain,",
    "data = ships, robust = 'yes',",
    "names = c('ships', 'grain'))",
    "the board and the guild of the harbour",
    "summary(model)",
    "plot(model$residuals)",
)


def texts(content: Content) -> list[str]:
    return [paragraph.text for section in content.sections for paragraph in section.paragraphs]


def left_out(content: Content) -> str:
    return " ".join(item.text for item in content.left_out if item.kind == "other")


def test_a_listing_is_left_out_with_its_comments_and_lines_without_signs() -> None:
    content = read_pdf(pdf([*paragraph(50, 560, *TEXT), *paragraph(50, 490, *CODE), *paragraph(50, 350, *TEXT)]))
    assert texts(content) == [" ".join(TEXT)] * 2
    assert all(line in left_out(content) for line in CODE)


def test_a_heading_between_two_listings_stays() -> None:
    page = [
        *paragraph(50, 580, *TEXT),
        *paragraph(50, 520, *CODE),
        Piece(50, 390, "Second Model", 14, "bold"),
        *paragraph(50, 370, *CODE),
        *paragraph(50, 240, *TEXT),
    ]
    assert "Second Model" in [section.title for section in read_pdf(pdf(page)).sections]


def test_two_lines_of_code_in_a_text_stay() -> None:
    content = read_pdf(pdf([*paragraph(50, 560, *TEXT), *paragraph(50, 490, *CODE[2:4]), *paragraph(50, 440, *TEXT)]))
    assert CODE[2] in " ".join(texts(content))


def test_addresses_with_underscores_in_a_text_stay() -> None:
    lines = [f"The board wrote to the guild, and the guild to port_{n} (see its letters" for n in range(4)]
    content = read_pdf(pdf([*paragraph(50, 560, *TEXT), *paragraph(50, 490, *lines, "of the winter).")]))
    assert "port_3" in " ".join(texts(content))
