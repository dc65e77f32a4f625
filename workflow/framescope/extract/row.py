"""The content of one row of a table, or of one speech."""

from __future__ import annotations

import re

from framescope.document import LeftOut, Paragraph, Section
from framescope.extract.content import Content
from framescope.extract.overlong import divided
from framescope.extract.parse import check_text, tidied
from framescope.identifiers import section_id

EMPTY_LINE = re.compile(r"\n[ \t]*\n")
SENTENCE_END = re.compile(r"[.!?…。！？۔؟।:][\"'”’»)\]]*\s*$")
# A longer line is not one that was broken to fit a page.
LONGEST_LINE = 120


def parse_row(text: str, aside: str) -> Content:
    """The content of a row: paragraphs without headings. `aside`, text recorded with a speech, is left out.

    Raises: ExtractionError if the text is not prose.
    """
    paragraphs = [Paragraph("prose", part) for part in paragraphs_of(text)]
    sections = [Section(section_id(1, None), None, 1, paragraphs=paragraphs)]
    content = divided(tidied(Content(None, sections, left_out=[LeftOut("other", aside)])))
    check_text(content)
    return content


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a cell, which are separated by empty lines if there are any.

    Otherwise each line is a paragraph, but a line that was broken to fit a width is joined to the next.

    >>> paragraphs_of("The toll rose.\\nShips stayed\\nout.")
    ['The toll rose.', 'Ships stayed out.']
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if EMPTY_LINE.search(text):
        return EMPTY_LINE.split(text)
    paragraphs: list[str] = []
    open_line = False
    for line in filter(str.strip, text.split("\n")):
        if open_line:
            paragraphs[-1] += " " + line.strip()
        else:
            paragraphs.append(line.strip())
        open_line = not SENTENCE_END.search(line) and len(line) <= LONGEST_LINE
    return paragraphs
