"""Work before and after a run: removing obsolete outputs and cached objects, and writing the closing lines."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from framescope.cache import prune, remembered, write_whole
from framescope.contents import Contents, signature
from framescope.table_schemas import TABLE_SCHEMAS, table_schemas

STAGES = ("text", "counts", "model", "names", "measures", "matches")
VERSION_FILE = Path(".snakemake", "framescope-version")
MADE_FILE = Path("results", "made.json")
COPIES = Path("results", "copies")
# Of skipped files, and of warnings, that the last message of a run lists; tables have all of them.
MOST_LINES = 20
# Snakemake replaces {name} and <name> in every path, even in paths that functions return.
FILLED_IN = re.compile(r"[{}<>]")


def version_file(study: str | Path = ".") -> str:
    """A file that is rewritten when the schemas of the tables change, or when it is missing.

    It is an input of the first rule, so that everything then runs again. It is kept with Snakemake's own records of the
    study. Without these records Snakemake compares only times, and would treat the results of an older version as
    current.
    """
    path, version = Path(study) / VERSION_FILE, hashlib.sha256(TABLE_SCHEMAS.read_bytes()).hexdigest()
    if not path.is_file() or path.read_text(encoding="utf-8", errors="replace") != version:
        path.parent.mkdir(exist_ok=True)
        path.write_text(version, encoding="utf-8")
    return str(path)


def path_for_engine(path: str) -> str:
    """The path by which Snakemake can use a file: the file's own path, or that of a copy.

    A copy is needed if the path contains a part that Snakemake would replace, or if the time of the file lies in the
    future: Snakemake stops when an input is newer than its output. Copies are in results/copies of the study, which is
    the working directory, and are brought up to date at every run.
    """
    if not FILLED_IN.search(path) and (not Path(path).exists() or Path(path).stat().st_mtime <= time.time()):
        return path
    suffix = re.sub(r"[^.\w]", "", Path(path).suffix)
    copy, data = COPIES / (hashlib.sha256(os.fsencode(path)).hexdigest()[:16] + suffix), Path(path).read_bytes()
    if not copy.exists() or copy.read_bytes() != data:
        write_whole(copy, data)
    return str(copy)


class Made:
    """The digests of outputs as they were when a run ended, and the outputs that must be made again.

    An output must be made again if it has changed since, because it was edited by hand or because a run was killed
    before it could record it, or if another try may succeed. The number of times that an output was made again is a
    parameter of its rule, so that Snakemake notices the change. The digests are stored in `file`.
    """

    def __init__(self, file: str | Path, contents: Contents) -> None:
        self._file = Path(file)
        self._made = remembered(self._file)
        self._contents = contents
        existing = [output for output in self._made if Path(output).is_file()]
        self._edited = {output: signature(output) for output in existing if self._is_edited(output)}
        self._retried = {output: signature(output) for output in existing if self._made[output].get("retry")}

    def edited(self, outputs: Iterable[str]) -> list[str]:
        """The outputs that had changed when the run began."""
        return [output for output in outputs if output in self._edited]

    def retried(self, outputs: Iterable[str]) -> list[str]:
        """The outputs that are made again because another try may succeed where the last one failed."""
        return [output for output in outputs if output in self._retried and output not in self._edited]

    def anew(self, outputs: Iterable[str]) -> int:
        """How many times outputs of a job were made again for these reasons, including this run."""
        due = self._edited | self._retried
        return sum(self._made.get(output, {}).get("anew", 0) + (output in due) for output in outputs)

    def record(self, outputs: Iterable[str], retry: Callable[[str], bool] = lambda output: False) -> None:
        """Record the digests of the outputs when a run ends.

        An output that should have been made again and was not remains to be made. `retry` says whether another try at
        an output may succeed. It is called only for outputs that the run has changed: an output that stayed the same
        when it was tried again is kept.
        """
        due = self._edited | self._retried
        made: dict[str, dict[str, Any]] = {}
        for output in (output for output in outputs if Path(output).is_file()):
            before = self._made.get(output, {})
            if output in due and signature(output) == due[output]:
                made[output] = before
                continue
            sha256 = self._contents.sha256(output)
            made[output] = {"sha256": sha256, "anew": self.anew([output])}
            if sha256 != before.get("sha256") and retry(output):
                made[output]["retry"] = True
        write_whole(self._file, json.dumps(made, indent=1).encode())
        self._contents.remember(requested_alone=True)

    def _is_edited(self, output: str) -> bool:
        return bool(self._contents.sha256(output) != self._made[output]["sha256"])


def remove_obsolete(results: str | Path, batches: Collection[str], large: bool) -> None:
    """Delete files that the study no longer has: those of other batches, with their second names in the cache, and the
    CSV files of tables that a large study has as Parquet alone.
    """
    for pattern in ("text/*.jsonl", "annotated/*.spacy"):
        for path in Path(results).glob(pattern):
            if path.stem not in batches:
                path.unlink()
    for path in Path(results).glob("cache/made/annotate/*"):
        if path.name not in batches:
            shutil.rmtree(path)
    for table in (table for table in table_schemas().values() if large and table.parquet):
        Path(results, "tables", Path(table.file).name).unlink(missing_ok=True)


def prune_cache(results: str | Path, batches: Collection[str]) -> None:
    """Delete the cached objects that no batch of the study used, once every batch has been processed."""
    prune(Path(results) / "cache", STAGES, batches)


def closing_line(results: str | Path) -> str:
    """The last message of a run: skipped files with remedies, warnings, counts, and the place of the results.

    Paths are absolute, because a run works inside the study's folder while the user may be in another one. A run that
    makes only a part of the study may make no tables.
    """
    tables = Path(results) / "tables"
    needed = (tables / "documents.csv", tables / "skipped.csv")
    if not all(path.exists() for path in needed):
        return f"Framescope: what was asked for is in {str(results).rstrip('/')}/."
    documents, skipped = _rows(tables / "documents.csv"), _rows(tables / "skipped.csv")
    sentences, words = (sum(int(row[column] or 0) for row in documents) for column in ("sentences", "words"))
    refused = [f"skipped: {row['file']}: {row['reason']}. {row['remedy']}" for row in skipped]
    doubts = [f"warning: {row['file']}: {row['warnings'].rstrip('.')}." for row in documents if row["warnings"]]
    lines = [*_first(refused, tables / "skipped.csv"), *_first(doubts, tables / "documents.csv")]
    counted = [(len(documents), "document"), (sentences, "sentence"), (words, "word"), (len(skipped), "skipped file")]
    counts = ", ".join(f"{number:,} {noun}{'' if number == 1 else 's'}" for number, noun in counted)
    lines.append(f"Framescope: {counts}.")
    lines.append(f"Tables: {tables.resolve()}/")
    return "\n".join([*lines, *report_lines(results)])


def _first(lines: list[str], table: Path) -> list[str]:
    """The first lines, and one that says how many more there are and which table has them."""
    more = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"... and {more:,} more: {table.resolve()}"] if more > 0 else lines


def report_lines(results: str | Path) -> list[str]:
    """The line that gives the absolute path of the report, or no line if there is no report."""
    report = Path(results) / "report.html"
    return [f"Report: {report.resolve()}"] if report.exists() else []


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
