"""Which run holds a study: a lock of the operating system, which ends with its process, and a record for people.

The workflow engine has a lock of its own that outlives a killed process. Holding ours is the proof that nobody else is
at work, and so that an engine's lock was left behind.
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
    """A run of a study: its process, the machine it is on, and when it began."""

    process: int
    machine: str
    since: str


def hold(study: Path) -> int | None:
    """Hold a study until this process and those that inherit the handle have ended; None while another run has it.

    Raises OSError where the study's folder cannot be written.
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
    """Write this process into the record of a study, which it holds or was given by the process that started it."""
    given = os.environ.get(HANDLE)
    handle = int(given) if given else hold(study)
    if handle is not None:
        run = Run(os.getpid(), platform.node(), f"{datetime.now():%Y-%m-%d %H:%M:%S}")
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(asdict(run)).encode(), 0)


def last_run(study: Path) -> Run | None:
    """The run that wrote the record; None where there is no readable one."""
    try:
        return Run(**json.loads((study / RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def engine_locks(study: Path) -> list[Path]:
    """The files of the engine's lock."""
    return sorted((study / ENGINE_LOCKS).glob("*.lock"))


def left_behind(study: Path) -> bool:
    """Whether the engine's lock is surely that of the run in the record, given that we hold the study.

    The run writes its record after the engine has locked; so a later lock is of a run that has only begun, and one on
    another machine may live where locks do not reach.
    """
    run = last_run(study)
    if run is None or run.machine != platform.node():
        return False
    recorded = (study / RECORD).stat().st_mtime_ns
    return all(path.stat().st_mtime_ns <= recorded for path in engine_locks(study))


def remove_engine_locks(study: Path) -> None:
    """Delete the engine's lock, as its own option --unlock does."""
    shutil.rmtree(study / ENGINE_LOCKS, ignore_errors=True)
