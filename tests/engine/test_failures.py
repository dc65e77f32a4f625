"""A job that fails costs a second run, never a wrong result."""

import re
from pathlib import Path

import pytest
from tests.conftest import finish, snakemake, tables

INJECT = Path(__file__).parent / "inject"


# So many rules stand on each other in the longest chain.
LEVELS = 11


def levels(study: Path) -> list[list[str]]:
    """All rules of a run; those of one level do not stand on each other, so that one run can fail them all."""
    graph = snakemake(study, "--forceall", "--rulegraph").stdout
    names = dict(re.findall(r'(\d+)\[label = "(\w+)"', graph))
    after = [(names[first], names[second]) for first, second in re.findall(r"(\d+) -> (\d+)", graph)]
    level = dict.fromkeys(names.values(), 0)
    for _ in level:
        for first, second in after:
            level[second] = max(level[second], level[first] + 1)
    rules = set(level) - {"all", "study"}
    numbers = sorted({level[rule] for rule in rules})
    return [sorted(rule for rule in rules if level[rule] == number) for number in numbers]


@pytest.mark.parametrize("level", range(LEVELS))
def test_after_rules_have_failed_the_next_run_finishes_and_equals_a_clean_one(level, study):
    rules = levels(study)[level]
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
    assert set(listed) - {"all", "study", "sample", "next_sample", "suggest"} == {
        rule for rules in levels(study) for rule in rules
    }
    assert len(levels(study)) == LEVELS
