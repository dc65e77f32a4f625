"""The lock of a study: a lock of the operating system, which ends with its process, and a record for users.

The workflow engine has its own lock, which remains after a process is killed. A process that has Framescope's lock
knows that no other run is going on, and that the engine's lock may therefore have been left behind.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

HANDLE = "FRAMESCOPE_HANDLE"
RECORD = Path(".snakemake", "framescope-run.json")
ENGINE_LOCKS = Path(".snakemake", "locks")


@dataclass(frozen=True)
class Run:
    """A run of a study: its process, its machine, and the time when it began."""

    process: int
    machine: str
    since: str


def hold(study: Path) -> int | None:
    """Lock a study until this process and all that inherit the handle have ended; None if another run has locked it.

    Raises: OSError if the folder of the study cannot be written.
    """
    path = study / RECORD
    path.parent.mkdir(exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def enter(study: Path) -> None:
    """Write this process into the record of a study that it, or the process that started it, has locked."""
    given = os.environ.get(HANDLE)
    handle = int(given) if given else hold(study)
    if handle is not None:
        run = Run(os.getpid(), platform.node(), f"{datetime.now():%Y-%m-%d %H:%M:%S}")
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(asdict(run)).encode(), 0)


def last_run(study: Path) -> Run | None:
    """The run that wrote the record; None if the record is missing or cannot be read."""
    try:
        return Run(**json.loads((study / RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def engine_locks(study: Path) -> list[Path]:
    """The files that form the lock of the engine."""
    return sorted((study / ENGINE_LOCKS).glob("*.lock"))


def left_behind(study: Path) -> bool:
    """Whether the engine's lock certainly belongs to the run in the record, if this process has locked the study.

    A run writes its record after the engine has made its lock. A lock that is later than the record therefore belongs
    to a run that has just begun. A run on another machine may still be going on, because locks may not extend to it.
    """
    run = last_run(study)
    if run is None or run.machine != platform.node():
        return False
    recorded = (study / RECORD).stat().st_mtime_ns
    return all(path.stat().st_mtime_ns <= recorded for path in engine_locks(study))


def remove_engine_locks(study: Path) -> None:
    """Delete the engine's lock, as the engine does with its option --unlock."""
    shutil.rmtree(study / ENGINE_LOCKS, ignore_errors=True)
