"""Measure the recogniser of dates: python benchmarks/dates.py [--write docs/dates.md]

FRAMESCOPE_SHARED names the folder with the development gold (data/dates/gum-dev.jsonl) and its scorer
(bench/dates/score.py). Prints a table: F1 on DATE, dates invented in the trap sentences, probe sentences read as
written down, and words a second on one core. --write puts it between the marks of that file. --article GOLD.jsonl adds
a file marked in the form of the gold. --errors N shows up to N errors of each kind.
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
from itertools import groupby
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "workflow"))

from framescope.annotate.dates import Date, find_dates  # noqa: E402
from framescope.words import count_words  # noqa: E402

SENTENCES = HERE.parent / "tests" / "unit" / "annotate" / "dates"
TRAPS_PUBLISHED = "2019-06-01"
MARKS = ("<!-- figures -->\n", "<!-- end of figures -->\n")


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def timex(date: Date) -> dict[str, Any]:
    """One date in the scorer's form; a range carries no bounds, as the scorer takes its two sides from the value."""
    record: dict[str, Any] = {"start": date.start, "end": date.end, "type": date.type, "value": date.value}
    if date.type == "ERA":
        record["type"] = "DATE"
    if (date.first or date.last) and "/" not in date.value:
        record["bounds"] = f"{date.first or ''}/{date.last or ''}"
    return record


def scores(gold: Path, scorer: Path, errors: int) -> list[tuple[str, str]]:
    """F1 of one gold file by the scorer, which prints its errors itself."""
    predicted = [
        {"doc_id": record["doc_id"], "timexes": [timex(date) for date in find_dates(record["text"], record["dct"])]}
        for record in read_lines(gold)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in predicted), encoding="utf-8")
        command = [sys.executable, str(scorer), str(gold), str(path), "--only", "DATE"]
        if errors:
            subprocess.run([*command, "--errors", str(errors)], check=True)
        result = json.loads(subprocess.run([*command, "--json"], check=True, capture_output=True, text=True).stdout)
    return [
        (f"{gold.stem}, DATE, {name} F1", f"{100 * result[key]['f1']:.1f}")
        for name, key in (("years", "years"), ("strict span", "strict"), ("span and value", "value_strict"))
    ]


def traps(errors: int) -> tuple[str, str]:
    """Dates with an interval that are found in sentences that have none."""
    rows = read_table(SENTENCES / "traps.csv")
    invented = [
        (row["sentence"], date.text)
        for row in rows
        for date in find_dates(row["sentence"], TRAPS_PUBLISHED)
        if date.first or date.last
    ]
    for sentence, text in invented[:errors]:
        print(f"invented {text!r}: {sentence}")
    return f"dates invented in {len(rows)} trap sentences", str(len(invented))


def probes() -> tuple[str, str]:
    """Probe sentences in which exactly the dates written down are found."""
    cases = [
        (key, list(rows))
        for key, rows in groupby(
            read_table(SENTENCES / "probes.csv"), lambda row: (row["sentence"], row["published"] or None)
        )
    ]
    right = sum(
        [(date.text, date.first or "", date.last or "") for date in find_dates(*key)]
        == [(row["text"], row["first"], row["last"]) for row in rows]
        for key, rows in cases
    )
    return f"probe sentences read as written down, of {len(cases)}", str(right)


def speed(records: list[dict[str, Any]]) -> tuple[str, str]:
    """Words a second by processor time, the best of five runs over the gold's texts."""
    words = sum(count_words(record["text"]) for record in records)
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for record in records:
            find_dates(record["text"], record["dct"])
        best = min(best, time.process_time() - began)
    return f"words a second on one core, over {words:,} words", f"{round(words / best, -4):,.0f}"


def main() -> None:
    """Print every figure, and write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--article", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    shared = os.environ.get("FRAMESCOPE_SHARED")
    if not shared:
        sys.exit("FRAMESCOPE_SHARED: set it to the folder that holds data/dates/gum-dev.jsonl")
    gold = Path(shared) / "data" / "dates" / "gum-dev.jsonl"
    scorer = Path(shared) / "bench" / "dates" / "score.py"
    figures = scores(gold, scorer, arguments.errors)
    if arguments.article:
        figures += scores(arguments.article, scorer, arguments.errors)
    figures += [traps(arguments.errors), probes(), speed(read_lines(gold))]
    table = "| measure | figure |\n| --- | ---: |\n" + "".join(f"| {name} | {figure} |\n" for name, figure in figures)
    print(table, end="")
    if arguments.write:
        text = arguments.write.read_text(encoding="utf-8")
        before, _, rest = text.partition(MARKS[0])
        _, _, after = rest.partition(MARKS[1])
        arguments.write.write_text(before + MARKS[0] + table + MARKS[1] + after, encoding="utf-8")


if __name__ == "__main__":
    main()
