"""Where and how a study is run changes none of its bytes."""

from __future__ import annotations

import locale
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT, TINY, finish
from tests.robustness.trying import fresh, long, same


def has_turkish() -> bool:
    """Whether this system has the Turkish locale; it is made where the system's sources of locales allow it."""
    made = ["localedef", "-i", "tr_TR", "-f", "UTF-8", "tr_TR.UTF-8"]
    if shutil.which("localedef") and os.geteuid() == 0:
        subprocess.run(made, capture_output=True, check=False)
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "tr_TR.UTF-8")
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return True


def test_no_module_asks_for_the_locale_so_that_casing_and_order_of_letters_never_follow_it():
    asking = r"^\s*(?:import|from) locale\b|\bstr(?:coll|xfrm)\b|\bsetlocale\b"
    modules = [*(ROOT / "workflow").rglob("*.py"), *(ROOT / "workflow").rglob("*.smk"), ROOT / "Snakefile"]
    assert len(modules) > 100
    assert [path.name for path in modules if re.search(asking, path.read_text(encoding="utf-8"), re.MULTILINE)] == []


@long
def test_a_turkish_locale_changes_no_byte(finished, tmp_path, tally):
    if not has_turkish():
        pytest.skip("this system has no Turkish locale and cannot make it")
    study = fresh(tmp_path / "study")
    finish(study, environment={"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"})
    equal = same(study, finished)
    tally.add("runs under a Turkish locale", 1, int(equal))
    assert equal


@long
def test_a_path_with_blanks_quotes_and_other_scripts_changes_no_byte(finished, tmp_path, tally):
    study = fresh(tmp_path / "a study's \u043f\u0430\u043f\u043a\u0430 & \u6587" / "tiny")
    finish(study)
    equal = same(study, finished)
    tally.add("runs in a folder with blanks, quotes and other scripts", 1, int(equal))
    assert equal


@long
def test_a_run_without_any_network_changes_no_byte(finished, tmp_path, tally):
    if subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system gives a process no network of its own")
    study = fresh(tmp_path / "study")
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"), "--directory", str(study)]
    done = subprocess.run(
        ["unshare", "--net", *command, "--cores", "2"], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    equal = same(study, finished)
    tally.add("runs with the network cut", 1, int(equal))
    assert equal


@long
def test_python_3_12_and_3_13_give_the_same_tables(finished, tmp_path, tally):
    other = os.environ.get("FRAMESCOPE_OTHER_PYTHON", "")
    asked = "import sys, spacy, snakemake; print(sys.version_info[:2])"
    found = subprocess.run([other, "-c", asked], capture_output=True, text=True, check=False) if other else None
    if found is None or found.returncode or found.stdout.strip() == str(sys.version_info[:2]):
        pytest.skip("no second Python with the pinned packages: name it in FRAMESCOPE_OTHER_PYTHON")
    study = Path(shutil.copytree(TINY, tmp_path / "study"))
    command = [other, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"), "--directory", str(study)]
    subprocess.run([*command, "--cores", "2"], capture_output=True, timeout=600, check=True)
    mine, theirs = (
        {path.name: path.read_bytes() for path in (where / "results" / "tables").iterdir()}
        for where in (finished, study)
    )
    tally.add("tables under another Python", len(mine), sum(theirs.get(name) == data for name, data in mine.items()))
    assert mine == theirs
