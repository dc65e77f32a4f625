"""What people with other tools expect to find: conda's environment, the catalogue's file, a hosted check, a profile."""

from __future__ import annotations

import json
import os
import tomllib

import yaml
from snakemake.cli import get_argument_parser
from tests.requirements.conda import FILE, ROOT, environment
from tests.requirements.notices import CODEMETA, NOTICES, codemeta, notices
from tests.requirements.test_requirements import unhashed

from framescope import VERSION


def test_the_environment_for_conda_is_that_of_pyproject():
    assert FILE.read_text(encoding="utf-8") == environment(), "make pins writes it anew"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = yaml.safe_load(environment())
    assert f"python {project['requires-python']}" in wanted["dependencies"]
    assert {"pip": ["-r requirements.txt"]} in wanted["dependencies"]


def test_the_notices_are_those_of_the_packages_that_a_user_installs():
    assert NOTICES.read_text(encoding="utf-8") == notices(), "make pins writes them anew"
    assert "| spacy | " in notices()
    assert "| pytest | " not in notices()


def test_one_version_is_told_everywhere():
    assert CODEMETA.read_text(encoding="utf-8") == codemeta(), "make pins writes it anew"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {VERSION, project["version"], citation["version"], json.loads(codemeta())["version"]} == {VERSION}


def test_the_catalogue_of_workflows_finds_what_it_looks_for():
    usage = yaml.safe_load((ROOT / ".snakemake-workflow-catalog.yml").read_text(encoding="utf-8"))["usage"]
    assert usage["report"] is True
    assert usage["mandatory-flags"]["flags"]
    assert (ROOT / "workflow" / "Snakefile").is_file()
    assert (ROOT / "config" / "README.md").is_file()


def test_the_hosted_check_is_the_command_that_runs_everywhere():
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert commands == [".ci/run"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_every_profile_has_only_options_that_snakemake_knows():
    known = {option for action in get_argument_parser()._actions for option in action.option_strings}
    profiles = sorted((ROOT / "workflow" / "profiles").glob("*/config.yaml"))
    assert profiles
    for profile in profiles:
        options = yaml.safe_load(profile.read_text(encoding="utf-8"))
        assert [option for option in options if f"--{option}" not in known] == []


def test_the_pip_that_installs_the_rest_is_pinned_with_its_hashes():
    script = (ROOT / "install.sh").read_text(encoding="utf-8")
    pin = script.partition("pip_pin='")[2].partition("'")[0]
    assert pin.startswith("pip==")
    assert unhashed(pin) == []
