"""The counts of a study under each variation, from some of its documents at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import BlockCounts, author_blocks, count_blocks, theme_sets
from framescope.compare.inference.estimators import contrast_sets
from framescope.compare.inputs import Tables
from framescope.compare.robust.leaving_out import TermHits, joined, term_hits
from framescope.compare.robust.partitions import partition
from framescope.compare.robust.variations import HEADLINE, Variation


class Divided:
    """The blocks of a study, and how they are divided into units, each division made when it is first asked for."""

    def __init__(self, blocks: Iterable[pd.DataFrame]) -> None:
        self.blocks = pd.concat(blocks, ignore_index=True)
        self.partition = cache(partial(partition, self.blocks))


@dataclass
class Counted:
    """What is counted under one variation: the blocks of each part of the study, and what is counted in them.

    `hits` has, for each part, blocks x sets of themes; under a variation that counts sentences these are the sentences
    with a hit. `own_blocks` says whether other sentences are counted in any part than in the headline, and thus other
    blocks.
    """

    name: str
    contrasts: Sequence[Mapping[str, Any]]
    by_sentences: bool
    within_documents: bool
    sets: Mapping[str, Sequence[str]]
    own_blocks: bool = False
    blocks: list[pd.DataFrame] = field(default_factory=list)
    hits: list[NDArray[np.unsignedinteger]] = field(default_factory=list)

    def add(self, tables: Tables, blocks: pd.DataFrame) -> BlockCounts:
        """Count one more part of the study, whose `author_blocks` are given."""
        counts = count_blocks(tables, self.sets, blocks)
        hits = counts.sentences_with_hit if self.by_sentences else counts.hits
        # There are few hits in a block, and the counts of all variations are in memory at the same time.
        self.hits.append(hits.astype(np.min_scalar_type(int(hits.max(initial=0)))))
        self.blocks.append(blocks)
        return counts

    def counts(self, divided: Divided) -> BlockCounts:
        """The counts of the whole study, whose blocks are given; the words are sentences if these are counted."""
        hits = np.concatenate(self.hits).astype(float)
        words, sentences = (divided.blocks[name].to_numpy(float) for name in ("words", "sentences"))
        blocks = divided.blocks.drop(columns=["words", "sentences"])
        return BlockCounts(blocks, sentences if self.by_sentences else words, sentences, tuple(self.sets), hits, hits)


def counted_variations(
    parts: Iterable[Tables], varied: Callable[[Tables], Iterable[Variation]], themes: Sequence[str], within: bool
) -> tuple[list[Counted], TermHits]:
    """The counts of each variation of a study, and the hits of the headline, from parts of some documents.

    `varied` makes the variations of a part. The sets of themes are the sides of the contrasts and each of the `themes`.
    Variations that apply only within documents are counted only if that is asked for by `within`.
    """
    counted: dict[str, Counted] = {}
    terms: list[tuple[TermHits, int]] = []
    for part in parts:
        headline: pd.DataFrame | None = None
        for variation in varied(part):
            if variation.within_documents and not within:
                continue
            sentences = variation.tables.sentences
            if headline is None:
                headline, headline_blocks = sentences, author_blocks(variation.tables)
            if variation.name not in counted:
                sets = {**contrast_sets(variation.contrasts), **theme_sets(themes)}
                counted[variation.name] = Counted(
                    variation.name, variation.contrasts, variation.by_sentences, variation.within_documents, sets
                )
            # Most variations change only which hits count, and so have the blocks of the headline.
            own_blocks = sentences is not headline
            counted[variation.name].own_blocks |= own_blocks
            blocks = author_blocks(variation.tables) if own_blocks else headline_blocks
            counts = counted[variation.name].add(variation.tables, blocks)
            if variation.name == HEADLINE:
                terms.append((term_hits(variation.tables.hits, counts), len(blocks)))
    return list(counted.values()), joined(terms)
