"""A batch of sources is read again whenever something that reading depends on has changed, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from framescope.cache import Cache
from framescope.extract import batch
from framescope.extract.batch import extract_batch
from framescope.extract.source.limits import Limits

SETTINGS = {"code": "first code", "limits": Limits(), "ocr": False, "language": "en"}
TEXT = "The harbour is old, and the town that grew around it lives on what the ships bring in each year.\n"


@pytest.fixture
def read_with(monkeypatch, tmp_path: Path):
    """Reads one file with the given settings from one cache; how often the reader itself was asked, and the records."""
    asked = []
    reading = batch._read
    monkeypatch.setattr(batch, "_read", lambda *given: asked.append(given) or reading(*given))
    source = tmp_path / "harbour.txt"

    def read(document="harbour", text=TEXT, **changed):
        source.write_text(text, encoding="utf-8")
        entries = [{"document": document, "file": str(source), "language": "en"}]
        asked.clear()
        records = list(
            extract_batch(entries, Cache(tmp_path / "cache", "text"), log=tmp_path / "log", **{**SETTINGS, **changed})
        )
        return len(asked), records

    return read


def test_a_source_is_read_once_while_nothing_changes(read_with):
    first, second = read_with(), read_with()
    assert (first[0], second[0]) == (1, 0)
    assert second[1] == first[1]


@pytest.mark.parametrize(
    "changed",
    [{"limits": Limits(pages=7)}, {"limits": Limits(seconds=60)}, {"ocr": True}, {"language": "fr"}, {"code": "next"}],
    ids=str,
)
def test_a_source_is_read_again_with_other_limits_ocr_language_or_code(read_with, changed):
    read_with()
    assert read_with(**changed)[0] == 1


def test_a_source_over_a_limit_is_read_when_the_limit_is_raised(read_with):
    refused = read_with(limits=Limits(megabytes=0))[1][0]
    assert "the limit is 0 MB" in refused["reason"]
    assert "sections" in read_with(limits=Limits(megabytes=1))[1][0]


def test_an_edited_source_and_one_with_another_id_are_read_again(read_with):
    read_with()
    edited = read_with(text=TEXT.replace("old", "new"))
    assert edited[0] == 1
    assert edited[1][0]["sections"][0]["paragraphs"][0]["text"].startswith("The harbour is new")
    renamed = read_with(document="port")
    assert (renamed[0], renamed[1][0]["id"]) == (1, "port")


def test_a_failure_that_another_try_may_mend_is_tried_again_and_any_other_is_not(read_with, monkeypatch):
    for retry, tries in ((False, 0), (True, 1)):
        asked = []
        failed = {"document": "harbour", "file": "harbour.txt", "reason": "slow", "remedy": "wait", "retry": retry}
        monkeypatch.setattr(batch, "_read", lambda *given, asked=asked, failed=failed: asked.append(given) or failed)
        read_with(code=f"retry {retry}")
        asked.clear()
        read_with(code=f"retry {retry}")
        assert len(asked) == tries
