"""Comparison of units, with variances that allow for the autocorrelation of themes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from framescope.compare.counts.blocks import count_blocks
from framescope.compare.inference.estimators import Estimator
from framescope.compare.inference.pairs import Compared, Layout, compare_pairs, document_pairs, section_pairs
from framescope.compare.inference.runs import count_themes, design_effects, section_effects, section_p
from framescope.compare.inputs import Tables, Testing


def compare_sections(
    tables: Tables, sets: Mapping[str, Sequence[str]], estimator: Estimator, testing: Testing
) -> tuple[Layout, Compared]:
    """Every two sections of each document, compared with an estimator of the given hits, by permutation of blocks.

    As neighbouring blocks are correlated, the variances are multiplied by `section_effects`, and p allows for the fact
    that these are estimates (`section_p`).
    """
    counts = count_blocks(tables, sets)
    layout, effects = section_pairs(counts), section_effects(counts, estimator, count_themes(tables))
    compared = compare_pairs(layout, estimator, testing, effects)
    p, least = (section_p(part, testing.level) for part in (compared.p, compared.least))
    return layout, dataclasses.replace(compared, p=p, least=least)


def compare_documents(
    tables: Tables, sets: Mapping[str, Sequence[str]], estimator: Estimator, reference: str | None, testing: Testing
) -> Iterator[tuple[Layout, Compared]]:
    """The pairs of `document_pairs`, compared with an estimator of the given hits, one layout after another.

    If blocks are permuted, variances are multiplied by the `design_effects` of all top-level themes. Documents have no
    neighbours and are permuted without a design effect.
    """
    counts = count_blocks(tables, sets)
    effects = design_effects(count_themes(tables))
    for layout in document_pairs(counts, reference):
        yield layout, compare_pairs(layout, estimator, testing, effects if layout.inference == "block" else None)
