"""Stable batches of documents: which documents are processed together."""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate

# The largest batch of a small study, in documents and in words. In larger studies batches grow with the number of
# documents, so that planning and starting jobs remain a small part of the work. With more than LARGEST_OF_ALL
# documents a job would take too long.
LARGEST = 64
MOST_WORDS = 100_000
USUAL_BATCHES = 16
LARGEST_OF_ALL = 4_096
# In place of the name of a file, for a document that is a row of a table.
ROW = ".row"
# Plain text has about six bytes a word. Other formats contain pictures and markup, so that this is only a rough guess.
BYTES_PER_WORD = {".txt": 6, ROW: 6, ".md": 6, ".html": 20, ".pdf": 60}
OTHER_BYTES_PER_WORD = 30


def estimated_words(file: str, size: int) -> int:
    """An estimate of the words in a file, from its suffix and its size in bytes; a row of a table counts as ".row"."""
    suffix = "." + file.rsplit(".", 1)[-1].lower()
    return size // BYTES_PER_WORD.get(suffix, OTHER_BYTES_PER_WORD)


def growth(documents: int) -> int:
    """The factor, a power of two, by which batches may be larger in a study with this number of documents.

    >>> growth(1_024), growth(2_000), growth(10_000), growth(1_000_000)
    (1, 2, 16, 64)
    """
    times = documents / (LARGEST * USUAL_BATCHES)
    return min(LARGEST_OF_ALL // LARGEST, 2 ** max(0, math.ceil(math.log2(times)))) if documents else 1


def batches(words: Mapping[str, int], largest: int = LARGEST, most_words: int = MOST_WORDS) -> dict[str, list[str]]:
    """The documents of each batch, from the estimated number of words of each document.

    The name of a batch is a prefix of the bits of sha256(id), which all its documents share. A batch is split on the
    next bit while it holds more than `largest` documents or `most_words` words, both multiplied by `growth`. Adding a
    document therefore changes only its own batch, unless `growth` changes. Documents are in the order of their bits.
    A study of two or more documents has at least two batches.
    """
    bits = {d: hashlib.sha256(d.encode()).digest() for d in words}
    ordered = sorted(bits, key=bits.__getitem__)
    # The sizes of all documents before each place, so that the size of a part is the difference of two of them.
    sums = [0, *accumulate(words[d] for d in ordered)]
    larger = growth(len(words))
    members_of: dict[str, list[str]] = {}

    def split(prefix: str, start: int, end: int) -> None:
        too_many = end - start > larger * largest or sums[end] - sums[start] > larger * most_words
        alone = not prefix and end - start > 1
        if end - start > 1 and (too_many or alone):
            depth = len(prefix)
            middle = bisect_left(ordered, True, start, end, key=lambda d: _bit(bits[d], depth))
            split(prefix + "0", start, middle)
            split(prefix + "1", middle, end)
        elif end > start:
            members_of[prefix or "all"] = ordered[start:end]

    split("", 0, len(ordered))
    if len(members_of) == 1 and len(words) > 1:
        return batches_apart(members_of, bits)
    return members_of


def _bit(data: bytes, number: int) -> bool:
    return bool(data[number // 8] >> (7 - number % 8) & 1)


def batches_apart(single: dict[str, list[str]], bits: Mapping[str, bytes]) -> dict[str, list[str]]:
    """A single batch of several documents, split on the first bit in which they differ."""
    ((prefix, members),) = single.items()
    place = next(i for i in range(len(prefix), 256) if len({_bit(bits[d], i) for d in members}) > 1)
    start = "".join(str(int(_bit(bits[members[0]], i))) for i in range(place))
    return {start + "01"[bit]: [d for d in members if _bit(bits[d], place) == bit] for bit in (False, True)}
