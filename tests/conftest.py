"""Running studies as a user does."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

# How long an example takes says something of the machine and what else it does, not of the code.
settings.register_profile("framescope", deadline=None, derandomize=True)
settings.load_profile("framescope")

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "study" / "tiny"


# Folders whose tests run whole studies, which take longest.
OF_STUDIES = ("storage", "engine", "study", "browser", "robustness")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first, so that at the end no process waits for another."""
    items.sort(key=lambda item: next((n for n, name in enumerate(OF_STUDIES) if name in item.path.parts), 9))


def snakemake(
    study: Path, *arguments: str, code: Path = ROOT, cores: int = 2, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the workflow on a study; its output is in `stdout` and `stderr`, whatever its exit code."""
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(code / "Snakefile"), "--directory", str(study)]
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    variables |= environment or {}
    # Before the installed package, so that a copy of the code runs itself.
    variables["PYTHONPATH"] = os.pathsep.join(filter(None, [variables.get("PYTHONPATH"), str(code / "workflow")]))
    return subprocess.run(
        [*command, "--cores", str(cores), *arguments],
        capture_output=True,
        text=True,
        timeout=600,
        env=variables,
        check=False,
    )


def finish(study: Path, *arguments: str, code: Path = ROOT, **settings) -> str:
    """Run the workflow and insist that it ends well; what it printed."""
    done = snakemake(study, "--show-failed-logs", *arguments, code=code, **settings)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def cached(cache: Path, *stages: str) -> set[str]:
    """The keys of the objects that a cache has of some stages."""
    keys: set[str] = set()
    for path in (path for stage in stages for path in (cache / stage).glob("*.sqlite")):
        with closing(sqlite3.connect(path)) as database:
            keys.update(key for (key,) in database.execute("SELECT key FROM objects"))
    return keys


def tables(study: Path) -> dict[str, bytes]:
    """Every table of a study by its path below results."""
    results = study / "results"
    return {str(path.relative_to(results)): path.read_bytes() for path in sorted(results.glob("tables/*"))}


def copy_workflow(folder: Path) -> None:
    """The code of the workflow in another folder, without what other tests compile and remember at the same time."""
    shutil.copytree(ROOT / "workflow", folder / "workflow", ignore=shutil.ignore_patterns("__pycache__"))


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study after a run. Not to be changed: take a copy."""
    study = tmp_path_factory.mktemp("finished") / "study"
    shutil.copytree(TINY, study)
    finish(study)
    return study


@pytest.fixture
def study(finished: Path, tmp_path: Path) -> Path:
    """A copy of the finished study, with its times and the engine's memory of it."""
    return Path(shutil.copytree(finished, tmp_path / "study", copy_function=shutil.copy2))


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A copy of the workflow whose code may be edited."""
    folder = tmp_path / "code"
    folder.mkdir()
    shutil.copy2(ROOT / "Snakefile", folder)
    shutil.copy2(ROOT / "requirements.txt", folder)
    copy_workflow(folder)
    return folder


@pytest.fixture
def planned() -> Callable[..., dict[str, int]]:
    """How many jobs of each rule a dry run would do."""

    def plan(study: Path, code: Path = ROOT) -> dict[str, int]:
        said = finish(study, "--dry-run", code=code)
        counts: dict[str, int] = {}
        for line in said.partition("Job stats:")[2].splitlines():
            words = line.split()
            if len(words) == 2 and words[1].isdigit() and words[0] != "total":
                counts[words[0]] = int(words[1])
            elif counts and not words:
                break
        return counts

    return plan


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests of a process, because a second one cannot be started beside it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield opened
        opened.close()
