"""The text of one row of a table, or of one speech, as a Document."""

from __future__ import annotations

import re

from framescope.document import LeftOut, Paragraph, Section
from framescope.extract.content import Content
from framescope.extract.formats import check_text, tidied
from framescope.extract.overlong import divided
from framescope.identifiers import section_id

EMPTY_LINE = re.compile(r"\n[ \t]*\n")
SENTENCE_END = re.compile(r"[.!?…。！？۔؟।:][\"'”’»)\]]*\s*$")
# A longer line was not broken to fit a page.
LONGEST_LINE = 120


def parse_row(text: str, aside: str) -> Content:
    """The content of a row: paragraphs without headings; what was noted in a speech, `aside`, is left out.

    Raises ExtractionError where the text is no prose.
    """
    paragraphs = [Paragraph("prose", part) for part in paragraphs_of(text)]
    sections = [Section(section_id(1, None), None, 1, paragraphs=paragraphs)]
    content = divided(tidied(Content(None, sections, left_out=[LeftOut("other", aside)])))
    check_text(content)
    return content


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a cell: parted by empty lines; else by lines, where those that were broken to fit are joined.

    >>> paragraphs_of("The toll rose.\\nShips stayed\\nout.")
    ['The toll rose.', 'Ships stayed out.']
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if EMPTY_LINE.search(text):
        return EMPTY_LINE.split(text)
    found: list[str] = []
    open_line = False
    for line in filter(str.strip, text.split("\n")):
        if open_line:
            found[-1] += " " + line.strip()
        else:
            found.append(line.strip())
        open_line = not SENTENCE_END.search(line) and len(line) <= LONGEST_LINE
    return found
