"""A parser that hangs, crashes or eats memory ends in an error, and the next call works."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
import yaml

from framescope.document import ExtractionError, OurError
from framescope.extract.source.worker import Worker


@pytest.fixture
def worker():
    with Worker(memory_megabytes=1_000) as worker:
        yield worker


def test_a_call_gives_what_the_function_returns(worker):
    assert worker.call(sorted, [3, 1, 2], seconds=5) == [1, 2, 3]


def test_one_process_answers_many_calls(worker):
    assert len({worker.call(os.getpid, seconds=5) for _ in range(5)}) == 1
    assert worker.call(os.getpid, seconds=5) != os.getpid()


def test_a_call_that_hangs_is_a_time_out_worth_a_retry_and_the_next_call_works(worker):
    started = time.monotonic()
    with pytest.raises(ExtractionError, match="stood still for more than 1 seconds") as caught:
        worker.call(time.sleep, 60, seconds=1)
    assert caught.value.retry
    assert time.monotonic() - started < 5
    assert worker.call(len, "four", seconds=5) == 4


@pytest.mark.parametrize("crash", [(os.abort,), (signal.raise_signal, signal.SIGSEGV), (os._exit, 3)])
def test_a_crash_is_an_error_and_the_next_call_works(worker, crash):
    function, *arguments = crash
    with pytest.raises(ExtractionError, match="crashed") as caught:
        worker.call(function, *arguments, seconds=5)
    assert not caught.value.retry
    assert worker.call(len, "four", seconds=5) == 4


def test_a_call_that_needs_too_much_memory_is_an_error(worker):
    with pytest.raises(ExtractionError, match="memory"):
        worker.call(bytearray, 2_000_000_000, seconds=20)
    assert worker.call(len, "four", seconds=5) == 4


def test_the_limit_of_seconds_is_of_processor_time(worker):
    started = time.monotonic()
    with pytest.raises(ExtractionError, match="more than 1 seconds of processor time") as caught:
        worker.call(eval, "sum(range(10**12))", seconds=1, key="ocr_seconds")
    assert caught.value.remedy == "Split the file, or raise limits: ocr_seconds in config.yaml."
    assert caught.value.retry
    assert time.monotonic() - started > 1


def test_a_process_that_others_slow_down_is_given_the_processor_time_of_a_quiet_machine(worker):
    slow = "[(__import__('time').sleep(0.2), sum(range(2_000_000))) for _ in range(10)] and 'done'"
    started = time.monotonic()
    assert worker.call(eval, slow, seconds=1) == "done"
    assert time.monotonic() - started > 2


def test_programs_that_a_parser_starts_use_up_its_processor_time(worker):
    with pytest.raises(ExtractionError, match="processor time"):
        worker.call(os.system, f"{sys.executable} -c 'sum(range(10**12))'", seconds=1)


def test_an_error_of_ours_says_that_it_is_ours_and_does_not_blame_the_file(worker):
    with pytest.raises(OurError, match=r"KeyError: 'ı'") as caught:
        worker.call(dict.__getitem__, {}, "ı", seconds=5)
    assert "error of Framescope and no fault of the file" in caught.value.remedy
    assert "Traceback" in caught.value.__notes__[0]


def test_a_failure_inside_a_library_names_the_library_and_its_place(worker):
    with pytest.raises(
        ExtractionError, match=r"a library .* failed on it \(ParserError: .*; .*\.py, line \d+\)"
    ) as caught:
        worker.call(yaml.safe_load, "a: [", seconds=20)
    assert not isinstance(caught.value, OurError)
    assert "damaged" in caught.value.remedy


def test_threads_may_share_a_worker(worker):
    found = []
    threads = [threading.Thread(target=lambda: found.append(worker.call(abs, -7, seconds=5))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [7] * 8


def test_programs_that_a_parser_started_end_with_it(worker, tmp_path):
    mark = tmp_path / "mark"
    with pytest.raises(ExtractionError, match="more than 1 seconds"):
        worker.call(os.system, f"sleep 3; touch {mark}", seconds=1)
    time.sleep(3)
    assert not mark.exists()


def test_a_process_that_cannot_start_is_no_fault_of_a_file(monkeypatch):
    monkeypatch.setattr("framescope.extract.source.worker.START", "import no_such_module")
    with Worker(1_000) as broken, pytest.raises(ChildProcessError, match=r"did not start: .*no_such_module"):
        broken.call(len, "four", seconds=5)


def test_modules_beside_a_script_do_not_shadow_the_library(tmp_path):
    (tmp_path / "tomllib.py").write_text("raise SystemExit('shadowed')")
    script = tmp_path / "study.py"
    script.write_text(
        "from framescope.extract.source.worker import Worker\n"
        "print(Worker(1_000).call(eval, \"__import__('tomllib').__file__\", seconds=9))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True)
    assert run.stdout.strip().endswith("tomllib/__init__.py"), run.stderr
