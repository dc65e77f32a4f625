"""Units against each other, with the allowance that runs of themes call for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from framescope.compare.counts.blocks import count_blocks
from framescope.compare.inference.measures import Measure
from framescope.compare.inference.pairs import Compared, Layout, compare_pairs, document_pairs, section_pairs
from framescope.compare.inference.runs import count_themes, design_effects, section_effects, stretch_p
from framescope.compare.inputs import Tables, Testing


def compare_sections(
    tables: Tables, sets: Mapping[str, Sequence[str]], measure: Measure, testing: Testing
) -> tuple[Layout, Compared]:
    """Every two sections of each document on a measure of the given hits, by permuting blocks.

    Sections are stretches of one text: the variances are multiplied by their `section_effects`, and p is that of
    estimated ones (`stretch_p`).
    """
    counts = count_blocks(tables, sets)
    layout, effects = section_pairs(counts), section_effects(counts, measure, count_themes(tables))
    known = compare_pairs(layout, measure, testing, effects)
    p, least = (stretch_p(part, testing.level) for part in (known.p, known.least))
    return layout, dataclasses.replace(known, p=p, least=least)


def compare_documents(
    tables: Tables, sets: Mapping[str, Sequence[str]], measure: Measure, reference: str | None, testing: Testing
) -> Iterator[tuple[Layout, Compared]]:
    """The pairs of `document_pairs` on a measure of the given hits, one layout after another.

    Where blocks are permuted the variances are multiplied by the `design_effects` of all top-level themes; documents,
    which have no neighbours, are permuted as they are.
    """
    counts = count_blocks(tables, sets)
    effects = design_effects(count_themes(tables))
    for layout in document_pairs(counts, reference):
        yield layout, compare_pairs(layout, measure, testing, effects if layout.inference == "block" else None)
