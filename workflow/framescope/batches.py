"""Stable batches of documents: which documents are worked on together."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping

# Bounds of a batch in a small study. In larger ones batches grow with the number of documents, so that the start of
# jobs and their planning remain a small part of the work; beyond LARGEST_OF_ALL documents a job would take too long.
LARGEST = 64
MOST_WORDS = 100_000
USUAL_BATCHES = 16
LARGEST_OF_ALL = 4_096
# A spaCy batch of plain text; other formats carry pictures and markup, so their sizes say less.
BYTES_PER_WORD = {".txt": 6, ".row": 6, ".md": 6, ".html": 20, ".pdf": 60}
OTHER_BYTES_PER_WORD = 30


def estimated_words(file: str, size: int) -> int:
    """About how many words a file holds, from its suffix and its size in bytes; a row of a table counts as ".row"."""
    suffix = "." + file.rsplit(".", 1)[-1].lower()
    return size // BYTES_PER_WORD.get(suffix, OTHER_BYTES_PER_WORD)


def growth(documents: int) -> int:
    """The factor, a power of two, by which the bounds of batches are larger in a study of so many documents.

    >>> growth(1_024), growth(2_000), growth(10_000), growth(1_000_000)
    (1, 2, 16, 64)
    """
    times = documents / (LARGEST * USUAL_BATCHES)
    return min(LARGEST_OF_ALL // LARGEST, 2 ** max(0, math.ceil(math.log2(times)))) if documents else 1


def batches(words: Mapping[str, int], largest: int = LARGEST, most_words: int = MOST_WORDS) -> dict[str, list[str]]:
    """Documents by batch, from each document's estimated words; a batch's name is a prefix of bits of sha256(id).

    A batch is split on the next bit while it holds more than `largest` documents or `most_words` words, each times
    `growth`, so that adding a document changes its own batch only, unless the number of documents exceeds a power of
    two. Documents follow each other in the order of their bits, whatever the bounds. Two documents or more make at
    least two batches.
    """
    bits = {d: f"{int(hashlib.sha256(d.encode()).hexdigest(), 16):0256b}" for d in words}
    larger = growth(len(words))
    found: dict[str, list[str]] = {}

    def split(prefix: str, members: list[str]) -> None:
        too_many = len(members) > larger * largest or sum(words[d] for d in members) > larger * most_words
        alone = not prefix and len(members) > 1
        if len(members) > 1 and (too_many or alone):
            for bit in "01":
                split(prefix + bit, [d for d in members if bits[d][len(prefix)] == bit])
        elif members:
            found[prefix or "all"] = members

    split("", sorted(bits, key=bits.__getitem__))
    if len(found) == 1 and len(words) > 1:
        return batches_apart(found, bits)
    return found


def batches_apart(found: dict[str, list[str]], bits: Mapping[str, str]) -> dict[str, list[str]]:
    """A single batch of several documents, split on the first bit in which they differ."""
    ((prefix, members),) = found.items()
    place = next(i for i in range(len(prefix), 256) if len({bits[d][i] for d in members}) > 1)
    start = bits[members[0]][:place]
    return {start + bit: [d for d in members if bits[d][place] == bit] for bit in "01"}
