"""The glyphs, drawn rules and outline of a PDF, page by page."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
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
# Letters from this code on, such as those of Arabic, have several forms of different widths in a font. So have those
# with which ligatures begin, as some maps name a ligature by its first letter alone.
SEVERAL_FORMS, LIGATED = 0x0590, "ftT"
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


def _unchecked(function: Any, result: Any) -> Any:
    """A function of the parser that does not check its arguments, which takes longer than to call it."""
    return ctypes.CFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_text_object = _unchecked(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_origin = _unchecked(pdfium.FPDFText_GetCharOrigin, ctypes.c_int)
_box = _unchecked(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)


def _read_glyphs(text: Any, sheet: Sheet, turn: int, frame: tuple[float, float, float, float]) -> None:
    """Add the glyphs of a page to its sheet. The parser is asked once for what is common to a text object or a font."""
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    to_x, to_y, to_box = map(ctypes.byref, (x, y, box))
    at = ctypes.cast(text, ctypes.c_void_p)
    fonts, objects, glyphs = _Fonts(text, turn), dict[int, tuple[Style, int]](), sheet.glyphs
    before = float("nan")
    for index, code in enumerate(_codes(text)):
        if code in (10, 13, 32) and pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        key = _text_object(at, index) or 0
        if key not in objects:
            objects[key] = fonts.drawn(index, key)
        style, font = objects[key]
        char = _char(code)
        if char is None:
            sheet.unreadable += 1
            continue
        if fonts.unmapped(font, code, index):
            sheet.unmapped += 1
            char = {"'": "’", "`": "‘"}.get(char, char)
        _origin(at, index, to_x, to_y)
        left, baseline = x.value, y.value
        if turn:
            _box(at, index, to_box)
            glyphs.append(_turned(char, left, baseline, box, style, turn, frame))
            continue
        narrow = left != before and (style.slanted or char.isalpha())
        one_form = narrow and code < SEVERAL_FORMS and char not in LIGATED
        width = fonts.widths.get((font, code, style)) if one_form else None
        if width is None:
            _box(at, index, to_box)
            width = max(box.right - left, 0.0)
            if narrow:
                advance = fonts.advance(font, code) * style.em
                width = fonts.widths[font, code, style] = min(width, advance) if advance else width
        before = left
        glyph = Glyph(char, left, left + width, baseline, style)
        glyphs.append(_raised(text, index, glyph) if char.isdigit() else glyph)


def _codes(text: Any) -> Sequence[int]:
    """The Unicode numbers of a page's characters, read at once unless characters have none or two code units."""
    count = pdfium.FPDFText_CountChars(text)
    units = (ctypes.c_ushort * (count + 1))()
    read = pdfium.FPDFText_GetText(text, 0, count, units)
    if read == count + 1 and not any(0xD800 <= unit < 0xE000 for unit in units):
        return list(units)[:count]
    return [pdfium.FPDFText_GetUnicode(text, index) for index in range(count)]


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
    """The fonts of a page: how text objects look, and what is common to all glyphs of a character in a font.

    Some programs make a text object of each letter. Boxes of characters include the parts that overhang their advance;
    `widths` are those of letters in a font and a style without such parts.
    """

    def __init__(self, text: Any, turn: int) -> None:
        self._text, self._turn = text, turn
        self._fonts: dict[int, Any] = {}
        self._faces: dict[int, tuple[bool, bool]] = {}
        self._styles: dict[tuple[Any, ...], Style] = {}
        self.widths: dict[tuple[int, int, Style], float] = {}
        self._unmapped: dict[tuple[int, int], bool] = {}
        self._width, self._matrix = ctypes.c_float(), pdfium.FS_MATRIX()

    def drawn(self, index: int, key: int) -> tuple[Style, int]:
        """The look and the font of the text object of a character; `key` is 0 if it has none."""
        handle = pdfium.FPDFText_GetTextObject(self._text, index) if key else None
        font = pdfium.FPDFTextObj_GetFont(handle) if handle else None
        address = ctypes.addressof(font.contents) if font else 0
        self._fonts[address] = font
        if address not in self._faces or not address:
            self._faces[address] = _face(self._text, index)
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._text, index, matrix)
        size = pdfium.FPDFText_GetFontSize(self._text, index)
        look = self._faces[address], size, (matrix.a, matrix.b, matrix.c, matrix.d)
        if look not in self._styles:
            self._styles[look] = _style(*look, self._turn)
        return self._styles[look], address

    def advance(self, font: int, code: int) -> float:
        """The advance width of a character of a font in ems; 0 if the font does not state it."""
        known = self._fonts[font]
        stated = known and pdfium.FPDFFont_GetGlyphWidth(known, code, ctypes.c_float(1.0), self._width)
        return self._width.value if stated else 0.0

    def unmapped(self, font: int, code: int, index: int) -> bool:
        """Whether a font's Unicode map has no entry for a character."""
        place = (font, code)
        if place not in self._unmapped:
            self._unmapped[place] = pdfium.FPDFText_HasUnicodeMapError(self._text, index) == 1
        return self._unmapped[place]


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
