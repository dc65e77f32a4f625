"""PDF: from glyphs to lines, columns, running heads and feet, notes, headings and paragraphs."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import groupby

from framescope.document import ExtractionError, LeftOut, LeftOutKind
from framescope.extract.content import Content
from framescope.extract.pages import furniture
from framescope.extract.pages.assemble import assemble
from framescope.extract.pages.lines import Line
from framescope.extract.pages.pdf.beside_tables import mark_neighbours
from framescope.extract.pages.pdf.body import Rule, typeset_body
from framescope.extract.pages.pdf.columns import regions
from framescope.extract.pages.pdf.glyphs import Glyph, Sheet, open_pdf, outline, sheets
from framescope.extract.pages.pdf.right_to_left import visual_order
from framescope.extract.pages.pdf.ruled_tables import Drawn, without_ruled_tables
from framescope.extract.pages.pdf.words import lines_of, without_line_numbers, words

# A slide has fewer words than this; a page of text has more.
MOST_ON_SLIDE = 150
# If tables hold a larger share of the words, they are the layout of the text.
MOST_TABLED = 0.5
# A stroke that is set as text, such as the one above notes.
STROKE = re.compile(r"_{3,}")
# The largest page of the format is 14,400 points wide.
LARGEST, FARTHEST = 2_000, 15_000


@dataclass
class _Page:
    """A page's lines in reading order, its strokes, measured from the top, and the text that is left out.

    `tabled` is the number of words in ruled tables.
    """

    lines: list[Line]
    rules: list[Rule]
    left_out: list[LeftOut]
    unreadable: int
    doubtful: int
    scanned: bool
    wide: bool
    tabled: int


def read_pdf(data: bytes, max_pages: int = 3000) -> Content:
    """The sections, notes and left-out text of a PDF.

    Raises: ExtractionError if it cannot be read or has no text.
    """
    document = open_pdf(data, max_pages)
    try:
        pages = [_page(sheet) for sheet in sheets(document)]
        if _laid_out_in_tables(pages):
            pages = [_page(sheet, ruled=False) for sheet in sheets(document)]
        titles = outline(document)
    finally:
        document.close()
    warnings = _check(pages)
    slides = _slides(pages)
    kept, edges = furniture.split([page.lines for page in pages], slides)
    body = typeset_body(kept, [page.rules for page in pages], titles, slides)
    left_out = [*edges, *(item for page in pages for item in page.left_out), *body.left_out]
    content = assemble(body.blocks, body.notes, left_out, paged=True, typeset=True, lines=body.lines)
    content.pages, content.warnings = len(pages), [*warnings, *content.warnings]
    return content


def _laid_out_in_tables(pages: list[_Page]) -> bool:
    """Whether most words are in ruled tables, which then serve the layout of the text."""
    tabled = sum(page.tabled for page in pages)
    return tabled > MOST_TABLED * (tabled + sum(len(line.text.split()) for page in pages for line in page.lines))


def _page(sheet: Sheet, ruled: bool = True) -> _Page:
    """The lines of a page; the words of tables are among them unless tables are `ruled`."""
    hidden = [glyph for glyph in sheet.glyphs if not _visible(glyph)]
    gone = set(map(id, hidden))
    seen = [glyph for glyph in sheet.glyphs if id(glyph) not in gone] if hidden else sheet.glyphs
    found, numbers = without_line_numbers(words([glyph for glyph in seen if glyph.style.level]))
    found, tables = without_ruled_tables(found, [Drawn(*edges) for edges in sheet.drawn]) if ruled else (found, [])
    lines = [line for column, region in enumerate(regions(found)) for line in lines_of(region, sheet.number, column)]
    lines, under = _uncovered(lines)
    strokes = [line for line in lines if STROKE.fullmatch(line.text)]
    lines = [line for line in lines if not STROKE.fullmatch(line.text)]
    printed = [lines_of(table, sheet.number, 0) for table in tables]
    mark_neighbours(lines, printed)
    _place(lines, strokes, sheet.height)
    aside: list[tuple[LeftOutKind, str]] = [
        ("watermark", "".join(glyph.char for glyph in seen if not glyph.style.level)),
        ("line number", " ".join(numbers)),
        ("other", "".join(glyph.char for glyph in hidden)),
        ("other", " ".join(line.plain for line in under)),
        ("other", " ".join(line.text for line in strokes)),
        *(("table", "\n".join(line.plain for line in table)) for table in printed),
    ]
    return _Page(
        lines,
        [
            *((left, right, sheet.height - height) for left, right, height in sheet.rules),
            *((line.left, line.right, line.top) for line in strokes),
        ],
        [LeftOut(kind, text.strip(), sheet.number) for kind, text in aside if text.strip()],
        sheet.unreadable,
        sheet.unmapped,
        sheet.pictured and not lines,
        sheet.width > sheet.height,
        sum(map(len, tables)),
    )


def _place(lines: list[Line], strokes: list[Line], height: float) -> None:
    """Measure the places of lines from the top of the page, and mark the lines that stand apart."""
    for line in [*lines, *strokes]:
        line.top += height
        line.slot = line.top
    tops = sorted(line.top for line in lines)
    for line in lines:
        near = slice(bisect_left(tops, line.top - 1.6 * line.size), bisect_right(tops, line.top + 1.6 * line.size))
        line.isolated = all(abs(top - line.top) < 0.5 for top in tops[near])


def _uncovered(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Lines, and those that larger or longer ones are printed over, as on the text of a picture that is clipped."""
    ordered = sorted(lines, key=lambda line: line.top)
    under: list[Line] = []
    for i, line in enumerate(ordered):
        for other in ordered[i + 1 : i + 4]:
            small, _ = sorted((line, other), key=lambda drawn: (drawn.size, len(drawn.text)))
            shared = min(line.right, other.right) - max(line.left, other.left)
            over = other.top - line.top < 0.55 * small.size and shared > 0.6 * (small.right - small.left)
            if over and len(small.text) > 1:
                under.append(small)
    hidden = {id(line) for line in under}
    return [line for line in lines if id(line) not in hidden], [line for line in ordered if id(line) in hidden]


def _slides(pages: list[_Page]) -> bool:
    """Whether a document is slides: most pages are wider than high and have few words."""
    wide = sum(page.wide for page in pages)
    words = sum(len(line.text.split()) for page in pages for line in page.lines)
    return wide > len(pages) / 2 and words < MOST_ON_SLIDE * len(pages)


def _visible(glyph: Glyph) -> bool:
    """Whether a glyph has a possible size and position; in damaged files some do not."""
    return 0.5 < glyph.style.size < LARGEST and abs(glyph.left) < FARTHEST and abs(glyph.baseline) < FARTHEST


def _check(pages: list[_Page]) -> list[str]:
    """Warnings about pages without usable text.

    Raises: ExtractionError if no page has any.
    """
    text = "".join(line.plain for page in pages for line in page.lines)
    scanned = [number for number, page in enumerate(pages, 1) if page.scanned]
    unreadable = [number for number, page in enumerate(pages, 1) if page.unreadable]
    doubtful = sum(page.doubtful for page in pages)
    lost = sum(page.unreadable for page in pages)
    if lost > len(text) or (doubtful > 0.3 * len(text) and not _language(text)):
        raise ExtractionError(
            "",
            "the PDF's letters have no Unicode map, so that its text is noise",
            "Export it again with another program, or run it through ocrmypdf --force-ocr.",
        )
    if visual_order(text):
        raise ExtractionError(
            "",
            "its right-to-left letters are stored in the order in which they are drawn, so that its words are reversed",
            "Export it again from the program that made it, or use the text in another format.",
        )
    if not text and scanned:
        raise ExtractionError(
            "",
            f"the PDF has pictures of pages and no text (pages {_numbers(scanned)})",
            "Install ocrmypdf and set ocr: true, or run it through ocrmypdf first.",
        )
    if not text:
        raise ExtractionError("", "the PDF has no text", "Check that it is the right file, or export it again.")
    warnings = []
    if scanned:
        warnings.append(f"pages that are pictures without text, not read: {_numbers(scanned)}")
    if lost > 0.001 * len(text):
        warnings.append(f"{lost} characters without a Unicode map, left out, on pages {_numbers(unreadable)}")
    return warnings


def _language(text: str) -> bool:
    """Whether a text has as many letters and vowels as text in a language."""
    letters = [character for character in text.casefold() if character.isalpha()]
    latin = [letter for letter in letters if letter < "\u0250"]
    vowels = sum(unicodedata.normalize("NFD", letter)[0] in "aeiouy" for letter in latin)
    return len(letters) > 0.6 * len(text) and (not latin or 0.2 < vowels / len(latin) < 0.65)


def _numbers(pages: list[int]) -> str:
    """Page numbers as ranges: 1-3, 7."""
    runs = [[page for _, page in run] for _, run in groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
