import os
from pathlib import Path

import pytest

from framescope.cache import Cache, cache_key, made_once, write_whole


def test_what_was_put_is_got_until_it_is_pruned(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "text")
    key = cache_key("a", {"b": 1})
    assert cache.get(key) is None
    assert cache.put(key, b"data") == b"data"
    assert cache.get(key) == b"data"
    cache.record("0")
    cache.keep_only(["0"])
    assert cache.get(key) == b"data"
    cache.keep_only(["1"])
    assert cache.get(key) is None


def test_a_fresh_cache_reads_nothing_old_and_still_stores(tmp_path: Path) -> None:
    Cache(tmp_path, "text").put(cache_key("a"), b"old")
    fresh = Cache(tmp_path, "text", fresh=True)
    assert fresh.get(cache_key("a")) is None
    fresh.put(cache_key("a"), b"new")
    assert Cache(tmp_path, "text").get(cache_key("a")) == b"new"


def test_keys_depend_on_every_part_and_on_where_parts_end() -> None:
    keys = {cache_key("ab", "c"), cache_key("a", "bc"), cache_key("abc"), cache_key(b"abc"), cache_key(["ab", "c"])}
    assert len(keys) == 5


def test_an_interrupted_write_leaves_no_object_and_is_swept_away(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "text")
    key = cache_key("a")
    cache.put(key, b"x")
    (tmp_path / "text" / key[:2] / ".half").write_bytes(b"")
    cache.record("0")
    cache.keep_only(["0"])
    assert [path.name for path in (tmp_path / "text" / key[:2]).iterdir()] == [key]


@pytest.mark.parametrize("place", [0, 20, 31, 32, 40, -1])
def test_an_object_with_a_flipped_bit_counts_as_absent_and_the_log_names_it(tmp_path: Path, place: int, capsys) -> None:
    cache, key = Cache(tmp_path, "text"), cache_key("a")
    cache.put(key, b"The army met in February.")
    path = tmp_path / "text" / key[:2] / key
    stored = bytearray(path.read_bytes())
    stored[place] ^= 1
    path.write_bytes(stored)
    assert cache.get(key) is None
    assert f"{path}: this piece of finished work is damaged" in capsys.readouterr().err


@pytest.mark.parametrize("length", [0, 5, 32, 33])
def test_an_object_that_was_cut_short_counts_as_absent(tmp_path: Path, length: int) -> None:
    cache, key = Cache(tmp_path, "text"), cache_key("a")
    cache.put(key, b"The army met in February.")
    path = tmp_path / "text" / key[:2] / key
    path.write_bytes(path.read_bytes()[:length])
    assert cache.get(key) is None


def test_an_object_under_the_key_of_another_counts_as_absent(tmp_path: Path) -> None:
    cache, key, other = Cache(tmp_path, "text"), cache_key("a"), cache_key("b")
    cache.put(key, b"one")
    cache.put(other, b"two")
    (tmp_path / "text" / other[:2] / other).write_bytes((tmp_path / "text" / key[:2] / key).read_bytes())
    assert cache.get(other) is None


def test_an_object_that_is_kept_without_being_read_outlives_pruning(tmp_path: Path) -> None:
    Cache(tmp_path, "model").put(cache_key("a"), b"data")
    later = Cache(tmp_path, "model")
    later.keep(cache_key("a"))
    later.record("0")
    later.keep_only(["0"])
    assert later.get(cache_key("a")) == b"data"


def test_a_full_disk_leaves_no_half_object(tmp_path: Path, monkeypatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        Cache(tmp_path, "text").put(cache_key("a"), b"data")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


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


def test_outputs_are_made_once_for_the_same_inputs_whatever_their_times(tmp_path: Path) -> None:
    source, output, folder = (tmp_path / name for name in ("in.csv", "out.csv", "cache"))
    made: list[str] = []

    def run(depends: str = "code", ignoring: bool = False) -> str:
        def make() -> None:
            made.append(depends)
            output.write_text(source.read_text() + depends)

        output.unlink(missing_ok=True)
        made_once(Cache(folder, "reuse", ignoring), {"out": str(output)}, [source], depends, make)
        return output.read_text()

    source.write_text("a ")
    assert run() == "a code"
    os.utime(source, (2e9, 2e9))
    assert (run(), made) == ("a code", ["code"])
    assert (run(ignoring=True), len(made)) == ("a code", 2)
    source.write_text("b ")
    assert run() == "b code"
    assert (run("other code"), len(made)) == ("b other code", 4)
