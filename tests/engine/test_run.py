"""What `make` does around the engine: one run at a time, recovery from any end, and words for people."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ROOT, tables

from framescope.running import locks
from framescope.running.screen import NO_MEMORY

COMMAND = [sys.executable, "-m", "framescope.command"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "workflow")}


def start(
    study: Path, *arguments: str, command: str = "run", before: Callable[[], None] | None = None
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, command, str(study), *arguments],
        preexec_fn=before,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def said(study: Path, *arguments: str, command: str = "run") -> tuple[int, str]:
    run = start(study, *arguments, command=command)
    text, _ = run.communicate(timeout=600)
    return run.returncode, text


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def started(study: Path) -> subprocess.Popen[str]:
    """A run that has come so far that its engine has locked the study and is at work."""
    (study / locks.RECORD).unlink(missing_ok=True)
    run = start(study)
    wait_for(lambda: locks.engine_locks(study) and locks.last_run(study))
    return run


@pytest.fixture
def unread(study: Path) -> Path:
    """A finished study with a document that has not been read."""
    (study / "raw" / "new.txt").write_text("The navy sailed in 2020. Trade went on.", encoding="utf-8")
    return study


def test_one_run_at_a_time_one_line_for_ctrl_c_and_a_killed_run_is_recovered_from(unread: Path) -> None:
    first = started(unread)
    other = locks.last_run(unread)
    for command in ("run", "unlock"):
        code, text = said(unread, command=command)
        assert code == 1
        assert f"Another run of this study is going on (since {other.since}, process {other.process}" in text
    assert locks.engine_locks(unread)
    first.send_signal(signal.SIGINT)
    text, _ = first.communicate(timeout=60)
    assert first.returncode == 130
    assert text.splitlines()[-1] == "Stopped. What is finished is kept: say make again to go on."
    assert "Traceback" not in text
    assert not locks.engine_locks(unread)

    second = started(unread)
    engine = locks.last_run(unread).process
    second.kill()
    assert said(unread)[1].startswith("Another run of this study is going on"), "the engine has outlived its starter"
    os.killpg(engine, signal.SIGKILL)
    second.communicate(timeout=60)
    wait_for(lambda: (handle := locks.hold(unread)) is not None and os.close(handle) is None)
    assert locks.engine_locks(unread)

    (unread / "results" / "measures" / "failures.parquet").unlink(missing_ok=True)
    code, text = said(unread, "results/measures/failures.parquet")
    assert code == 0, text
    assert re.search(rf"The run of .* \(process {engine}\) was ended before its time; its lock is removed\.", text)
    assert "measuring       1 of 1 steps" in text


def test_a_run_tells_one_line_a_stage_and_then_that_nothing_has_changed(finished: Path, study: Path) -> None:
    (study / "results" / "report.html").unlink()
    (study / "results" / "tables" / "keywords.csv").unlink()
    code, text = said(study)
    assert code == 0, text
    lines = text.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["comparing", "presenting"]
    assert re.fullmatch(r"comparing +1 of 1 steps, \d+ (s|min)", lines[0])
    assert lines[-1] == f"Report: {study.resolve()}/results/report.html"
    assert tables(study) == tables(finished)
    report = f"Report: {study.resolve()}/results/report.html"
    assert lines.count(report) == 1
    assert said(study) == (0, f"Nothing has changed: the results are up to date.\n{report}\n")


def test_errors_of_the_study_come_without_the_words_of_the_engine(study: Path) -> None:
    (study / "config.yaml").write_text("titel: x\n", encoding="utf-8")
    assert said(study) == (
        1,
        "The study cannot run.\nconfig.yaml: the top level: unknown key 'titel'. Did you mean title?\n",
    )


def test_a_run_that_is_given_no_memory_says_so_in_one_line(study: Path) -> None:
    bound = 300 * 2**20
    run = start(study, before=lambda: resource.setrlimit(resource.RLIMIT_AS, (bound, bound)))
    assert run.communicate(timeout=600)[0] == f"{NO_MEMORY}\n"
    assert run.returncode == 1


def test_a_damaged_batch_file_is_named_and_made_anew_also_where_its_times_are_as_they_were(finished, study) -> None:
    path = next((study / "results" / "text").glob("*.jsonl"))
    when = path.stat()
    path.write_bytes(path.read_bytes()[:-100])
    os.utime(path, ns=(when.st_atime_ns, when.st_mtime_ns))
    name = str(path.relative_to(study))
    code, text = said(study, name)
    assert code == 0, text
    assert f"{name}: it is not what the last run made of it and is made anew." in text
    assert path.read_bytes() == (finished / name).read_bytes()


def test_a_part_of_a_fresh_study_is_made_and_nothing_else_is_missed(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("The navy sailed in 2020. Trade went on.", encoding="utf-8")
    code, text = said(tmp_path, "results/text/all.jsonl")
    assert code == 0, text
    assert text.splitlines()[-1] == "Framescope: what was asked for is in results/."


def test_a_verbose_run_that_fails_has_the_engine_s_own_message_and_no_guess_of_its_cause(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "config.yaml").write_text("lexicon: nothing.yaml", encoding="utf-8")
    code, text = said(tmp_path, "--verbose")
    assert code == 1
    assert "nothing.yaml" in text
    assert NO_MEMORY not in text
