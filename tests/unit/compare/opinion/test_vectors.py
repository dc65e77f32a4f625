"""The vectors of a document are computed once, and then kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from compare_frames import study

from framescope.cache import Cache
from framescope.compare.opinion.encoder import WIDTH
from framescope.compare.opinion.vectors import second_opinion, sentence_vectors

SENTENCES = pd.DataFrame({"document": ["a", "a", "b"], "text": ["One.", "Two words.", "Three."]})


class Lengths:
    """An encoder by which the vector of a text is its length, and that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def vectors(self, texts: list[str]) -> np.ndarray:
        self.asked += texts
        return np.repeat([[len(text)] for text in texts], WIDTH, axis=1).astype(np.float32)


def not_needed() -> Lengths:
    raise AssertionError("the encoder was loaded")


def test_vectors_come_in_the_order_of_sentences_and_are_not_computed_again(tmp_path: Path):
    encoder = Lengths()
    first = sentence_vectors(SENTENCES, lambda: encoder, Cache(tmp_path, "vectors"), "code")
    assert first[:, 0].tolist() == [4, 10, 6]
    again = sentence_vectors(SENTENCES, not_needed, Cache(tmp_path, "vectors"), "code")
    assert (again == first).all()


def test_only_the_document_that_was_edited_is_computed_again_and_new_code_computes_all(tmp_path: Path):
    encoder = Lengths()
    sentence_vectors(SENTENCES, Lengths, Cache(tmp_path, "vectors"), "code")
    edited = SENTENCES.assign(text=["One.", "Two words.", "Three and four."])
    sentence_vectors(edited, lambda: encoder, Cache(tmp_path, "vectors"), "code")
    assert encoder.asked == ["Three and four."]
    sentence_vectors(edited, lambda: encoder, Cache(tmp_path, "vectors"), "other code")
    assert encoder.asked == ["Three and four.", *edited["text"]]


def test_a_study_without_sentences_has_no_vectors(tmp_path: Path):
    assert sentence_vectors(SENTENCES[:0], not_needed, Cache(tmp_path, "vectors"), "code").shape == (0, WIDTH)


def test_a_study_that_does_not_ask_has_an_empty_table_and_loads_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("framescope.compare.opinion.vectors.load_encoder", not_needed)
    assert second_opinion(study({"a": {"01": [[{"defence": 1}]]}}), False, Cache(tmp_path, "vectors"), "code").empty
    assert not list(tmp_path.iterdir())
