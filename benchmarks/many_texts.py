"""Measure what a study of many texts costs, rule by rule: python benchmarks/many_texts.py FOLDER --texts N ...

A table of N texts of one paragraph of about 100 words (or of as many as --paragraphs says) is made for each N and run
without the language model (`annotate: none`, or as --annotate says). The words of the texts follow one another as words
of the .txt files of FOLDER do: each word is drawn from those that follow the one before it there. Texts that were put
together from whole sentences would copy each other. They have dates over fifty years and five parties. A row for each
rule: its jobs, seconds of processor time of all of them with their copies, and megabytes of the largest process, for
each N; and with several N the power of the number of texts with which the seconds grow between the last two, 1 if they
are proportional. With --keep DIRECTORY the studies remain there.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
SEED, WORDS, LONGEST_SENTENCE = 1, 100, 60
PARTIES = ("North", "South", "East", "West", "Centre")
CONFIG = """title: Many texts
annotate: {annotate}
corpora:
  - {{file: texts.csv, id: id, text: text, published: date, group: party}}
"""


class Cost(NamedTuple):
    """What the jobs of a rule took: their number, seconds of processor time, megabytes of the largest."""

    jobs: int
    seconds: float
    megabytes: float


class Chain:
    """Words with those that follow them in the .txt files of a folder."""

    def __init__(self, folder: Path) -> None:
        self.following: dict[str, list[str]] = defaultdict(list)
        self.first: list[str] = []
        for path in sorted(folder.glob("*.txt")):
            words = path.read_text(encoding="utf-8").split()
            for before, word in pairwise(words):
                (self.first if ends(before) else self.following[before]).append(word)

    def sentence(self, draw: random.Random) -> Iterator[str]:
        """The words of a sentence drawn at random."""
        word = draw.choice(self.first)
        for _ in range(LONGEST_SENTENCE):
            if ends(word) or word not in self.following:
                break
            yield word
            word = draw.choice(self.following[word])
        yield re.sub(r"\W+$", "", word) + "."


def ends(word: str) -> bool:
    """Whether a sentence ends with the word."""
    return word[-1] in ".?!"


def paragraph(chain: Chain, draw: random.Random) -> str:
    """A paragraph, whose last sentence is the one with which it reaches `WORDS` words."""
    words: list[str] = []
    while len(words) < WORDS:
        words += chain.sentence(draw)
    return " ".join(words)


def make_study(study: Path, chain: Chain, number: int, paragraphs: int, annotate: str) -> int:
    """A study of one table with this number of texts of so many paragraphs; returns the number of their words."""
    draw = random.Random(SEED)
    (study / "raw").mkdir(parents=True)
    texts = ["\n\n".join(paragraph(chain, draw) for _ in range(paragraphs)) for _ in range(number)]
    days = pd.Timestamp("1970-01-01") + pd.to_timedelta([n * 18_262 // number for n in range(number)], unit="D")
    rows = {"id": [f"text-{n:07d}" for n in range(number)], "date": days.strftime("%Y-%m-%d")}
    rows |= {"party": [draw.choice(PARTIES) for _ in range(number)], "text": texts}
    pd.DataFrame(rows).to_csv(study / "raw" / "texts.csv", index=False)
    (study / "config.yaml").write_text(CONFIG.format(annotate=annotate), encoding="utf-8")
    return sum(len(text.split()) for text in texts)


def run(study: Path, cores: int) -> tuple[dict[str, Cost], float, float]:
    """The cost of each rule of a run, and seconds of the clock and of processor time of the whole.

    Raises: CalledProcessError if the run fails.
    """
    said = study / "jobs.txt"
    python_path = os.pathsep.join([str(ROOT / "benchmarks" / "measuring_jobs"), str(ROOT / "workflow")])
    environment = {**os.environ, "PYTHONPATH": python_path, "MEASURED_JOBS": str(said)}
    command = [sys.executable, "-m", "framescope.command", "run", str(study), "--cores", str(cores)]
    begun = time.monotonic()
    with (study / "run.txt").open("w") as stream:
        process = subprocess.Popen(command, env=environment, stdout=stream, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
    clock = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    costs: dict[str, Cost] = {}
    for line in said.read_text(encoding="ascii").splitlines():
        rule, seconds, megabytes = line.split()
        jobs, total, largest = costs.get(rule, Cost(0, 0.0, 0.0))
        costs[rule] = Cost(jobs + 1, total + float(seconds), max(largest, float(megabytes)))
    if process.returncode:
        print(rows_of([costs], [0]), (study / "run.txt").read_text(encoding="utf-8")[-3000:], sep="\n")
        raise subprocess.CalledProcessError(process.returncode, command)
    return costs, clock, used.ru_utime + used.ru_stime


def power(before: float, after: float, factor: float) -> float:
    """The power of a factor by which a number grew.

    >>> power(2.0, 8.0, 2.0)
    2.0
    """
    return math.log(after / before) / math.log(factor)


def rows_of(costs: list[Mapping[str, Cost]], numbers: list[int]) -> str:
    """The table of the rules, those that took most in the last run first."""
    rules = sorted(costs[-1], key=lambda rule: -costs[-1][rule].seconds)
    lines = []
    for rule in rules:
        cells = [
            f"{cost.jobs} | {cost.seconds:.1f} | {cost.megabytes:,.0f}" if cost else " |  | "
            for cost in (of_run.get(rule) for of_run in costs)
        ]
        grown = ""
        if len(costs) > 1 and rule in costs[-2]:
            grown = f"{power(costs[-2][rule].seconds, costs[-1][rule].seconds, numbers[-1] / numbers[-2]):.2f}"
        lines.append(f"| {rule} | {' | '.join(cells)} | {grown} |")
    heads = " | ".join(f"jobs, {number:,} | s | MB" for number in numbers)
    return "\n".join([f"| rule | {heads} | power |", f"| --- |{' ---: |' * (3 * len(numbers) + 1)}", *lines])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=int, nargs="+", default=[1_000, 5_000])
    parser.add_argument("--paragraphs", type=int, default=1)
    parser.add_argument("--annotate", default="none")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    chain = Chain(given.folder)
    costs: list[Mapping[str, Cost]] = []
    with tempfile.TemporaryDirectory() as temporary:
        for number in given.texts:
            study = (given.keep or Path(temporary)).absolute() / f"texts-{number}"
            words = make_study(study, chain, number, given.paragraphs, given.annotate)
            of_rules, clock, processor = run(study, given.cores)
            costs.append(of_rules)
            print(
                f"{number:,} texts, {words:,} words: {clock:.1f} s of the clock, {processor:.1f} s of processor time, "
                f"{words / clock:,.0f} words a second, {1e6 * processor / words:.1f} microseconds of processor time a "
                "word",
                flush=True,
            )
    print(rows_of(costs, given.texts))


if __name__ == "__main__":
    main()
