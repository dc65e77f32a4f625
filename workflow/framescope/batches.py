"""Stable batches of documents: which documents are processed together."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping

# The largest batch of a small study, in documents and in words. In larger studies batches grow with the number of
# documents, so that planning and starting jobs remain a small part of the work. With more than LARGEST_OF_ALL
# documents a job would take too long.
LARGEST = 64
MOST_WORDS = 100_000
USUAL_BATCHES = 16
LARGEST_OF_ALL = 4_096
# Plain text has about six bytes a word. Other formats contain pictures and markup, so that this is only a rough guess.
BYTES_PER_WORD = {".txt": 6, ".row": 6, ".md": 6, ".html": 20, ".pdf": 60}
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
    bits = {d: f"{int(hashlib.sha256(d.encode()).hexdigest(), 16):0256b}" for d in words}
    larger = growth(len(words))
    members_of: dict[str, list[str]] = {}

    def split(prefix: str, members: list[str]) -> None:
        too_many = len(members) > larger * largest or sum(words[d] for d in members) > larger * most_words
        alone = not prefix and len(members) > 1
        if len(members) > 1 and (too_many or alone):
            for bit in "01":
                split(prefix + bit, [d for d in members if bits[d][len(prefix)] == bit])
        elif members:
            members_of[prefix or "all"] = members

    split("", sorted(bits, key=bits.__getitem__))
    if len(members_of) == 1 and len(words) > 1:
        return batches_apart(members_of, bits)
    return members_of


def batches_apart(single: dict[str, list[str]], bits: Mapping[str, str]) -> dict[str, list[str]]:
    """A single batch of several documents, split on the first bit in which they differ."""
    ((prefix, members),) = single.items()
    place = next(i for i in range(len(prefix), 256) if len({bits[d][i] for d in members}) > 1)
    start = bits[members[0]][:place]
    return {start + bit: [d for d in members if bits[d][place] == bit] for bit in "01"}
