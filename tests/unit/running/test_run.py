"""When a study has changed, and how the engine ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from framescope.defaults import default
from framescope.resources import LEXICONS
from framescope.running import run
from framescope.running.run import START, UNLIMITED, has_changed, loaded_ahead, start


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study whose results are later than all of its files."""
    for name in ("config.yaml", "raw/a.txt", "raw/folder/b.txt", "results/made.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for path in sorted([tmp_path, *tmp_path.rglob("*")]):
        os.utime(path, (1_000, 1_000))
    os.utime(tmp_path / "results" / "made.json", (2_000, 2_000))
    return tmp_path


def test_a_study_with_later_results_has_not_changed(study: Path) -> None:
    assert not has_changed(study)


@pytest.mark.parametrize("name", ["config.yaml", "actors.csv", "raw/a.txt", "raw/c.txt", "raw/folder/b.txt"])
def test_a_file_that_is_new_or_was_edited_changes_a_study(study: Path, name: str) -> None:
    (study / name).write_text("new", encoding="utf-8")
    assert has_changed(study)


@pytest.mark.parametrize("name", ["raw/a.txt", "raw/folder/b.txt", "results/made.json"])
def test_a_file_that_is_removed_changes_a_study(study: Path, name: str) -> None:
    (study / name).unlink()
    assert has_changed(study)


def test_the_model_is_loaded_ahead_for_new_texts_and_for_no_other_change(study: Path) -> None:
    (study / "config.yaml").write_text("model: en_core_web_lg", encoding="utf-8")
    assert loaded_ahead(study) == ([], [])
    (study / "raw" / "c.txt").write_text("new", encoding="utf-8")
    [(_, function, model, level)], [(_, shared, *given)] = loaded_ahead(study)
    assert (function, model, level) == ("loaded_model", "en_core_web_lg", default("annotate"))
    assert (shared, given) == ("prepare_names_and_dates", [default("annotate"), "", f"{LEXICONS}/actors.csv"])


def test_a_link_to_a_folder_around_it_is_not_followed(study: Path) -> None:
    link = study / "raw" / "folder" / "around"
    link.symlink_to(study / "raw")
    for path in (link, link.parent):
        os.utime(path, (1_000, 1_000), follow_symlinks=False)
    assert not has_changed(study)


@pytest.mark.parametrize(("profile", "unlimited"), [("default", True), ("slurm", False)])
def test_jobs_start_without_a_limit_in_a_second_unless_the_profile_is_another(
    study: Path, monkeypatch: pytest.MonkeyPatch, profile: str, unlimited: bool
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(run, "run", lambda study, handle, options, verbose: asked.extend(options) or 0)
    assert start(study, profile=profile) == 0
    assert (set(UNLIMITED) <= set(asked)) == unlimited


ENGINE = """
import threading
def main():
    threading.Timer(60, print).start()
    raise SystemExit(3)
"""


def test_the_engine_does_not_wait_for_timers_and_keeps_its_exit_code(tmp_path: Path) -> None:
    package = tmp_path / "snakemake"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "cli.py").write_text(ENGINE, encoding="utf-8")
    began = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", START, "unused"], env={**os.environ, "PYTHONPATH": str(tmp_path)}, check=False
    )
    assert ended.returncode == 3
    assert time.monotonic() - began < 30
