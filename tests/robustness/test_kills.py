"""A run that is killed, and killed again, costs time and nothing else."""

from __future__ import annotations

import os
import random
import shutil
import time

import pytest
from tests.robustness.trying import fresh, killed, long, recovered, same, started

# The whole of the chains: so many kills are tried in so many studies.
KILLS = int(os.environ.get("FRAMESCOPE_KILLS", "50"))
CHAINS = 5
# Of the time that an undisturbed run takes. Work that was done stays, so that ten kills come to the last job.
EARLIEST, LATEST = 0.04, 0.25


@pytest.fixture(scope="module")
def run_seconds(tmp_path_factory):
    """How long an undisturbed run of the tiny study takes here and now."""
    study = fresh(tmp_path_factory.mktemp("timed") / "study")
    begun = time.monotonic()
    recovered(study)
    return time.monotonic() - begun


@long
@pytest.mark.parametrize("seed", range(CHAINS))
def test_after_a_chain_of_kills_the_next_run_finishes_and_equals_one_that_was_never_killed(
    seed, finished, tmp_path, tally, run_seconds
):
    study = fresh(tmp_path / "study")
    chance = random.Random(seed)
    kills = 0
    for _ in range(KILLS // CHAINS):
        if (study / "results" / "report.html").is_file():
            shutil.rmtree(study / "results")
        process = started(study)
        kills += killed(process, chance.uniform(EARLIEST, LATEST) * run_seconds)
        shutil.rmtree(study / ".snakemake" / "locks", ignore_errors=True)
    recovered(study)
    equal = same(study, finished)
    tally.add("seeded kills of a whole run (SIGKILL), in chains", kills, kills if equal else 0)
    assert kills >= KILLS // CHAINS // 2
    assert equal
