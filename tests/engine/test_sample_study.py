"""The sample study shows what the tool is for, and the table that README takes from it is true."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from tests.conftest import ROOT, finish

PAPER_TABLE = r"^\| ([\w ]+) \| (\d+) \| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study after a run in a folder of its own."""
    study = tmp_path_factory.mktemp("sample")
    shutil.copy2(ROOT / "config.yaml", study)
    shutil.copytree(ROOT / "raw", study / "raw")
    (study / "docs" / "sample-study").mkdir(parents=True)
    shutil.copy2(ROOT / "docs" / "sample-study" / "metadata.csv", study / "docs" / "sample-study")
    finish(study)
    return study


def table(study: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(study / "results" / "tables" / f"{name}.csv", keep_default_na=False, na_values=[""])


def test_the_table_for_a_paper_in_the_readme_is_what_the_sample_study_gives(sample: Path):
    framing = table(sample, "framing_by_section").query("document == 'trade-report'").set_index("title")
    shown = re.findall(PAPER_TABLE, (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [row[0] for row in shown] == ["Exports", "Imports", "Security of the Routes"]
    for title, *told in shown:
        row = framing.loc[title]
        cells = [str(row["words"]), str(row["blocks"])]
        for theme in ("defence", "economy"):
            rate, low, high = (f"{row[f'{theme} {column}']:.1f}" for column in ("rate", "low", "high"))
            cells.append(f"{rate} ({low} to {high})")
        share, low, high = (f"{row[f'defence v. economy {c}']:.0%}" for c in ("share_a", "share_low", "share_high"))
        assert told == [*cells, f"{share} ({low} to {high})"]


def test_the_sample_study_has_an_established_difference_between_sections_and_one_that_is_not(sample: Path):
    text = (sample / "results" / "findings.md").read_text(encoding="utf-8")
    for other in ("Exports", "Imports"):
        said = rf"\*Security of the Routes\* has about \d+ times as much on defence as \*{other}\*"
        assert re.search(rf"In \*Corridors and Cargoes\*, {said}", text)
    assert "Tested in *Corridors and Cargoes* without an established difference: *Exports* and *Imports*." in text
    assert "without an established difference: *The Arithmetic of Friends* and *Talking Is Not Choosing*." in text


def test_every_section_of_two_paragraphs_has_intervals_in_the_sample_study(sample: Path):
    framing = table(sample, "framing_by_section").query("blocks >= 2")
    assert len(framing) > 30
    assert framing.filter(regex=r"^\w+ (low|high)$").notna().all(axis=None)


def test_every_cell_of_the_notebook_runs_in_the_folder_of_the_project(sample: Path):
    notebook = nbformat.read(ROOT / "docs" / "examples" / "pieces.ipynb", as_version=4)
    cells = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(cells) > 5
    shown = "\n".join(f"exec(compile({cell!r}, 'cell {n}', 'exec'))" for n, cell in enumerate(cells, 1))
    code = f"{shown}\nprint(len(rates), texts[0][:20], len(doc.spans['names']))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "workflow")}
    done = subprocess.run([sys.executable, "-c", code], cwd=sample, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[-1]) >= 2
