"""Work in copies of a process gives what the process itself would give, and says what went wrong."""

from __future__ import annotations

import os
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from framescope.failures import DamagedError
from framescope.running.copies import in_copies

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux are processes copied")


@pytest.mark.parametrize("copies", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(copies: int) -> None:
    assert list(in_copies(lambda item: item * item, range(10), copies)) == [item * item for item in range(10)]


def test_with_one_copy_or_one_item_this_process_does_the_work() -> None:
    assert set(in_copies(lambda _: os.getpid(), range(3), 1)) == {os.getpid()}
    assert list(in_copies(lambda _: os.getpid(), [0], 4)) == [os.getpid()]
    assert os.getpid() not in in_copies(lambda _: os.getpid(), range(3), 2)


def test_the_work_uses_what_the_process_has_in_memory_and_changes_nothing_of_it() -> None:
    seen: list[int] = []
    assert list(in_copies(lambda item: seen.append(item) or len(seen) > 0, range(4), 2)) == [True] * 4
    assert seen == []


def test_an_error_of_the_work_is_raised_as_it_was() -> None:
    def fail(item: int) -> None:
        raise DamagedError(Path("results/annotated/0.spacy"))

    with pytest.raises(DamagedError) as raised:
        list(in_copies(fail, range(2), 2))
    assert str(raised.value) == str(DamagedError("results/annotated/0.spacy"))


def test_a_copy_that_is_ended_from_outside_ends_the_work_with_an_error() -> None:
    with pytest.raises(BrokenProcessPool):
        list(in_copies(lambda _: os._exit(9), range(2), 2))


def test_what_waits_to_be_written_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "log.txt").open("w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        stream.write("before\n")
        list(in_copies(lambda item: print(f"item {item}", file=sys.stderr), range(4), 2))
    written = (tmp_path / "log.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(written) == ["before", *(f"item {item}" for item in range(4))]
