"""Measure how fast the rows of a table of texts are listed, and in how much memory: python benchmarks/listing.py

A CSV file and a JSONL file of --rows texts (100,000 unless said otherwise) are written to a temporary folder. A row for
each: seconds for the first listing, seconds for a second one of the unchanged file, and peak memory of the process.
The peak is that of the process alone: `ru_maxrss` is at least what the process that started it had, which wrote the
files.
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import re
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow"))

from framescope.corpora.listing import list_table  # noqa: E402

SENTENCE = "The harbour council has now repaired the northern bridges with the help of its neighbours. "


def table(rows: int) -> list[dict[str, str]]:
    """Rows with an id, a speaker, a date and a text of six sentences."""
    return [
        {
            "id": f"speech-{n}",
            "speaker": f"Member {n % 400}",
            "date": f"{1990 + n % 30}-03-{1 + n % 28:02d}",
            "text": f"Speech {n}. {SENTENCE * 6}",
        }
        for n in range(rows)
    ]


def written(folder: Path, rows: list[dict[str, str]]) -> list[Path]:
    """The rows as CSV and as JSONL."""
    paths = [folder / "speeches.csv", folder / "speeches.jsonl"]
    with paths[0].open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    paths[1].write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return paths


def peak() -> int:
    """The peak memory of this process in megabytes, as Linux counts it from its start."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    if not found:
        raise OSError("/proc/self/status does not state the peak memory of the process: this needs Linux")
    return int(found[1]) // 1024


def measure(path: Path, memory: Path, result: multiprocessing.Queue[tuple[float, float, int]]) -> None:
    """Put the seconds of both listings and the peak memory in megabytes into `result`."""
    seconds = []
    for _ in range(2):
        begun = time.process_time()
        list_table(path, {}, memory)
        seconds.append(time.process_time() - begun)
    result.put((seconds[0], seconds[1], peak()))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how fast the rows of a table are listed.")
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    print("| table | rows | s, first | s, unchanged | MB |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for path in written(Path(folder), table(options.rows)):
            result = context.Queue()
            process = context.Process(target=measure, args=(path, Path(folder, "memory"), result))
            process.start()
            first, again, megabytes = result.get()
            process.join()
            print(f"| {path.suffix[1:]} | {options.rows:,} | {first:.1f} | {again:.1f} | {megabytes} |")


if __name__ == "__main__":
    main()
