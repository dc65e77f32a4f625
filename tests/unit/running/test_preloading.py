"""Jobs run in copies of one process as they would run in an interpreter of their own."""

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

from framescope.running import preloading
from framescope.running.preloading import (
    ADDRESS,
    ADDRESS_APART,
    CHANNEL,
    GIVEN_BACK,
    Preloading,
    imports_of,
    start_process,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux are jobs copies of a process")
HEAVY = "import statistics\n"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".snakemake").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def command(study: Path) -> Iterator[str]:
    """The command that starts jobs of a run whose script job.py needs the module `statistics`."""
    (study / "heavy.py").write_text(HEAVY, encoding="utf-8")
    process = Preloading(sys.executable)
    yield process.begin({"job": imports_of(study / "heavy.py")})
    process.end()


def job(command: str, code: str, script: str = "job.py") -> subprocess.CompletedProcess[str]:
    Path(script).write_text(code, encoding="utf-8")
    return subprocess.run([*shlex.split(command), script], capture_output=True, text=True, check=False, timeout=60)


def test_a_job_finds_loaded_what_the_scripts_of_the_run_import(command: str) -> None:
    code = "import sys; sys.exit('statistics' in sys.modules and sys.argv == ['job.py'] and __name__ == '__main__')"
    assert job(command, code).returncode == 1
    assert job(shlex.quote(sys.executable), code).returncode == 0


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", 0),
        ("import sys; sys.exit(7)", 7),
        ("raise SystemExit('no')", 1),
        ("import sys; sys.exit()", 0),
        ("1 / 0", 1),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", 1),
        ("import no_such_module", 1),
    ],
)
def test_a_job_ends_with_the_exit_code_of_its_script(command: str, code: str, expected: int) -> None:
    assert job(command, code).returncode == expected


def test_a_job_sees_nothing_of_another_one(command: str) -> None:
    job(command, "import statistics, os; statistics.mine = 1; os.environ['MINE'] = '1'; os.chdir('/')")
    code = "import statistics, os; print(hasattr(statistics, 'mine'), 'MINE' in os.environ, os.getcwd())"
    Path("out.py").write_text(f"import sys; sys.stdout = open('out.txt', 'w'); {code}", encoding="utf-8")
    subprocess.run([*shlex.split(command), "out.py"], check=True)
    assert Path("out.txt").read_text(encoding="utf-8") == f"False False {Path.cwd()}\n"


def test_jobs_run_at_the_same_time(command: str) -> None:
    # Each job waits for the file of the other one.
    code = "import pathlib, sys, time\nopen(sys.argv[0] + '.here', 'w').close()\n"
    code += "while len(list(pathlib.Path().glob('*.here'))) < 2:\n    time.sleep(0.01)\n"
    for name in ("one.py", "two.py"):
        Path(name).write_text(code, encoding="utf-8")
    jobs = [subprocess.Popen([*shlex.split(command), name]) for name in ("one.py", "two.py")]
    assert [job.wait(timeout=60) for job in jobs] == [0, 0]


def test_a_module_that_cannot_be_imported_fails_its_own_job_and_no_other(study: Path) -> None:
    process = Preloading(sys.executable)
    command = process.begin({"job": [["no_such_module"], ["math", "sqrt", -1]]})
    assert job(command, "").returncode == 0
    assert job(command, "import no_such_module").returncode == 1
    process.end()


def test_without_the_process_a_job_starts_an_interpreter(command: str) -> None:
    ADDRESS.rename("elsewhere")
    done = job(command, "import sys; print('statistics' in sys.modules); sys.exit(7)")
    assert (done.stdout, done.returncode) == ("False\n", 7)


def test_where_the_folder_holds_no_socket_jobs_start_interpreters(study: Path) -> None:
    (study / ".snakemake").rmdir()
    process = Preloading("/usr/bin/an interpreter")
    assert process.begin({}) == "'/usr/bin/an interpreter'"
    process.end()


def test_the_process_ends_with_the_engine_that_started_it(study: Path) -> None:
    folder = str(Path(preloading.__file__).parents[2])
    code = (
        f"import sys; sys.path.append({folder!r}); from framescope.running.preloading import Preloading; import time; "
    )
    code += "process = Preloading(sys.executable); process.begin({}); print(process._process.pid, flush=True)"
    code += "; time.sleep(60)"
    engine = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert engine.stdout is not None
    number = int(engine.stdout.readline())
    os.kill(number, 0)
    engine.send_signal(signal.SIGKILL)
    engine.communicate()
    deadline = time.monotonic() + 60
    while Path(f"/proc/{number}").exists() and "Z" not in state(number) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert "Z" in state(number)


def state(number: int) -> str:
    """The state of a process, or Z if it has ended."""
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"


COUNTING = """
from functools import cache

@cache
def loaded(name):
    with open("loads.txt", "a", encoding="utf-8") as stream:
        stream.write(name + "\\n")
    return name.upper()
"""


@pytest.fixture
def counting(study: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a line for each time that a function of the module `counting` computes its result."""
    (study / "counting.py").write_text(COUNTING, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(study), os.environ.get("PYTHONPATH", "")]))
    return study / "loads.txt"


def test_jobs_share_what_a_step_of_their_script_has_loaded(counting: Path) -> None:
    process = Preloading(sys.executable)
    command = process.begin({"job": [["counting", "loaded", "model"]]})
    code = "import sys, counting; sys.exit(counting.loaded('model') != 'MODEL')"
    assert [job(command, code).returncode for _ in range(3)] == [0, 0, 0]
    process.end()
    assert counting.read_text(encoding="utf-8") == "model\n"


def test_a_job_that_needs_other_data_loads_its_own(counting: Path) -> None:
    process = Preloading(sys.executable)
    command = process.begin({"job": [["counting", "loaded", "model"]]})
    assert job(command, "import sys, counting; sys.exit(counting.loaded('other') != 'OTHER')").returncode == 0
    process.end()
    assert counting.read_text(encoding="utf-8") == "model\nother\n"


def test_a_job_waits_for_the_steps_of_its_script_also_behind_those_of_others(counting: Path) -> None:
    process = Preloading(sys.executable)
    command = process.begin({"first": [["time", "sleep", 0.5]], "job": [["statistics"]]})
    assert job(command, "import sys; sys.exit('statistics' not in sys.modules)").returncode == 0
    process.end()


def test_the_collector_of_garbage_works_in_a_job(command: str) -> None:
    assert job(command, "import gc, sys; sys.exit(not gc.isenabled())").returncode == 0


@pytest.mark.parametrize("own", ["", "mimalloc"])
def test_tables_of_a_job_are_in_memory_that_goes_back_to_the_system_unless_the_user_chose_other_memory(
    study: Path, monkeypatch: pytest.MonkeyPatch, own: str
) -> None:
    for name in GIVEN_BACK:
        monkeypatch.delenv(name, raising=False)
    if own:
        monkeypatch.setenv("ARROW_DEFAULT_MEMORY_POOL", own)
    process = Preloading(sys.executable)
    code = "import pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    assert job(process.begin({}), code).stdout == f"{own or 'system'}\n"
    process.end()


def test_imports_of_a_script_are_those_of_its_top_level(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import a.b, c\nfrom d.e import f\n\ndef g():\n    import h\n\nwith x:\n    import i\n", encoding="utf-8"
    )
    assert imports_of(script) == [("a.b",), ("c",), ("d.e",)]


def test_a_job_writes_to_where_the_program_that_asked_for_it_writes(command: str) -> None:
    done = job(command, "import sys; print('out'); print('err', file=sys.stderr)")
    assert (done.stdout, done.stderr) == ("out\n", "err\n")
    other = job(command, "print('other')")
    assert other.stdout == "other\n"


@pytest.fixture
def started(counting: Path, study: Path, monkeypatch: pytest.MonkeyPatch) -> subprocess.Popen[bytes]:
    """A process that was started before the engine, which finds it by the number of a channel."""
    process, channel = start_process(sys.executable, study, own_session=True)
    # The engine has the channel from here on.
    monkeypatch.setenv(CHANNEL, str(channel.detach()))
    return process


def test_a_process_that_was_started_before_runs_the_jobs_of_the_engine(
    started: subprocess.Popen[bytes], counting: Path
) -> None:
    engine = Preloading("/no/such/interpreter")
    command = shlex.split(engine.begin({"job": [["counting", "loaded", "model"]]}))
    assert CHANNEL not in os.environ, "jobs on other machines find no channel"
    code = f"import os, sys; sys.exit(os.getppid() != {started.pid})"
    assert job(shlex.join([sys.executable, *command[1:]]), code).returncode == 0
    assert counting.read_text(encoding="utf-8") == "model\n"
    engine.end()
    assert started.wait(timeout=60) == 0


def test_steps_given_at_the_start_are_taken_before_the_engine_sends_its_own(counting: Path, study: Path) -> None:
    process, channel = start_process(sys.executable, study, steps=[["counting", "loaded", "it's early"]])
    with closing(channel):
        for _ in range(600):
            if counting.exists():
                break
            time.sleep(0.1)
    assert process.wait(timeout=60) == 0
    assert counting.read_text(encoding="utf-8") == "it's early\n"


def test_what_is_loaded_for_annotation_is_in_the_memory_of_its_jobs_alone(
    counting: Path, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process, channel = start_process(sys.executable, study, own_session=True, steps=[["counting", "loaded", "model"]])
    monkeypatch.setenv(CHANNEL, str(channel.detach()))
    engine = Preloading(sys.executable)
    command = engine.begin({"annotate": [["counting", "loaded", "names"]], "job": []})
    deadline = time.monotonic() + 60
    while not ADDRESS_APART.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    code = "import os, sys; print(os.getppid()); sys.exit('counting' in sys.modules)"
    apart, others = job(command, code, "tmp1.annotate.py"), job(command, code)
    assert (apart.returncode, others.returncode) == (1, 0)
    assert counting.read_text(encoding="utf-8") == "model\nnames\n"
    assert int(others.stdout) == process.pid
    engine.end()
    assert process.wait(timeout=60) == 0
    assert state(int(apart.stdout)) == "Z", "it has ended too"


def test_what_annotation_shares_with_other_jobs_is_loaded_once_for_both(
    counting: Path, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, model = ["counting", "loaded", "actors"], ["counting", "loaded", "model"]
    process, channel = start_process(sys.executable, study, own_session=True, steps=[model], shared=[shared])
    deadline = time.monotonic() + 60
    while not (counting.exists() and "model" in counting.read_text(encoding="utf-8")) and time.monotonic() < deadline:
        time.sleep(0.01)
    monkeypatch.setenv(CHANNEL, str(channel.detach()))
    engine = Preloading(sys.executable)
    command = engine.begin({"annotate": [shared], "job": [shared]})
    assert [job(command, "", name).returncode for name in ("tmp1.annotate.py", "tmp1.job.py")] == [0, 0]
    assert counting.read_text(encoding="utf-8") == "actors\nmodel\n"
    engine.end()
    assert process.wait(timeout=60) == 0


def test_a_process_that_nobody_needs_ends_with_the_channel(study: Path) -> None:
    process, channel = start_process(sys.executable, study)
    channel.close()
    assert process.wait(timeout=60) == 0


def test_if_the_process_has_ended_jobs_start_interpreters(started: subprocess.Popen[bytes]) -> None:
    started.kill()
    started.wait()
    engine = Preloading(sys.executable)
    assert job(engine.begin({"job": [["statistics"]]}), "import sys; sys.exit(7)").returncode == 7
    engine.end()


def test_a_module_is_run_by_an_interpreter_of_its_own(command: str) -> None:
    Path("module.py").write_text("import sys; sys.exit(3 if 'statistics' in sys.modules else 4)", encoding="utf-8")
    run = subprocess.run([*shlex.split(command), "-m", "module"], check=False, timeout=60)
    assert run.returncode == 4


def test_the_functions_that_rules_name_for_loading_exist():
    rules = Path("workflow/rules/common.smk").read_text(encoding="utf-8")
    named = re.findall(r'\("(framescope[\w.]*)", "(\w+)"', rules)
    assert len(named) >= 4
    assert [name for module, name in named if not callable(getattr(import_module(module), name, None))] == []
