"""The messages of a run on the terminal: one line for each stage, and errors with remedies.

The engine and its jobs send events, which are lines of JSON after a mark. The last of the other lines that they print
are shown only if a run fails for an unknown reason.
"""

from __future__ import annotations

import json
import os
import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from framescope.logs import MARK

STAGES = {"text": "reading", "annotated": "annotating", "measures": "measuring", "tables": "comparing"}
LAST_STAGE = "presenting"
UNITS = {"reading": "documents", "annotating": "documents"}
SECONDS_BETWEEN = 30.0
LINES_KEPT = 15
NOT_RUN = "The study cannot run."
ENGINE_PLACE = re.compile(r"^\w*(?:Error|Exception) in (?:file|rule) .*?(?:, line \d+)?:\n")
ENGINE_FRAME = re.compile(r"^ +File \".*\", line \d+.*$", re.MULTILINE)
ERROR_LINE = re.compile(r"(?:[\w.]+\.)?(\w*(?:Error|Exception|Interrupt|Exit))(?:: (.*))?")
REPORT_IT = "This is an error of Framescope: please report it with that log."
OUR_ERRORS = ("DamagedError", "StudyError", "LexiconError")
NO_MEMORY = "Not enough memory: close other programs or say make CORES=1; what is finished is kept."
# Messages of Python, its pools of processes, the linker, spaCy, NumPy and Arrow when there is not enough memory.
WITHOUT_MEMORY = re.compile(
    r"MemoryError|Errno 12\b|Cannot allocate memory|out of memory|bad_alloc|Memory allocation (?:still )?failed|"
    r"(?:m|re)alloc of size \d+ failed|Could not reserve memory|failed to map segment|"
    r"(?:can't start new|pthread_create|failed to create) thread|terminated abruptly|"
    r"error return without exception set",
    re.IGNORECASE,
)


def stage_of(output: str) -> str:
    """The stage that makes an output of the workflow, which may be the local copy of one in an object storage.

    >>> stage_of("results/annotated/01.spacy"), stage_of(".snakemake/storage/s3/bucket/results/text/01.jsonl")
    ('annotating', 'reading')
    """
    parts = Path("".join(output.rpartition("results/")[1:])).parts
    return STAGES.get(parts[1], LAST_STAGE) if len(parts) > 2 else LAST_STAGE


def plan(jobs: Iterable[tuple[str, str]], documents: Mapping[str, int]) -> dict[str, int]:
    """The amount of work of each stage: documents if it processes batches, otherwise jobs.

    A job is a pair of its output and its batch ("" for none); `documents` gives the number of documents of each batch.

    >>> plan([("results/text/0.jsonl", "0"), ("results/tables/a.csv", "")], {"0": 40})
    {'reading': 40, 'comparing': 1}
    """
    totals = dict.fromkeys((*STAGES.values(), LAST_STAGE), 0)
    for output, batch in jobs:
        totals[stage_of(output)] += documents.get(batch, 1)
    return {stage: total for stage, total in totals.items() if total}


def in_words(seconds: float) -> str:
    """A length of time in words.

    >>> in_words(8), in_words(100), in_words(7500)
    ('8 s', '2 min', '2 h 5 min')
    """
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


@dataclass
class Stage:
    """The progress of a stage; `parts` has the number of finished documents of each unfinished batch."""

    name: str
    total: int
    done: int = 0
    parts: dict[str, int] = field(default_factory=dict)
    began: float | None = None

    def line(self, now: float) -> str:
        """The line of the stage: how much is done, and the time that remains or that it took."""
        done = self.done + sum(self.parts.values())
        spent = now - (self.began if self.began is not None else now)
        progress = f"{self.name:<11}{done:>6,} of {self.total:,} {UNITS.get(self.name, 'steps')}"
        if done >= self.total:
            return f"{progress}, {in_words(spent)}"
        return f"{progress}, about {in_words(spent / done * (self.total - done))} left" if done else progress


class Screen:
    """Shows the events of a run. `clock` returns seconds. On a terminal the line of a stage is updated in place."""

    def __init__(self, study: Path, stream: TextIO, clock: Callable[[], float]) -> None:
        self.study, self.stream, self.clock = study, stream, clock
        self.stages: dict[str, Stage] = {}
        self.shown: set[str] = set()
        self.jobs: dict[int, tuple[str, str]] = {}
        self.documents: dict[str, int] = {}
        self.problems: list[str] = []
        self.besides: deque[str] = deque(maxlen=LINES_KEPT)
        self.live = stream.isatty()
        self.written = clock()

    def take(self, line: str) -> None:
        """Process one line that the engine or a job has printed."""
        if line.startswith(MARK):
            event = json.loads(line[len(MARK) :])
            handle = getattr(self, f"_on_{event.pop('event')}")
            handle(**event)
            self._show()
        elif line.strip():
            self.besides.append(line.rstrip())

    def _on_said(self, text: str, doing: str = "", batch: str = "", done: int = 0) -> None:
        if not doing:
            self._print(text)
        elif doing in self.stages:
            self.stages[doing].parts[batch] = done

    def _on_plan(self, totals: dict[str, int], documents: dict[str, int]) -> None:
        self.stages = {stage: Stage(stage, total) for stage, total in totals.items()}
        self.documents = documents

    def _on_job(self, number: int, output: str, batch: str) -> None:
        stage = stage_of(output)
        self.jobs[number] = (stage, batch)
        if stage in self.stages and self.stages[stage].began is None:
            self.stages[stage].began = self.clock()

    def _on_finished(self, number: int) -> None:
        name, batch = self.jobs.get(number, (LAST_STAGE, ""))
        if name in self.stages:
            self.stages[name].parts.pop(batch, None)
            self.stages[name].done += self.documents.get(batch, 1)

    def _on_failed(self, rule: str, log: str) -> None:
        self.problems.append(job_problem(rule, log, _last_lines(self.study / log)))

    def _on_error(self, kind: str, text: str) -> None:
        self.problems.append(engine_problem(kind, text))

    def _show(self) -> None:
        for stage in self.stages.values():
            if stage.name in self.shown:
                continue
            if stage.done >= stage.total:
                self.shown.add(stage.name)
                self._print(stage.line(self.clock()))
                continue
            if self.live:
                self._write(f"\r\x1b[K{stage.line(self.clock())}")
            elif self.clock() - self.written > SECONDS_BETWEEN:
                self._print(stage.line(self.clock()))
            return

    def _print(self, text: str) -> None:
        self._write(("\r\x1b[K" if self.live else "") + text + "\n")
        self.written = self.clock()

    def _write(self, text: str) -> None:
        """Write to the terminal. If its reader has ended, as after `| head`, the run continues without messages."""
        try:
            self.stream.write(text)
            self.stream.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())

    def stop(self, text: str) -> None:
        """Show that the run was stopped, in place of the line that is being updated."""
        self.live = False
        self._print(f"\n{text}" if self.stream.isatty() else text)

    def close(self, failed: bool) -> None:
        """Show the errors of a run that failed or, if the cause is unknown, the last lines of the engine."""
        if failed:
            known = [problem for problem in dict.fromkeys(self.problems) if problem]
            for problem in known or unknown_problem(self.besides):
                self._print(problem)


def unknown_problem(besides: Collection[str]) -> list[str]:
    """The message about an engine that ended without stating a cause, from the last lines that it printed."""
    if not besides or any(WITHOUT_MEMORY.search(line) for line in besides):
        return [NO_MEMORY]
    return ["The run ended with an error. Its last lines:", *besides]


def job_problem(rule: str, log: str, lines: list[str]) -> str:
    """The message about a job that failed, from the last lines of its log: cause, place and remedy."""
    errors = [(number, match) for number, match in enumerate(map(ERROR_LINE.fullmatch, lines), 1) if match]
    if not errors:
        return (
            f"{rule}: the job was ended from outside, most often because memory ran out. Close other programs or say "
            f"make CORES=1; what is finished is kept. Log: {log}"
        )
    number, match = errors[-1]
    kind, message = match.group(1), match.group(2) or ""
    if kind in OUR_ERRORS:
        return "\n".join([message, *lines[number:]])
    if "Errno 28" in message or "Errno 122" in message:
        remedy = "The disk is full: make room and say make again; what is finished is kept."
    elif WITHOUT_MEMORY.search(f"{kind}: {message}"):
        remedy = NO_MEMORY
    elif kind in ("PermissionError", "OSError"):
        remedy = "Check the folder and its rights, and say make again; what is finished is kept."
    else:
        remedy = REPORT_IT
    return f"{rule}: {': '.join(filter(None, (kind, message)))} (log: {log}). {remedy}"


def engine_problem(kind: str, text: str) -> str:
    """The message about an error of the engine; empty if the error of a job says more."""
    if NOT_RUN in text:
        return ENGINE_FRAME.sub("", text[text.index(NOT_RUN) :]).strip()
    if kind == "LockException":
        return "Another run of this study has just begun."
    if WITHOUT_MEMORY.search(text):
        return NO_MEMORY
    if "CalledProcessError in" in text or "At least one job did not complete" in text:
        return ""
    return ENGINE_PLACE.sub("", text.strip())


def _last_lines(log: Path) -> list[str]:
    try:
        return log.read_text(encoding="utf-8", errors="replace").splitlines()[-LINES_KEPT:]
    except OSError:
        return []
