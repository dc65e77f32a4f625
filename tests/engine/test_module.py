"""The workflow as a module of somebody's own: imported by a Snakefile elsewhere, with its rules under other names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import ROOT, TINY, snakemake, tables

OWN = """
module framescope:
    snakefile: {workflow!r}
use rule * from framescope
"""
HANDLERS = """
onstart: framescope.onstart()
onsuccess: framescope.onsuccess()
onerror: framescope.onerror()
"""
PREFIXED = """
configfile: "config.yaml"
module framescope:
    snakefile: {workflow!r}
    prefix: "framing"
    config: config
use rule * from framescope as framing_*
"""


def run(folder: Path, snakefile: str, *arguments: str) -> str:
    """Run a Snakefile of somebody's own in a folder, as they do: from there, without a word of where the code is."""
    own = folder / "workflow" / "Snakefile"
    own.parent.mkdir(exist_ok=True)
    own.write_text(snakefile.format(workflow=str(ROOT / "workflow" / "Snakefile")), encoding="utf-8")
    done = snakemake(folder, *arguments, code=own.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study in a folder with a workflow of its own, after a run. Not to be changed but by more runs."""
    folder = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("module") / "own project"))
    run(folder, OWN)
    return folder


def test_a_snakefile_of_a_few_lines_makes_the_same_tables_by_importing_the_workflow(imported: Path, finished: Path):
    assert len(OWN.split("\n")) <= 5
    assert tables(imported) == tables(finished)


def test_a_second_run_of_an_imported_workflow_has_nothing_to_do(imported: Path):
    assert "Nothing to be done" in run(imported, OWN)


def test_a_workflow_that_takes_over_the_handlers_notices_edits_by_hand(imported: Path):
    run(imported, OWN + HANDLERS, "--forcerun", "findings")
    findings = imported / "results" / "findings.md"
    made = findings.read_bytes()
    findings.write_text("Edited.", encoding="utf-8")
    assert "results/findings.md: it is not what the last run made of it" in run(imported, OWN + HANDLERS)
    assert findings.read_bytes() == made


def test_outputs_of_an_imported_workflow_may_have_a_prefix_and_its_rules_other_names(imported: Path, finished: Path):
    target = "results/tables/theme_rates.csv"
    run(imported, PREFIXED, f"framing/{target}")
    assert (imported / "framing" / target).read_bytes() == (finished / target).read_bytes()


def test_all_outputs_of_an_imported_workflow_can_be_planned_under_a_prefix(imported: Path):
    said = run(imported, PREFIXED, "--dry-run")
    assert "framing_all" in said
    assert "framing/results/report.html" in said
