"""The words of many texts as numbers, which equal words share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from framescope.words import WORD


def numbered_words(
    texts: Sequence[str] | NDArray[np.object_], spelled: Callable[[str], str] = str.lower
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The number of words in each text, and a number for each of these words, the same for words of one spelling.

    No word has a space in it, and whether something is a word does not depend on what is beyond a space. The words of
    the pieces between spaces, many of which are the same, are thus looked for once.

    >>> lengths, numbers = numbered_words(["Stop, stop!", "", "Don't stop"])
    >>> lengths.tolist(), numbers.tolist()
    ([2, 0, 2], [0, 0, 1, 0])
    """
    pieces = pc.split_pattern(pa.array(texts, pa.large_string()), " ")
    written = pieces.flatten().dictionary_encode()
    found = [WORD.findall(piece) for piece in written.dictionary.to_pylist()]
    sizes = np.array([len(words) for words in found], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    piece = written.indices.to_numpy()
    before = np.concatenate([[0], np.cumsum(sizes[piece])])
    # Of each word, the place among the words of all different pieces.
    places = np.repeat(starts[piece] - before[:-1], sizes[piece]) + np.arange(before[-1])
    spellings = np.array([spelled(word) for word in chain.from_iterable(found)], dtype=object)
    return np.diff(before[pieces.offsets.to_numpy()]), pd.factorize(spellings)[0].astype(np.int64)[places]
