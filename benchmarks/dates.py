"""Measure the recogniser of dates: python benchmarks/dates.py

FRAMESCOPE_SHARED names the folder with the development gold (data/dates/gum-dev.jsonl) and its scorer
(bench/dates/score.py). Prints the figures of docs/dates.md: F1 on DATE, dates invented in the trap sentences, the
probes by kind, and words read in a second on one core. With --article GOLD.jsonl a file marked in the same form is
scored as well; with --errors N up to N errors of each kind are shown.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "workflow"))

from framescope.annotate.dates import Date, find_dates  # noqa: E402
from framescope.words import count_words  # noqa: E402

PROBES = HERE.parent / "tests" / "unit" / "annotate" / "dates"


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def predictions(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What `find_dates` says of each record, in the scorer's form; an era is a date to it."""
    return [
        {"doc_id": record["doc_id"], "timexes": [timex(date) for date in find_dates(record["text"], record["dct"])]}
        for record in records
    ]


def timex(date: Date) -> dict[str, Any]:
    """One date in the scorer's form; a range carries no bounds, as the scorer takes its two sides from the value."""
    record = {"start": date.start, "end": date.end, "type": date.type, "value": date.value}
    if date.type == "ERA":
        record["type"] = "DATE"
    if (date.first or date.last) and "/" not in date.value:
        record["bounds"] = f"{date.first or ''}/{date.last or ''}"
    return record


def report_gold(gold: Path, scorer: Path, errors: int) -> None:
    """Run the scorer on one gold file and show what it says."""
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in predictions(read_lines(gold)))
        predicted.write_text("".join(lines), encoding="utf-8")
        print(f"{gold.name}, DATE", flush=True)
        subprocess.run([sys.executable, scorer, gold, predicted, "--only", "DATE", "--errors", str(errors)], check=True)


def report_speed(records: list[dict[str, Any]]) -> None:
    """Words a second over the texts read many times, by processor time, the best of five runs."""
    texts = [(record["text"], record["dct"]) for record in records]
    words = sum(count_words(text) for text, _ in texts)
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for text, published in texts:
            find_dates(text, published)
        best = min(best, time.process_time() - began)
    print(f"speed: {words / best:,.0f} words a second over {words:,} words")


def report_sentences() -> None:
    """Dates invented in the trap sentences, and probes read as written down, by kind."""
    if not (PROBES / "traps.csv").exists():
        return
    with (PROBES / "traps.csv").open(encoding="utf-8", newline="") as lines:
        traps = list(csv.DictReader(lines))
    invented = [
        (row["sentence"], date.text)
        for row in traps
        for date in find_dates(row["sentence"], "2019-06-01")
        if not date.citation and (date.first or date.last)
    ]
    print(f"traps: {len(invented)} dates invented in {len(traps)} sentences", *invented, sep="\n  ")
    with (PROBES / "probes.csv").open(encoding="utf-8", newline="") as lines:
        probes = list(csv.DictReader(lines))
    right: Counter[str] = Counter()
    for row in probes:
        found = [
            (date.text, date.first or "", date.last or "")
            for date in find_dates(row["sentence"], row["published"] or None)
        ]
        right[row["kind"]] += (row["text"], row["first"], row["last"]) in found
    for kind, count in sorted(Counter(row["kind"] for row in probes).items()):
        print(f"probes, {kind}: {right[kind]} of {count}")


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--article", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    shared = os.environ.get("FRAMESCOPE_SHARED")
    if not shared:
        sys.exit("FRAMESCOPE_SHARED: set it to the folder that holds data/dates/gum-dev.jsonl")
    gold = Path(shared) / "data" / "dates" / "gum-dev.jsonl"
    scorer = Path(shared) / "bench" / "dates" / "score.py"
    report_gold(gold, scorer, arguments.errors)
    if arguments.article:
        report_gold(arguments.article, scorer, arguments.errors)
    report_sentences()
    report_speed(read_lines(gold))


if __name__ == "__main__":
    main()
