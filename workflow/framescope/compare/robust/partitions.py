"""Blocks divided into the units of findings, with the rows over which their intervals are computed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import BlockCounts, Codes, documents_of_units, in_rows
from framescope.compare.counts.groupings import group_column

KEYS = {
    "section": ["document", "section"],
    "document": ["document"],
    "document by role": ["document", "role"],
    "role": ["role"],
}


@dataclass(frozen=True)
class Partition:
    """Blocks divided into units: rows that are blocks, or documents within each unit, and the unit of each row in
    `codes`, -1 for none.

    `units` is the number of units and `place` the number of each by its key. `first_block` is the first block of each
    row, and `row_of_block` the row of each block, or -1.
    """

    blocks: pd.DataFrame
    codes: Codes
    units: int
    place: dict[tuple[str, ...], int]
    first_block: Codes
    row_of_block: Codes
    by_documents: bool

    def counted(self, counts: BlockCounts) -> BlockCounts:
        """The counts of the rows, from those of blocks."""
        return in_rows(counts, self.row_of_block, self.first_block) if self.by_documents else counts

    def labels(self, rows: Codes) -> list[str]:
        """The names of rows."""
        chosen = self.blocks.iloc[self.first_block[rows]]
        if self.by_documents:
            return chosen["document"].tolist()
        named = zip(chosen["block"].tolist(), chosen["document"].tolist(), strict=True)
        return [f"block {block} of {document}" for block, document in named]


def partition(blocks: pd.DataFrame, kind: str, by_documents: bool) -> Partition:
    """The `author_blocks` of a study divided into the units of a kind in `KEYS` or into groups, with a row for each
    block, or for each document of each unit.

    Sections whose role was neither recognised nor given belong to no unit of a role.
    """
    columns = KEYS.get(kind) or [group_column(kind)]
    codes = np.array(blocks.groupby(columns, sort=False).ngroup(), dtype=np.int64)
    if "role" in columns:
        codes[blocks["role_source"] == "default"] = -1
    units = int(codes.max(initial=-1)) + 1
    inside = np.flatnonzero(codes >= 0)
    numbers, firsts = np.unique(codes[inside], return_index=True)
    keys = blocks[columns].iloc[inside[firsts]].astype(str).to_numpy(object).tolist()
    place = dict(zip(map(tuple, keys), numbers.tolist(), strict=True))
    if by_documents:
        rows, first_block = documents_of_units(blocks, codes)
        return Partition(blocks, codes[first_block], units, place, first_block, rows, by_documents)
    every = np.arange(len(blocks))
    return Partition(blocks, codes, units, place, every, np.where(codes >= 0, every, -1), by_documents)
