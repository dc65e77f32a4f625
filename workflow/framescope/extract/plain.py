"""Plain text and PDF-to-text dumps, read from the shapes of their lines."""

from __future__ import annotations

from itertools import groupby

from framescope.document import ExtractionError
from framescope.extract.assemble import assemble
from framescope.extract.content import Content
from framescope.extract.dumps import RULE, printed_lines
from framescope.extract.lines import LINK_LINE, Block, Line, ends_sentence
from framescope.extract.notes import BARE, Draft, continued, parse, place_markers, split_page
from framescope.extract.paragraphs import compose, manner


def read_plain(text: str) -> Content:
    """Sections, notes and left-out pieces of a plain text; ExtractionError if it has no words."""
    lines = printed_lines(text)
    if not any(character.isalnum() for line in lines for character in line.text):
        raise ExtractionError("", "the text has no words", "Give a file with text in it")
    body: list[Line] = []
    drafts: list[Draft] = []
    ends: list[tuple[Line, float]] = []
    links: list[Line] = []
    pages = [list(page) for _, page in groupby(lines, key=lambda line: line.page)]
    for page in pages:
        stray = _links_at_end(page)
        links += page[len(page) - stray :]
        above, below = split_page(page[: len(page) - stray], drafts[-1].number if drafts else None)
        above, before = continued(above, drafts[-1] if drafts else None) if below else (above, [])
        called = [line.text for line in above if BARE.fullmatch(line.text)]
        earlier, found = parse(below, page[0].page, drafts[-1].number if drafts else None, called)
        if drafts:
            drafts[-1].lines += before + earlier
        else:
            above += before + earlier
        if above and below:
            first = next(line for line in page if line.text == RULE or line is below[0])
            ends.append((above[-1], first.gap or 0.0))
        body += above
        drafts += found
    _close(ends)
    body = place_markers(body, drafts)
    blocks = compose(body, manner(body, 1.0, typeset=False)) + [Block("link", [line]) for line in links]
    return assemble(blocks, drafts, [], len(pages) > 1, False, lines)


def _close(ends: list[tuple[Line, float]]) -> None:
    """Mark the page ends at which more space than elsewhere says that a paragraph ends there."""
    least = min((space for _, space in ends), default=0.0)
    for line, space in ends:
        line.closed = space > least and ends_sentence(line.text)


def _links_at_end(page: list[Line]) -> int:
    """How many lines of nothing but a link end a page: the targets that a dump lists after the text.

    A link after a comma is the end of a note, not one of them.
    """
    count = 0
    while count < len(page) - 1 and LINK_LINE.fullmatch(page[-1 - count].text):
        count += 1
    return count - 1 if count and page[-1 - count].text.endswith((",", ":", "at", "from")) else count
