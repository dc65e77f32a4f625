"""Faults, by kind, that a program can see in documents that nobody wrote for this project: python benchmarks/wild.py

Reads every document in `data/wild` of the folder that FRAMESCOPE_SHARED names, or those whose names hold one of the
words given, and prints a row for each:

    notes, longest        share of the running words (body, notes, headings) in notes; words of the longest note
    body, left out        share of the words in the body; in tables, captions and references
    section               share of the body's words in its largest section
    headings              share of the running words in headings
    fragments             paragraphs of fewer than five words without the end of a sentence, per 1,000 words of body
    hyphens               words left broken, or joined otherwise than elsewhere in the text, per 1,000 words of body
    lost, invented        words of the PDF's own text that were not read, and the other way round, per 1,000
    unread                share of pages of which less than nine tenths of the words were read

then the faults that a reader found (the README's table), the warnings and, with --headings, the headings. Twins, one
text in two formats, are scored against each other with the measures of `extraction_score`.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow"))

from extraction_corpus import as_scored, cell  # noqa: E402
from extraction_score import score, words  # noqa: E402

from framescope.document import Document, ExtractionError  # noqa: E402
from framescope.extract.content import Content  # noqa: E402
from framescope.extract.doubts import proportions  # noqa: E402
from framescope.extract.pages.lines import ends_sentence  # noqa: E402
from framescope.extract.reading import read  # noqa: E402

COMPOUND = re.compile(r"(?<![\w-])([^\W\d_]{2,})-([^\W\d_]{2,})(?![\w-])")
OPEN = re.compile(r"[^\W\d_]{2,}- (?!and\b|or\b|to\b)[^\W\d_A-Z]{2,}")
COLUMNS = [
    "notes", "longest", "body", "left out", "section", "headings", "fragments", "hyphens", "lost", "invented", "unread"
]  # fmt: skip
TWIN_MEASURES = ["headings_f1", "section_accuracy", "body_f1", "paragraphs_f1", "notes_f1"]


def hand_read(readme: Path) -> dict[str, str]:
    """The faults that a reader found in each document, from the table of the folder's README."""
    rows = [line.strip("| \n").split(" | ") for line in readme.read_text(encoding="utf-8").splitlines()]
    return {name: row[-1].strip() for row in rows if len(row) == 3 for name in re.findall(r"[\w-]+\.\w{3,4}\b", row[0])}


def body_texts(document: Document) -> list[str]:
    """The paragraphs of a document in order."""
    return [paragraph.text for section in document.sections for paragraph in section.paragraphs]


def hyphen_faults(text: str) -> int:
    """Words left broken at a hyphen, and compounds that the same text prints joined, and more often."""
    plain = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    compounds = Counter(match.group().casefold() for match in COMPOUND.finditer(text))
    kept = sum(times for word, times in compounds.items() if plain[word.replace("-", "")] > times)
    return kept + len(OPEN.findall(text))


def everything(document: Document) -> Counter[str]:
    """Every word that was read, whatever it was taken for."""
    pieces = [document.title or "", *(section.title or "" for section in document.sections), *body_texts(document)]
    pieces += [f"{note.number} {note.text}" for note in document.notes]
    pieces += [item.text for item in document.left_out]
    return Counter(words(" ".join(pieces)))


def against_plain_text(path: Path, document: Document) -> tuple[float, float, float]:
    """Words lost and words invented, per 1,000 of the PDF's plain text, and the share of its pages mostly unread."""
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [Counter(words(re.sub(r"[\ufffe\x02]\s*", "", page.get_textpage().get_text_bounded()))) for page in pdf]
    due, found = sum(pages, Counter[str]()), everything(document)
    total = max(1, due.total())
    unread = [page for page in pages if (page & found).total() < 0.9 * page.total()]
    return 1000 * (due - found).total() / total, 1000 * (found - due).total() / total, len(unread) / len(pages)


def row(path: Path, document: Document) -> list[str]:
    """The figures of one document, as they are printed."""
    content = Content(document.title, document.sections, document.notes, document.left_out)
    share, texts = proportions(content), body_texts(document)
    running, body = max(1, share.body + share.notes + share.headings), max(1, share.body)
    fragments = sum(len(text.split()) < 5 and not ends_sentence(text) for text in texts)
    pdf = against_plain_text(path, document) if path.suffix == ".pdf" else None
    return [
        f"{share.notes / running:.2f}",
        str(share.longest_note),
        f"{share.body / max(1, share.words):.2f}",
        f"{share.left_out / max(1, share.words):.2f}",
        f"{share.largest_section / body:.2f}",
        f"{share.headings / running:.3f}",
        f"{1000 * fragments / body:.1f}",
        f"{1000 * hyphen_faults(' '.join(texts)) / body:.2f}",
        *([f"{pdf[0]:.1f}", f"{pdf[1]:.1f}", f"{pdf[2]:.2f}"] if pdf else ["-", "-", "-"]),
    ]


def twins(documents: dict[str, Document]) -> Iterator[str]:
    """For files of one stem in two formats: how close each reading is to the other."""
    for one, other in combinations(sorted(documents), 2):
        if Path(one).stem == Path(other).stem:
            scored = score(as_scored(documents[one]), as_scored(documents[other]))
            figures = ", ".join(f"{name} {cell(scored[name])}" for name in TWIN_MEASURES)
            yield f"{one} against {other}: {figures}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Show the faults in the reading of documents as users have them.")
    parser.add_argument("names", nargs="*", help="words that the names of the files hold")
    parser.add_argument("--headings", action="store_true", help="print the headings of each document")
    options = parser.parse_args()
    if "FRAMESCOPE_SHARED" not in os.environ:
        sys.exit("FRAMESCOPE_SHARED names no folder with development documents")
    folder = Path(os.environ["FRAMESCOPE_SHARED"]) / "data" / "wild"
    faults, documents = hand_read(folder / "README.md"), {}
    print("| document |", " | ".join(COLUMNS), "|")
    print("| --- |", " | ".join("---" for _ in COLUMNS), "|")
    told: list[str] = []
    for path in sorted(path for path in folder.iterdir() if path.name != "README.md"):
        if options.names and not any(name in path.name for name in options.names):
            continue
        told.append(f"{path.name}\n  by hand: {faults.get(path.name, '-')}")
        try:
            document = documents[path.name] = read(path)
        except ExtractionError as error:
            told.append(f"  refused: {error.reason}. {error.remedy}")
            continue
        print(f"| {path.name} |", " | ".join(row(path, document)), "|", flush=True)
        told += [f"  warning: {warning[:200]}" for warning in document.warnings]
        if options.headings:
            told += [f"  {'#' * section.level} {section.title}" for section in document.sections]
    print("", *twins(documents), "", *told, sep="\n")


if __name__ == "__main__":
    main()
