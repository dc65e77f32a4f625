"""The package by itself, as pip installs it: with its data, without the workflow around it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT, copy_workflow

USE = """
import framescope, pandas as pd
assert framescope.__file__.startswith({place!r}), framescope.__file__
from framescope.resources import LEXICONS
lexicon = framescope.load_lexicon(LEXICONS / "themes.yaml")
document = framescope.read({source!r})
texts = [paragraph.text for section in document.sections for paragraph in section.paragraphs]
print(int(framescope.tally(texts, lexicon)["defence"].sum()))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the wheel is installed, its dependencies being those of this environment."""
    source, wheel, place = (tmp_path_factory.mktemp(name) for name in ("source", "wheel", "place"))
    copy_workflow(source)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = [*pip, "wheel", str(source), "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(wheel)]
    subprocess.run(build, check=True)
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "--target", str(place), *wheel.glob("*.whl")], check=True
    )
    return place


def test_an_installed_wheel_reads_and_tallies_with_the_lexicon_that_comes_with_it(installed: Path, tmp_path: Path):
    text = tmp_path / "text.txt"
    text.write_text("The army and the navy held the coast for many years.\n\nThe war ended at last.\n" * 5, "utf-8")
    code = USE.format(place=str(installed), source=str(text))
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == 15


def command(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    script = installed / "bin" / "framescope"
    return subprocess.run([script, *arguments], env=environment, capture_output=True, text=True, check=False)


def test_an_installed_wheel_brings_the_command_which_shows_how_a_document_is_read(installed: Path, tmp_path: Path):
    (tmp_path / "text.txt").write_text("The army held the coast.", "utf-8")
    done = command(installed, "show", str(tmp_path / "text.txt"))
    assert done.returncode == 0, done.stderr
    assert "The army held the coast." in done.stdout


def test_the_package_alone_runs_no_study_and_says_what_is_needed(installed: Path, tmp_path: Path):
    done = command(installed, "run", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.endswith("To run a study, install the whole project: ./install.sh\n")
