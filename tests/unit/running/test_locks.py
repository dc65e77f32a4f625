import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from framescope.running import locks, run


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A study whose run has ended without taking its lock away."""
    code = "import sys; from pathlib import Path; from framescope.running import locks; "
    code += "study = Path(sys.argv[1]); handle = locks.hold(study); (study / locks.ENGINE_LOCKS).mkdir(); "
    code += "(study / locks.ENGINE_LOCKS / '0.input.lock').write_text('x'); "
    code += "import os; os.environ[locks.HANDLE] = str(handle); locks.enter(study)"
    environment = {**os.environ, "PYTHONPATH": str(Path(locks.__file__).parents[2])}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=environment)
    return tmp_path


def test_a_study_is_held_by_one_run_and_free_when_that_has_ended(tmp_path: Path) -> None:
    handle = locks.hold(tmp_path)
    assert handle is not None
    assert locks.hold(tmp_path) is None
    os.close(handle)
    assert locks.hold(tmp_path) is not None


def test_a_lock_whose_run_is_surely_dead_is_removed_and_told(locked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = locks.last_run(locked)
    assert other is not None
    assert run.cleared(locked) == ""
    assert not locks.engine_locks(locked)
    told = f"The run of {other.since} (process {other.process}) was ended before its time; its lock is removed.\n"
    assert capsys.readouterr().out == told


def elsewhere(study: Path) -> None:
    text = (study / locks.RECORD).read_text(encoding="utf-8")
    (study / locks.RECORD).write_text(text.replace(platform.node(), "another-machine"), encoding="utf-8")


def without_record(study: Path) -> None:
    (study / locks.RECORD).write_text("", encoding="utf-8")


def before_the_lock(study: Path) -> None:
    os.utime(study / locks.RECORD, (0, 0))


@pytest.mark.parametrize("doubt", [elsewhere, without_record, before_the_lock])
def test_a_lock_that_may_be_of_a_living_run_stays_and_its_remedy_is_named(locked: Path, doubt) -> None:
    doubt(locked)
    assert f"make unlock STUDY='{locked}'" in run.cleared(locked)
    assert locks.engine_locks(locked)


def test_unlock_removes_the_lock_of_a_dead_run_and_refuses_while_one_lives(locked: Path, capsys) -> None:
    handle = locks.hold(locked)
    assert run.unlock(locked) == 1
    assert "Another run of this study is going on" in capsys.readouterr().out
    assert locks.engine_locks(locked)
    os.close(handle)
    assert run.unlock(locked) == 0
    assert not locks.engine_locks(locked)


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.start(tmp_path / "no") == 1
    assert "no such folder" in capsys.readouterr().err
