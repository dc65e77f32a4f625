"""A study with `second_opinion: true`, in the environment that has the packages for it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from benchmarks.audit.__main__ import audit
from tests.conftest import ROOT, TINY
from tests.engine.test_run import ENVIRONMENT

# Of the environment that `make .venv/opinion/installed` makes.
PYTHON = ROOT / ".venv" / "opinion" / "bin" / "python"
pytestmark = pytest.mark.skipif(not PYTHON.is_file(), reason="needs further packages: make .venv/opinion/installed")
# Cosines of these pairs in the documentation of sentence-transformers, computed with its own code.
PAIRS = {
    ("The cat sits outside", "The dog plays in the garden"): 0.2838,
    ("A man is playing guitar", "A woman watches TV"): -0.0327,
    ("The new movie is awesome", "The new movie is so great"): 0.8939,
}
SUBJECTS = {
    "defence": "The army bought {} more tanks for its soldiers.",
    "economy": "Trade with {} markets made the economy grow.",
    "none": "In the garden {} birds sang all morning.",
}


def answered(*arguments: str | Path) -> str:
    done = subprocess.run([PYTHON, *arguments], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_vectors_are_those_that_the_authors_of_the_model_publish():
    program = (
        "from framescope.compare.opinion.encoder import load_encoder\n"
        f"for first, second in {list(PAIRS)!r}:\n"
        "    a, b = load_encoder().vectors([first, second])\n"
        "    print(a @ b)\n"
    )
    assert np.array(answered("-c", program).split(), dtype=float) == pytest.approx([*PAIRS.values()], abs=1e-4)


def test_a_study_asks_for_a_second_opinion_and_its_headline_figures_stay(finished: Path, tmp_path: Path):
    """The words of numbers are those of the same sentences, so that each theme is easy to tell."""
    study = shutil.copytree(TINY, tmp_path / "study")
    lines = [
        "\n\n".join(pattern.format(number) for number in ("two", "three", "four", "five", "six", "ten"))
        for pattern in SUBJECTS.values()
    ]
    (study / "raw" / "made.md").write_text("\n\n".join(lines * 3), encoding="utf-8")
    tables = {}
    for wanted in ("false", "true"):
        with (study / "config.yaml").open("a", encoding="utf-8") as config:
            config.write("second_opinion: true\n" if wanted == "true" else "")
        answered("-m", "framescope.command", "run", study, "--cores", "2")
        folder = study / "results" / "tables"
        tables[wanted] = {path.stem: pd.read_csv(path) for path in folder.glob("*.csv") if path.stat().st_size > 3}
    asked, plain = tables["true"], tables["false"]
    columns = ["sentences_second", "share_second"]
    rates, before = asked["theme_rates"], plain["theme_rates"]
    pd.testing.assert_frame_equal(rates.drop(columns=columns), before.drop(columns=columns))
    assert before[columns].isna().all(axis=None)
    assert rates[columns].notna().all(axis=None)
    found = asked["second_opinion"]
    assert plain["second_opinion"].empty
    assert found.loc[found["theme"] == "defence", "probability"].between(0, 1).all()
    assert "second opinion" in set(asked["robustness"]["variation"])
    assert {"filled", "vetoed"} & set(found["opinion"])
    assert audit(study).differences == []
    path = folder / "second_opinion.csv"
    path.write_text(re.sub("filled|vetoed", "agrees", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert any("second" in difference for difference in audit(study).differences)
    assert "all-MiniLM-L6-v2" in (study / "results" / "report.html").read_text(encoding="utf-8")
