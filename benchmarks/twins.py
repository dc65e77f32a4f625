"""One text in several formats, each against the others: what a format loses or adds shows as a difference.

python benchmarks/twins.py             texts of the sample study through pandoc, and twins in the development data
python benchmarks/twins.py FOLDER      files of one stem in a folder, such as paper.pdf and paper.docx

A row a pair: the words of the bodies along their longest common subsequence (F1), and the headings that both have,
without their numbering.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pypandoc
from rapidfuzz.distance import LCSseq

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "workflow"))

from extraction_score import NUMBERING, words  # noqa: E402

from framescope.document import Document, ExtractionError  # noqa: E402
from framescope.extract.reading import read  # noqa: E402
from framescope.words import word_spans  # noqa: E402

KINDS = ("docx", "odt", "epub", "html", "latex", "jats", "tei", "plain")
SUFFIXES = {"latex": "tex", "jats": "xml", "tei": "tei", "plain": "txt"}


def body_words(document: Document) -> list[str]:
    text = " ".join(paragraph.text for section in document.sections for paragraph in section.paragraphs)
    return [text[start:end].casefold() for start, end in word_spans(text)]


def titles(document: Document) -> set[str]:
    """The headings, without their numbering, which some formats keep apart from the text."""
    return {" ".join(words(NUMBERING.sub("", section.title))) for section in document.sections if section.title}


def agreement(one: Document, other: Document) -> tuple[float, float]:
    """F1 of the bodies' words in their order, and the share of all headings that both have."""
    a, b = body_words(one), body_words(other)
    shared = 2 * LCSseq.similarity(a, b) / max(1, len(a) + len(b))
    either = titles(one) | titles(other)
    return shared, len(titles(one) & titles(other)) / len(either) if either else 1.0


def made_twins(folder: Path) -> None:
    """The sample study's Markdown in every format that pandoc writes."""
    source = (ROOT / "raw" / "speech.md").read_bytes()
    (folder / "speech.md").write_bytes(source)
    for kind in KINDS:
        command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", kind, "-s"]
        target = folder / f"speech.{SUFFIXES.get(kind, kind)}"
        subprocess.run([*command, "-o", str(target)], input=source, check=True)


def compare(folder: Path) -> None:
    """Print a row for each two files of one stem in a folder."""
    twins: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.iterdir()):
        twins[path.stem].append(path)
    for paths in twins.values():
        found = {}
        for path in paths if len(paths) > 1 else []:
            try:
                found[path.name] = read(path)
            except ExtractionError as error:
                print(f"| {path.name} | refused: {error.reason} | | |")
        for one, other in combinations(found, 2):
            shared, headings = agreement(found[one], found[other])
            print(f"| {one} | {other} | {shared:.3f} | {headings:.3f} |")


def main(arguments: list[str]) -> None:
    print("| one | other | body words F1 | headings in both |\n| --- | --- | --- | --- |")
    if arguments:
        compare(Path(arguments[0]))
        return
    with tempfile.TemporaryDirectory() as folder:
        made_twins(Path(folder))
        compare(Path(folder))
    shared = Path(os.environ.get("FRAMESCOPE_SHARED", ""), "data", "wild")
    if os.environ.get("FRAMESCOPE_SHARED") and shared.is_dir():
        compare(shared)


if __name__ == "__main__":
    main(sys.argv[1:])
