"""A run that is killed, and killed again, costs time and nothing else."""

from __future__ import annotations

import os
import random
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from tests.conftest import tables
from tests.robustness.trying import ALL_TABLES, killed, long, recovered, same, started

# So many kills are tried in each chain.
KILLS = int(os.environ.get("FRAMESCOPE_KILLS", "10"))
# What a finished study lacks when a chain of kills begins, so that the kills meet every stage: all from a stage on.
OUTPUTS = ["cache", "text", "annotated", "measures", "tables"]
MISSING = {stage: [*OUTPUTS[place:], "provenance.json"] for place, stage in enumerate(OUTPUTS)}
# A part of a run: one measure, and what stands on it.
ONE_MEASURE = ["measures/dates.parquet", "tables/timeline.csv", "provenance.json"]
# In starts of the engine, which come before the first job: some kills meet the start, and most meet jobs.
EARLIEST, LATEST = 0.2, 2.5


@pytest.fixture(scope="module")
def start_seconds(finished, tmp_path_factory):
    """How long a run takes here and now that finds nothing to do."""
    study = tmp_path_factory.mktemp("timed") / "study"
    shutil.copytree(finished, study, copy_function=shutil.copy2)
    recovered(study)
    begun = time.monotonic()
    recovered(study)
    return time.monotonic() - begun


def chain(stage: str, missing: list[str], finished: Path, folder: Path, kills: int, seconds: float) -> tuple[int, bool]:
    """How many of so many kills met a run, and whether the run after them made what is missing and equal tables.

    `seconds` is how long a start takes. Pages are made where the stage is the last one.
    """
    study = folder / stage
    shutil.copytree(finished, study, copy_function=shutil.copy2)
    lost = [study / "results" / name for name in missing]
    for path in lost:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    targets = [] if stage == OUTPUTS[-1] else [ALL_TABLES]
    chance = random.Random(stage)
    met = 0
    for _ in range(kills):
        process = started(study, *targets, cores=1)
        met += killed(process, chance.uniform(EARLIEST, LATEST) * seconds)
    recovered(study, *targets, cores=1)
    equal = tables(study) == tables(finished) if targets else same(study, finished)
    return met, equal and all(path.exists() for path in lost)


@long
def test_after_a_chain_of_kills_the_next_run_finishes_and_equals_one_that_was_never_killed(
    finished, tmp_path, tally, start_seconds
):
    # Two chains at once, each on a core of its own.
    with ThreadPoolExecutor(2) as pool:
        tried = partial(chain, finished=finished, folder=tmp_path, kills=KILLS, seconds=start_seconds)
        ends = dict(zip(MISSING, pool.map(tried, MISSING, MISSING.values()), strict=True))
    for met, equal in ends.values():
        tally.add("seeded kills of a whole run (SIGKILL), in chains", met, met if equal else 0)
    assert [stage for stage, (_, equal) in ends.items() if not equal] == []
    assert all(met >= KILLS // 2 for met, _ in ends.values())


def test_after_a_few_kills_the_next_run_finishes_and_equals_one_that_was_never_killed(
    finished, tmp_path, tally, start_seconds
):
    met, equal = chain("dates", ONE_MEASURE, finished, tmp_path, 3, start_seconds)
    tally.add("seeded kills of a part of a run (SIGKILL), in a chain", met, met if equal else 0)
    assert met
    assert equal
