"""Where the language model runs, and that annotations of a GPU and of a processor are kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from framescope.annotate import batch, device
from framescope.annotate.device import device_notice, runs_on_gpu
from framescope.document import Document, Paragraph, Section, Source
from framescope.records import sealed_records
from framescope.resources import LEXICONS


def with_gpu(found: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy, "prefer_gpu", lambda: found)
    monkeypatch.setattr(device, "find_spec", lambda name: name if found else None)


@pytest.mark.parametrize("found", [True, False])
def test_a_gpu_is_used_only_where_the_study_asks_for_it_and_there_is_one(
    found: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_gpu(found, monkeypatch)
    assert not runs_on_gpu("cpu")
    assert runs_on_gpu("auto") == found


def test_the_log_says_where_the_model_runs_and_the_user_is_told_that_there_is_no_gpu(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with_gpu(False, monkeypatch)
    runs_on_gpu("auto")
    assert capsys.readouterr().err == f"{device.WITHOUT_CUPY}\n"
    assert (device_notice("auto"), device_notice("cpu")) == (device.WITHOUT_CUPY, "")
    with_gpu(True, monkeypatch)
    runs_on_gpu("auto")
    assert capsys.readouterr().err == f"{device.ON_GPU}\n"
    monkeypatch.setattr(spacy, "prefer_gpu", lambda: False)
    runs_on_gpu("auto")
    assert capsys.readouterr().err == f"{device.WITHOUT_GPU}\n"


def test_annotations_of_one_device_are_not_taken_for_those_of_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = Section("01", None, 1, paragraphs=[Paragraph("prose", "The council met in 1965.")])
    document = Document("a", None, Source("raw/a.txt", "0", "txt"), [section])
    text = tmp_path / "all.jsonl"
    text.write_text(sealed_records([document.to_dict()]), encoding="utf-8")
    loads: list[str] = []

    def load(model: str, level: str) -> spacy.Language:
        loads.append(model)
        pipeline = spacy.blank("en")
        pipeline.add_pipe("sentencizer")
        return pipeline

    monkeypatch.setattr(batch, "loaded_model", load)
    for found in (False, False, True, True, False):
        with_gpu(found, monkeypatch)
        batch.annotate_study_batch(
            "all",
            text,
            [LEXICONS / "actors.csv"],
            [LEXICONS / "eras.csv"],
            {},
            {"model": "en_core_web_md", "annotate": "full", "device": "auto", "fresh": False},
            "code",
            "code",
            tmp_path / "cache",
            tmp_path / "log",
        )
    assert len(loads) == 2
