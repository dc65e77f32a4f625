"""What the tests of robustness share: the long form, runs that are disturbed, and the comparison with a clean one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.conftest import ROOT, TINY, finish, tables

FULL = os.environ.get("FRAMESCOPE_ROBUSTNESS") == "full"
long = pytest.mark.skipif(not FULL, reason="long: `make test-robustness` runs it")
SHOWN = ("report.html", "findings.md", "tables.xlsx", "provenance.json")


def fresh(folder: Path) -> Path:
    """A copy of the tiny study that was never run."""
    return Path(shutil.copytree(TINY, folder))


def started(
    study: Path, *arguments: str, before: Callable[[], None] | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """A run in a process group of its own, going on."""
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"), "--directory", str(study)]
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen(
        [*command, "--cores", "2", "--rerun-incomplete", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=before,
        env={**variables, **(environment or {})},
    )


def killed(process: subprocess.Popen[str], after: float) -> bool:
    """Kill the whole group of a run after so many seconds; whether it was still going on."""
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return True
    return False


def recovered(study: Path) -> str:
    """Run a study to its end after it was disturbed; what the run said."""
    shutil.rmtree(study / ".snakemake" / "locks", ignore_errors=True)
    return finish(study, "--rerun-incomplete")


def same(study: Path, clean: Path) -> bool:
    """Whether every table and every page of a study equals that of another byte by byte."""
    shown = all(
        (study / "results" / name).read_bytes() == (clean / "results" / name).read_bytes()
        for name in SHOWN
        if (clean / "results" / name).is_file()
    )
    return shown and tables(study) == tables(clean)
