"""Which units are set against each other, and the tests of one pair."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framescope.compare.counts.blocks import Array, BlockCounts, Codes, by_document, units_of
from framescope.compare.inference.measures import Measure, difference, studentised
from framescope.compare.inference.permutation import (
    ENOUGH,
    ROUNDS,
    Statistic,
    critical_value,
    least_p,
    p_of_draws,
    permutation_test,
)
from framescope.compare.inputs import Testing
from framescope.problems import StudyError, nearest

MOST_PAIRWISE = 30
SEVERAL_DOCUMENTS = 4
# No document's id has a space.
REST = "the rest"
# Documents of so many different numbers of blocks share the draws against the rest.
SIZES_AT_ONCE = 8


@dataclass(frozen=True)
class Pair:
    """Two units of one kind: their names, and places in `Layout.units`; `second` is None against all the rest."""

    unit: str
    document: str
    role: str
    a: str
    b: str
    first: int
    second: int | None


@dataclass(frozen=True)
class Layout:
    """Pairs of units of one table of counts, whose rows are blocks or documents (`inference`); rows of each unit."""

    counts: BlockCounts
    inference: str
    units: list[Codes]
    pairs: list[Pair]


def section_pairs(counts: BlockCounts) -> Layout:
    """Sections of one document against each other; abstracts, which repeat their document, against none."""
    kept = counts.blocks[counts.blocks["role"] != "abstract"]
    parts = kept.groupby(["document", "section"], sort=False)
    units = [rows.to_numpy(np.int64) for rows in parts.groups.values()]
    names = pd.DataFrame(list(parts.groups), columns=["document", "section"])
    pairs = [
        Pair("section", str(document), "", str(names["section"][i]), str(names["section"][j]), i, j)
        for document, own in names.groupby("document", sort=False)
        for i, j in itertools.combinations(own.index, 2)
    ]
    return Layout(counts, "block", units, pairs)


def document_pairs(counts: BlockCounts, reference: str | None = None) -> Iterator[Layout]:
    """Documents, roles and groups against each other.

    Documents: each against `reference` if there is one; else each against each, above thirty each against the rest.
    The same by role, of the roles both documents have. Roles and groups: all pairs, over documents where both sides
    have at least four, else over blocks; two of one document each are these documents and no pair of their own.

    Raises:
        StudyError: the reference is not a document with text of its own.
    """
    blocks = counts.blocks
    rows = {str(d): part.index.to_numpy(np.int64) for d, part in blocks.groupby("document", sort=False)}
    if reference is not None and reference not in rows:
        cause = f"config.yaml: reference: the document {reference!r} has no text that is counted"
        raise StudyError(
            [f"{cause}; results/tables/skipped.csv says why a source was left out. {nearest(reference, list(rows))}"]
        )
    yield _against(counts, "", rows, reference)
    if reference is not None or len(rows) <= MOST_PAIRWISE:
        named = blocks[(blocks["role_source"] != "default") & (blocks["role"] != "abstract")]
        for role, part in named.groupby("role", sort=True):
            parts = {str(d): p.index.to_numpy(np.int64) for d, p in part.groupby("document", sort=False)}
            if reference is None or reference in parts:
                yield _against(counts, str(role), parts, reference)
    for kind in ("role", "group"):
        units = units_of(counts, kind)
        collapsed, within = by_document(counts, units)
        number = np.bincount(within.codes, minlength=len(units.keys))
        several = number >= SEVERAL_DOCUMENTS
        names = units.keys[kind].astype(str).tolist()
        kept = [i for i, name in enumerate(names) if kind != "role" or name != "abstract"]
        for table, codes, inference, wanted in (
            (collapsed, within.codes, "document", True),
            (counts, units.codes, "block", False),
        ):
            pairs = [
                Pair(kind, "", "", names[i], names[j], i, j)
                for i, j in itertools.combinations(kept, 2)
                if (several[i] and several[j]) == wanted and number[i] + number[j] > 2
            ]
            yield Layout(table, inference, [np.flatnonzero(codes == i) for i in range(len(names))], pairs)


def _against(counts: BlockCounts, role: str, rows: dict[str, Codes], reference: str | None) -> Layout:
    """Documents, or their sections of one role, against the reference, each other or the rest."""
    names = list(rows)
    if reference is not None:
        fixed = names.index(reference)
        chosen: list[tuple[int, int | None]] = [(i, fixed) for i in range(len(names)) if i != fixed]
    elif len(names) <= MOST_PAIRWISE:
        chosen = list(itertools.combinations(range(len(names)), 2))
    else:
        chosen = [(i, None) for i in range(len(names))]
    pairs = [Pair("document", "", role, names[i], REST if j is None else names[j], i, j) for i, j in chosen]
    return Layout(counts, "block", list(rows.values()), pairs)


@dataclass(frozen=True)
class Compared:
    """Estimates and tests of pairs; every array has a row a pair, most of them a column a theme or contrast.

    `first` and `second` are the sums of features of the two sides, `blocks` the two numbers of rows, `tested` says
    which pairs have rows enough. `critical` is how many standard errors the interval reaches, `least` the least p that
    the test can give.
    """

    first: Array
    second: Array
    difference: Array
    low: Array
    high: Array
    p: Array
    least: Array
    critical: Array
    blocks: Array
    tested: NDArray[np.bool_]


def compare_pairs(
    layout: Layout,
    measure: Measure,
    testing: Testing,
    effects: Array | None = None,
) -> Compared:
    """Difference of each pair on the measure with its permutation p and the interval that goes with it.

    The interval reaches as many standard errors as all but 1 - `testing.confidence` of the permutations lie within
    (`critical_value`). `effects` are the design effects of the rows of the layout's counts (`design_effects`,
    `section_effects`), a column a theme or contrast or one for all, by which the variance of each side is multiplied;
    permuted rows have none. Pairs with a side under `testing.min_blocks`
    blocks (four documents where the unit is the document) have neither.
    """
    features = measure.features(layout.counts)
    total = features.sum(axis=0)
    fewest = testing.min_blocks if layout.inference == "block" else SEVERAL_DOCUMENTS
    pairs, units = layout.pairs, layout.units
    sums = np.array([features[rows].sum(axis=0) for rows in units]).reshape(len(units), features.shape[1])
    a = np.array([pair.first for pair in pairs], dtype=np.int64)
    b = np.array([-1 if pair.second is None else pair.second for pair in pairs], dtype=np.int64)
    # The last row stands for the rest, which differs from pair to pair.
    first, second = sums[a], np.vstack([sums, total])[b]
    second[b < 0] -= first[b < 0]
    lengths = np.array([*(len(rows) for rows in units), len(features)], dtype=float)
    sizes = np.column_stack([lengths[a], lengths[b] - np.where(b < 0, lengths[a], 0)])
    value, variance_a, variance_b = difference(measure, first, sizes[:, :1], second, sizes[:, 1:])
    error = np.sqrt(variance_a + variance_b)
    tested = (sizes >= fewest).all(axis=1)
    stretch = np.ones_like(error)
    if effects is not None:
        own = np.array([*(effects[rows].sum(axis=0) for rows in units), effects.sum(axis=0)])
        rest = np.where((b < 0)[:, np.newaxis], own[a], 0)
        effect_a, effect_b = own[a] / np.maximum(sizes[:, :1], 1), (own[b] - rest) / np.maximum(sizes[:, 1:], 1)
        # A single block has no variance; only tested pairs have blocks enough on both sides.
        stretched = variance_a * effect_a + variance_b * effect_b
        stretch[tested] = np.sqrt(stretched[tested] / (variance_a + variance_b)[tested])
    p, critical, least = np.full((3, *value.shape), np.nan)
    statistic = partial(studentised, measure)
    for row in np.flatnonzero(tested & (b >= 0)):
        sides = features[units[a[row]]], features[units[b[row]]]
        found = permutation_test(
            *sides,
            statistic,
            testing.permutations,
            testing.seed,
            testing.confidence,
            stretch[row],
            measure.columns,
        )
        p[row], critical[row], least[row] = found
    against_rest = np.flatnonzero(tested & (b < 0))
    observed = np.abs(value / error) / stretch
    number = np.unique(sizes[against_rest, 0]).astype(np.int64)
    for together in (number[i : i + SIZES_AT_ONCE] for i in range(0, len(number), SIZES_AT_ONCE)):
        rows = [against_rest[sizes[against_rest, 0] == size] for size in together]
        drawn = _chance(features, together, [observed[own] for own in rows], statistic, testing)
        for size, own, chance in zip(together, rows, drawn, strict=True):
            smallest = least_p(size, len(features) - size)
            found_p, fitted = p_of_draws(observed[own], chance)
            p[own] = np.maximum(found_p, smallest)
            least[own] = np.where(fitted, smallest, 1 / (1 + len(chance)))
            # The largest stands in for the observed one, which has to be among the largest to lie beyond.
            largest = chance.max(axis=0, keepdims=True)
            critical[own] = critical_value(np.vstack([chance, largest]), testing.confidence) * stretch[own]
    reach = critical * error
    return Compared(first, second, value, value - reach, value + reach, p, least, critical, sizes, tested)


def _chance(
    features: Array, sizes: Codes, observed: list[Array], statistic: Statistic, testing: Testing
) -> list[Array]:
    """Statistics of random draws of each of the sizes out of all blocks, against the rest (draws x columns each).

    `observed` are those of the documents of each size: draws are added until a hundred reach each of them, at most in
    twenty rounds.
    """
    total = features.sum(axis=0)
    drawn: list[list[Array]] = [[] for _ in sizes]
    for more in range(ROUNDS):
        sums = _draw_sums(features, sizes, testing.permutations - 1, testing.seed + more)
        for own, found, size in zip(drawn, sums, sizes, strict=True):
            own.append(np.abs(statistic(found, size, total - found, len(features) - size)))
        enough = all(
            np.count_nonzero(np.vstack(own) >= row, axis=0).min() >= ENOUGH
            for own, rows in zip(drawn, observed, strict=True)
            for row in rows
        )
        if enough:
            break
    return [np.vstack(own) for own in drawn]


def _draw_sums(features: Array, sizes: Codes, number: int, seed: int) -> Array:
    """Sums of features over random draws without replacement (sizes x draws x features), the sizes in rising order.

    The blocks of a smaller draw are the first of a larger one, which is as random as one of its own.
    """
    largest, many = int(sizes[-1]), len(sizes)
    random = np.random.default_rng([seed, largest, len(features)])
    chosen = np.array([random.choice(len(features), largest, replace=False) for _ in range(number)])
    part = np.searchsorted(sizes, np.arange(largest), side="right")
    rows = np.arange(number)[:, np.newaxis] * many + part
    shape = number * many, len(features)
    indicator = sparse.csr_array((np.ones(chosen.size), (rows.ravel(), chosen.ravel())), shape=shape)
    return np.asarray(indicator @ features).reshape(number, many, -1).cumsum(axis=1).swapaxes(0, 1)


def pair_names(pairs: list[Pair], chosen: Codes) -> pd.DataFrame:
    """unit, document, role, a and b of the chosen pairs, in the order and as often as they are chosen."""
    columns = ("unit", "document", "role", "a", "b")
    frame = pd.DataFrame([[getattr(pair, column) for column in columns] for pair in pairs], columns=list(columns))
    return frame.loc[chosen].reset_index(drop=True)
