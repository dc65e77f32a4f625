"""Numbers in place of names, by which tables are joined and counted faster."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SENTENCE = ["document", "sentence"]


def numbered(rows: pd.DataFrame) -> tuple[NDArray[np.int64], pd.DataFrame]:
    """The number of each row among the different rows, and the different rows, in order.

    >>> numbers, names = numbered(pd.DataFrame({"actor": ["Peru", "Chile", "Peru"]}))
    >>> numbers.tolist(), names["actor"].tolist()
    ([1, 0, 1], ['Chile', 'Peru'])
    """
    numbers = np.asarray(rows.groupby(list(rows)).ngroup(), dtype=np.int64)
    return numbers, rows.iloc[np.unique(numbers, return_index=True)[1]].reset_index(drop=True)


def sentence_places(rows: pd.DataFrame, sentences: pd.DataFrame) -> NDArray[np.int64]:
    """Of each row, the place of its document and sentence in `sentences`, which has none twice, or -1 if it has none.

    >>> sentences = pd.DataFrame({"document": ["a", "a", "b"], "sentence": [1, 2, 1]})
    >>> sentence_places(pd.DataFrame({"document": ["b", "a", "c"], "sentence": [1, 3, 1]}), sentences).tolist()
    [2, -1, -1]
    """
    documents = pd.Index(sentences["document"].unique())
    known, asked = (
        pd.MultiIndex.from_arrays([documents.get_indexer(frame["document"]), frame["sentence"].to_numpy(np.int64)])
        for frame in (sentences, rows)
    )
    return known.get_indexer(asked)
