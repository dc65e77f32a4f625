"""The words of many texts as numbers, which equal words share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

from framescope.words import WORD

# The words of so many texts are numbered together, which bounds the memory.
TEXTS_AT_ONCE = 20_000
Texts = Sequence[str] | NDArray[np.object_] | ExtensionArray


def numbered_words(
    texts: Texts, spelled: Callable[[str], str] = str.lower
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The number of words in each text, and a number for each of these words, the same for words of one spelling.

    >>> lengths, numbers = numbered_words(["Stop, stop!", "", "Don't stop"])
    >>> lengths.tolist(), numbers.tolist()
    ([2, 0, 2], [0, 0, 1, 0])
    """
    vocabulary: dict[str, int] = {}
    parts = [
        _numbered(texts[start : start + TEXTS_AT_ONCE], spelled, vocabulary)
        for start in range(0, max(len(texts), 1), TEXTS_AT_ONCE)
    ]
    lengths, numbers = zip(*parts, strict=True)
    return np.concatenate(lengths), np.concatenate(numbers)


def _numbered(
    texts: Texts, spelled: Callable[[str], str], vocabulary: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """What `numbered_words` gives, with the numbers of the vocabulary, to which new words are added.

    No word has a space in it, and whether something is a word does not depend on what is beyond a space. The words of
    the pieces between spaces, many of which are the same, are thus looked for once.
    """
    pieces = pc.split_pattern(pa.array(np.asarray(texts, dtype=object), pa.large_string()), " ")
    written = pieces.flatten().dictionary_encode()
    found = [WORD.findall(piece) for piece in written.dictionary.to_pylist()]
    sizes = np.array([len(words) for words in found], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    piece = written.indices.to_numpy()
    before = np.concatenate([[0], np.cumsum(sizes[piece])])
    # Of each word, the place among the words of all different pieces.
    places = np.repeat(starts[piece] - before[:-1], sizes[piece]) + np.arange(before[-1])
    numbers = [vocabulary.setdefault(spelled(word), len(vocabulary)) for words in found for word in words]
    return np.diff(before[pieces.offsets.to_numpy()]), np.array(numbers, dtype=np.int32)[places]
