"""Accents that a PDF draws as separate glyphs over a letter, as with TeX's older fonts."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from framescope.extract.pages.pdf.glyphs import Glyph

COMBINING = {
    "´": "\u0301",
    "`": "\u0300",
    "‘": "\u0300",
    "ˆ": "\u0302",
    "^": "\u0302",
    "˜": "\u0303",
    "~": "\u0303",
    "¨": "\u0308",
    "¸": "\u0327",
    "˚": "\u030a",
    "ˇ": "\u030c",
    "˘": "\u0306",
    "¯": "\u0304",
    "˙": "\u0307",
    "˝": "\u030b",
    "˛": "\u0328",
}
DOTLESS = {"ı": "i", "ȷ": "j"}


def with_accents(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Glyphs with each accent joined to the letter below it, which is drawn next or before."""
    result: list[Glyph] = []
    accent = False
    for glyph in glyphs:
        before, accent = accent, glyph.char in COMBINING
        if result and (before or accent) and (joined := _joined(result[-1], glyph) or _joined(glyph, result[-1])):
            result[-1], accent = joined, False
        else:
            result.append(glyph)
    return result


def _joined(accent: Glyph, letter: Glyph) -> Glyph | None:
    """The accented letter, if the accent is over the letter and Unicode has a character for both; otherwise None."""
    mark = COMBINING.get(accent.char)
    if mark is None or not letter.char.isalpha():
        return None
    centre = (accent.left + accent.right) / 2
    over = letter.left <= centre <= letter.right and abs(accent.baseline - letter.baseline) < 0.5 * letter.style.size
    whole = unicodedata.normalize("NFC", DOTLESS.get(letter.char, letter.char) + mark)
    return letter._replace(char=whole) if over and len(whole) == 1 else None
