"""A package of a finished study is whole, is accepted by independent validators, and can run by itself."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.conftest import ROOT

from framescope import command
from framescope.present.dictionary import data_dictionary
from framescope.table_schemas import table_schemas

# Of the environment that `make .venv/publication/installed` makes.
VALIDATORS = ROOT / ".venv" / "publication" / "bin"
needs_validators = pytest.mark.skipif(
    not VALIDATORS.is_dir(), reason="needs the validators of packages: make .venv/publication/installed"
)


@pytest.fixture(scope="module")
def study(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(finished, tmp_path_factory.mktemp("packaged") / "study"))


@pytest.fixture(scope="module")
def package(study: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the tiny study, unpacked."""
    assert command.main(["package", str(study)]) == 0
    folder = tmp_path_factory.mktemp("package")
    with zipfile.ZipFile(study / "results" / "package.zip") as archive:
        archive.extractall(folder)
    return folder


def test_a_package_has_the_study_its_results_and_the_code_and_nothing_that_is_made_again(study: Path, package: Path):
    for name in ("config.yaml", *(f"raw/{path.name}" for path in (study / "raw").iterdir())):
        assert (package / "study" / name).read_bytes() == (study / name).read_bytes()
    tables = sorted((study / "results" / "tables").iterdir())
    assert all((package / "study" / "results" / "tables" / path.name).exists() for path in tables)
    assert (package / "code" / "workflow" / "framescope" / "lexicons" / "themes.yaml").exists()
    assert (package / "codebook.md").read_text(encoding="utf-8") == data_dictionary()
    left_out = {"cache", "text", "annotated", "measures", "logs", "made.json", "package.zip", "__pycache__"}
    assert [path for path in package.rglob("*") if path.name in left_out and "code" not in path.parts] == []
    assert list(package.rglob("__pycache__")) == []


def test_the_readme_names_each_document_and_the_program_that_makes_each_table(package: Path):
    text = (package / "README.md").read_text(encoding="utf-8")
    with (package / "study/results/tables/documents.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["file"] for row in csv.DictReader(stream) if f"| {row['file']} |" not in text] == []
    for table in table_schemas().values():
        if table.made_by:
            row = re.search(rf"^\| `study/{table.file}` \| .* \| `(code/\S+)` \|$", text, re.MULTILINE)
            assert row, table.name
            assert (package / row.group(1)).is_file()


def test_the_description_of_the_tables_has_their_columns_sizes_and_digests(package: Path):
    described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert {resource["path"] for resource in described} == {
        path.relative_to(package).as_posix() for path in (package / "study/results/tables").glob("*.csv")
    }
    for resource in described:
        data = (package / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        header = next(csv.reader(data.decode("utf-8").splitlines()), [])
        assert [field["name"] for field in resource["schema"]["fields"]] == header


def test_each_table_says_which_rule_made_it_from_what(package: Path):
    graph = json.loads((package / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    assert len(entities) == len(graph)
    made = {
        result["@id"]: action for action in graph if action["@id"].startswith("#run-") for result in action["result"]
    }
    for path in (package / "study/results/tables").glob("*.csv"):
        action = made[path.relative_to(package).as_posix()]
        assert entities[action["instrument"]["@id"]]["@id"].startswith("code/workflow/scripts/")
        assert action["object"]
        assert all(part["@id"] in entities for part in action["object"])
    files = [e for e in graph if "File" in e["@type"]]
    wrong = [e["@id"] for e in files if hashlib.sha256((package / e["@id"]).read_bytes()).hexdigest() != e["sha256"]]
    assert wrong == []


@needs_validators
def test_the_tables_pass_the_validator_of_frictionless(package: Path):
    validate = [VALIDATORS / "frictionless", "validate", "--json", "datapackage.json"]
    done = subprocess.run(validate, cwd=package, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["stats"]["errors"] == 0, done.stdout
    assert report["stats"]["tasks"] > 30


@needs_validators
def test_the_package_passes_the_required_checks_of_the_run_crate_profiles(package: Path):
    validate = [VALIDATORS / "python", ROOT / "tests" / "publication" / "validate_crate.py", package]
    done = subprocess.run(validate, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^\d{3} checks, 0 failed$", done.stdout, re.MULTILINE)


def test_the_tables_are_the_same_when_the_package_runs_by_itself(package: Path, tmp_path: Path):
    place = Path(shutil.copytree(package, tmp_path / "elsewhere"))
    verify = [sys.executable, "-m", "framescope.command", "verify", "../study"]
    environment = {**os.environ, "PYTHONPATH": str(place / "code" / "workflow")}
    done = subprocess.run(verify, cwd=place / "code", env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The tables are the same." in done.stdout


def test_without_its_sources_a_package_has_their_digests(study: Path, tmp_path: Path):
    assert command.main(["package", str(study), "--without-sources", "--file", str(tmp_path / "small.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "small.zip") as archive:
        assert [name for name in archive.namelist() if name.startswith("study/raw/")] == []
        rows = list(csv.DictReader(archive.read("sources.csv").decode("utf-8").splitlines()))
    assert {row["file"]: row["sha256"] for row in rows} == {
        f"raw/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in (study / "raw").iterdir()
    }


def test_the_same_study_packaged_on_one_day_gives_the_same_bytes(study: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795600000")
    for name in ("a.zip", "b.zip"):
        assert command.main(["package", str(study), "--file", str(tmp_path / name)]) == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert b"2026-11-25" in zipfile.ZipFile(tmp_path / "a.zip").read("ro-crate-metadata.json")


def test_a_study_without_results_is_not_packaged(tmp_path: Path, capsys):
    assert command.main(["new", str(tmp_path / "study")]) == 0
    assert command.main(["package", str(tmp_path / "study")]) == 1
    assert "the study has no results yet. Run it first" in capsys.readouterr().err
