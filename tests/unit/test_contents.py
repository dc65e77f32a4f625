"""A file is known by what it holds, at the price of a look at its size, times and inode."""

import hashlib
import json
import os
import shutil
import time
from pathlib import Path

import pytest

from framescope import contents as module
from framescope.contents import Contents


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "source.txt"
    path.write_text("army")
    return path


def settled(tmp_path: Path, file: Path) -> Path:
    """The memory of a run that began well after the file was written."""
    time.sleep(0.05)
    memory = tmp_path / "cache" / "contents.json"
    contents = Contents(memory)
    contents.sha256(file)
    contents.remember()
    return memory


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = settled(tmp_path, file)
    monkeypatch.setattr(module.hashlib, "file_digest", None)
    contents = Contents(memory)
    assert contents.sha256(file) == sha256("army")
    before = memory.stat()
    contents.remember()
    assert memory.stat() == before


def test_other_content_with_the_same_size_and_date_is_noticed(tmp_path: Path, file: Path) -> None:
    memory = settled(tmp_path, file)
    date = file.stat()
    file.write_text("navy")
    os.utime(file, ns=(date.st_atime_ns, date.st_mtime_ns))
    assert Contents(memory).sha256(file) == sha256("navy")


def test_a_file_replaced_by_one_with_an_older_date_is_noticed(tmp_path: Path, file: Path) -> None:
    older = tmp_path / "older.txt"
    older.write_text("navy")
    os.utime(older, (1_000_000_000, 1_000_000_000))
    memory = settled(tmp_path, file)
    shutil.copy2(older, file)
    assert Contents(memory).sha256(file) == sha256("navy")
    older.replace(file)
    assert Contents(memory).sha256(file) == sha256("navy")


def test_a_file_written_in_the_tick_of_the_clock_in_which_it_was_hashed_is_hashed_again(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The second text has the size, times and inode of the first, as when both are written in one tick.
    first = {"size": 4, "modified": 7, "changed": 7, "inode": 1}
    monkeypatch.setattr(module, "signature", lambda _: first)
    monkeypatch.setattr(Contents, "_now", lambda _: 7)
    memory = tmp_path / "contents.json"
    contents = Contents(memory)
    assert contents.sha256(file) == sha256("army")
    contents.remember()
    file.write_text("navy")
    assert Contents(memory).sha256(file) == sha256("navy")


def test_a_missing_or_damaged_memory_costs_hashing_and_nothing_else(tmp_path: Path, file: Path) -> None:
    memory = settled(tmp_path, file)
    for damaged in (b"", b"{", b"[]", b"\xff"):
        memory.write_bytes(damaged)
        assert Contents(memory).sha256(file) == sha256("army")
    memory.unlink()
    assert Contents(memory).sha256(file) == sha256("army")


def test_files_that_are_no_longer_requested_are_forgotten_when_a_run_ends_and_not_before(tmp_path, file) -> None:
    memory = settled(tmp_path, file)
    other = tmp_path / "other.txt"
    other.write_text("bank")
    contents = Contents(memory)
    contents.sha256(other)
    contents.remember()
    assert list(json.loads(memory.read_text())) == [str(file), str(other)]
    contents.remember(requested_alone=True)
    assert list(json.loads(memory.read_text())) == [str(other)]
