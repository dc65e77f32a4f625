"""Passages of readings to compare with their sources by hand: python benchmarks/passages.py [--seed 1] [FILE ...]

Ten documents of `data/wild` in the folder that FRAMESCOPE_SHARED names are chosen by the seed, or the files are those
given, and of each a passage of 200 words of its body. Printed are its headings and paragraphs as they were read and,
for a PDF, the text of its pages as pypdfium2 gives it. A fault is a word lost, added, broken or joined, a paragraph cut
or run together, a heading missed or invented, or a cell, label, note, header or footer in the body.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow"))

from framescope.document import Document, ExtractionError  # noqa: E402
from framescope.extract.pages.lines import length_in_words  # noqa: E402
from framescope.extract.reading import read  # noqa: E402

DOCUMENTS, WORDS = 10, 200


def passage(document: Document, choice: random.Random) -> tuple[list[str], set[int]]:
    """Paragraphs from a random one on until they have enough words, with their headings, and their pages."""
    pieces = [(section.title, paragraph) for section in document.sections for paragraph in section.paragraphs]
    lines: list[str] = []
    pages: set[int] = set()
    words = 0
    start = choice.randrange(len(pieces))
    for place in range(start, len(pieces)):
        title, paragraph = pieces[place]
        if place == start or pieces[place - 1][0] != title:
            lines.append(f"# {title}")
        lines.append(paragraph.text)
        pages |= {paragraph.page} if paragraph.page else set()
        words += length_in_words(paragraph.text)
        if words >= WORDS:
            break
    return lines, pages


def printed(path: Path, pages: set[int]) -> str:
    """The plain text of pages of a PDF."""
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(pdf[page - 1].get_textpage().get_text_bounded() for page in sorted(pages))


def main() -> None:
    parser = argparse.ArgumentParser(description="Print passages of readings beside the pages that they are from.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    choice = random.Random(options.seed)
    files = options.files
    if not files:
        folder = Path(os.environ["FRAMESCOPE_SHARED"]) / "data" / "wild"
        files = sorted(path for path in folder.iterdir() if path.name != "README.md")
    for path in choice.sample(files, len(files))[:DOCUMENTS]:
        try:
            lines, pages = passage(read(path), choice)
        except ExtractionError as error:
            print(f"=== {path.name}: refused: {error.reason}")
            continue
        print(f"=== {path.name}, pages {sorted(pages)}", *lines, sep="\n")
        if path.suffix == ".pdf":
            print("--- as the PDF has it", printed(path, pages), sep="\n")


if __name__ == "__main__":
    main()
