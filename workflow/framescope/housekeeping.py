"""Before and after a run: outputs that no longer belong, objects no longer used, and the closing line."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from framescope.cache import Cache, remembered, write_whole
from framescope.contents import Contents, signature
from framescope.table_schemas import TABLE_SCHEMAS

STAGES = ("text", "model", "names")
VERSION_FILE = Path(".snakemake", "framescope-version")
COPIES = Path("results", "copies")
# Snakemake fills in {name} and <name> in every path, whatever gave it.
FILLED_IN = re.compile(r"[{}<>]")


def version_file(study: str | Path = ".") -> str:
    """A file that is rewritten when the schemas of the tables change, or when it is unknown which version made them.

    It is an input of the first rule, so that everything then runs again. It lies beside Snakemake's records of a study,
    without which Snakemake compares times alone and would take results of an older version for current ones.
    """
    path, version = Path(study) / VERSION_FILE, hashlib.sha256(TABLE_SCHEMAS.read_bytes()).hexdigest()
    if not path.is_file() or path.read_text(encoding="utf-8", errors="replace") != version:
        path.parent.mkdir(exist_ok=True)
        path.write_text(version, encoding="utf-8")
    return str(path)


def path_for_engine(path: str) -> str:
    """The path for Snakemake; for one in which it would fill in a part, or a file with a time to come, that of a copy.

    Snakemake ends a run in which an input has a later time than what was made from it. The copies are in results/copies
    of the study, which is the working directory, and follow the file at every run.
    """
    if not FILLED_IN.search(path) and (not Path(path).exists() or Path(path).stat().st_mtime <= time.time()):
        return path
    suffix = re.sub(r"[^.\w]", "", Path(path).suffix)
    copy, data = COPIES / (hashlib.sha256(os.fsencode(path)).hexdigest()[:16] + suffix), Path(path).read_bytes()
    if not copy.exists() or copy.read_bytes() != data:
        write_whole(copy, data)
    return str(copy)


class Made:
    """The digests of the outputs as runs wrote them, stored in a file, and which outputs must be made again.

    These are outputs that have changed since, because they were edited by hand or a run was killed before it could
    record them, and outputs that are worth another try. How often an output was made again for these reasons is a
    parameter of its rule, so that the engine notices a change.
    """

    def __init__(self, file: str | Path, contents: Contents) -> None:
        self._file = Path(file)
        self._made = remembered(self._file)
        self._contents = contents
        there = [output for output in self._made if Path(output).is_file()]
        self._edited = {output: signature(output) for output in there if self._is_edited(output)}
        self._retried = {output: signature(output) for output in there if self._made[output].get("retry")}

    def edited(self, outputs: Iterable[str]) -> list[str]:
        """The outputs that had changed when the run began."""
        return [output for output in outputs if output in self._edited]

    def retried(self, outputs: Iterable[str]) -> list[str]:
        """The outputs that are made again because another try may succeed where the last one failed."""
        return [output for output in outputs if output in self._retried and output not in self._edited]

    def anew(self, outputs: Iterable[str]) -> int:
        """How often one of the outputs of a job was made again for these reasons, including this run."""
        due = self._edited | self._retried
        return sum(self._made.get(output, {}).get("anew", 0) + (output in due) for output in outputs)

    def record(self, outputs: Iterable[str], retry: Callable[[str], bool] = lambda output: False) -> None:
        """Record the outputs' digests when a run ends. An output that was due and was not made again stays due.

        `retry` says whether an output is worth another try. It is asked only of outputs that the run has changed: what
        was tried again with the same result is kept.
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
        self._contents.remember()

    def _is_edited(self, output: str) -> bool:
        return bool(self._contents.sha256(output) != self._made[output]["sha256"])


def remove_obsolete(results: str | Path, batches: Collection[str]) -> None:
    """Delete the files of batches that are no longer in the plan."""
    for pattern in ("text/*.jsonl", "annotated/*.spacy"):
        for path in Path(results).glob(pattern):
            if path.stem not in batches:
                path.unlink()


def prune_cache(results: str | Path, batches: Collection[str]) -> None:
    """Delete the cached objects that no batch of the plan used, once every batch has been worked on."""
    stages = [Cache(Path(results) / "cache", stage) for stage in STAGES]
    if all(stage.planned(batch) for stage in stages for batch in batches):
        for stage in stages:
            stage.keep_only(batches)


def closing_line(results: str | Path) -> str:
    """The last message of a run: skipped files with their remedies, warnings, counts, and where the results are.

    Paths are absolute, since a run works inside the study's folder and the user may be elsewhere. A run for a part of
    the study may have made no tables.
    """
    tables = Path(results) / "tables"
    needed = (tables / "documents.csv", tables / "skipped.csv")
    if not all(path.exists() for path in needed):
        return f"Framescope: what was asked for is in {results}/."
    documents, skipped = _rows(tables / "documents.csv"), _rows(tables / "skipped.csv")
    sentences, words = (sum(int(row[column] or 0) for row in documents) for column in ("sentences", "words"))
    lines = [f"skipped: {row['file']}: {row['reason']}. {row['remedy']}" for row in skipped]
    lines += [f"warning: {row['file']}: {row['warnings']}." for row in documents if row["warnings"]]
    counted = [(len(documents), "document"), (sentences, "sentence"), (words, "word"), (len(skipped), "skipped file")]
    counts = ", ".join(f"{number:,} {noun}{'' if number == 1 else 's'}" for number, noun in counted)
    lines.append(f"Framescope: {counts}.")
    lines.append(f"Tables: {tables.resolve()}/")
    return "\n".join([*lines, *report_lines(results)])


def report_lines(results: str | Path) -> list[str]:
    """The line that names the report of a study by its absolute path; none where only a part of the study was made."""
    report = Path(results) / "report.html"
    return [f"Report: {report.resolve()}"] if report.exists() else []


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
