"""Measure the recogniser of dates: python benchmarks/dates.py [--write docs/dates.md]

FRAMESCOPE_SHARED names the folder with the development gold (data/dates/gum-dev.jsonl and news-dev.jsonl) and its
scorer (bench/dates/score.py). Prints F1 of each set by type of date and measure, the errors by cause, dates invented in
the trap sentences, probe sentences read as written down, words a second on one core, and the time of a first call.
--write puts the tables between the marks of that file. --article GOLD.jsonl adds a file marked in the form of the gold.
--errors N shows up to N errors of each cause.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import os
import re
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
TYPES = ("DATE", "TIME", "DURATION", "SET")
MEASURES = ("strict", "relaxed", "type", "value", "value_strict", "years")
WEEKDAY_NAME = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
HOUR = re.compile(r"\dT\d")
FIRST_CALL = (
    "import time; began = time.process_time(); from framescope.annotate.dates import find_dates;"
    " find_dates('It was signed in May 1954.'); print(time.process_time() - began)"
)

Row = tuple[str, ...]
Tables = tuple[list[Row], list[Row]]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def timex(date: Date, calendar: bool = False) -> dict[str, Any]:
    """One date in the scorer's form; a range carries no bounds, as the scorer takes its two sides from the value.

    `calendar` says that the gold marks calendar time alone, and all of it but hours as DATE: also "Friday night", and
    lengths that lie in the calendar as "the past two years".
    """
    record: dict[str, Any] = {"start": date.start, "end": date.end, "type": date.type, "value": date.value}
    if date.type == "ERA":
        record["type"] = "DATE"
    elif calendar and not HOUR.search(date.value) and date.type in ("DURATION", "TIME") and (date.first or date.last):
        record["type"] = "DATE"
        record["value"] = date.first if date.first == date.last else f"{date.first or ''}/{date.last or ''}"
    if (date.first or date.last) and "/" not in date.value:
        record["bounds"] = f"{date.first or ''}/{date.last or ''}"
    return record


def scored(gold: Path, predicted: Path, scorer: Path, types: str) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """The scorer's figures for some types, and its errors by kind."""
    command = [sys.executable, str(scorer), str(gold), str(predicted), "--only", types, "--json", "--errors", "1000000"]
    first, *lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    errors: dict[str, list[Any]] = {}
    rows: list[Any] = []
    for line in lines:
        if line.startswith("-- "):
            rows = errors.setdefault(line[3:].partition(":")[0], [])
        else:
            rows.append(json.loads(line))
    return json.loads(first), errors


def scores(gold: Path, scorer: Path, errors: int) -> Tables:
    """F1 of one gold file by type and measure, and what causes the errors."""
    records = read_lines(gold)
    types = {timex["type"] for record in records for timex in record["timexes"]}
    predicted = [
        {
            "doc_id": record["doc_id"],
            "timexes": [timex(date, "DURATION" not in types) for date in find_dates(record["text"], record["dct"])],
        }
        for record in records
    ]
    figures: list[Row] = []
    causes: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in predicted), encoding="utf-8")
        for wanted in [kind for kind in TYPES if kind in types] + [",".join(TYPES)]:
            result, wrong = scored(gold, path, scorer, wanted)
            label = wanted if wanted in TYPES else "all types"
            figures.append(
                (
                    gold.stem,
                    label,
                    str(result["counts"]["gold"]),
                    *(f"{100 * result[key]['f1']:.1f}" for key in MEASURES),
                )
            )
            if label == ("all types" if "DURATION" in types else "DATE"):
                causes = [(gold.stem, cause, str(len(rows))) for cause, rows in by_cause(wrong, errors)]
    return figures, causes


def by_cause(wrong: dict[str, list[Any]], shown: int) -> list[tuple[str, list[Any]]]:
    """Errors of value, dates missed and dates too many, by cause, the most frequent first."""
    causes: dict[str, list[Any]] = {}
    for document, gold, found in wrong["value"]:
        causes.setdefault(cause_of(gold, found), []).append((document, gold, found))
    for kind in ("missed", "spurious"):
        for document, date in wrong[kind]:
            name = "a reference to present, past or future" if date[2].endswith("_REF") else f"a {date[1]}"
            causes.setdefault(f"{kind}: {name}", []).append((document, date))
    ordered = sorted(causes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    for cause, rows in ordered if shown else []:
        print(f"-- {cause}: {len(rows)}", *map(json.dumps, rows[:shown]), sep="\n   ")
    return ordered


def cause_of(gold: list[str], found: list[str]) -> str:
    """What a wrong value has against the right one: its direction, its precision, its type or another date."""
    right, read = gold[2], found[2]
    if "P" in (right[0], read[0]) and right[:1] != read[:1]:
        return (
            "value: a reference for a date"
            if "_REF" in right + read
            else "value: a length for a date, or a date for one"
        )
    if right[:1] == "P":
        return "value: another length"
    if right.replace("X", "").rstrip("-") == read.replace("X", "").rstrip("-"):
        return "value: another notation"
    days = day(right), day(read)
    if days[0] and days[0] == days[1]:
        return "value: another hour or part of the day"
    if WEEKDAY_NAME.search(found[0]) and days[0] and days[1]:
        return "value: a weekday of another week" if (days[0] - days[1]).days % 7 == 0 else "value: another day"
    if right[4:] == read[4:] and right[4:]:
        return "value: a month or day of another year"
    if right.startswith(read) or read.startswith(right):
        return "value: more or less precise"
    return "value: another period"


def day(value: str) -> datetime.date | None:
    """The day of a value, if it is one."""
    match = re.match(r"\d{4}-\d\d-\d\d", value)
    return datetime.date.fromisoformat(match[0]) if match else None


def traps(errors: int) -> Row:
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


def probes() -> Row:
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


def speed(records: list[dict[str, Any]]) -> Row:
    """Words a second by processor time, the best of five runs over the gold's texts."""
    words = sum(count_words(record["text"]) for record in records)
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for record in records:
            find_dates(record["text"], record["dct"])
        best = min(best, time.process_time() - began)
    return f"words a second on one core, over {words:,} words", f"{round(words / best, -4):,.0f}"


def first_call() -> Row:
    """Processor time of the import and a first call in a new process, the best of three."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent / "workflow")}
    command = [sys.executable, "-c", FIRST_CALL]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True, env=environment) for _ in range(3)]
    return "seconds of a first call, its import included", f"{min(float(run.stdout) for run in runs):.2f}"


def table(header: Row, rows: list[Row]) -> str:
    """A table in Markdown; columns after the words are numbers."""
    rule = tuple(
        "---:" if rows[0][place].replace(",", "").replace(".", "").isdigit() else "---" for place in range(len(header))
    )
    return "".join(f"| {' | '.join(row)} |\n" for row in (header, rule, *rows))


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
    golds = [Path(shared) / "data" / "dates" / f"{name}-dev.jsonl" for name in ("gum", "news")]
    scorer = Path(shared) / "bench" / "dates" / "score.py"
    figures: list[Row] = []
    causes: list[Row] = []
    for gold in [*golds, *([arguments.article] if arguments.article else [])]:
        more, why = scores(gold, scorer, arguments.errors)
        figures, causes = figures + more, causes + why
    others = [traps(arguments.errors), probes(), speed(read_lines(golds[0])), first_call()]
    tables = "\n".join(
        (
            table(("set", "type", "marked", "span", "overlap", "type F1", "value", "span and value", "years"), figures),
            table(("measure", "figure"), others),
            table(("set", "cause of an error", "errors"), causes),
        )
    )
    print(tables, end="")
    if arguments.write:
        text = arguments.write.read_text(encoding="utf-8")
        before, _, rest = text.partition(MARKS[0])
        _, _, after = rest.partition(MARKS[1])
        arguments.write.write_text(before + MARKS[0] + tables + MARKS[1] + after, encoding="utf-8")


if __name__ == "__main__":
    main()
