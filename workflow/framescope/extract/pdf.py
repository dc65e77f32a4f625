"""PDF: glyphs to lines, columns, furniture, notes, headings and paragraphs."""

from __future__ import annotations

from itertools import groupby

from framescope.document import ExtractionError, LeftOut
from framescope.extract import furniture
from framescope.extract.assemble import assemble
from framescope.extract.columns import regions
from framescope.extract.content import Content
from framescope.extract.feet import split_column
from framescope.extract.glyphs import Sheet, open_pdf, sheets
from framescope.extract.lines import Line
from framescope.extract.measure import body_size, normalise
from framescope.extract.notes import Draft, parse
from framescope.extract.paragraphs import compose, manner
from framescope.extract.typeset import lines_of, words


def read_pdf(data: bytes, max_pages: int = 3000) -> Content:
    """Sections, notes and left-out pieces of a PDF; ExtractionError if it cannot be read or has no text."""
    document = open_pdf(data, max_pages)
    pages: list[list[Line]] = []
    rules: list[list[tuple[float, float, float]]] = []
    left_out: list[LeftOut] = []
    scanned: list[int] = []
    unmapped: dict[int, int] = {}
    for sheet in sheets(document):
        lines, aside = _page(sheet)
        pages.append(lines)
        rules.append([(left, right, sheet.height - height) for left, right, height in sheet.rules])
        left_out += aside
        if not lines and sheet.pictured:
            scanned.append(sheet.number)
        if sheet.unmapped:
            unmapped[sheet.number] = sheet.unmapped
    warnings = _check(pages, scanned, unmapped)
    count = len(document)
    document.close()
    pages, edges = furniture.split(pages)
    content = _content(pages, rules, [*edges, *left_out])
    content.pages, content.warnings = count, [*warnings, *content.warnings]
    return content


def _page(sheet: Sheet) -> tuple[list[Line], list[LeftOut]]:
    found = words([glyph for glyph in sheet.glyphs if glyph.style.level])
    turned = "".join(glyph.char for glyph in sheet.glyphs if not glyph.style.level)
    lines = [line for column, region in enumerate(regions(found)) for line in lines_of(region, sheet.number, column)]
    tops = sorted(line.top + sheet.height for line in lines)
    for line in lines:
        line.top += sheet.height
        line.slot = line.top
        near = 1.6 * line.size
        line.isolated = not any(0.5 < abs(top - line.top) < near for top in tops)
    return lines, [LeftOut("watermark", turned, sheet.number)] if turned.strip() else []


def _check(pages: list[list[Line]], scanned: list[int], unmapped: dict[int, int]) -> list[str]:
    """Warnings on pages without usable text; ExtractionError when no page has any."""
    letters = sum(len(line.text) for lines in pages for line in lines)
    lost = sum(unmapped.values())
    if lost > letters:
        raise ExtractionError(
            "",
            f"the PDF's letters have no Unicode map (pages {_numbers(list(unmapped))})",
            "Export it again with fonts embedded as text, or run it through ocrmypdf --force-ocr.",
        )
    if not letters:
        if scanned:
            raise ExtractionError(
                "",
                f"the PDF has pictures of pages and no text (pages {_numbers(scanned)})",
                "Install ocrmypdf and set ocr: true, or run it through ocrmypdf first.",
            )
        raise ExtractionError("", "the PDF has no text", "Check that it is the right file, or export it again.")
    warnings = []
    if scanned:
        warnings.append(f"pages that are pictures without text, not read: {_numbers(scanned)}")
    if lost > 0.001 * letters:
        warnings.append(f"{lost} letters without a Unicode map, left out, on pages {_numbers(list(unmapped))}")
    return warnings


def _numbers(pages: list[int]) -> str:
    """Page numbers as ranges: 1-3, 7."""
    runs = [[page for _, page in run] for _, run in groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _content(
    pages: list[list[Line]], rules: list[list[tuple[float, float, float]]], left_out: list[LeftOut]
) -> Content:
    lines = [line for page in pages for line in page]
    size = body_size(lines)
    body: list[Line] = []
    drafts: list[Draft] = []
    for page, drawn in zip(pages, rules, strict=True):
        for _, column in groupby(page, key=lambda line: line.column):
            above, below = split_column(list(column), drawn, size, drafts[-1] if drafts else None)
            last = drafts[-1].number if drafts else None
            earlier, found = parse(below, below[0].page if below else 0, last, [])
            if drafts:
                drafts[-1].lines += earlier
            else:
                above += earlier
            body += above
            drafts += found
    normalise([[line for line in body if line.page == number] for number in range(1, len(pages) + 1)], size)
    return assemble(compose(body, manner(body, size, typeset=True)), drafts, left_out, True, lines)
