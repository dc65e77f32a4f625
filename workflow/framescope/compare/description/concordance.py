"""The concordance: each hit in its sentence."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framescope.compare.description.numbering import SENTENCE, sentence_places

HIT = ["document", "section", "sentence", "theme", "counted", "set_aside"]


def concordance(hits: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """A row for each hit: document, section, sentence, theme, counted, set_aside, and the sentence in three parts,
    left, hit and right. Rows are in the order of hits.

    Raises:
        ValueError: the sentence of a hit is not in `sentences` or does not contain the hit.
    """
    place = sentence_places(hits, sentences)
    # Columns are converted as wholes, because to take single texts from them takes long.
    first, whole = sentences["start"].to_numpy(np.int64)[place], sentences["text"].to_numpy(object)[place]
    spans = (hits[end].to_numpy(np.int64) - first for end in ("start", "end"))
    left, right = [], []
    columns = (place, whole, hits["text"].to_numpy(object), *spans)
    for row, (at, sentence, text, low, high) in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        if at < 0 or low < 0 or sentence[low:high] != text:
            document, number = hits[SENTENCE].iloc[row]
            found = (
                "there is no such sentence"
                if at < 0
                else f"expected {text!r} at character {low}, found {sentence[max(low, 0) : high]!r}; make hits and "
                "sentences from the same texts"
            )
            raise ValueError(f"hits: document {document!r}, sentence {number}: {found}")
        left.append(sentence[:low])
        right.append(sentence[high:])
    return hits[HIT].reset_index(drop=True).assign(left=left, hit=hits["text"].to_numpy(), right=right)
