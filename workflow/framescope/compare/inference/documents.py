"""Comparison of units, with variances that allow for the autocorrelation of themes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from framescope.compare.counts.blocks import BlockCounts, author_blocks, count_blocks
from framescope.compare.inference.estimators import Estimator
from framescope.compare.inference.pairs import Compared, Layout, compare_pairs, document_pairs, section_pairs
from framescope.compare.inference.runs import count_themes, design_effects, section_effects, section_p
from framescope.compare.inputs import Tables, Testing


class Evidence:
    """What all tests of differences share: the study as they use it, its blocks, and the counts of top-level themes."""

    def __init__(self, tables: Tables, testing: Testing) -> None:
        self.tables = tables.tested(testing)
        self.blocks = author_blocks(self.tables)
        self.themes = count_themes(self.tables, self.blocks)

    def counted(self, sets: Mapping[str, Sequence[str]]) -> BlockCounts:
        """The counts by block of sets of themes (`count_blocks`)."""
        return count_blocks(self.tables, sets, self.blocks)


def compare_sections(
    counts: BlockCounts, estimator: Estimator, themes: BlockCounts, testing: Testing
) -> tuple[Layout, Compared]:
    """Every two sections of each document, compared with an estimator of the counts, by permutation of blocks.

    As neighbouring blocks are correlated, the variances are multiplied by `section_effects`, and p allows for the fact
    that these are estimates (`section_p`). `themes` are the counts of all top-level themes.
    """
    layout, effects = section_pairs(counts), section_effects(counts, estimator, themes)
    compared = compare_pairs(layout, estimator, testing, effects)
    p, least = (section_p(part, testing.level) for part in (compared.p, compared.least))
    return layout, dataclasses.replace(compared, p=p, least=least)


def compare_documents(
    counts: BlockCounts, estimator: Estimator, themes: BlockCounts, reference: str | None, testing: Testing
) -> Iterator[tuple[Layout, Compared]]:
    """The pairs of `document_pairs`, compared with an estimator of the counts, one layout after another.

    If blocks are permuted, variances are multiplied by the `design_effects` of `themes`, all top-level themes.
    Documents have no neighbours and are permuted without a design effect.
    """
    effects = design_effects(themes)
    for layout in document_pairs(counts, reference):
        yield layout, compare_pairs(layout, estimator, testing, effects if layout.inference == "block" else None)
