"""Measure what it costs to plan a run of a large study: python benchmarks/planning.py

Studies of made-up short speeches are written to a temporary folder: --files texts as files, and tables with --rows
rows each, which may be given several times. A row for each study: `framescope check`, and two dry runs of the workflow
engine as `framescope run` starts it, the first of which lists and digests all texts. Seconds are of the processor, with
those of the clock in brackets; MB are the peak of the process; jobs are those of the whole study.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "workflow"), str(ROOT / "benchmarks")]

from listing import table, written  # noqa: E402

from framescope.running.run import DEFAULT_PROFILE, PROFILES, SNAKEFILE, START, WORKFLOW  # noqa: E402

HEADER = """| study | check, s | first dry run, s | unchanged, s | MB | jobs |
| --- | ---: | ---: | ---: | ---: | ---: |"""
TOTAL = re.compile(r"^total +(\d+)", re.MULTILINE)


class Cost(NamedTuple):
    """Seconds of the processor and of the clock, the peak of memory in MB, and what was printed."""

    processor: float
    clock: float
    megabytes: int
    said: str


def files(study: Path, number: int) -> None:
    """A study of texts as files."""
    (study / "raw").mkdir(parents=True)
    for row in table(number):
        (study / "raw" / f"{row['id']}.txt").write_text(row["text"], encoding="utf-8")


def rows(study: Path, number: int) -> None:
    """A study of one table as CSV."""
    (study / "raw").mkdir(parents=True)
    written(study / "raw", table(number))[1].unlink()


def made(work: Callable[[Path, int], None], study: Path, number: int) -> None:
    """Make a study in a process of its own: the peak of a process counts for those that it starts."""
    process = multiprocessing.get_context("fork").Process(target=work, args=(study, number))
    process.start()
    process.join()


def cost(command: list[str]) -> Cost:
    """What a command costs. Raises: RuntimeError with its last lines if it fails."""
    begun = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        clock = time.monotonic() - begun
        stream.seek(0)
        said = stream.read()
    if status:
        raise RuntimeError(said[-2000:])
    return Cost(used.ru_utime + used.ru_stime, clock, used.ru_maxrss // 1024, said)


def dry_run(study: Path) -> Cost:
    """The cost of a dry run of a study."""
    engine = [sys.executable, "-c", START, str(WORKFLOW), "--snakefile", str(SNAKEFILE), "--directory", str(study)]
    return cost([*engine, "--workflow-profile", str(PROFILES / DEFAULT_PROFILE), "--dry-run"])


def line(name: str, study: Path) -> str:
    """The row of a study."""
    check = cost([sys.executable, "-m", "framescope.command", "check", str(study)])
    first, again = dry_run(study), dry_run(study)
    jobs = TOTAL.search(first.said)
    seconds = " | ".join(f"{one.processor:.1f} ({one.clock:.1f})" for one in (check, first, again))
    return f"| {name} | {seconds} | {max(check[2], first[2], again[2]):,} | {jobs[1] if jobs else '-'} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what it costs to plan a run of a large study.")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--rows", type=int, action="append")
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(ROOT / "workflow")
    print(HEADER)
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder, "files")
        made(files, study, options.files)
        print(line(f"{options.files:,} files", study), flush=True)
        for number in options.rows or [100_000, 1_000_000]:
            study = Path(folder, f"rows-{number}")
            made(rows, study, number)
            print(line(f"a table of {number:,} rows", study), flush=True)


if __name__ == "__main__":
    main()
