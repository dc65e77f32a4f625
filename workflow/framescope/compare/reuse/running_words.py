"""The words of a study as one row of numbers, in the order of its documents, and where each word stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Codes
from framescope.compare.counts.numbered_words import numbered_words

# Between documents there are so many numbers that are no words that no alignment reaches from one into the next.
BETWEEN = 32


@dataclass(frozen=True)
class RunningWords:
    """The words of sentences. Equal words have equal `codes`, whatever their case; other codes are below 0 and unique.

    `document` is the number of the document of each place, or -1. `rows` are the rows of the table `sentences` in the
    order of documents; `starts` and `ends` are the places of the first word of each, and after its last.
    """

    codes: NDArray[np.int32]
    document: NDArray[np.int32]
    sentences: pd.DataFrame
    rows: Codes
    starts: Codes
    ends: Codes

    def sentence_of(self, places: Codes) -> Codes:
        """The number, in the order of documents, of the sentence in which each word stands."""
        return np.searchsorted(self.starts, places, side="right") - 1


def order_of_documents(documents: pd.DataFrame) -> list[str]:
    """The documents in the order of publication, those without a date last; of equals in the order of their ids."""
    frame = pd.DataFrame({"document": documents["document"].astype(str), "published": ""})
    if "published" in documents:
        frame["published"] = documents["published"].fillna("").astype(str)
    frame["undated"] = frame["published"] == ""
    return frame.sort_values(["undated", "published", "document"])["document"].tolist()


def running_words(sentences: pd.DataFrame, documents: pd.DataFrame) -> RunningWords:
    """The words of all sentences of these documents."""
    order = pd.Index(order_of_documents(documents))
    number = order.get_indexer(pd.Index(sentences["document"].astype(str)))
    known = np.flatnonzero(number >= 0)
    rows = known[np.lexsort((sentences["sentence"].to_numpy(np.int64)[known], number[known]))]
    number = number[rows]
    lengths, vocabulary_numbers = numbered_words(sentences["text"].array[rows], _spelled)
    # Numbers that are no words stand before the first document, between two, and after the last.
    gaps = np.where(np.diff(number, prepend=-1) != 0, BETWEEN, 0)
    ends = np.cumsum(gaps + lengths)
    numbers = np.append(np.column_stack([np.full_like(number, -1), number]).astype(np.int32), np.int32(-1))
    document = np.repeat(numbers, np.append(np.column_stack([gaps, lengths]), BETWEEN))
    codes = -1 - np.arange(len(document), dtype=np.int32)
    codes[document >= 0] = vocabulary_numbers
    return RunningWords(codes, document, sentences, rows, ends - lengths, ends)


def _spelled(word: str) -> str:
    """A word as it is compared, whatever its case and the form of its apostrophes.

    >>> _spelled("Don’t")
    "don't"
    """
    return word.lower().replace("’", "'")
