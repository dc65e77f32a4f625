"""No room, no memory, no right to write, no quiet: the run says so and the next one finishes with equal results."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conftest import TINY, snakemake
from tests.robustness.trying import fresh, killed, long, recovered, same, started

pytestmark = long
MEGABYTE = 1_000_000
MAY_MOUNT = os.geteuid() == 0 and shutil.which("mount") is not None


def mounted(*arguments: str) -> bool:
    """Whether this system mounted what was asked for."""
    return MAY_MOUNT and subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, where the system allows one."""
    place = tmp_path / "disk"
    place.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=400k", "tmpfs", str(place)):
        pytest.skip("this system mounts no disk for a test")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def bound(kind: int, amount: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(kind, (amount, amount))


def test_a_full_disk_ends_the_run_and_with_room_the_next_one_equals_a_clean_one(disk, finished, tally):
    study = fresh(disk / "study")
    ends = []
    for kilobytes in (400, 700, 1_000):
        assert mounted("-o", f"remount,size={kilobytes}k", str(disk))
        process = started(study)
        said, _ = process.communicate(timeout=600)
        shutil.rmtree(study / ".snakemake" / "locks", ignore_errors=True)
        ends.append((process.returncode, said))
    assert mounted("-o", "remount,size=200m", str(disk))
    recovered(study)
    equal = same(study, finished)
    tally.add("full disks", len(ends), len(ends) if equal else 0)
    assert all(code != 0 for code, _ in ends)
    assert equal


def test_files_that_may_not_grow_end_the_run_and_the_next_one_equals_a_clean_one(finished, tmp_path, tally):
    study = fresh(tmp_path / "study")
    process = started(study, before=bound(resource.RLIMIT_FSIZE, 3_000))
    process.communicate(timeout=600)
    recovered(study)
    equal = same(study, finished)
    tally.add("files bounded in size (RLIMIT_FSIZE)", 1, int(equal))
    assert process.returncode != 0
    assert equal


@pytest.mark.parametrize("megabytes", [300, 900])
def test_too_little_memory_ends_the_run_and_the_next_one_equals_a_clean_one(megabytes, finished, tmp_path, tally):
    study = fresh(tmp_path / "study")
    process = started(study, before=bound(resource.RLIMIT_AS, megabytes * MEGABYTE))
    process.communicate(timeout=600)
    recovered(study)
    equal = same(study, finished)
    tally.add("runs without memory (RLIMIT_AS)", 1, int(equal))
    assert process.returncode != 0
    assert equal


def test_a_study_whose_texts_may_only_be_read_runs_as_any_other(finished, tmp_path, tally):
    study = fresh(tmp_path / "study")
    if not mounted("--bind", str(study / "raw"), str(study / "raw")):
        pytest.skip("this system mounts no folder for a test")
    try:
        assert mounted("-o", "remount,bind,ro", str(study / "raw"))
        with pytest.raises(OSError, match="Read-only"):
            (study / "raw" / "new.txt").write_text("x")
        recovered(study)
    finally:
        subprocess.run(["umount", "-l", str(study / "raw")], check=True)
    equal = same(study, finished)
    tally.add("texts on a read-only disk", 1, int(equal))
    assert equal


def test_a_study_that_may_not_be_written_ends_the_run_and_keeps_its_results(study, finished, tally):
    assert mounted("--bind", str(study), str(study)) or pytest.skip("this system mounts no folder for a test")
    try:
        assert mounted("-o", "remount,bind,ro", str(study))
        done = snakemake(study, "--forcerun", "findings")
    finally:
        subprocess.run(["umount", "-l", str(study)], check=True)
    equal = same(study, finished)
    tally.add("a whole study on a read-only disk", 1, int(equal and done.returncode != 0))
    assert done.returncode != 0
    assert "Read-only file system" in done.stdout + done.stderr
    assert equal


def test_of_two_runs_at_once_one_finishes_and_the_other_is_refused(finished, tmp_path, tally):
    study = fresh(tmp_path / "study")
    first = started(study)
    locks = study / ".snakemake" / "locks"
    waited = time.monotonic()
    while not (locks.is_dir() and any(locks.iterdir())) and time.monotonic() - waited < 120:
        time.sleep(0.1)
    second = snakemake(study)
    said, _ = first.communicate(timeout=600)
    equal = same(study, finished)
    tally.add("second runs in a study where one is going on", 1, int(equal and second.returncode != 0))
    assert second.returncode != 0
    assert first.returncode == 0, said
    assert equal


def test_a_source_that_changes_while_it_is_read_is_read_anew_by_the_next_run(finished, tmp_path, tally):
    study = fresh(tmp_path / "study")
    source, kept = study / "raw" / "letter.txt", (TINY / "raw" / "letter.txt").read_bytes()
    process, changes = started(study), 0
    while process.poll() is None and changes < 400:
        changes += 1
        source.write_bytes(kept * (1 + changes % 3))
        time.sleep(0.05)
    source.write_bytes(kept)
    process.communicate(timeout=600)
    recovered(study)
    equal = same(study, finished)
    tally.add("runs during which a source changes all the time", 1, int(equal))
    assert equal


@pytest.mark.parametrize("year", [1999, 2040])
def test_sources_of_a_finished_study_that_get_times_of_another_year_change_nothing(year, study, finished, tally):
    sources = sorted((study / "raw").iterdir())
    moment = time.mktime((year, 1, 1, 0, 0, 0, 0, 0, 0))
    for path in sources:
        os.utime(path, (moment, moment))
    done = snakemake(study)
    equal = done.returncode == 0 and same(study, finished)
    tally.add(f"runs with sources from the year {year} (clock set {'back' if year > 2026 else 'on'})", 1, int(equal))
    assert equal


def test_a_kill_right_after_the_start_leaves_a_study_that_runs(finished, tmp_path, tally):
    study = fresh(tmp_path / "study")
    assert killed(started(study), 0.2)
    recovered(study)
    equal = same(study, finished)
    tally.add("kills before the first job", 1, int(equal))
    assert equal


def test_a_source_with_a_time_to_come_is_read(tmp_path, tally):
    study = fresh(tmp_path / "study")
    moment = time.mktime((2040, 1, 1, 0, 0, 0, 0, 0, 0))
    for path in (study / "raw").iterdir():
        os.utime(path, (moment, moment))
    read = snakemake(study, "results/text/0.jsonl").returncode == 0
    tally.add("new sources with a time to come (clock set back)", 1, int(read))
    assert read
