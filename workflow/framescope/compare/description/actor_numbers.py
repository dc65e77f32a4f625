"""Numbers in place of names, so that tables of actors, sentences and themes are joined and counted faster."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import Codes

SENTENCE = ["document", "sentence"]


def numbered(rows: pd.DataFrame) -> tuple[Codes, pd.DataFrame]:
    """The number of each row among the different rows, and the different rows, in order.

    >>> numbers, names = numbered(pd.DataFrame({"actor": ["Peru", "Chile", "Peru"]}))
    >>> numbers.tolist(), names["actor"].tolist()
    ([1, 0, 1], ['Chile', 'Peru'])
    """
    numbers = np.asarray(rows.groupby(list(rows)).ngroup(), dtype=np.int64)
    return numbers, rows.iloc[np.unique(numbers, return_index=True)[1]].reset_index(drop=True)


def places(rows: pd.DataFrame, sentences: pd.DataFrame) -> Codes:
    """Of each row, the place of its document and sentence in `sentences`, or -1 if it has none there.

    >>> sentences = pd.DataFrame({"document": ["a", "a", "b"], "sentence": [1, 2, 1]})
    >>> places(pd.DataFrame({"document": ["b", "a", "c"], "sentence": [1, 3, 1]}), sentences).tolist()
    [2, -1, -1]
    """
    documents = pd.Index(sentences["document"].unique())
    known, asked = (
        pd.MultiIndex.from_arrays([documents.get_indexer(frame["document"]), frame["sentence"].to_numpy(np.int64)])
        for frame in (sentences, rows)
    )
    return known.get_indexer(asked)
