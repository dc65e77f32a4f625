"""Before and after a run: outputs that no longer belong, objects no longer used, and the closing line."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import time
from collections.abc import Collection, Iterable
from pathlib import Path

from framescope.cache import Cache, remembered, write_whole
from framescope.contents import Contents, signature
from framescope.tables import TABLE_SCHEMAS

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
    """The digests of the outputs as runs wrote them, stored in a file, and which outputs have changed since.

    Such an output was edited by hand, or a run was killed before it could record the output. It must be made again; how
    often that happened is a parameter of its rule, so that the engine notices a change.
    """

    def __init__(self, file: str | Path, contents: Contents) -> None:
        self._file = Path(file)
        self._made = remembered(self._file)
        self._contents = contents
        self._edited = {output: signature(output) for output in self._made if self._is_edited(output)}

    def edited(self, outputs: Iterable[str]) -> list[str]:
        """The outputs that had changed when the run began."""
        return [output for output in outputs if output in self._edited]

    def anew(self, outputs: Iterable[str]) -> int:
        """How often one of the outputs of a job was made again for that reason, including this run."""
        return sum(self._made.get(output, {}).get("anew", 0) + (output in self._edited) for output in outputs)

    def record(self, outputs: Iterable[str]) -> None:
        """Record the outputs' digests when a run ends. An output that was edited and not made again stays edited."""
        made = {}
        for output in (output for output in outputs if Path(output).is_file()):
            if output in self._edited and signature(output) == self._edited[output]:
                made[output] = self._made[output]
            else:
                made[output] = {"sha256": self._contents.sha256(output), "anew": self.anew([output])}
        write_whole(self._file, json.dumps(made, indent=1).encode())
        self._contents.remember()

    def _is_edited(self, output: str) -> bool:
        return Path(output).is_file() and self._contents.sha256(output) != self._made[output]["sha256"]


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
    return "\n".join([*lines, report_line(results)])


def report_line(results: str | Path) -> str:
    """The line that names the report of a study by its absolute path."""
    return f"Report: {(Path(results) / 'report.html').resolve()}"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
