"""Dump a PDF's text in the plain form that some converters leave behind.

Every printed line ends in a space and an empty line, but for a page's last, which lacks the empty line; a paragraph
break is a line of one space; a page begins with one space; a note's marker stands alone on its line; a page's notes
follow a line of 48 spaces, in the middle of the running text; the targets of a page's links come last.

    python dump.py ARTICLE.pdf ARTICLE.txt
"""

from __future__ import annotations

import itertools
import re
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTPage
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

LINE_END = " \n\n"
NOTES_RULE = " " * 48 + "\n"


@dataclass
class Line:
    """Glyphs printed on one baseline, with the raised ones that belong to it."""

    baseline: float
    glyphs: list[LTChar] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The size of most of its glyphs, in points."""
        return Counter(round(glyph.size, 1) for glyph in self.glyphs).most_common(1)[0][0]


def glyphs_of(item: LTComponent) -> Iterator[LTChar]:
    """All glyphs in a part of a page."""
    if isinstance(item, LTChar):
        yield item
    elif isinstance(item, LTContainer):
        for child in item:
            yield from glyphs_of(child)


def lines_of(page: LTPage) -> list[Line]:
    """The printed lines of a page from top to bottom; a raised marker goes to the line it stands on."""
    glyphs = [glyph for glyph in glyphs_of(page) if glyph.get_text().strip()]
    lines: list[Line] = []
    for glyph in sorted(glyphs, key=lambda g: -g.size):
        baseline = glyph.matrix[5]
        home = next((line for line in lines if abs(line.baseline - baseline) < 1), None)
        if home is None:
            raised = [line for line in lines if 1 <= baseline - line.baseline < 5 and glyph.size < 0.85 * line.size]
            home = min(raised, key=lambda line: baseline - line.baseline, default=None)
        if home is None:
            home = Line(baseline)
            lines.append(home)
        home.glyphs.append(glyph)
    return sorted(lines, key=lambda line: -line.baseline)


def pieces_of(line: Line) -> list[tuple[str, bool]]:
    """The text of a line in runs, each with whether it is a raised marker."""
    pieces: list[tuple[str, bool]] = []
    end = None
    for glyph in sorted(line.glyphs, key=lambda g: g.x0):
        is_marker = glyph.matrix[5] - line.baseline >= 1 and glyph.size < 0.85 * line.size
        text = glyph.get_text()
        if end is not None and glyph.x0 - end > 0.15 * glyph.size:
            text = " " + text
        if pieces and pieces[-1][1] == is_marker:
            pieces[-1] = (pieces[-1][0] + text, is_marker)
        else:
            pieces.append((text, is_marker))
        end = glyph.x1
    return pieces


def printed(line: Line) -> str:
    """A line of the body in the dump's form."""
    text = "".join(f"\n{run.strip()}\n" if is_marker else run for run, is_marker in pieces_of(line))
    return text + LINE_END


def printed_note(line: Line, number: int) -> str:
    """A line of a note in the dump's form; `number` is that of the note which may begin here."""
    text = "".join(run for run, _ in pieces_of(line))
    if re.match(rf"{number}\D", text):
        text = f"{number}\n {text.removeprefix(str(number)).lstrip()}"
    return text + LINE_END


def links_of(path: Path) -> list[list[str]]:
    """The web addresses that each page links to."""
    with path.open("rb") as stream:
        pages = list(PDFPage.create_pages(PDFDocument(PDFParser(stream))))
        return [
            [
                action["URI"].decode()
                for annotation in resolve1(page.annots) or []
                if "URI" in (action := resolve1(resolve1(annotation).get("A", {})))
            ]
            for page in pages
        ]


def dump(path: Path, truncated: Collection[int] = (), missing: Collection[int] = ()) -> str:
    """The text of a PDF as such a converter gives it, with only the first line of some notes and none of others."""
    pages = [lines_of(page) for page in extract_pages(path)]
    body_size = Counter(round(g.size) for page in pages for line in page for g in line.glyphs).most_common(1)[0][0]
    gaps = [round(a.baseline - b.baseline, 1) for page in pages for a, b in itertools.pairwise(page)]
    leading = Counter(gap for gap in gaps if gap > body_size).most_common(1)[0][0]
    out, number = [], 1
    for lines, links in zip(pages, links_of(path), strict=True):
        notes = [line for line in lines if line.size < body_size - 0.6]
        out.append(" ")
        above = None
        for line in lines:
            if line in notes:
                continue
            if above is not None and above.baseline - line.baseline > 1.25 * leading:
                out.append(LINE_END)
            out.append(printed(line))
            above = line
        if notes:
            out.append(NOTES_RULE)
        for line in notes:
            text = printed_note(line, number)
            begins = text.startswith(f"{number}\n")
            number += begins
            if number - 1 not in missing and (begins or number - 1 not in truncated):
                out.append(text)
        out.extend(link + LINE_END for link in dict.fromkeys(links))
        out[-1] = out[-1].removesuffix("\n")
    return "".join(out)


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(dump(Path(sys.argv[1])), encoding="utf-8")
