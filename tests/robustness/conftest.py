"""Counting what the tests of robustness try; `make test-robustness` makes docs/reliability.md of the counts."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.robustness.reliability import Tally

STARTED = time.monotonic()
TALLY = Tally()


@pytest.fixture
def tally() -> Tally:
    """Where a test counts what it tried and what survived."""
    return TALLY


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember which tests were skipped, and why."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple) and "robustness" in str(item.path):
        TALLY.skipped[item.name.removeprefix("test_").replace("_", " ")] = report.longrepr[2].removeprefix("Skipped: ")
    return report


def pytest_runtest_logfinish() -> None:
    """Keep the counts after each test where the environment names their file."""
    if target := os.environ.get("FRAMESCOPE_COUNTS"):
        TALLY.seconds = time.monotonic() - STARTED
        TALLY.write(Path(target))
