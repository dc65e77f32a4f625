"""Accents drawn apart from their letters."""

import pytest

from framescope.extract.pages.pdf.accents import with_accents
from framescope.extract.pages.pdf.glyphs import Glyph, Style

STYLE = Style(10, 10, bold=False, italic=False, level=True)


def text(*glyphs: tuple[str, float, float]) -> str:
    return "".join(glyph.char for glyph in with_accents([Glyph(*glyph, 0.0, STYLE) for glyph in glyphs]))


@pytest.mark.parametrize(
    ("glyphs", "read"),
    [
        ([("a", 0, 5), ("´", 5, 8), ("ı", 5, 8), ("s", 8, 12)], "aís"),
        ([("¸", 0, 4), ("c", 0, 4), ("˜", 4, 9), ("a", 4, 9), ("o", 9, 14)], "ção"),
        ([("o", 0, 5), ("¨", 1, 4), ("l", 5, 7)], "öl"),
    ],
)
def test_an_accent_over_a_letter_is_part_of_it(glyphs, read):
    assert text(*glyphs) == read


def test_an_accent_beside_a_letter_is_an_apostrophe():
    assert text(("l", 0, 3), ("´", 3, 5), ("a", 5, 10)) == "l´a"


def test_an_accent_over_a_letter_that_has_no_such_form_is_kept():
    assert text(("´", 0, 5), ("q", 0, 5)) == "´q"
