"""The concordance: each hit in its sentence."""

from __future__ import annotations

import pandas as pd

HIT = ["document", "section", "sentence", "start", "end", "text", "theme", "counted", "set_aside"]


def concordance(hits: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """A row for each hit: document, section, sentence, theme, counted, set_aside, and the sentence in three parts,
    left, hit and right. Rows are in the order of hits.

    Raises:
        ValueError: the sentence of a hit is not in `sentences` or does not contain the hit.
    """
    # Columns are converted as wholes, because to take single texts from them takes long.
    of_sentences = (sentences[name].to_numpy(object) for name in ("document", "sentence", "start", "text"))
    sentence_of = {(document, sentence): place for document, sentence, *place in zip(*of_sentences, strict=True)}
    rows = []
    columns = (hits[name].to_numpy(object) for name in HIT)
    for document, section, sentence, start, end, text, *facts in zip(*columns, strict=True):
        if (document, sentence) not in sentence_of:
            raise ValueError(f"hits: document {document!r}, sentence {sentence}: there is no such sentence")
        first, whole = sentence_of[document, sentence]
        low, high = int(start) - int(first), int(end) - int(first)
        if low < 0 or whole[low:high] != text:
            raise ValueError(
                f"hits: document {document!r}, sentence {sentence}: expected {text!r} at character {low}, "
                f"found {whole[max(low, 0) : high]!r}; make hits and sentences from the same texts"
            )
        rows.append((document, section, sentence, *facts, whole[:low], text, whole[high:]))
    return pd.DataFrame(rows, columns=["document", "section", "sentence", *HIT[6:], "left", "hit", "right"])
