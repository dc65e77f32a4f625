from pathlib import Path

from framescope.cache import Cache, cache_key


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
