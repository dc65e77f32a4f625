"""Where and how a study is run changes none of its bytes."""

from __future__ import annotations

import locale
import os
import re
import shutil
import subprocess
import sys

import pytest
from tests.conftest import ROOT, tables
from tests.robustness.test_scarcity import mounted
from tests.robustness.trying import ALL_TABLES, fresh, long, recovered, same


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
def test_a_turkish_locale_an_odd_path_texts_that_may_only_be_read_and_no_network_change_no_byte(
    finished, tmp_path, tally
):
    """One run in all of these surroundings; those that this system does not give are left out of the counts."""
    study = fresh(tmp_path / "a study's \u043f\u0430\u043f\u043a\u0430 & {\u6587} <results>" / "tiny")
    rows = ["runs in a folder with blanks, quotes, braces and other scripts"]
    language, under = {}, []
    if has_turkish():
        rows.append("runs under a Turkish locale")
        language = {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"}
    if subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode == 0:
        rows.append("runs with the network cut")
        under = ["unshare", "--net"]
    raw = str(study / "raw")
    only_read = mounted("--bind", raw, raw)
    try:
        if only_read:
            rows.append("texts on a read-only disk")
            assert mounted("-o", "remount,bind,ro", raw)
        recovered(study, environment=language, under=under)
    finally:
        if only_read:
            subprocess.run(["umount", "-l", raw], check=True)
    equal = same(study, finished)
    for row in rows:
        tally.add(row, 1, int(equal))
    assert equal


@long
def test_python_3_12_and_3_13_give_the_same_tables(finished, tmp_path, tally):
    other = os.environ.get("FRAMESCOPE_OTHER_PYTHON", "")
    asked = "import sys, spacy, snakemake; print(sys.version_info[:2])"
    found = subprocess.run([other, "-c", asked], capture_output=True, text=True, check=False) if other else None
    if found is None or found.returncode or found.stdout.strip() == str(sys.version_info[:2]):
        pytest.skip("no second Python with the pinned packages: name it in FRAMESCOPE_OTHER_PYTHON")
    study = fresh(tmp_path / "study")
    recovered(study, ALL_TABLES, python=other)
    mine, theirs = tables(finished), tables(study)
    tally.add("tables under another Python", len(mine), sum(theirs.get(name) == data for name, data in mine.items()))
    assert mine == theirs
