import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from framescope.cache import Cache, cache_key, prune, write_whole

KEY = cache_key("a")


def stored(folder: Path, batch: str = "all", data: bytes = b"The army met in February.") -> Cache:
    """A cache with one object that a job has used."""
    cache = Cache(folder, "text", batch=batch)
    cache.put(KEY, data)
    cache.record()
    return cache


def altered(path: Path, change: str, *given: object) -> None:
    """Change the stored objects of a file by a statement of SQL."""
    database = sqlite3.connect(path)
    database.execute(change, given)
    database.commit()
    database.close()


def test_what_was_put_is_got_until_it_is_pruned(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "text", batch="0")
    key = cache_key("a", {"b": 1})
    assert cache.get(key) is None
    assert cache.put(key, b"data") == b"data"
    assert cache.get(key) == b"data"
    cache.record()
    prune(tmp_path, ["text"], ["0"])
    assert Cache(tmp_path, "text", batch="0").get(key) == b"data"
    Cache(tmp_path, "text", batch="0").record()
    prune(tmp_path, ["text"], ["0"])
    assert Cache(tmp_path, "text", batch="0").get(key) is None


def test_nothing_is_pruned_before_every_batch_was_processed_in_every_stage(tmp_path: Path) -> None:
    stored(tmp_path, "0")
    Cache(tmp_path, "text", batch="0").record()
    prune(tmp_path, ["text"], ["0", "1"])
    prune(tmp_path, ["text", "model"], ["0"])
    assert Cache(tmp_path, "text", batch="0").get(KEY) is not None


def test_all_objects_of_a_stage_are_in_one_file_for_each_batch(tmp_path: Path) -> None:
    for batch in ("0", "1"):
        cache = Cache(tmp_path, "text", batch=batch)
        for number in range(20):
            cache.put(cache_key(batch, number), b"data")
        cache.record()
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["0.sqlite", "1.sqlite"]


@pytest.mark.parametrize(("before", "after"), [("01", "011"), ("011", "01"), ("all", "0"), ("0", "all")])
def test_an_object_is_found_after_its_batch_was_split_or_joined_and_outlives_the_file_of_that_batch(
    tmp_path: Path, before: str, after: str
) -> None:
    stored(tmp_path, before)
    now = Cache(tmp_path, "text", batch=after)
    assert now.get(KEY) == b"The army met in February."
    now.record()
    prune(tmp_path, ["text"], [after])
    assert [path.stem for path in (tmp_path / "text").iterdir()] == [after]
    assert Cache(tmp_path, "text", batch=after).get(KEY) == b"The army met in February."


def test_objects_of_a_batch_with_other_documents_are_not_looked_for(tmp_path: Path) -> None:
    stored(tmp_path, "00")
    assert Cache(tmp_path, "text", batch="01").get(KEY) is None


def test_a_fresh_cache_reads_nothing_old_and_still_stores(tmp_path: Path) -> None:
    stored(tmp_path, data=b"old")
    fresh = Cache(tmp_path, "text", fresh=True)
    assert fresh.get(KEY) is None
    fresh.put(KEY, b"new")
    fresh.record()
    assert Cache(tmp_path, "text").get(KEY) == b"new"


def test_keys_depend_on_every_part_and_on_where_parts_end() -> None:
    keys = {cache_key("ab", "c"), cache_key("a", "bc"), cache_key("abc"), cache_key(b"abc"), cache_key(["ab", "c"])}
    assert len(keys) == 5


def test_what_a_job_stored_before_it_was_killed_is_there(tmp_path: Path) -> None:
    script = f"from framescope.cache import Cache; Cache({str(tmp_path)!r}, 'text').put({KEY!r}, b'data'); os.abort()"
    subprocess.run([sys.executable, "-c", f"import os; {script}"], check=False, capture_output=True)
    assert Cache(tmp_path, "text").get(KEY) == b"data"


@pytest.mark.parametrize("place", [0, 20, 31, 32, 40, -1])
def test_an_object_with_a_flipped_bit_counts_as_absent_and_the_log_names_its_file(
    tmp_path: Path, place: int, capsys
) -> None:
    path = stored(tmp_path).path
    ((data,),) = sqlite3.connect(path).execute("SELECT data FROM objects")
    flipped = bytearray(data)
    flipped[place] ^= 1
    altered(path, "UPDATE objects SET data = ?", bytes(flipped))
    assert Cache(tmp_path, "text").get(KEY) is None
    assert f"{path}: a piece of finished work in it is damaged" in capsys.readouterr().err


@pytest.mark.parametrize("length", [0, 5, 32, 33])
def test_an_object_that_was_cut_short_counts_as_absent(tmp_path: Path, length: int) -> None:
    altered(stored(tmp_path).path, "UPDATE objects SET data = substr(data, 1, ?)", length)
    assert Cache(tmp_path, "text").get(KEY) is None


def test_an_object_under_the_key_of_another_counts_as_absent(tmp_path: Path) -> None:
    altered(stored(tmp_path).path, "UPDATE objects SET key = ?", cache_key("b"))
    assert Cache(tmp_path, "text").get(cache_key("b")) is None


@pytest.mark.parametrize("kept", [16, 100, 5000, 9000])
def test_a_file_that_was_cut_short_counts_as_empty_and_the_log_names_it(tmp_path: Path, kept: int, capsys) -> None:
    path = stored(tmp_path, data=b"x" * 10_000).path
    path.write_bytes(path.read_bytes()[:kept])
    later = Cache(tmp_path, "text")
    assert later.get(KEY) is None
    assert f"{path}: this finished work is damaged" in capsys.readouterr().err
    later.put(KEY, b"again")
    assert later.get(KEY) == b"again"


def test_a_damaged_file_of_another_batch_is_named_and_left_alone(tmp_path: Path, capsys) -> None:
    path = stored(tmp_path, "0").path
    path.write_bytes(b"damaged" * 1000)
    assert Cache(tmp_path, "text", batch="01").get(KEY) is None
    assert f"{path}: this finished work is damaged" in capsys.readouterr().err


def test_an_object_that_is_used_outlives_pruning(tmp_path: Path) -> None:
    stored(tmp_path)
    later = Cache(tmp_path, "text")
    later.get(KEY)
    later.keep_used()
    assert Cache(tmp_path, "text").get(KEY) is not None
    Cache(tmp_path, "text").keep_used()
    assert Cache(tmp_path, "text").get(KEY) is None


def test_the_file_of_a_batch_that_used_what_it_used_before_is_not_written(tmp_path: Path) -> None:
    before = (path := stored(tmp_path).path).read_bytes()
    cache = Cache(tmp_path, "text")
    cache.get(KEY)
    cache.get(cache_key("b"))
    cache.keep_used()
    assert path.read_bytes() == before
    Cache(tmp_path, "text").record()
    assert path.read_bytes() != before


def test_a_file_becomes_smaller_when_its_objects_are_deleted(tmp_path: Path) -> None:
    path = stored(tmp_path, data=b"x" * 1_000_000).path
    Cache(tmp_path, "text").keep_used()
    assert path.stat().st_size < 50_000


def test_a_full_disk_is_an_error_of_the_system(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "text")
    cache.get(KEY)
    cache._database.execute("PRAGMA max_page_count = 4")
    with pytest.raises(OSError, match="full"):
        cache.put(KEY, b"x" * 100_000)


def test_a_file_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "text" / "all.sqlite").mkdir(parents=True)
    with pytest.raises(OSError, match=r"all\.sqlite"):
        Cache(tmp_path, "text").get(KEY)


@pytest.mark.parametrize(("umask", "mode"), [(0o027, 0o640), (0o002, 0o664)])
def test_the_files_of_the_cache_have_the_mode_that_the_umask_asks_for(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        path = stored(tmp_path).path
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == mode


@pytest.mark.parametrize(("umask", "mode"), [(0o027, 0o640), (0o002, 0o664)])
def test_stored_work_has_the_mode_that_the_umask_asks_for_so_that_a_group_can_share_a_study(
    tmp_path: Path, umask: int, mode: int
) -> None:
    before = os.umask(umask)
    try:
        write_whole(tmp_path / "object", b"work")
    finally:
        os.umask(before)
    assert (tmp_path / "object").stat().st_mode & 0o777 == mode


def test_what_cannot_be_written_whole_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "object").write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "object", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"object": b"old"}
