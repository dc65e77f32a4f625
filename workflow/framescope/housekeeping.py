"""Before and after a run: outputs that no longer belong, objects no longer used, and the closing line."""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path

from framescope.cache import Cache

STAGES = ("text", "model", "names")


def remove_obsolete(results: str | Path, batches: Collection[str]) -> None:
    """Delete the files of batches that are no longer in the plan."""
    for pattern in ("text/*.jsonl", "annotated/*.spacy"):
        for path in Path(results).glob(pattern):
            if path.stem not in batches:
                path.unlink()


def prune_cache(results: str | Path, batches: Collection[str]) -> None:
    """Delete cached objects that no batch of the plan asked for."""
    for stage in STAGES:
        Cache(Path(results) / "cache", stage).keep_only(batches)


def closing_line(results: str | Path) -> str:
    """What a finished run has to say: each skipped file with its remedy, warnings, counts, and where the report is."""
    tables = Path(results) / "tables"
    documents, skipped = _rows(tables / "documents.csv"), _rows(tables / "skipped.csv")
    sentences, words = (sum(int(row[column] or 0) for row in documents) for column in ("sentences", "words"))
    lines = [f"skipped: {row['file']}: {row['reason']}. {row['remedy']}" for row in skipped]
    lines += [f"warning: {row['file']}: {row['warnings']}." for row in documents if row["warnings"]]
    said = [(len(documents), "document"), (sentences, "sentence"), (words, "word"), (len(skipped), "skipped file")]
    counts = ", ".join(f"{number:,} {noun}{'' if number == 1 else 's'}" for number, noun in said)
    lines.append(f"Framescope: {counts}.")
    lines.append(f"Tables: {tables}/    Report: {Path(results) / 'report.html'}")
    return "\n".join(lines)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
