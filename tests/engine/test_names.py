"""Strings of the user reach the rules as they are, whatever the engine would read into them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from tests.conftest import ROOT, TINY, copy_workflow, finish

ODD = "{x} <results> 'a' \"b\" $HOME"


@pytest.fixture
def odd(tmp_path: Path) -> tuple[Path, Path]:
    """A study full of names that the engine would fill in, and a checkout in a folder with such a name."""
    code, study = tmp_path / f"code {ODD}", tmp_path / f"study {ODD}"
    code.mkdir()
    for name in ("Snakefile", "requirements.txt"):
        shutil.copy2(ROOT / name, code)
    copy_workflow(code)
    shutil.copytree(TINY, study)
    (study / "raw" / "letter.txt").rename(study / "raw" / "<b>.txt")
    (study / "raw" / "page.html").rename(study / "raw" / "a{b}.html")
    shutil.copy(study / "raw" / "harbour.md", study / "raw" / "<results>.md")
    lexicon, actors, codes = f"lexicon {ODD}.yaml", f"actors {ODD}.csv", f"codes {ODD}.csv"
    (study / "themes.yaml").rename(study / lexicon)
    (study / actors).write_text("surface,id,kind\nHarbourland,harbourland,state\n", "utf-8")
    (study / codes).write_text("document,sentence,theme\nharbour,1,defence\n", "utf-8")
    config = yaml.safe_load((study / "config.yaml").read_text(encoding="utf-8"))
    config |= {"title": "Costs in {euro} and <b>", "lexicon": lexicon, "actors": actors, "codes": codes}
    config["documents"] = {"<b>.txt": {"group": "{g}", "title": "<t>"}, "harbour.md": {"published": "2021-05-04"}}
    config["contrasts"][0]["name"] = "{defence} v. <economy>"
    (study / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return study, code


def test_names_with_braces_brackets_blanks_and_quotes_run_from_and_in_folders_with_such_names(odd) -> None:
    study, code = odd
    assert "Job stats:" in finish(study, "--dry-run", code=code), "every rule's inputs and settings are worked out"
    finish(study, "--", "results/measures/document_facts.parquet", code=code)
    read = "".join(path.read_text(encoding="utf-8") for path in (study / "results" / "text").glob("*.jsonl"))
    assert {name for name in ("raw/<b>.txt", "raw/a{b}.html", "raw/<results>.md") if f'"{name}"' in read} == {
        "raw/<b>.txt",
        "raw/a{b}.html",
        "raw/<results>.md",
    }
    (study / "raw" / "<b>.txt").write_text("The navy sailed in 2020. Trade went on.", encoding="utf-8")
    assert "Job stats:" in finish(study, "--dry-run", "--", "results/measures/document_facts.parquet", code=code)
