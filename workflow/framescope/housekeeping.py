"""Before and after a run: outputs that no longer belong, objects no longer used, and the closing line."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

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
    """What a finished run has to say: counts, each skipped file with its remedy, and where the report is."""
    tables = Path(results) / "tables"
    documents = pd.read_csv(tables / "documents.csv")
    skipped = pd.read_csv(tables / "skipped.csv", keep_default_na=False)
    counts = (
        f"{len(documents)} documents, {documents['sentences'].sum():,} sentences, {documents['words'].sum():,} words"
    )
    lines = [f"skipped: {row.file}: {row.reason}. {row.remedy}" for row in skipped.itertuples()]
    lines += [f"Framescope: {counts}; {len(skipped)} files skipped."]
    lines += [f"Tables: {tables}/    Report: {Path(results) / 'report.html'}"]
    return "\n".join(lines)
