"""What Snakemake's own lint says of the workflow, and what of it is not followed, with the reason."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.conftest import TINY, snakemake

EXCEPTIONS = {
    "Specify a conda environment or container for each rule.": "The package that a job runs also reads and plans the "
    "study, so that one environment, with pins and hashes, holds both; an environment of a job's own would part them.",
}


@pytest.fixture(scope="module")
def lint(tmp_path_factory: pytest.TempPathFactory) -> str:
    study = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("lint") / "study"))
    done = snakemake(study, "--lint")
    return done.stdout + done.stderr


def advice(lint: str) -> set[str]:
    """The titles of what the lint advises."""
    return set(re.findall(r"^ {4}\* (.+?):?$", lint, re.MULTILINE))


def test_the_workflow_follows_the_lint_of_snakemake_but_for_the_exceptions(lint: str):
    assert advice(lint) == set(EXCEPTIONS)


def test_the_lint_has_seen_every_rule(lint: str):
    rules = {rule for path in (TINY.parents[2] / "workflow" / "rules").glob("*.smk") for rule in named_rules(path)}
    assert len(rules) > 20
    assert set(re.findall(r"^Lints for rule (\w+) ", lint, re.MULTILINE)) == rules


def named_rules(path: Path) -> list[str]:
    return re.findall(r"^rule (\w+):", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_rule_that_reads_texts_says_how_much_memory_it_takes():
    blocks = [
        block
        for path in (TINY.parents[2] / "workflow" / "rules").glob("*.smk")
        for block in re.split(r"^(?=rule )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    ]
    reading = [block for block in blocks if re.search(r"\bTEXTS\b|\bDOCS\b|\{batch\}", block)]
    assert len(reading) > 5
    assert [block.split(":")[0] for block in reading if "mem_mb=" not in block] == []
