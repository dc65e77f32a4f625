"""The vectors of a study's sentences, of which those of each document are kept in the cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.cache import Cache, cache_key
from framescope.compare.inputs import Tables
from framescope.compare.opinion.encoder import WEIGHTS_SHA256, WIDTH, Encoder, load_encoder
from framescope.compare.opinion.opinions import NO_OPINION, opinions, sentences_of_authors

# Numbers of eleven binary digits differ less between processors than the arithmetic does, and need half the space.
STORED = np.float16


def second_opinion(tables: Tables, wanted: bool, store: Cache, code: str) -> pd.DataFrame:
    """The table of `opinions`, or an empty one if the study does not want it.

    `store` keeps the vectors, and `code` is a digest of the code that computes them.
    """
    if not wanted:
        return NO_OPINION
    sentences = sentences_of_authors(tables.sentences)
    return opinions(tables, sentence_vectors(sentences, load_encoder, store, code))


def sentence_vectors(
    sentences: pd.DataFrame, load: Callable[[], Encoder], store: Cache, code: str
) -> NDArray[np.float16]:
    """A row for each sentence (document, text, in the order of documents), from the cache or from the encoder.

    The encoder is loaded only if a document is new.
    """
    encoder = cache(load)
    parts = []
    for _, texts in sentences.groupby("document", sort=False)["text"]:
        key = cache_key(WEIGHTS_SHA256, code, texts.tolist())
        data = store.get(key)
        if data is None:
            data = store.put(key, encoder().vectors(texts.tolist()).astype(STORED).tobytes())
        parts.append(np.frombuffer(data, dtype=STORED).reshape(-1, WIDTH))
    store.keep_used()
    return np.concatenate(parts) if parts else np.zeros((0, WIDTH), dtype=STORED)
