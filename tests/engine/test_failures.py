"""A job that fails costs a second run, never a wrong result."""

from pathlib import Path

import pytest
from tests.conftest import finish, snakemake, tables

# Rules of one line do not stand on each other, so that one run can fail them all.
TOGETHER = [
    ["extract"],
    ["annotate"],
    ["texts"],
    ["sentences", "entities", "dates", "terms"],
    ["matches", "relations", "notes"],
    ["documents"],
    ["mentions", "rates", "contrasts", "differences", "actors", "timeline", "keywords", "lexicon_terms"],
    ["robustness", "spread", "validation"],
    ["findings", "figures", "workbook", "provenance"],
    ["report"],
]
INJECT = Path(__file__).parent / "inject"


@pytest.mark.parametrize("rules", TOGETHER, ids=" ".join)
def test_after_rules_have_failed_the_next_run_finishes_and_equals_a_clean_one(rules, study):
    clean = tables(study)
    report = (study / "results" / "report.html").read_bytes()
    environment = {"FAILING_RULES": " ".join(rules), "PYTHONPATH": str(INJECT)}
    failed = snakemake(study, "--keep-going", "--forcerun", *rules, environment=environment)
    assert failed.returncode != 0
    assert {rule for rule in rules if f"Error in rule {rule}:" in failed.stdout + failed.stderr} == set(rules)
    finish(study)
    assert tables(study) == clean
    assert (study / "results" / "report.html").read_bytes() == report


def test_every_rule_of_the_workflow_is_failed_once(study):
    listed = snakemake(study, "--list-rules").stdout.split()
    assert set(listed) - {"all", "study", "sample"} == {rule for rules in TOGETHER for rule in rules}
