import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import framescope
from framescope.logs import MARK, progress
from framescope.running.screen import NO_MEMORY, REPORT_IT, Screen, engine_problem, job_problem, unknown_problem

PLAN = {"totals": {"reading": 40, "comparing": 1}, "documents": {"0": 10, "1": 30}}


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def screen(clock: Clock, tmp_path: Path) -> Screen:
    return Screen(tmp_path, io.StringIO(), clock)


def take(screen: Screen, event: str, **facts: object) -> None:
    screen.take(MARK + json.dumps({"event": event, **facts}) + "\n")


def test_a_stage_is_one_line_with_documents_done_of_all_and_the_time_left(screen: Screen, clock: Clock) -> None:
    take(screen, "plan", **PLAN)
    take(screen, "job", number=1, output="results/text/0.jsonl", batch="0")
    take(screen, "job", number=2, output="results/text/1.jsonl", batch="1")
    clock.seconds = 60
    take(screen, "finished", number=1)
    take(screen, "said", text="reading, batch 1: 10 of 30 documents", doing="reading", batch="1", done=10)
    assert screen.stages["reading"].line(clock.seconds) == "reading        20 of 40 documents, about 1 min left"
    clock.seconds = 100
    take(screen, "finished", number=2)
    take(screen, "job", number=3, output="results/tables/a.csv", batch="")
    take(screen, "finished", number=3)
    assert screen.stream.getvalue().splitlines() == [
        "reading        10 of 40 documents, about 3 min left",
        "reading        40 of 40 documents, 2 min",
        "comparing       1 of 1 steps, 0 s",
    ]


def test_what_the_engine_prints_besides_is_shown_only_when_a_failure_has_no_known_cause(screen: Screen) -> None:
    screen.take("Select jobs to execute...\n")
    screen.close(failed=False)
    assert screen.stream.getvalue() == ""
    screen.close(failed=True)
    assert "Select jobs to execute..." in screen.stream.getvalue()
    take(screen, "error", kind="WorkflowError", text='WorkflowError in file "Snakefile", line 3:\nA cause.')
    screen.stream = io.StringIO()
    screen.close(failed=True)
    assert screen.stream.getvalue() == "A cause.\n"


def test_errors_of_the_study_lose_the_place_in_our_own_files() -> None:
    text = 'WorkflowError in file "/x/study.smk", line 34:\nThe study cannot run.\nraw/: no documents.'
    text += '\n  File "/x/study.smk", line 42, in <module>'
    assert engine_problem("WorkflowError", text) == "The study cannot run.\nraw/: no documents."


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full: make room and say make again"),
        ("MemoryError", NO_MEMORY),
        ("numpy._core._exceptions._ArrayMemoryError: Unable to allocate 9 GiB", NO_MEMORY),
        ("ValueError: Could not reserve memory block", NO_MEMORY),
        ("ImportError: /x/y.so: failed to map segment from shared object", NO_MEMORY),
        ("pyarrow.lib.ArrowMemoryError: malloc of size 8 failed", NO_MEMORY),
        ("KeyError: 'x'", REPORT_IT),
        ("framescope.failures.DamagedError: results/text/0.jsonl: this file is damaged. Delete it", "Delete it"),
    ],
)
def test_a_failed_job_is_told_with_cause_place_and_remedy(line: str, remedy: str) -> None:
    told = job_problem("annotate", "results/logs/annotate/0.log", ["Traceback ...", '  File "x"', line])
    assert remedy in told
    assert "results/" in told


def test_an_error_of_the_study_that_a_job_finds_is_told_whole() -> None:
    lines = [
        '  File "x"',
        "framescope.configuration.StudyError: No document is left.",
        "raw/a.txt: it is empty.",
    ]
    told = job_problem("documents", "results/logs/documents.log", lines)
    assert told == "No document is left.\nraw/a.txt: it is empty."


def test_what_the_engine_says_of_a_failed_job_is_left_to_the_jobs_own_error() -> None:
    assert engine_problem("RuleException", 'RuleException:\nCalledProcessError in file "x.smk", line 36:\nC') == ""
    assert engine_problem("WorkflowError", "WorkflowError:\nAt least one job did not complete successfully.") == ""


def test_a_job_that_left_no_error_was_ended_from_outside() -> None:
    told = job_problem("annotate", "results/logs/annotate/0.log", ["loading the model x"])
    assert "ended from outside, most often because memory ran out" in told


def test_an_event_is_a_line_of_its_own_also_after_half_a_line_of_another_process() -> None:
    code = "import os; os.environ['FRAMESCOPE_EVENTS'] = '1'; from framescope.logs import say; "
    code += "os.write(2, b'Traceback (most '); say('done')"
    environment = {**os.environ, "PYTHONPATH": str(Path(framescope.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stderr.split("\n") == ["Traceback (most ", MARK + '{"event": "said", "text": "done"}', ""]


def test_without_a_screen_progress_is_text_for_the_terminal(capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr("sys.__stderr__", shown)
    assert list(progress([1, 2], "reading", "0", 2)) == [1, 2]
    assert shown.getvalue() == "reading, batch 0: 2 of 2 documents\n"


@pytest.mark.parametrize(
    "line",
    [
        "OpenBLAS error: Memory allocation still failed after 10 retries, giving up.",
        "SystemError: error return without exception set",
        "ImportError: /x/core.so: failed to map segment from shared object",
        "OSError: [Errno 12] Cannot allocate memory",
    ],
)
def test_an_engine_that_is_given_no_memory_says_so_and_what_to_do(line: str) -> None:
    assert unknown_problem(["Traceback ...", line]) == [NO_MEMORY]
    assert engine_problem("RuleException", f'RuleException in file "x.smk", line 3:\n{line}') == NO_MEMORY


def test_an_engine_that_ended_without_a_word_was_most_likely_given_no_memory() -> None:
    assert unknown_problem([]) == [NO_MEMORY]


def test_an_engine_that_ended_for_another_reason_is_quoted() -> None:
    assert unknown_problem(["KeyError: 12"])[1:] == ["KeyError: 12"]
    assert "KeyError" in engine_problem("KeyError", "KeyError: 12")


def test_a_reader_that_closes_the_pipe_stops_no_run(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as stream:
        screen = Screen(tmp_path, stream, lambda: 0.0)
        for text in ("one", "two"):
            take(screen, "said", text=text)
