"""The independent recomputation finds nothing amiss in a finished study, and each fault that is planted in one."""

from __future__ import annotations

import ast
import doctest
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from benchmarks.audit import checks, findings, over_time
from benchmarks.audit.__main__ import audit
from tests.conftest import ROOT


def differences(study: Path) -> list[str]:
    return audit(study).differences


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text), old
    path.write_text(re.sub(old, new, text, count=1), encoding="utf-8")


def change(study: Path, table: str, alter) -> None:
    path = study / "results" / "tables" / f"{table}.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    alter(rows).to_csv(path, index=False)


def test_no_number_of_the_tiny_study_differs(finished):
    found = audit(finished)
    assert found.differences == []
    assert sum(found.counted.values()) > 1_000
    assert {"theme_rates", "contrasts", "document_differences", "findings.md", "report.html"} <= set(found.counted)


def test_the_audit_imports_nothing_of_what_it_audits():
    for path in (ROOT / "benchmarks" / "audit").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in getattr(node, "names", [])]
            assert not [name for name in names if str(name).startswith("framescope")], path.name


@pytest.mark.parametrize("module", [checks, findings, over_time])
def test_the_examples_of_the_audit_come_out_as_they_say(module):
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("theme_rates", "rate_per_1000"),
        ("theme_rates", "hits"),
        ("theme_rates", "share_high"),
        ("framing_by_section", "words"),
        ("contrasts", "log_odds"),
        ("contrasts", "sentences_b"),
        ("contrast_differences", "low"),
        ("section_differences", "log2_ratio"),
        ("section_differences", "p_corrected"),
        ("document_differences", "rate_b"),
        ("difference_tests", "p_least"),
        ("difference_tests", "tests_in_family"),
    ],
)
def test_a_changed_cell_is_found(study, table, column):
    def alter(rows: pd.DataFrame) -> pd.DataFrame:
        row = rows.index[rows[column] != ""][0]
        rows.loc[row, column] = f"{float(rows.loc[row, column]) * 1.01 + 1:.6g}"
        return rows

    change(study, table, alter)
    assert any(line.startswith(table) and f", {column}:" in line for line in differences(study))


def test_a_changed_critical_value_is_found_by_the_interval_that_it_gives(study):
    change(study, "difference_tests", lambda rows: rows.assign(critical=pd.to_numeric(rows["critical"]) * 1.01))
    assert [line for line in differences(study) if line.startswith("contrast_differences") and ", low:" in line]


def test_a_test_without_its_row_is_found(study):
    change(study, "difference_tests", lambda rows: rows.drop(rows.index[0]))
    assert [line for line in differences(study) if line.startswith("difference_tests")]


def test_a_dropped_hit_is_found_in_every_table(study):
    change(study, "hits", lambda rows: rows.drop(rows.index[rows["theme"] == "economy"][0]))
    found = {line.partition(",")[0] for line in differences(study)}
    assert {"theme_rates", "framing_by_section", "contrasts", "document_differences", "findings.md"} <= found


def test_a_hit_that_counts_where_it_should_not_is_found(study):
    change(study, "hits", lambda rows: rows.assign(counted="True", set_aside=""))
    assert [line for line in differences(study) if line.startswith("hits") and "a sentence of the author's" in line]


def test_a_sentence_that_names_the_other_theme_is_found(study):
    edit(study / "results" / "findings.md", "as much on economy", "as much on defence")
    assert [line for line in differences(study) if line.startswith("findings.md") and ", theme:" in line]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"(\S+) against (\S+) hits per", r"\2 against \1 hits per"),
        (r"about \d+\.\d times", "about 7.7 times"),
        (r"95 % (\d+\.\d) to", "95 % 7.7 to"),
        (r"all \d+ tests", "all 77 tests"),
        (r"does not hold under \d of", "does not hold under 9 of"),
        (r"section_differences\.csv#L4", "section_differences.csv#L3"),
        (r"p = 0\.\d+", "p = 0.777"),
        (r"\| 18 \| 4 \| 82%", "| 77 | 4 | 82%"),
        (r"51% to 95%", "51% to 77%"),
    ],
)
def test_a_changed_word_or_number_of_the_findings_is_found(study, old, new):
    edit(study / "results" / "findings.md", old, new)
    assert [line for line in differences(study) if line.startswith("findings.md")]


def test_a_number_that_the_audit_cannot_read_is_told(study):
    with (study / "results" / "findings.md").open("a", encoding="utf-8") as stream:
        stream.write("\n- All in all 42 things were found.\n")
    assert [line for line in differences(study) if "cannot read" in line and "42" in line]


def test_a_changed_number_of_the_report_is_found(study):
    edit(study / "results" / "report.html", r'">(\d+)\.(\d)</a><small>', r'">\g<1>7.\2</a><small>')
    assert [line for line in differences(study) if line.startswith("report.html, sections")]


def test_the_command_prints_how_many_were_checked_and_fails_where_one_differs(study):
    def command() -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-m", "benchmarks.audit", str(study)]
        return subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)

    done = command()
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"\d numbers checked, 0 differ\n$", done.stdout)
    edit(study / "results" / "findings.md", r"all \d+ tests", "all 77 tests")
    assert command().returncode == 1
