"""What the tests of robustness share: the long form, runs that are disturbed, and the comparison with a clean one.

Runs are those of a plain user: the command of `make`, and nothing removed by hand between one and the next.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil
import pytest
from tests.conftest import ROOT, TINY, tables

FULL = os.environ.get("FRAMESCOPE_ROBUSTNESS") == "full"
long = pytest.mark.skipif(not FULL, reason="long: `make test-robustness` runs it")
SHOWN = ("report.html", "findings.md", "tables.xlsx", "provenance.json")
# The first output that stands on every table: a run for it makes them all, and no page.
ALL_TABLES = "results/provenance.json"


def fresh(folder: Path) -> Path:
    """A copy of the tiny study that was never run."""
    return Path(shutil.copytree(TINY, folder))


def started(
    study: Path,
    *targets: str,
    cores: int = 2,
    before: Callable[[], None] | None = None,
    environment: Mapping[str, str] | None = None,
    under: Sequence[str] = (),
    python: str = sys.executable,
) -> subprocess.Popen[str]:
    """A run as `make` starts it, going on; `under` is a command that starts it in a place of its own."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen(
        [*under, python, "-m", "framescope.command", "run", str(study), *targets, "--cores", str(cores)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=before,
        env={**variables, "PYTHONPATH": str(ROOT / "workflow"), **(environment or {})},
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The exit code of a run and what it said, once it has ended by itself."""
    said, _ = process.communicate(timeout=900)
    return process.returncode, said


def killed(process: subprocess.Popen[str], after: float) -> bool:
    """Kill a run after so many seconds with its engine and all jobs of that; whether it was still going on."""
    time.sleep(after)
    if process.poll() is None:
        run = psutil.Process(process.pid)
        all_of_it = run.children(recursive=True)
        for group in [process.pid, *(child.pid for child in run.children())]:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        # A process that has been killed holds its files, and so the lock, until the system has taken it down.
        psutil.wait_procs(all_of_it, timeout=30)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def recovered(study: Path, *targets: str, **settings) -> str:
    """Run a study to its end after it was disturbed, and insist that it ends well; what the run said."""
    code, said = ended(started(study, *targets, **settings))
    assert code == 0, said
    return said


def same(study: Path, clean: Path) -> bool:
    """Whether every table and every page of a study equals that of another byte by byte."""
    shown = all((study / "results" / name).read_bytes() == (clean / "results" / name).read_bytes() for name in SHOWN)
    return shown and tables(study) == tables(clean)
