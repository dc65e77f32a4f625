"""Measure how fast PDFs are read and in how much memory: python benchmarks/extraction_speed.py

Prints processor time a page for each PDF of tests/corpus, and time and peak memory for a book of --pages pages
(1,000 unless said otherwise) put together from them. Times are of the guarded process that parses, on one core;
those of single documents are without its start, from three more readings of the same file. Beside them stands the
time in which pypdfium2 gives the bare text of the pages, without structure, in the same run.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow"))

from extraction_corpus import DOCS, fill  # noqa: E402

from framescope.extract.reader import Reader  # noqa: E402
from framescope.extract.source.limits import Limits  # noqa: E402

DOCUMENTS = ROOT / "tests" / "corpus" / "documents"
LIMITS = Limits(pages=10_000, seconds=600)


def processor_seconds(path: Path, times: int) -> float:
    """Processor time of one parsing process that reads a file so many times, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with Reader(LIMITS) as reader:
        for _ in range(times):
            reader.read(path)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def plain_seconds(path: Path) -> float:
    """Processor time in which pypdfium2 gives the bare text of a file's pages, in seconds."""
    before = time.process_time()
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            page.get_textpage().get_text_bounded()
    return time.process_time() - before


def pages_of(path: Path) -> int:
    """How many pages a PDF has."""
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def book(sources: list[Path], pages: int, target: Path) -> None:
    """A PDF of so many pages, those of the sources over and over."""
    made = pypdfium2.PdfDocument.new()
    while len(made) < pages:
        for source in sources:
            with pypdfium2.PdfDocument(source) as pdf:
                made.import_pages(pdf, list(range(min(len(pdf), pages - len(made)))))
    made.save(target)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the speed and memory of reading PDFs.")
    parser.add_argument("--pages", type=int, default=1_000, help="pages of the book")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/extraction.md")
    options = parser.parse_args()
    pdfs = sorted(DOCUMENTS.glob("*.pdf"))
    lines = ["| document | pages | ms a page | ms a page, bare text |", "| --- | --- | --- | --- |"]
    for path in pdfs:
        seconds, count = (processor_seconds(path, 4) - processor_seconds(path, 1)) / 3, pages_of(path)
        lines.append(
            f"| {path.name} | {count} | {1000 * seconds / count:.0f} | {1000 * plain_seconds(path) / count:.1f} |"
        )
    peak_before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "book.pdf"
        book(pdfs, options.pages, target)
        seconds, plain = processor_seconds(target, 1), plain_seconds(target)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    per_page = f"{1000 * seconds / options.pages:.0f} | {1000 * plain / options.pages:.1f}"
    lines.append(f"| a book of all of them | {options.pages} | {per_page} |")
    lines += ["", f"Peak memory of the process that parses: {peak / 1024:.0f} MB for the book, at most"]
    lines += [f"{peak_before / 1024:.0f} MB for the single documents.", ""]
    text = "\n".join(lines)
    print(text)
    if options.write:
        fill(DOCS, "speed", text)


if __name__ == "__main__":
    main()
