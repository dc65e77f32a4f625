"""Counts divided into the units of findings, with the rows over which their intervals are computed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import BlockCounts, Codes, Units, by_document
from framescope.compare.counts.groupings import group_column

KEYS = {
    "section": ["document", "section"],
    "document": ["document"],
    "document by role": ["document", "role"],
    "role": ["role"],
}


@dataclass(frozen=True)
class Partition:
    """Counts whose rows are blocks, or documents within each unit, and in `codes` the unit of each row, -1 for none.

    `units` is the number of units, `place` the number of each by its key, and `row_of_block` the row of each block, or
    -1.
    """

    counts: BlockCounts
    codes: Codes
    units: int
    place: dict[tuple[str, ...], int]
    row_of_block: Codes
    by_documents: bool

    def labels(self, rows: Codes) -> list[str]:
        """The names of rows."""
        chosen = self.counts.blocks.iloc[rows]
        if self.by_documents:
            return chosen["document"].tolist()
        named = zip(chosen["block"].tolist(), chosen["document"].tolist(), strict=True)
        return [f"block {block} of {document}" for block, document in named]


def partition(counts: BlockCounts, kind: str, by_documents: bool) -> Partition:
    """Counts divided into the units of a kind in `KEYS` or into groups, with a row for each block, or each document of
    each unit.

    Sections whose role was neither recognised nor given belong to no unit of a role.
    """
    blocks, columns = counts.blocks, KEYS.get(kind) or [group_column(kind)]
    codes = np.array(blocks.groupby(columns, sort=False).ngroup(), dtype=np.int64)
    if "role" in columns:
        codes[blocks["role_source"] == "default"] = -1
    units = int(codes.max(initial=-1)) + 1
    inside = np.flatnonzero(codes >= 0)
    numbers, firsts = np.unique(codes[inside], return_index=True)
    keys = blocks[columns].iloc[inside[firsts]].astype(str)
    place = dict(zip(keys.itertuples(index=False, name=None), numbers.tolist(), strict=True))
    if not by_documents:
        row_of_block = np.where(codes >= 0, np.arange(len(blocks)), -1)
        return Partition(counts, codes, units, place, row_of_block, by_documents)
    collapsed, within = by_document(counts, Units(kind, keys, codes))
    documents = collapsed.blocks["document"].to_numpy(dtype=object)
    rows = pd.MultiIndex.from_arrays([within.codes, documents])
    row_of_block = rows.get_indexer(pd.MultiIndex.from_arrays([codes, blocks["document"]]))
    return Partition(collapsed, within.codes, units, place, row_of_block.astype(np.int64), by_documents)
