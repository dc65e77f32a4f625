"""Score extraction on the corpus in tests/corpus, and on a development set of the same form where one is named.

    .venv/bin/python benchmarks/extraction_corpus.py                the table by kind of source
    .venv/bin/python benchmarks/extraction_corpus.py --documents    a row a document
    .venv/bin/python benchmarks/extraction_corpus.py --write        docs/extraction.md anew

With FRAMESCOPE_SHARED set, the documents of its `data/extract` are a kind of their own. A document that is refused is
named under the table with the reason, and scores as an empty text; --write keeps the earlier row of a kind of which all
documents were refused, as RTF and DOC are without LibreOffice, and says so.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow"))

from extraction_score import MEASURES, score  # noqa: E402

from framescope.document import Document, ExtractionError  # noqa: E402
from framescope.extract.reading import read  # noqa: E402

CORPUS, DOCS = ROOT / "tests" / "corpus", ROOT / "docs" / "extraction.md"
DEVELOPMENT = "development documents"
Row = dict[str, float | None]
# Per kind the bound of each measure, in the order of COLUMNS; None where none is set.
COLUMNS = ["headings_f1", "section_accuracy", "body_f1", "note_share", "paragraphs_f1", "notes_f1", "hyphen_errors"]
AT_MOST = {"note_share", "hyphen_errors"}
BOUNDS: dict[str, list[float | None]] = {
    "dump of the form": [0.95, 0.95, 0.98, 0.01, 0.95, 0.95, 0.2],
    "other dump": [0.75, 0.80, 0.95, 0.03, 0.85, 0.80, 0.2],
    "journal or office PDF": [0.98, 0.98, 0.99, 0.005, 0.95, 0.95, 0.2],
    "book or two columns": [0.90, 0.90, 0.98, None, 0.92, None, 0.2],
    "markup": [1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.2],
    "rtf or doc": [0.95, 0.95, 0.98, 0.01, 0.95, 0.95, 0.2],
    "news page": [1.0, 1.0, 0.998, 0.0, 0.98, 1.0, 0.2],
}


def as_scored(document: Document) -> dict[str, Any]:
    """An extraction in the scorer's form."""
    return {
        "sections": [
            {"title": s.title, "level": s.level, "paragraphs": [p.text for p in s.paragraphs]}
            for s in document.sections
        ],
        "footnotes": [{"number": note.number, "text": note.text} for note in document.notes],
    }


def sources() -> list[tuple[str, Path, Path]]:
    """Kind, document and gold of everything to be scored."""
    kinds = yaml.safe_load((CORPUS / "corpus.yaml").read_text(encoding="utf-8"))
    listed = [
        (kind, CORPUS / "documents" / file, CORPUS / "gold" / f"{recipe.get('of', file)}.json")
        for kind, recipes in kinds.items()
        for file, recipe in recipes.items()
    ]
    if "FRAMESCOPE_SHARED" in os.environ:
        folder = Path(os.environ["FRAMESCOPE_SHARED"]) / "data" / "extract"
        for document in sorted((folder / "docs").iterdir()):
            listed.append((DEVELOPMENT, document, folder / "gold" / f"{document.stem}.json"))
    return listed


def measure() -> tuple[dict[str, list[tuple[str, Row]]], list[str]]:
    """The scores of every document by kind, and a line for each that was refused."""
    rows, refused = defaultdict(list), []
    for kind, path, gold_path in sources():
        try:
            found = as_scored(read(path))
        except ExtractionError as error:
            refused.append(f"{path.name}: {error.reason}. {error.remedy}")
            found = {"sections": [], "footnotes": []}
        rows[kind].append((path.name, score(found, json.loads(gold_path.read_text(encoding="utf-8")))))
    return rows, refused


def cell(value: float | None) -> str:
    """A figure as it is printed."""
    return "-" if value is None else f"{value:.3f}"


def met(value: float | None, bound: float | None, name: str) -> bool:
    """Whether a figure, rounded as it is printed, keeps its bound."""
    if value is None or bound is None:
        return True
    return round(value, 3) <= bound if name in AT_MOST else round(value, 3) >= bound


def average(rows: list[Row], name: str) -> float | None:
    """The mean of a measure over the documents that have it."""
    values = [value for row in rows if (value := row[name]) is not None]
    return sum(values) / len(values) if values else None


def table(rows: dict[str, list[tuple[str, Row]]], documents: bool) -> str:
    """A Markdown table, by kind or by document; a figure that misses its bound is in bold and followed by the bound."""
    head = ["document" if documents else "kind of source", "n", *(MEASURES[name] for name in COLUMNS)]
    lines = [head, ["---"] * len(head)]
    for kind, scored in rows.items():
        groups = [(name, [row]) for name, row in scored] if documents else [(kind, [row for _, row in scored])]
        for label, group in groups:
            cells = []
            for name, bound in zip(COLUMNS, BOUNDS.get(kind, [None] * len(COLUMNS)), strict=True):
                value = average(group, name)
                kept = met(value, bound, name)
                cells.append(cell(value) if kept else f"**{cell(value)}** ({bound})")
            lines.append([label, str(len(group)), *cells])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def with_earlier_rows(text: str, page: str, kinds: list[str]) -> str:
    """A table by kind in which the rows of some kinds are those of the page that it will replace."""
    earlier = {kind: line for line in page.splitlines() for kind in kinds if line.startswith(f"| {kind} |")}
    lines = [earlier.get(line.split(" | ")[0].removeprefix("| "), line) for line in text.splitlines()]
    kept = f"Not measured this time, from an earlier run: {', '.join(sorted(earlier))}."
    return "\n".join([*lines, *(["", kept] if earlier else [])]) + "\n"


def fill(page: Path, place: str, text: str) -> None:
    """Put a text between a page's comments `place start` and `place end`."""
    start, end = f"<!-- {place} start -->\n", f"<!-- {place} end -->\n"
    before, rest = page.read_text(encoding="utf-8").split(start)
    page.write_text(f"{before}{start}\n{text}\n{end}{rest.split(end)[1]}", encoding="utf-8")


def main() -> None:
    """Print or write the figures."""
    parser = argparse.ArgumentParser(description="Score extraction on the corpus.")
    parser.add_argument("--documents", action="store_true", help="a row a document")
    parser.add_argument("--write", action="store_true", help="write the table by kind into docs/extraction.md")
    options = parser.parse_args()
    rows, refused = measure()
    text = table(rows, options.documents) + "".join(f"\nRefused: {line}\n" for line in refused)
    print(text)
    if options.write:
        names = {line.split(": ")[0] for line in refused}
        unread = [kind for kind, scored in rows.items() if {name for name, _ in scored} <= names]
        fill(DOCS, "figures", with_earlier_rows(table(rows, False), DOCS.read_text(encoding="utf-8"), unread))


if __name__ == "__main__":
    main()
