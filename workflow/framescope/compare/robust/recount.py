"""Findings counted anew: estimates and intervals under one variation, and with one thing left out."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array, BlockCounts, Codes, add_up, count_blocks, theme_sets
from framescope.compare.inference.intervals import student
from framescope.compare.inference.measures import LogOdds, LogRates, Measure, contrast_sets
from framescope.compare.inference.pairs import REST
from framescope.compare.robust.established import Finding
from framescope.compare.robust.leaving_out import Changes, scenarios, term_hits, without_rows, without_terms
from framescope.compare.robust.partitions import Partition, partition
from framescope.compare.robust.shift_critical import shift_critical
from framescope.compare.robust.variations import HEADLINE, Variation

TERM, BLOCK, DOCUMENT = "leave one term out", "leave one block out", "leave one document out"
# Of one contrast or theme a measure has five features and two tallies.
FEATURES, TALLIES = 5, 2


@dataclass(frozen=True)
class Outcome:
    """Estimate and interval of each finding on the scale of its measure, and what is left out, if anything.

    `varied` says which findings the variation applies to.
    """

    varied: NDArray[np.bool_]
    estimate: Array
    low: Array
    high: Array
    left_out: NDArray[np.object_]

    @classmethod
    def of(cls, varied: NDArray[np.bool_]) -> Outcome:
        """An outcome to be filled in."""
        estimate, low, high = np.full((3, len(varied)), np.nan)
        return cls(varied, estimate, low, high, np.full(len(varied), "", dtype=object))

    def put(self, numbers: Codes, interval: Array, left_out: NDArray[np.object_] | str = "") -> None:
        """Fill in the findings of these numbers; `interval` has rows estimate, low and high."""
        self.estimate[numbers], self.low[numbers], self.high[numbers] = interval
        self.left_out[numbers] = left_out


@dataclass(frozen=True)
class Batch:
    """Findings that are counted together: of one measure, kind and rows, all of single units or all of pairs.

    `numbers` are their places among all findings; a side of None is all the others.
    """

    contrast: bool
    measure: str
    kind: str
    by_documents: bool
    numbers: Codes
    direction: Codes
    first: list[tuple[str, ...]]
    second: list[tuple[str, ...] | None] | None


def batches(found: Sequence[Finding]) -> list[Batch]:
    """The findings in batches."""
    groups: dict[tuple[bool, str, str, bool, bool], list[int]] = defaultdict(list)
    for number, finding in enumerate(found):
        by_documents = finding.inference == "document"
        pair = len(finding.sides) == 2
        groups[finding.contrast, finding.identity.measure, finding.kind, by_documents, pair].append(number)
    made = []
    for (contrast, measure, kind, by_documents, pairs), numbers in groups.items():
        own = [found[number] for number in numbers]
        first = [finding.sides[0] for finding in own]
        second = [None if f.sides[1] == (REST,) and kind == "document" else f.sides[1] for f in own] if pairs else None
        direction = np.array([finding.direction for finding in own])
        made.append(Batch(contrast, measure, kind, by_documents, np.array(numbers), direction, first, second))
    return made


def recount(
    found: Sequence[Finding],
    grouped: Sequence[Batch],
    variation: Variation,
    confidence: float,
) -> dict[str, Outcome]:
    """Outcomes of the findings, which `batches` has grouped, under the variation, by its name.

    The headline brings those of leaving one term, block or document out.
    """
    themes = list(dict.fromkeys(batch.measure for batch in grouped if not batch.contrast))
    sides = contrast_sets(variation.contrasts)
    sets = {**sides, **theme_sets(themes)}
    columns = {(True, str(c["name"])): [2 * i, 2 * i + 1] for i, c in enumerate(variation.contrasts)}
    columns |= {(False, theme): [len(sides) + i] for i, theme in enumerate(themes)}
    counts = count_blocks(variation.tables, sets)
    if variation.by_sentences:
        counts = dataclasses.replace(counts, hits=counts.sentences_with_hit, words=counts.sentences)
    by_shifts = shift_critical(found, variation, sets, columns, confidence)
    critical = np.where(np.isnan(by_shifts), [finding.critical for finding in found], by_shifts)
    by_documents = np.array([finding.inference == "document" for finding in found], dtype=bool)
    every = np.ones_like(by_documents)
    within = np.array([finding.within_document for finding in found], dtype=bool)
    made = {variation.name: Outcome.of(within if variation.within_documents else every)}
    headline = variation.name == HEADLINE
    if headline:
        made |= {TERM: Outcome.of(every), BLOCK: Outcome.of(~by_documents), DOCUMENT: Outcome.of(by_documents)}
        hits = term_hits(variation.tables.hits, counts)
    layouts: dict[tuple[str, bool], Partition] = {}
    for batch in grouped:
        rows = batch.kind, batch.by_documents
        if rows not in layouts:
            layouts[rows] = partition(counts, *rows)
        layout, chosen = layouts[rows], columns[batch.contrast, batch.measure]
        own = dataclasses.replace(layout.counts, hits=layout.counts.hits[:, chosen])
        measure = LogOdds() if batch.contrast else LogRates()
        figures = partial(_figures, measure)
        values = figures(own)
        own_critical, shifted = critical[batch.numbers], ~np.isnan(by_shifts[batch.numbers])
        compared = _Compared(batch, layout, measure, values, own_critical, shifted, confidence)
        interval = compared.interval()
        made[variation.name].put(batch.numbers, interval)
        if headline:
            own_sets = [list(sets.values())[column] for column in chosen]
            for name, changes in (
                (TERM, without_terms(hits, layout, own, own_sets, figures)),
                (DOCUMENT if batch.by_documents else BLOCK, without_rows(layout, values)),
            ):
                # What no single loss moves stays as it is.
                made[name].put(batch.numbers, interval)
                made[name].put(*compared.worst(changes))
    return made


def _figures(measure: Measure, counts: BlockCounts) -> Array:
    """Per row what an estimate needs, to be added up: features and tallies of the measure, and 1 for the row."""
    return np.hstack([measure.features(counts), measure.tallies(counts), np.ones((len(counts.words), 1))])


class _Compared:
    """A batch of findings as sums of figures of their sides, from which intervals are made."""

    def __init__(
        self,
        batch: Batch,
        layout: Partition,
        measure: Measure,
        values: Array,
        critical: Array,
        shifted: NDArray[np.bool_],
        confidence: float,
    ) -> None:
        sums = np.vstack([add_up(values, layout.codes, layout.units), values.sum(axis=0)])
        self.batch, self.measure, self.confidence = batch, measure, confidence
        self.first = np.array([layout.place[key] for key in batch.first])
        self.a = sums[self.first]
        self.second: Codes | None = None
        self.b: Array | None = None
        if batch.second is not None:
            # The last row of the sums, all rows of the study, stands for the rest until the first side is taken off.
            self.second = np.array([-1 if key is None else layout.place[key] for key in batch.second])
            self.b = sums[self.second] - np.where(self.second[:, np.newaxis] < 0, self.a, 0)
        self.critical, self.shifted = critical, shifted

    def interval(self) -> Array:
        """Estimate, low and high of each finding."""
        return self._interval(_estimate(self.measure, self.a, self.b), np.arange(len(self.critical)))

    def worst(self, changes: Changes) -> tuple[Codes, Array, NDArray[np.object_]]:
        """The loss that threatens each finding most: numbers of findings, their intervals without it, its name."""
        lost = scenarios(changes, self.first, self.second)
        finding = lost.finding
        b = None if self.b is None else self.b[finding] + lost.second
        estimate = _estimate(self.measure, self.a[finding] + lost.first, b)
        interval = self._interval(estimate, finding)
        _, low, high = interval
        direction = self.batch.direction[finding]
        threat = np.select([direction > 0, direction < 0], [-low, high], np.maximum(low, -high))
        order = np.lexsort((-threat, finding))
        worst = order[np.unique(finding[order], return_index=True)[1]]
        return self.batch.numbers[finding[worst]], interval[:, worst], changes.names[lost.label[worst]]

    def _interval(self, estimate: _Estimate, finding: Codes) -> Array:
        """Estimate, low and high: Student's t over rows for leans, critical values of the test for differences."""
        critical, shifted = self.critical[finding], self.shifted[finding]
        multiple = np.where(np.isnan(critical), student(self.confidence, estimate.rows - 1), critical)
        reach = multiple * np.where(shifted, estimate.counted_error, estimate.error)
        return np.array([estimate.value, estimate.value - reach, estimate.value + reach])


@dataclass(frozen=True)
class _Estimate:
    """Values with standard errors over rows and for independent hits; `rows` are those of the first side."""

    value: Array
    error: Array
    counted_error: Array
    rows: Array


def _estimate(measure: Measure, a: Array, b: Array | None) -> _Estimate:
    """Values of single sides, or differences of two, from sums of figures."""
    together = None if b is None else a + b
    value, variance, counted, rows = _side(measure, a, together)
    if b is not None:
        other, other_variance, other_counted, _ = _side(measure, b, together)
        value, variance, counted = value - other, variance + other_variance, counted + other_counted
    return _Estimate(value, np.sqrt(variance), np.sqrt(counted), rows)


def _side(measure: Measure, sums: Array, together: Array | None) -> tuple[Array, Array, Array, Array]:
    features, tallies, rows = np.split(sums, [FEATURES, FEATURES + TALLIES], axis=1)
    all_features, all_tallies = None, None
    if together is not None:
        all_features, all_tallies, _ = np.split(together, [FEATURES, FEATURES + TALLIES], axis=1)
    value, variance = measure.estimates(features, rows, all_features)
    return value[:, 0], variance[:, 0], measure.count_estimates(tallies, all_tallies)[1][:, 0], rows[:, 0]
