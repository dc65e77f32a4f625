import os
import time
from pathlib import Path

import pytest
from tests.conftest import cached

from framescope import housekeeping
from framescope.cache import Cache, cache_key
from framescope.housekeeping import STAGES, closing_line, path_for_engine, prune_cache, version_file


def test_a_path_in_which_the_engine_would_fill_in_a_part_gets_a_copy_that_follows_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "raw").mkdir()
    for name in ("raw/a{b}.txt", "raw/<results>.txt", str(tmp_path / "{x}.tar<y>.gz")):
        Path(name).write_text(name, encoding="utf-8")
        copy = path_for_engine(name)
        assert not set("{}<>") & set(copy)
        assert Path(copy).read_text(encoding="utf-8") == name
        first = Path(copy).stat().st_mtime_ns
        assert path_for_engine(name) == copy
        assert Path(copy).stat().st_mtime_ns == first
        Path(name).write_text("new", encoding="utf-8")
        assert Path(path_for_engine(name)).read_text(encoding="utf-8") == "new"


def test_a_file_with_a_time_to_come_gets_a_copy_of_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("themes.yaml").write_text("defence: [army]", encoding="utf-8")
    assert path_for_engine("themes.yaml") == "themes.yaml"
    os.utime("themes.yaml", (time.time() + 86_400,) * 2)
    copy = Path(path_for_engine("themes.yaml"))
    assert copy.read_text(encoding="utf-8") == "defence: [army]"
    assert copy.stat().st_mtime <= time.time()


def test_other_paths_stay_as_they_are() -> None:
    path = "raw/A paper, 'final' (2) & notes %20 $x.txt"
    assert path_for_engine(path) == path


def test_a_part_of_a_study_says_that_it_is_done_without_tables(tmp_path: Path) -> None:
    assert closing_line(tmp_path) == f"Framescope: what was asked for is in {tmp_path}/."


def test_nothing_is_pruned_before_every_batch_has_been_worked_on(tmp_path: Path) -> None:
    key = cache_key("of the batch that was split")
    old = Cache(tmp_path / "cache", "text", batch="0")
    old.put(key, b"data")
    old.record()
    for stage in STAGES:
        Cache(tmp_path / "cache", stage, batch="00").record()
    prune_cache(tmp_path, ["00", "01"])
    assert cached(tmp_path / "cache", "text") == {key}
    for stage in STAGES:
        Cache(tmp_path / "cache", stage, batch="01").record()
    prune_cache(tmp_path, ["00", "01"])
    assert cached(tmp_path / "cache", "text") == set()


def test_the_version_of_results_is_written_anew_only_when_it_is_another_or_unknown(tmp_path: Path, monkeypatch) -> None:
    schemas = tmp_path / "tables.yaml"
    schemas.write_text("a: 1\n", encoding="utf-8")
    monkeypatch.setattr(housekeeping, "TABLE_SCHEMAS", schemas)
    path = Path(version_file(tmp_path))
    first = path.stat().st_mtime_ns
    version_file(tmp_path)
    assert path.stat().st_mtime_ns == first
    text = path.read_text(encoding="utf-8")
    schemas.write_text("a: 2\n", encoding="utf-8")
    version_file(tmp_path)
    assert path.read_text(encoding="utf-8") != text
