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
from tests.conftest import TINY, tables
from tests.robustness.trying import ALL_TABLES, ended, fresh, long, recovered, same, started

from framescope.running import locks

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


def test_full_disks_end_the_run_and_with_room_the_next_one_equals_a_clean_one(disk, finished, tally):
    study = fresh(disk / "study")
    ends = []
    for kilobytes in (400, 550, 700):
        assert mounted("-o", f"remount,size={kilobytes}k", str(disk))
        ends.append(ended(started(study, ALL_TABLES)))
    assert mounted("-o", "remount,size=200m", str(disk))
    recovered(study, ALL_TABLES)
    equal = tables(study) == tables(finished)
    tally.add("full disks", len(ends), len(ends) if equal else 0)
    assert all(code != 0 for code, _ in ends)
    assert not [said for _, said in ends if "Traceback" in said]
    assert equal


def test_after_a_changing_source_and_bounds_of_memory_and_files_the_next_run_equals_a_clean_one(
    finished, tmp_path, tally
):
    study = fresh(tmp_path / "study")
    changes = changing(study / "raw" / "letter.txt", started(study, "results/measures/document_facts.parquet"))
    bounds = {
        "runs without memory (RLIMIT_AS)": [bound(resource.RLIMIT_AS, size * MEGABYTE) for size in (300, 900)],
        "files bounded in size (RLIMIT_FSIZE)": [bound(resource.RLIMIT_FSIZE, 3_000)],
    }
    codes = {kind: [ended(started(study, ALL_TABLES, before=each))[0] for each in of] for kind, of in bounds.items()}
    recovered(study, ALL_TABLES)
    equal = tables(study) == tables(finished)
    tally.add("runs during which a source changes all the time", 1, int(equal))
    for kind, tried in codes.items():
        tally.add(kind, len(tried), len(tried) if equal else 0)
    assert changes > 10
    assert all(code != 0 for tried in codes.values() for code in tried)
    assert equal


def changing(source: Path, process: subprocess.Popen[str]) -> int:
    """Write a source anew all the time until a run ends, and then as it was; how often it was written."""
    kept, changes = source.read_bytes(), 0
    while process.poll() is None:
        changes += 1
        source.write_bytes(kept * (1 + changes % 3))
        time.sleep(0.05)
    source.write_bytes(kept)
    process.communicate()
    return changes


def test_a_study_that_may_not_be_written_ends_the_run_and_keeps_its_results(study, finished, tally):
    (study / "config.yaml").write_bytes((TINY / "config.yaml").read_bytes() + b"\n# Another file.\n")
    if not mounted("--bind", str(study), str(study)):
        pytest.skip("this system mounts no folder for a test")
    try:
        assert mounted("-o", "remount,bind,ro", str(study))
        code, said = ended(started(study))
    finally:
        subprocess.run(["umount", "-l", str(study)], check=True)
    equal = same(study, finished)
    tally.add("a whole study on a read-only disk", 1, int(equal and code != 0))
    assert (code, said.splitlines()) == (
        1,
        [f"{study}: the folder of the study cannot be written (Read-only file system)."],
    )
    assert equal


def test_of_two_runs_at_once_one_finishes_and_the_other_is_refused(study, finished, tally):
    (study / "results" / "tables" / "timeline.csv").unlink()
    (study / locks.RECORD).unlink(missing_ok=True)
    first = started(study)
    waited = time.monotonic()
    while not locks.engine_locks(study) and time.monotonic() - waited < 120:
        time.sleep(0.05)
    second, refusal = ended(started(study))
    code, said = ended(first)
    equal = same(study, finished)
    tally.add("second runs in a study where one is going on", 1, int(equal and second != 0))
    assert second != 0
    assert refusal.startswith("Another run of this study is going on (")
    assert code == 0, said
    assert equal


def test_sources_of_a_finished_study_that_get_times_of_another_year_change_nothing(study, finished, tally):
    for year, clock in ((1999, "on"), (2040, "back")):
        moment = time.mktime((year, 1, 1, 0, 0, 0, 0, 0, 0))
        for path in (study / "raw").iterdir():
            os.utime(path, (moment, moment))
        recovered(study)
        equal = same(study, finished)
        tally.add(f"runs with sources from the year {year} (clock set {clock})", 1, int(equal))
        assert equal


def test_a_new_source_with_a_time_to_come_is_read(tmp_path, tally):
    study = fresh(tmp_path / "study")
    moment = time.mktime((2040, 1, 1, 0, 0, 0, 0, 0, 0))
    for path in (study / "raw").iterdir():
        os.utime(path, (moment, moment))
    code, said = ended(started(study, "results/measures/document_facts.parquet"))
    tally.add("new sources with a time to come (clock set back)", 1, int(code == 0))
    assert code == 0, said
