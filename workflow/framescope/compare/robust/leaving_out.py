"""What units lose with one term, block or document left out."""

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
"""Figures of each row of counts, to be added up."""


@dataclass(frozen=True)
class Changes:
    """Changes in the sums of figures of units, a row for each unit and thing left out, sorted by unit.

    `label` numbers the thing in `names`. What is left out `everywhere` also changes all the rest of the study.
    """

    unit: Codes
    label: Codes
    figures: Array
    names: NDArray[np.object_]
    everywhere: bool

    def of(self, units: Codes) -> tuple[Codes, Codes]:
        """The changes of each of the units: places in `units`, and rows."""
        first = np.searchsorted(self.unit, units)
        many = np.searchsorted(self.unit, units, side="right") - first
        which = np.repeat(np.arange(len(units)), many)
        return which, np.arange(len(which)) + np.repeat(first - np.cumsum(many) + many, many)


@dataclass(frozen=True)
class Scenarios:
    """Changes of both sides of findings with one thing left out, a row for each finding and thing."""

    finding: Codes
    label: Codes
    first: Array
    second: Array


def scenarios(changes: Changes, first: Codes, second: Codes | None) -> Scenarios:
    """Scenarios of findings by the units of their sides; a second side of -1 is all but the first.

    A thing that one side does not have leaves it as it is. Against all the rest, a block is left out of the first side
    only: one of hundreds hardly moves the others.
    """
    many = len(changes.names)
    sides = [changes.of(units) for units in (first, second) if units is not None]
    keys = [which * many + changes.label[rows] for which, rows in sides]
    if second is not None and changes.everywhere:
        keys.append((np.flatnonzero(second < 0)[:, np.newaxis] * many + np.arange(many)).ravel())
    found, at = np.unique(np.concatenate(keys), return_inverse=True)
    finding, label = np.divmod(found, max(many, 1))
    lost = np.zeros((2, len(found), changes.figures.shape[1]))
    start = 0
    for side, (_, rows) in enumerate(sides):
        lost[side, at[start : start + len(rows)]] = changes.figures[rows]
        start += len(rows)
    if second is not None:
        rest = second[finding] < 0
        in_all = add_up(changes.figures, changes.label, many)
        lost[1, rest] = in_all[label[rest]] - lost[0, rest]
    return Scenarios(finding, label, lost[0], lost[1])


def without_rows(partition: Partition, figures: Array) -> Changes:
    """What each unit loses with each of its rows, blocks or documents; one document may be a row of several units."""
    rows = np.argsort(partition.codes, kind="stable")
    rows = rows[partition.codes[rows] >= 0]
    label, names = pd.factorize(partition.labels[rows])
    return Changes(partition.codes[rows], label.astype(np.int64), -figures[rows], np.asarray(names), everywhere=False)


@dataclass(frozen=True)
class TermHits:
    """Hits as numbers: the theme, block (row of the counts), term and span of each."""

    theme: Codes
    block: Codes
    term: Codes
    span: Codes
    themes: list[str]
    terms: NDArray[np.object_]

    def alone(self, themes: Sequence[str]) -> tuple[Codes, Codes]:
        """Block and term of each span that one term alone hits for a set of themes: lost when the term is."""
        inside = np.array([is_within(theme, *themes) for theme in self.themes], dtype=bool)
        many = len(self.terms)
        pairs, first = np.unique((self.span * many + self.term)[inside[self.theme]], return_index=True)
        hit = np.flatnonzero(inside[self.theme])[first]
        span = pairs // max(many, 1)
        # Sorted by span: one that neither neighbour shares has no other term.
        different = np.concatenate([[True], span[1:] != span[:-1], [True]])
        hit = hit[different[:-1] & different[1:]] if len(span) else hit
        return self.block[hit], self.term[hit]


def term_hits(hits: pd.DataFrame, counts: BlockCounts) -> TermHits:
    """The hits as numbers, over the blocks of the counts."""
    number = counts.blocks[["document", "section", "block"]].reset_index(names="row")
    keys = hits[["document", "section", "block"]].astype({"document": str, "section": str})
    block = keys.merge(number, on=["document", "section", "block"], how="left")["row"].to_numpy(np.int64)
    theme, themes = pd.factorize(hits["theme"])
    term, terms = pd.factorize(hits["term"], sort=True)
    span = np.array(hits.groupby(["document", "sentence", "start", "end"], sort=False).ngroup(), dtype=np.int64)
    names = [str(name) for name in themes]
    return TermHits(theme.astype(np.int64), block, term.astype(np.int64), span, names, np.asarray(terms, dtype=object))


def without_terms(
    hits: TermHits, partition: Partition, counts: BlockCounts, sets: Sequence[Sequence[str]], figures: Figures
) -> Changes:
    """What each unit loses with each term; `counts` are the partition's, of the given sets of themes alone."""
    many = len(hits.terms)
    cells, columns = [], []
    for column, themes in enumerate(sets):
        block, term = hits.alone(themes)
        row = partition.row_of_block[block]
        cells.append((row * many + term)[row >= 0])
        columns.append(np.full(len(cells[-1]), column))
    cell, at = np.unique(np.concatenate(cells), return_inverse=True)
    row, term = np.divmod(cell, max(many, 1))
    own = np.zeros((len(cell), len(sets)))
    np.add.at(own, (at, np.concatenate(columns)), 1.0)
    before, after = (
        dataclasses.replace(
            counts,
            words=counts.words[row],
            sentences=counts.sentences[row],
            hits=counts.hits[row] - lost,
            sentences_with_hit=counts.sentences_with_hit[row],
        )
        for lost in (0, own)
    )
    pair, at = np.unique(partition.codes[row] * many + term, return_inverse=True)
    unit, label = np.divmod(pair, max(many, 1))
    return Changes(unit, label, add_up(figures(after) - figures(before), at, len(pair)), hits.terms, everywhere=True)
