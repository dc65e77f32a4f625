"""The arithmetic of the sentence encoder with random weights; tests/engine/test_second_opinion.py has the real ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framescope.compare.opinion.encoder import HEADS, Encoder, missing_packages

WIDTH, INNER, WORDS, LAYERS = 2 * HEADS, 40, 50, 2


def random_weights() -> dict[str, np.ndarray]:
    generator = np.random.default_rng(1)
    shapes = {f"embeddings.{kind}_embeddings.weight": (WORDS, WIDTH) for kind in ("word", "position", "token_type")}
    shapes |= {"embeddings.LayerNorm.weight": (WIDTH,), "embeddings.LayerNorm.bias": (WIDTH,)}
    for layer in (f"encoder.layer.{number}" for number in range(LAYERS)):
        square = [*(f"attention.self.{part}" for part in ("query", "key", "value")), "attention.output.dense"]
        sizes = dict.fromkeys(square, (WIDTH, WIDTH)) | {"intermediate.dense": (INNER, WIDTH)}
        sizes |= {"output.dense": (WIDTH, INNER)}
        shapes |= {f"{layer}.{name}.weight": shape for name, shape in sizes.items()}
        shapes |= {f"{layer}.{name}.bias": (shape[0],) for name, shape in sizes.items()}
        norms = [
            f"{layer}.{name}.LayerNorm.{part}" for name in ("attention.output", "output") for part in ("weight", "bias")
        ]
        shapes |= dict.fromkeys(norms, (WIDTH,))
    return {name: generator.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


def encoder() -> Encoder:
    """Reads a text of letters as the numbers of these letters."""
    return Encoder(random_weights(), lambda texts: [[0, *(1 + ord(letter) % 40 for letter in text)] for text in texts])


TEXTS = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=40)


@settings(max_examples=25)
@given(TEXTS)
def test_a_vector_has_length_one_and_does_not_depend_on_the_other_texts_or_their_order(texts):
    together = encoder().vectors(texts)
    assert together.shape == (len(texts), WIDTH)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-5)
    assert encoder().vectors(texts[::-1])[::-1] == pytest.approx(together, abs=1e-5)
    assert encoder().vectors(texts[:1])[0] == pytest.approx(together[0], abs=1e-5)


def test_the_order_of_words_matters():
    first, second = encoder().vectors(["abc", "cba"])
    assert np.abs(first - second).max() > 0.01


def test_no_texts_have_no_vectors():
    assert encoder().vectors([]).shape == (0, WIDTH)


def test_the_packages_that_are_missing_are_named_as_they_are_imported(monkeypatch):
    monkeypatch.setattr(
        "framescope.compare.opinion.encoder.find_spec", lambda name: None if name == "tokenizers" else 1
    )
    assert missing_packages() == ["tokenizers"]
