"""A job that fails costs a second run, never a wrong result."""

from pathlib import Path

import pytest

from tests.conftest import finish, snakemake, tables

RULES = [
    "extract", "annotate", "texts", "sentences", "entities", "dates", "hits", "terms", "relations", "documents",
    "mentions", "rates", "contrasts", "differences", "robustness", "spread", "actors", "timeline", "keywords",
    "lexicon_terms", "findings", "report", "figures", "workbook", "provenance",
]  # fmt: skip
INJECT = Path(__file__).parent / "inject"


@pytest.mark.parametrize("rule", RULES)
def test_after_a_rule_has_failed_the_next_run_finishes_and_equals_a_clean_one(rule, study):
    before = {str(p): p.read_bytes() for p in [study / "results" / "report.html", study / "results" / "findings.md"]}
    clean = tables(study)
    environment = {"FAILING_RULE": rule, "PYTHONPATH": str(INJECT)}
    failed = snakemake(study, "--forcerun", rule, environment=environment)
    assert failed.returncode != 0, failed.stdout + failed.stderr
    assert f"rule {rule}:" in failed.stdout + failed.stderr
    finish(study)
    assert tables(study) == clean
    assert {path: Path(path).read_bytes() for path in before} == before


def test_every_rule_of_the_workflow_is_failed_once(study):
    listed = snakemake(study, "--list-rules").stdout.split()
    assert set(listed) - {"all"} == set(RULES)
