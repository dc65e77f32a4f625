"""The glyphs, drawn rules and outline of a PDF, page by page."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from framescope.document import ExtractionError
from framescope.extract.pages.lines import TEX
from framescope.extract.pages.pdf.drawings import read_drawings

BOLD = re.compile(r"bold|black|heavy|semibd|demi|cmbx|sfbx|ecbx|cmssbx|-bd\b|medi(?:um)?(?:ital)?$", re.IGNORECASE)
ITALIC = re.compile(r"ital|obliq|slant|cmti|cmsl|sfti|ecti|cmmi|-it\b", re.IGNORECASE)
# Characters that the parser gives for a hyphen at a line end.
HYPHENS = dict.fromkeys(map(ord, "\x02\ufffe\xad\u2010\u2011"), "-")
UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\uffff]")
# Letters are drawn aslant if they lean by at least this part of their height.
LEAST_SLANT = 0.1
# A page with fewer glyphs may be a map or a drawing with words along its lines.
FEWEST_TURNED = 100
SPACE = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t "


class Style(NamedTuple):
    """The look of a text object: type size, width of an em in points, whether bold, italic, and horizontal.

    `slanted` says that upright letters are drawn aslant instead of italic ones.
    """

    size: float
    em: float
    bold: bool
    italic: bool
    level: bool
    slanted: bool = False


class Glyph(NamedTuple):
    """One character with its left and right edges and its baseline, in points from the page's lower left corner."""

    char: str
    left: float
    right: float
    baseline: float
    style: Style


@dataclass
class Sheet:
    """The glyphs and strokes of one page.

    `rules` are left, right and height of thin horizontal strokes, `drawn` the left, right, lower and upper edges of all
    lines and rectangles. `unreadable` is the number of codes that are not
    characters, `unmapped` that of glyphs without an entry in the font's Unicode map, which may be wrong. `pictured`
    says that the page has an image.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    drawn: list[tuple[float, float, float, float]] = field(default_factory=list)
    unreadable: int = 0
    unmapped: int = 0
    pictured: bool = False


def open_pdf(data: bytes, max_pages: int) -> pypdfium2.PdfDocument:
    """An opened PDF of at most `max_pages` pages.

    Raises: ExtractionError if it is locked, damaged, empty or too long.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ExtractionError(
                "", "the PDF is locked with a password", "Save a copy without the password and use that."
            ) from error
        raise ExtractionError(
            "", "the PDF is damaged or incomplete", "Open it in a reader, save it anew, or fetch it again."
        ) from error
    if len(document) == 0:
        raise ExtractionError("", "the PDF has no pages", "Fetch or export it again.")
    if len(document) > max_pages:
        raise ExtractionError(
            "",
            f"the PDF has {len(document)} pages, the limit is {max_pages}",
            "Split it, or raise the limit of pages in the configuration.",
        )
    return document


def sheets(document: pypdfium2.PdfDocument) -> Iterator[Sheet]:
    """The pages of an opened PDF, one at a time."""
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError as error:
            raise ExtractionError(
                "", f"page {index + 1} of the PDF is damaged", "Open it in a reader and save it anew."
            ) from error
        try:
            yield _upright(page, index + 1)
        finally:
            page.close()


def outline(document: pypdfium2.PdfDocument) -> list[tuple[str, int]]:
    """The titles and levels (from 1) of the PDF's outline, in order."""
    return [(item.get_title().strip(), item.level + 1) for item in document.get_toc()]


def _upright(page: Any, number: int) -> Sheet:
    """The glyphs and strokes of a page, rotated so that most of its text is horizontal, if the PDF does not say so."""
    sheet = _sheet(page, number)
    shown = page.get_rotation()
    for turn in (90, 270):
        if _level(sheet):
            return sheet
        page.set_rotation((shown + turn) % 360)
        turned = _sheet(page, number)
        if _level(turned):
            return turned
    page.set_rotation(shown)
    return sheet


def _level(sheet: Sheet) -> bool:
    """Whether at least half of the glyphs are horizontal, or there are too few to decide."""
    return len(sheet.glyphs) < FEWEST_TURNED or 2 * sum(glyph.style.level for glyph in sheet.glyphs) >= len(
        sheet.glyphs
    )


def _sheet(page: Any, number: int) -> Sheet:
    width, height = page.get_size()
    sheet = Sheet(number, width, height)
    turn = page.get_rotation()
    frame = page.get_mediabox()
    textpage = page.get_textpage()
    _read_glyphs(textpage.raw, sheet, turn, frame)
    textpage.close()
    drawings = read_drawings(page, turn)
    sheet.rules, sheet.drawn, sheet.pictured = drawings.rules, drawings.drawn, drawings.pictured
    return sheet


def _read_glyphs(text: Any, sheet: Sheet, turn: int, frame: tuple[float, float, float, float]) -> None:
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    fonts, styles = _Fonts(text, turn), dict[int, Style]()
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (10, 13, 32) and pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        handle = pdfium.FPDFText_GetTextObject(text, index)
        key = ctypes.addressof(handle.contents) if handle else 0
        style = styles.get(key)
        if style is None:
            style = styles[key] = fonts.style(handle, key, index)
        char = _char(code)
        if char is None:
            sheet.unreadable += 1
            continue
        if pdfium.FPDFText_HasUnicodeMapError(text, index) == 1:
            sheet.unmapped += 1
            char = {"'": "’", "`": "‘"}.get(char, char)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        if turn == 0:
            right = max(box.right, x.value)
            if (char.isalpha() or style.slanted) and not (sheet.glyphs and sheet.glyphs[-1].left == x.value):
                advance = fonts.advance(key, code) * style.em
                right = min(right, x.value + advance) if advance else right
            glyph = Glyph(char, x.value, right, y.value, style)
            sheet.glyphs.append(_raised(text, index, glyph) if char.isdigit() else glyph)
        else:
            sheet.glyphs.append(_turned(char, x.value, y.value, box, style, turn, frame))


@lru_cache(maxsize=4096)
def _char(code: int) -> str | None:
    """The text of a character code, or None if it has none."""
    char = TEX.get(code) or chr(code).translate(HYPHENS)
    return None if UNREADABLE.fullmatch(char) else char


def _raised(text: Any, index: int, glyph: Glyph) -> Glyph:
    """A digit, set small and high if its shape is a superscript at full size, as some fonts have them."""
    left, right, bottom, top = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    size = glyph.style.size
    if bottom.value - glyph.baseline < 0.2 * size or top.value - bottom.value > 0.55 * size:
        return glyph
    return glyph._replace(baseline=glyph.baseline + 0.35 * size, style=glyph.style._replace(size=0.6 * size))


class _Fonts:
    """The fonts of a page: how text objects look, and the advance width of each character in ems.

    Some programs make a text object of each letter. Boxes of characters include the parts that overhang their advance.
    """

    def __init__(self, text: Any, turn: int) -> None:
        self._text, self._turn = text, turn
        self._fonts: dict[int, tuple[Any, int]] = {}
        self._faces: dict[int, tuple[bool, bool]] = {}
        self._styles: dict[tuple[Any, ...], Style] = {}
        self._widths: dict[tuple[int, int], float] = {}
        self._width, self._matrix = ctypes.c_float(), pdfium.FS_MATRIX()

    def style(self, handle: Any, key: int, index: int) -> Style:
        """The look of a text object, which is known by its handle, its address and one of its characters."""
        font = pdfium.FPDFTextObj_GetFont(handle) if handle else None
        address = ctypes.addressof(font.contents) if font else 0
        self._fonts[key] = font, address
        if address not in self._faces or not address:
            self._faces[address] = _face(self._text, index)
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._text, index, matrix)
        size = pdfium.FPDFText_GetFontSize(self._text, index)
        look = self._faces[address], size, (matrix.a, matrix.b, matrix.c, matrix.d)
        if look not in self._styles:
            self._styles[look] = _style(*look, self._turn)
        return self._styles[look]

    def advance(self, key: int, code: int) -> float:
        """The advance width of a character of a text object's font; 0 if the font does not state it."""
        font, address = self._fonts[key]
        place = (address, code)
        if place not in self._widths:
            stated = pdfium.FPDFFont_GetGlyphWidth(font, code, ctypes.c_float(1.0), self._width) if font else 0
            self._widths[place] = self._width.value if stated else 0.0
        return self._widths[place]


def _turned(
    char: str, x: float, y: float, box: Any, style: Style, turn: int, frame: tuple[float, float, float, float]
) -> Glyph:
    """A glyph of a page that is shown turned by 90, 180 or 270 degrees, in the coordinates of the page as shown."""
    left, bottom, right, top = frame
    if turn == 90:
        return Glyph(char, y - bottom, max(box.top, y) - bottom, right - x, style)
    if turn == 180:
        return Glyph(char, right - x, right - min(box.left, x), top - y, style)
    return Glyph(char, top - y, top - min(box.bottom, y), x - left, style)


@lru_cache(maxsize=1024)
def _look(name: bytes) -> tuple[bool, bool]:
    """Whether a font's name says that it is bold, and italic."""
    font = name.decode("utf-8", "replace")
    return bool(BOLD.search(font)), bool(ITALIC.search(font))


def _face(text: Any, index: int) -> tuple[bool, bool]:
    """Whether the font of a character is bold, and italic."""
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(256)
    pdfium.FPDFText_GetFontInfo(text, index, name, 256, flags)
    bold, italic = _look(name.value)
    return bold or bool(flags.value & (1 << 18)), italic or bool(flags.value & (1 << 6))


def _style(face: tuple[bool, bool], size: float, matrix: tuple[float, float, float, float], turn: int) -> Style:
    """The look of text in a face and a size that a matrix scales, slants and turns, on a page shown turned."""
    a, b, c, d = matrix
    along = {0: a, 90: b, 180: -a, 270: -b}[turn]
    width = (a**2 + b**2) ** 0.5 or 1.0
    height = abs(a * d - b * c) / width or 1.0
    slanted = abs(a * c + b * d) > LEAST_SLANT * width * height
    return Style(
        size=round(size * height, 2),
        em=size * width,
        bold=face[0],
        italic=face[1] or slanted,
        level=along > 0.9 * width,
        slanted=slanted,
    )
