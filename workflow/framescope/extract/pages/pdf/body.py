"""The body of a typeset document: which lines are text, notes, tables or references, and the blocks of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from framescope.document import LeftOut
from framescope.extract.pages.back_matter import Tracker, closing_notes
from framescope.extract.pages.floats import contents, without_tables
from framescope.extract.pages.headings import ENDNOTES
from framescope.extract.pages.lines import Block, Line
from framescope.extract.pages.notes import Draft, parse
from framescope.extract.pages.paragraphs import compose, manner
from framescope.extract.pages.pdf.beside_tables import without_titles_and_notes
from framescope.extract.pages.pdf.footnotes import notes_end, split_column
from framescope.extract.pages.pdf.formulas import without_formulas
from framescope.extract.pages.pdf.margins import body_size, normalise
from framescope.extract.pages.pdf.program_code import without_code
from framescope.extract.pages.pdf.side_bars import without_side_bars

Rule = tuple[float, float, float]


@dataclass
class Body:
    """Blocks in reading order, notes, text left out, and all lines, whose words decide which hyphens are kept."""

    lines: list[Line]
    blocks: list[Block] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def typeset_body(
    pages: Sequence[list[Line]],
    rules: Sequence[Sequence[Rule]],
    titles: Sequence[tuple[str, int]] = (),
    slides: bool = False,
) -> Body:
    """The body of pages of lines without running heads and feet.

    `rules` are the strokes of each page, `titles` the titles and levels of the document's outline; `slides` says
    whether its pages are slides.
    """
    result = Body([line for page in pages for line in page])
    size = body_size(result.lines)
    tracker = Tracker(size)
    listing = False
    text: list[list[Line]] = []
    for page, drawn in zip(pages, rules, strict=True):
        text.append([])
        page, aside = without_side_bars(page, size)
        result.left_out += [LeftOut("other", line.plain, line.page) for line in aside]
        for _, group in groupby(page, key=lambda line: line.column):
            column, beside = without_titles_and_notes(list(group), size, drawn)
            result.left_out += [LeftOut("caption", line.plain, line.page) for line in beside]
            start, end = contents(column, listing)
            listing = end > start and end == len(column)
            result.left_out += [LeftOut("other", line.plain, line.page) for line in column[start:end]]
            for mode, lines in tracker.runs(column[:start] + column[end:]):
                if mode == "references":
                    result.left_out += [LeftOut("reference", line.plain, line.page) for line in lines]
                elif mode == "endnotes":
                    _add_endnotes(result, lines)
                else:
                    text[-1] += _text(result, lines, drawn, size)
    normalise(text, size)
    body, code = without_code([line for page in text for line in page])
    body, formulas = without_formulas(body, size)
    result.left_out += [LeftOut("other", line.plain, line.page) for line in [*code, *formulas]]
    how = manner(body, size, typeset=True)
    how.slides = slides
    result.blocks = compose(body, how, titles)
    result.blocks, closing = closing_notes(result.blocks, result.notes)
    result.notes += closing
    return result


def _text(result: Body, lines: list[Line], rules: Sequence[Rule], size: float) -> list[Line]:
    """The text lines of a column; its notes and tables are added to the result."""
    last = result.notes[-1] if result.notes else None
    above, below = split_column(lines, rules, size, last)
    below, noted = without_tables(below, rules)
    end = notes_end(below, size)
    rest, below = below[end:], below[:end]
    result.left_out += [LeftOut("page number", line.plain, line.page) for line in rest if line.plain.isdecimal()]
    above += [line for line in rest if not line.plain.isdecimal()]
    earlier, found = parse(below, lines[0].page, last.number if last else None, [])
    if last:
        last.lines += earlier
    else:
        above += earlier
    result.notes += found
    above, tables = without_tables(above, rules)
    for table in noted + tables:
        result.left_out.append(LeftOut("table", "\n".join(line.plain for line in table), table[0].page))
    return above


def _add_endnotes(result: Body, lines: list[Line]) -> None:
    if ENDNOTES.fullmatch(lines[0].plain):
        result.left_out.append(LeftOut("other", lines[0].plain, lines[0].page))
        lines = lines[1:]
    last = result.notes[-1].number if result.notes else None
    earlier, found = parse(lines, lines[0].page if lines else 0, last, [])
    if result.notes:
        result.notes[-1].lines += earlier
    else:
        result.left_out += [LeftOut("other", line.plain, line.page) for line in earlier]
    result.notes += found
