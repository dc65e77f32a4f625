"""Plain text and PDF-to-text dumps, read from the shapes of their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from framescope.document import ExtractionError, LeftOut
from framescope.extract.content import Content
from framescope.extract.doubts import note_doubts
from framescope.extract.pages import furniture
from framescope.extract.pages.assemble import assemble
from framescope.extract.pages.back_matter import Tracker, closing_lines, running_titles
from framescope.extract.pages.floats import contents, without_tables
from framescope.extract.pages.headings import join_numbers
from framescope.extract.pages.lines import LIGATURES, LINK_LINE, TEX, Block, Line, ends_sentence
from framescope.extract.pages.note_markers import numbers_in, place_markers
from framescope.extract.pages.notes import Draft, continued, note_start, parse, split_page
from framescope.extract.pages.paragraphs import compose, manner
from framescope.extract.pages.text.bracketed_notes import with_square_brackets
from framescope.extract.pages.text.lost_hyphens import with_lost_hyphens
from framescope.extract.pages.text.notes_in_place import notes_in_place
from framescope.extract.pages.text.page_breaks import paginate, without_joined_heads
from framescope.extract.pages.text.paragraph_numbers import without_paragraph_numbers
from framescope.extract.pages.text.printed_lines import printed_lines, with_bullets
from framescope.extract.pages.text.run_in_headings import with_headings_apart
from framescope.extract.private_marks import PRIVATE, RULE

# Characters that are not printed.
CONTROL = re.compile("[\u200b-\u200d\ufeff\x00-\x08]|\u00ad(?![ \t]*\r?\n)")

# Characters below are line ends and other spacing in a text.
TEX_IN_TEXT = {code: characters for code, characters in TEX.items() if 0x0E <= code < 0x20}


def read_plain(text: str) -> Content:
    """The sections, notes and left-out text of a plain text.

    Notes are searched at the foot of pages, and in a text without pages, or if the result is doubtful, between the
    paragraphs.

    Raises: ExtractionError if the text has no words.
    """
    lines = printed_lines(CONTROL.sub("", PRIVATE.sub("", text).translate(LIGATURES | TEX_IN_TEXT)))
    if not any(character.isalnum() for line in lines for character in line.text):
        raise ExtractionError("", "the text has no words", "Give a file with text in it")
    left_out: list[LeftOut] = []
    if lines[-1].page == 1:
        lines, left_out = paginate(lines)
    paged = lines[-1].page > 1
    if not paged:
        lines, left_out = without_joined_heads(lines)
    lines, numbers = without_paragraph_numbers(with_headings_apart(with_lost_hyphens(with_square_brackets(lines))))
    pages, edges = furniture.split(_pages(with_bullets(join_numbers(lines))))
    aside = [*left_out, *numbers, *edges]
    content = _reading(pages, lines, aside, at_foot=paged)
    if paged and note_doubts(content):
        other = _reading(pages, lines, aside, at_foot=False)
        content = other if len(note_doubts(other)) < len(note_doubts(content)) else content
    return content


def _reading(pages: Sequence[Sequence[Line]], lines: Sequence[Line], left_out: list[LeftOut], at_foot: bool) -> Content:
    """The content of pages without running heads and feet, whose notes are `at_foot` or between the paragraphs."""
    body: list[Line] = []
    drafts: list[Draft] = []
    ends: list[tuple[Line, float]] = []
    aside: list[Block] = []
    own = [[replace(line) for line in page] for page in pages]
    tracker = Tracker(1.0, running=running_titles([line for page in own for line in page]))
    lengths = sorted(len(line.text) for line in lines)
    edge = float(lengths[len(lengths) * 4 // 5])
    between: list[Draft] = []
    listing = False
    for page in own:
        stray = _links_at_end(page)
        aside += [Block("link", [line]) for line in page[len(page) - stray :]]
        page = page[: len(page) - stray]
        start, end = contents(page, listing)
        listing = end > start and end == len(page)
        aside += [Block("other", [line]) for line in page[start:end] if line.text != RULE]
        for mode, run in tracker.runs(page[:start] + page[end:]):
            if mode == "references":
                aside += [Block("reference", [line]) for line in run if line.text != RULE]
            elif mode == "endnotes":
                aside += _add_endnotes(run, drafts)
            else:
                text = _split(run, drafts, ends, edge) if at_foot else [line for line in run if line.text != RULE]
                above, tables = without_tables(text, [])
                aside += [Block("table", table) for table in tables]
                body += above
    _close(ends)
    if not drafts:
        start = closing_lines(body)
        aside += _add_endnotes(body[start:], drafts)
        body = body[:start]
    if not at_foot:
        body, between = notes_in_place(body)
    body = place_markers(body, drafts) if at_foot or not between else body
    drafts = between + drafts
    blocks = compose(body, manner(body, 1.0, typeset=False)) + aside
    return assemble(blocks, drafts, left_out, len(pages) > 1, False, lines)


def _add_endnotes(lines: list[Line], drafts: list[Draft]) -> list[Block]:
    """Add the notes in these lines to `drafts`; lines that belong to no note are returned as left-out blocks."""
    earlier, found = parse([line for line in lines if line.text != RULE], 0, drafts[-1].number if drafts else None, [])
    drafts += found
    if len(drafts) > len(found):
        drafts[-len(found) - 1].lines += earlier
        return []
    return [Block("other", [line]) for line in earlier]


def _pages(lines: list[Line]) -> list[list[Line]]:
    """Lines by page, each with its distance from the nearer edge in `slot`, so that pages can be compared."""
    pages = [list(page) for _, page in groupby(lines, key=lambda line: line.page)]
    for page in pages:
        words = [line for line in page if line.text != RULE]
        for place, line in enumerate(words):
            line.slot = 8.0 * min(place, len(words) - 1 - place)
    return pages


def _split(page: list[Line], drafts: list[Draft], ends: list[tuple[Line, float]], edge: float) -> list[Line]:
    """A page's text lines; its notes are added to `drafts`, the space between text and notes to `ends`."""
    if not page:
        return []
    last = drafts[-1] if drafts else None
    above, below = split_page(page, last)
    above, before = continued(above, last, edge) if below and note_start(below[0]) else (above, [])
    earlier, found = parse(below, page[0].page, last.number if last else None, numbers_in(above))
    if last:
        last.lines += before + earlier
    else:
        above += before + earlier
    drafts += found
    if above and below:
        first = next(line for line in page if line.text == RULE or line is below[0])
        ends.append((above[-1], first.gap or 0.0))
    return above


def _close(ends: list[tuple[Line, float]]) -> None:
    """Mark the ends of pages at which a paragraph ends, because there is more space than at others."""
    least = min((space for _, space in ends), default=0.0)
    for line, space in ends:
        line.closed = space > least and ends_sentence(line.text)


def _links_at_end(page: list[Line]) -> int:
    """The number of lines at the end of a page that are only a link: targets that a dump lists after the text.

    A link after a comma is the end of a note.
    """
    count = 0
    while count < len(page) - 1 and LINK_LINE.fullmatch(page[-1 - count].text):
        count += 1
    return count - 1 if count and page[-1 - count].text.endswith((",", ":", "at", "from")) else count
