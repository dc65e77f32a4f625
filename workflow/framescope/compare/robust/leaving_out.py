"""How the counts of units change if one term, block or document is left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array, BlockCounts, Codes, add_up
from framescope.compare.robust.partitions import Partition
from framescope.theme_paths import is_within

Figures = Callable[[BlockCounts], Array]
"""Computes the figures of each row of counts, whose sums determine an estimate."""


@dataclass(frozen=True)
class Changes:
    """Changes in the sums of figures of units: a row for each unit and thing left out, sorted by unit.

    `label` is the place of the thing in `names`. Things that are left out `everywhere` (terms) also change the rest of
    the study.
    """

    unit: Codes
    label: Codes
    figures: Array
    names: NDArray[np.object_]
    everywhere: bool

    def of(self, units: Codes) -> tuple[Codes, Codes]:
        """The rows of the changes of these units, after the place in `units` of each."""
        first = np.searchsorted(self.unit, units)
        number = np.searchsorted(self.unit, units, side="right") - first
        place = np.repeat(np.arange(len(units)), number)
        return place, np.arange(len(place)) + np.repeat(first - np.cumsum(number) + number, number)


@dataclass(frozen=True)
class Scenarios:
    """Changes of both sides of findings with one thing left out: a row for each finding and thing."""

    finding: Codes
    label: Codes
    first: Array
    second: Array


def scenarios(changes: Changes, first: Codes, second: Codes | None) -> Scenarios:
    """Scenarios of findings by the units of their sides; a second side of -1 is all units but the first.

    A side without the thing does not change. If a unit is compared with the rest, blocks are left out of the unit only,
    because one block among hundreds hardly changes the rest.
    """
    thing_count = len(changes.names)
    sides = [changes.of(units) for units in (first, second) if units is not None]
    keys = [place * thing_count + changes.label[rows] for place, rows in sides]
    if second is not None and changes.everywhere:
        keys.append((np.flatnonzero(second < 0)[:, np.newaxis] * thing_count + np.arange(thing_count)).ravel())
    cells, cell_of = np.unique(np.concatenate(keys), return_inverse=True)
    finding, label = np.divmod(cells, max(thing_count, 1))
    change = np.zeros((2, len(cells), changes.figures.shape[1]))
    start = 0
    for side, (_, rows) in enumerate(sides):
        change[side, cell_of[start : start + len(rows)]] = changes.figures[rows]
        start += len(rows)
    if second is not None:
        rest = second[finding] < 0
        in_all = add_up(changes.figures, changes.label, thing_count)
        change[1, rest] = in_all[label[rest]] - change[0, rest]
    return Scenarios(finding, label, change[0], change[1])


def without_rows(partition: Partition, figures: Array) -> Changes:
    """The changes of each unit without each of its rows (blocks or documents), which may belong to several units."""
    rows = np.argsort(partition.codes, kind="stable")
    rows = rows[partition.codes[rows] >= 0]
    label, names = pd.factorize(np.array(partition.labels(rows), dtype=object))
    return Changes(partition.codes[rows], label.astype(np.int64), -figures[rows], np.asarray(names), everywhere=False)


@dataclass(frozen=True)
class TermHits:
    """The theme, block (row of the counts), term and span of each hit, as numbers."""

    theme: Codes
    block: Codes
    term: Codes
    span: Codes
    themes: list[str]
    terms: NDArray[np.object_]

    def alone(self, themes: Sequence[str]) -> tuple[Codes, Codes]:
        """Block and term of each span that only one term hits for a set of themes, and that is no hit without it."""
        inside = np.array([is_within(theme, *themes) for theme in self.themes], dtype=bool)
        term_count = len(self.terms)
        pairs, first = np.unique((self.span * term_count + self.term)[inside[self.theme]], return_index=True)
        hit = np.flatnonzero(inside[self.theme])[first]
        span = pairs // max(term_count, 1)
        # Pairs are sorted by span, so a span with several terms is equal to one of its neighbours.
        different = np.concatenate([[True], span[1:] != span[:-1], [True]])
        hit = hit[different[:-1] & different[1:]] if len(span) else hit
        return self.block[hit], self.term[hit]


def term_hits(hits: pd.DataFrame, counts: BlockCounts) -> TermHits:
    """The hits as numbers, where blocks are rows of the counts."""
    number = counts.blocks[["document", "section", "block"]].reset_index(names="row")
    keys = hits[["document", "section", "block"]].astype({"document": str, "section": str})
    block = keys.merge(number, on=["document", "section", "block"], how="left")["row"].to_numpy(np.int64)
    theme, themes = pd.factorize(hits["theme"])
    term, terms = pd.factorize(hits["term"], sort=True)
    span = np.array(hits.groupby(["document", "sentence", "start", "end"], sort=False).ngroup(), dtype=np.int64)
    names = [str(name) for name in themes]
    return TermHits(theme.astype(np.int64), block, term.astype(np.int64), span, names, np.asarray(terms, dtype=object))


def joined(parts: Sequence[tuple[TermHits, int]]) -> TermHits:
    """The hits of a study from those of its parts, each with its number of blocks; no span is in two parts."""
    themes, terms = ({name for hits, _ in parts for name in getattr(hits, names)} for names in ("themes", "terms"))
    theme_names, term_names = (np.array(sorted(names), dtype=object) for names in (themes, terms))
    columns: list[list[Codes]] = []
    spans = blocks = 0
    for hits, block_count in parts:
        theme = np.searchsorted(theme_names, np.array(hits.themes, dtype=object))[hits.theme]
        term = np.searchsorted(term_names, hits.terms)[hits.term]
        columns.append([theme, hits.block + blocks, term, hits.span + spans])
        spans, blocks = spans + int(hits.span.max(initial=-1)) + 1, blocks + block_count
    theme, block, term, span = (np.concatenate(column) for column in zip(*columns, strict=True))
    return TermHits(theme, block, term, span, theme_names.tolist(), term_names)


def without_terms(
    hits: TermHits, partition: Partition, counts: BlockCounts, sets: Sequence[Sequence[str]], figures: Figures
) -> Changes:
    """The changes of each unit without each term; `counts` are those of its rows, of the given sets of
    themes only."""
    term_count = len(hits.terms)
    cells, columns = [], []
    for column, themes in enumerate(sets):
        block, term = hits.alone(themes)
        row = partition.row_of_block[block]
        cells.append((row * term_count + term)[row >= 0])
        columns.append(np.full(len(cells[-1]), column))
    cell, at = np.unique(np.concatenate(cells), return_inverse=True)
    row, term = np.divmod(cell, max(term_count, 1))
    lost_hits = np.zeros((len(cell), len(sets)))
    np.add.at(lost_hits, (at, np.concatenate(columns)), 1.0)
    before, after = (
        dataclasses.replace(
            counts,
            words=counts.words[row],
            sentences=counts.sentences[row],
            hits=counts.hits[row] - lost,
            sentences_with_hit=counts.sentences_with_hit[row],
        )
        for lost in (0, lost_hits)
    )
    pair, at = np.unique(partition.codes[row] * term_count + term, return_inverse=True)
    unit, label = np.divmod(pair, max(term_count, 1))
    return Changes(unit, label, add_up(figures(after) - figures(before), at, len(pair)), hits.terms, everywhere=True)
