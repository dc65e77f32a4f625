"""Recounts of findings: estimates and intervals under one variation, and with one thing left out."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array, BlockCounts, Codes, add_up
from framescope.compare.emphasis.baselines import Baseline, baselines
from framescope.compare.inference.estimators import Estimator, LogOdds, LogRates
from framescope.compare.inference.intervals import pooled_dispersion, share_interval
from framescope.compare.inference.pairs import REST
from framescope.compare.inputs import BaselineSetting, Tables
from framescope.compare.robust.counted import Counted, Divided, counted_variations
from framescope.compare.robust.established import Finding
from framescope.compare.robust.leaving_out import Changes, TermHits, scenarios, without_rows, without_terms
from framescope.compare.robust.partitions import Partition
from framescope.compare.robust.variations import HEADLINE, Variation

TERM, BLOCK, DOCUMENT = "leave one term out", "leave one block out", "leave one document out"
# The number of features from which an estimator computes its statistic for one contrast or theme.
FEATURES = 5


@dataclass(frozen=True)
class Outcome:
    """Estimate and interval of each finding on the scale of its estimator, and what is left out, if anything.

    `varied` says to which findings the variation applies; `sure_low` and `sure_high` are the ends of the interval at
    the level that remains for the finding after the correction for all tests of its family.
    """

    varied: NDArray[np.bool_]
    estimate: Array
    low: Array
    high: Array
    sure_low: Array
    sure_high: Array
    left_out: NDArray[np.object_]

    @classmethod
    def of(cls, varied: NDArray[np.bool_]) -> Outcome:
        """An outcome without values, to be filled in by `put`."""
        estimate, low, high, sure_low, sure_high = np.full((5, len(varied)), np.nan)
        return cls(varied, estimate, low, high, sure_low, sure_high, np.full(len(varied), "", dtype=object))

    def put(self, numbers: Codes, interval: Array, left_out: NDArray[np.object_] | str = "") -> None:
        """Fill in the findings of these numbers; `interval` has rows estimate, low, high and the two sure ends."""
        columns = (self.estimate, self.low, self.high, self.sure_low, self.sure_high)
        for column, values in zip(columns, interval, strict=True):
            column[numbers] = values
        self.left_out[numbers] = left_out


@dataclass(frozen=True)
class Batch:
    """Findings that are recounted together: of the same measure, kind and rows, all of one unit or all of two.

    `measure` is a theme or the name of a contrast. `numbers` are their places among all findings. A second side of None
    is all other units.
    """

    contrast: bool
    measure: str
    kind: str
    by_documents: bool
    numbers: Codes
    direction: Codes
    first: list[tuple[str, ...]]
    second: list[tuple[str, ...] | None] | None

    def with_text(self, layout: Partition) -> Batch:
        """The same batch without findings on units that have no text of their own under a variation."""
        sides = [self.first, *([] if self.second is None else [self.second])]
        has_text = [all(key is None or key in layout.place for key in keys) for keys in zip(*sides, strict=True)]
        kept = np.flatnonzero(has_text)
        if len(kept) == len(self.first):
            return self
        return dataclasses.replace(
            self,
            numbers=self.numbers[kept],
            direction=self.direction[kept],
            first=[self.first[place] for place in kept],
            second=None if self.second is None else [self.second[place] for place in kept],
        )


def batches(findings: Sequence[Finding]) -> list[Batch]:
    """The findings in batches."""
    groups: dict[tuple[bool, str, str, bool, bool], list[int]] = defaultdict(list)
    for number, finding in enumerate(findings):
        by_documents = finding.inference == "document"
        pair = len(finding.sides) == 2
        groups[finding.contrast, finding.identity.measure, finding.kind, by_documents, pair].append(number)
    made = []
    for (contrast, measure, kind, by_documents, pairs), numbers in groups.items():
        group = [findings[number] for number in numbers]
        first = [finding.sides[0] for finding in group]
        second = None
        if pairs:
            second = [None if f.sides[1] == (REST,) and kind == "document" else f.sides[1] for f in group]
        direction = np.array([finding.direction for finding in group])
        made.append(Batch(contrast, measure, kind, by_documents, np.array(numbers), direction, first, second))
    return made


def recounts(
    findings: Sequence[Finding],
    grouped: Sequence[Batch],
    parts: Iterable[Tables],
    varied: Callable[[Tables], Iterable[Variation]],
    baseline: BaselineSetting,
) -> Iterator[tuple[str, Outcome]]:
    """The outcomes of `recount` of each variation in turn; `varied` makes the variations of each part of the study."""
    themes = list(dict.fromkeys(batch.measure for batch in grouped if not batch.contrast))
    counted, terms = counted_variations(parts, varied, themes, any(finding.within_document for finding in findings))
    headline = Divided(counted[0].blocks)
    for variation in counted:
        divided = Divided(variation.blocks) if variation.own_blocks else headline
        yield from recount(findings, grouped, variation, baseline, divided, terms).items()


def recount(
    findings: Sequence[Finding],
    grouped: Sequence[Batch],
    variation: Counted,
    baseline: BaselineSetting,
    divided: Divided,
    terms: TermHits,
) -> dict[str, Outcome]:
    """Outcomes of the findings, in the batches of `batches`, by the name of the variation.

    The headline also gives those of leaving out one term, one block or one document. The `baseline` of leans is counted
    anew under the variation, and stays as it is if something is left out. `divided` has the blocks of the variation,
    `terms` the hits of the headline.
    """
    counts, side_count = variation.counts(divided), 2 * len(variation.contrasts)
    columns = {(True, str(c["name"])): [2 * i, 2 * i + 1] for i, c in enumerate(variation.contrasts)}
    columns |= {(False, theme): [side_count + i] for i, theme in enumerate(counts.names[side_count:])}
    pooled = _pooled(counts, side_count, divided.partition("section", False))
    limits = np.array([[f.limit, f.sure_limit] for f in findings]).reshape(-1, 2)
    partitions = {key: divided.partition(*key) for key in {(batch.kind, batch.by_documents) for batch in grouped}}
    by_row = {key: layout.counted(counts) for key, layout in partitions.items()}
    outcomes = _outcomes(findings, variation)
    headline = variation.name == HEADLINE
    for batch in _with_text(grouped, partitions):
        key, chosen = (batch.kind, batch.by_documents), columns[batch.contrast, batch.measure]
        layout, chosen_counts = partitions[key], dataclasses.replace(by_row[key], hits=by_row[key].hits[:, chosen])
        estimator = LogOdds() if batch.contrast else LogRates()
        figures = partial(_figures, estimator)
        values = figures(chosen_counts)
        of_study = pooled[chosen[0] // 2] if batch.contrast and not batch.by_documents else None
        base = None
        if batch.second is None:
            place, units = chosen[0] // 2, divided.partition(batch.kind, False)
            base = _base(baseline, counts, chosen, units, variation.contrasts[place], pooled[[place]])
        compared = _Compared(batch, layout, estimator, values, limits[batch.numbers], of_study, base)
        interval = compared.interval()
        outcomes[variation.name].put(batch.numbers, interval)
        if headline:
            chosen_sets = [variation.sets[counts.names[column]] for column in chosen]
            for name, changes in (
                (TERM, without_terms(terms, layout, chosen_counts, chosen_sets, figures)),
                (DOCUMENT if batch.by_documents else BLOCK, without_rows(layout, values)),
            ):
                # Findings that nothing left out can change keep their interval.
                outcomes[name].put(batch.numbers, interval)
                outcomes[name].put(*compared.worst(changes))
    return outcomes


def _with_text(grouped: Sequence[Batch], partitions: Mapping[tuple[str, bool], Partition]) -> list[Batch]:
    """The batches without findings on units that have no text of their own (`Batch.with_text`)."""
    kept = [batch.with_text(partitions[batch.kind, batch.by_documents]) for batch in grouped]
    return [batch for batch in kept if len(batch.numbers)]


def _base(
    baseline: BaselineSetting,
    counts: BlockCounts,
    chosen: list[int],
    units: Partition,
    contrast: Mapping[str, Any],
    pooled: Array,
) -> Baseline:
    """The baseline of one contrast, whose sides are the `chosen` columns, for units of blocks."""
    sides = dataclasses.replace(counts, hits=counts.hits[:, chosen])
    return baselines(baseline, sides, units.codes, units.units, [contrast], pooled)


def _outcomes(findings: Sequence[Finding], variation: Counted) -> dict[str, Outcome]:
    """Outcomes without values, by the name of the variation; for the headline also those of leaving one thing out."""
    within = np.array([finding.within_document for finding in findings], dtype=bool)
    every = np.ones_like(within)
    outcomes = {variation.name: Outcome.of(within if variation.within_documents else every)}
    if variation.name == HEADLINE:
        by_documents = np.array([finding.inference == "document" for finding in findings], dtype=bool)
        outcomes |= {TERM: Outcome.of(every), BLOCK: Outcome.of(~by_documents), DOCUMENT: Outcome.of(by_documents)}
    return outcomes


def _pooled(counts: BlockCounts, columns: int, sections: Partition) -> Array:
    """Overdispersion of each contrast, pooled over the sections of the study; the first `columns` are the sides."""
    estimator, sides = LogOdds(), dataclasses.replace(counts, hits=counts.hits[:, :columns])
    sums = add_up(_figures(estimator, sides), sections.codes, sections.units)
    return pooled_dispersion(estimator.moments(sums[:, :-1], sums[:, -1:]), binomial=True)


def _figures(estimator: Estimator, counts: BlockCounts) -> Array:
    """The figures of each row whose sums determine an estimate: the features of the estimator, and 1 for the row."""
    return np.hstack([estimator.features(counts), np.ones((len(counts.words), 1))])


class _Compared:
    """A batch of findings as the sums of figures of their sides, from which intervals are computed."""

    def __init__(
        self,
        batch: Batch,
        layout: Partition,
        estimator: Estimator,
        values: Array,
        limits: Array,
        pooled: float | None,
        base: Baseline | None,
    ) -> None:
        sums = np.vstack([add_up(values, layout.codes, layout.units), values.sum(axis=0)])
        self.batch, self.estimator = batch, estimator
        self.first = np.array([layout.place[key] for key in batch.first])
        self.a = sums[self.first]
        self.second: Codes | None = None
        self.b: Array | None = None
        if batch.second is not None:
            # The last row of the sums is that of all rows of the study; without the first side it is the rest.
            self.second = np.array([-1 if key is None else layout.place[key] for key in batch.second])
            self.b = sums[self.second] - np.where(self.second[:, np.newaxis] < 0, self.a, 0)
        self.limits, self.pooled = limits, pooled
        base = base or Baseline(*np.full((2, layout.units, 1), np.nan))
        self.base, self.spread = base.share[self.first, 0], base.spread[self.first]

    def interval(self) -> Array:
        """Rows estimate, low, high, sure_low and sure_high; a column for each finding."""
        return self._interval(self.a, self.b, np.arange(len(self.limits)))

    def worst(self, changes: Changes) -> tuple[Codes, Array, NDArray[np.object_]]:
        """For each finding the change that moves its interval most towards the other side, or away from 0 if it is "no
        lean": the numbers of findings, their intervals after the change, and the names of what was left out.
        """
        lost = scenarios(changes, self.first, self.second)
        finding = lost.finding
        b = None if self.b is None else self.b[finding] + lost.second
        interval = self._interval(self.a[finding] + lost.first, b, finding)
        *_, low, high = interval
        direction = self.batch.direction[finding]
        threat = np.select([direction > 0, direction < 0], [-low, high], np.maximum(low, -high))
        order = np.lexsort((-threat, finding))
        worst = order[np.unique(finding[order], return_index=True)[1]]
        return self.batch.numbers[finding[worst]], interval[:, worst], changes.names[lost.label[worst]]

    def _interval(self, a: Array, b: Array | None, finding: Codes) -> Array:
        """The rows of `interval`: score intervals for leans, the sure ones with the chance in the baseline and measured
        from its log-odds; by the critical value of the test for differences.
        """
        limits = self.limits[finding].T
        if b is None:
            value, _ = _side(self.estimator, a, None)
            sure = self._lean(a, limits[1], self.spread[finding])
            middle = np.log(self.base[finding] / (1 - self.base[finding]))
            return np.array([value, *self._lean(a, limits[0], 0.0), *(end - middle for end in sure)])
        (value, variance), (other, other_variance) = (_side(self.estimator, sums, a + b) for sums in (a, b))
        difference, (reach, sure) = value - other, limits * np.sqrt(variance + other_variance)
        return np.array([difference, difference - reach, difference + reach, difference - sure, difference + sure])

    def _lean(self, sums: Array, confidence: Array, spread: Array | float) -> tuple[Array, Array]:
        """Ends of the intervals of log-odds of single units, infinite if the interval of the share ends at 0 or 1."""
        features = LogOdds().moments(sums[:, :FEATURES], sums[:, FEATURES:])
        pooled = None if self.pooled is None else np.array([self.pooled])
        with np.errstate(divide="ignore"):
            low, high = (
                np.log(end[:, 0]) - np.log1p(-end[:, 0])
                for end in share_interval(features, pooled, confidence[:, np.newaxis], spread)
            )
        return low, high


def _side(estimator: Estimator, sums: Array, together: Array | None) -> tuple[Array, Array]:
    """Values and variances of one side from its sums of figures and those of both sides together."""
    all_features = None if together is None else together[:, :FEATURES]
    value, variance = estimator.estimates(sums[:, :FEATURES], all_features)
    return value[:, 0], variance[:, 0]
