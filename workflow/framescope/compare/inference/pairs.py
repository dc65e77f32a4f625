"""Which units are compared with each other, and the test of each pair."""

from __future__ import annotations

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framescope.compare.counts.blocks import Array, BlockCounts, Codes, by_document, units_of
from framescope.compare.counts.groupings import grouping_kinds, name_column
from framescope.compare.inference.estimators import Estimator, difference, studentised
from framescope.compare.inference.permutation import (
    ENOUGH,
    ROUNDS,
    Statistic,
    critical_value,
    least_p,
    p_of_draws,
    permutation_test,
    reordered,
)
from framescope.compare.inputs import Testing
from framescope.problems import StudyError, nearest

# Up to so many documents are compared pairwise; more are compared with the rest; and of still more single documents are
# not compared, because these tables would have millions of rows, few of which have enough text for a test.
MOST_PAIRWISE, MOST_DOCUMENTS = 30, 3_000
SEVERAL_DOCUMENTS = 4
# Not the id of any document, because ids have no spaces.
REST = "the rest"
# In how many different sizes random draws are made together, in documents compared with the rest.
SIZES_AT_ONCE = 8


@dataclass(frozen=True)
class Pair:
    """Two units of one kind: their names `a` and `b`, and their places in `Layout.units`.

    `second` is None if the first unit is compared with all the rest.
    """

    unit: str
    document: str
    role: str
    a: str
    b: str
    first: int
    second: int | None


@dataclass(frozen=True)
class Layout:
    """Pairs of units of one table of counts. `inference` says what its rows are, "block" or "document".

    `units` has the numbers of the rows of each unit.
    """

    counts: BlockCounts
    inference: str
    units: list[Codes]
    pairs: list[Pair]

    def sides(self, number: int) -> list[Codes]:
        """The rows of the units of a pair, by the number of the pair."""
        pair = self.pairs[number]
        return [self.units[place] for place in (pair.first, pair.second) if place is not None]


def section_pairs(counts: BlockCounts) -> Layout:
    """Every two sections of the same document, without abstracts, which repeat their document."""
    parts = _rows_of(counts.blocks[counts.blocks["role"] != "abstract"], ["document", "section"])
    sections: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, (document, section) in enumerate(parts):
        sections[document].append((place, section))
    pairs = [
        Pair("section", document, "", first, second, i, j)
        for document, places in sections.items()
        for (i, first), (j, second) in itertools.combinations(places, 2)
    ]
    return Layout(counts, "block", list(parts.values()), pairs)


def _rows_of(blocks: pd.DataFrame, columns: list[str]) -> dict[tuple[str, ...], Codes]:
    """The numbers of the rows with each combination of text in some columns, in the order of their first rows."""
    codes = blocks.groupby(columns, sort=False).ngroup().to_numpy()
    rows = blocks.index.to_numpy(np.int64)[np.argsort(codes, kind="stable")]
    names = blocks.drop_duplicates(columns)[columns].astype(str).itertuples(index=False, name=None)
    return dict(zip(names, np.split(rows, np.bincount(codes).cumsum()[:-1]), strict=False))


def document_pairs(counts: BlockCounts, reference: str | None = None) -> Iterator[Layout]:
    """Pairs of documents, of roles and of groups.

    Each document is compared with `reference` if there is one; otherwise every two documents are compared, or, if there
    are more than thirty, each document with the rest, and no single documents if there are more than 3,000. The
    sections of one role in two documents are compared in the same way, unless they are the whole of both. Of roles and
    groups all pairs are compared, over documents if both sides have at least four, otherwise over blocks. Two roles or
    groups of one document each are left out, and so is, if each document is compared with the rest, a group of one
    document with a group of all others: they are compared as documents.

    Raises:
        StudyError: the reference is not a document with text of its own.
    """
    blocks = counts.blocks
    rows = {document: part for (document,), part in _rows_of(blocks, ["document"]).items()}
    if reference is not None and reference not in rows:
        cause = f"config.yaml: reference: the document {reference!r} has no text that is counted"
        left_out = "results/tables/skipped.csv says why a source was left out"
        copies = "a text that only repeats earlier ones has text with copied_passages: everywhere"
        raise StudyError([f"{cause}; {left_out}, and {copies}. {nearest(reference, list(rows))}"])
    if reference is not None or len(rows) <= MOST_DOCUMENTS:
        yield _against(counts, "", rows, reference)
    if reference is not None or len(rows) <= MOST_PAIRWISE:
        named = blocks[(blocks["role_source"] != "default") & (blocks["role"] != "abstract")]
        for role, part in named.groupby("role", sort=True):
            parts = {document: own for (document,), own in _rows_of(part, ["document"]).items()}
            if reference is None or reference in parts:
                layout = _against(counts, str(role), parts, reference)
                whole = {place for place, document in enumerate(parts) if len(parts[document]) == len(rows[document])}
                kept = [pair for pair in layout.pairs if not {pair.first, pair.second} <= whole]
                yield dataclasses.replace(layout, pairs=kept)
    against_rest = reference is None and MOST_PAIRWISE < len(rows) <= MOST_DOCUMENTS
    for kind in ("role", "group", *grouping_kinds(blocks)):
        yield from _of_kind(counts, kind, len(rows) if against_rest and kind == "group" else 0)


def _of_kind(counts: BlockCounts, kind: str, documents: int) -> Iterator[Layout]:
    """Pairs of roles or groups over documents, then over blocks, without those that are compared as documents.

    `documents` is the number of all documents if each is compared with the rest, of groups, otherwise 0.
    """
    units = units_of(counts, kind)
    collapsed, within = by_document(counts, units)
    number = np.bincount(within.codes, minlength=len(units.keys))
    several = number >= SEVERAL_DOCUMENTS
    names = units.keys[name_column(kind)].astype(str).tolist()
    kept = [i for i, name in enumerate(names) if kind != "role" or name != "abstract"]

    def as_documents(i: int, j: int) -> bool:
        both = number[i] + number[j]
        return bool(both == 2 or (both == documents and min(number[i], number[j]) == 1))

    for table, codes, inference, over_documents in (
        (collapsed, within.codes, "document", True),
        (counts, units.codes, "block", False),
    ):
        pairs = [
            Pair(kind, "", "", names[i], names[j], i, j)
            for i, j in itertools.combinations(kept, 2)
            if (several[i] and several[j]) == over_documents and not as_documents(i, j)
        ]
        yield Layout(table, inference, [np.flatnonzero(codes == i) for i in range(len(names))], pairs)


def _against(counts: BlockCounts, role: str, rows: dict[str, Codes], reference: str | None) -> Layout:
    """Pairs of documents, or of their sections of one role, with the reference, each other or the rest."""
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
    """Estimates and tests of pairs, in arrays with a row for each pair and mostly a column for each theme or contrast.

    `first` and `second` are the sums of features of the two sides, `blocks` their numbers of rows (two columns).
    `tested` says which pairs have enough rows for a test. `critical` is the number of standard errors to which the
    interval extends, `least` the smallest p that the test can give.
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
    estimator: Estimator,
    testing: Testing,
    effects: Array | None = None,
) -> Compared:
    """The difference of each pair in the estimator's statistics, with its p by permutation and the interval.

    The interval extends to as many standard errors as contain the share `testing.confidence` of the permutations
    (`critical_value`). `effects` are the design effects of the rows of the layout's counts (`design_effects`,
    `section_effects`), with one column for each theme or contrast or one for all; the variance of each side is
    multiplied by them. Permuted rows have no design effect. Pairs with a side of fewer than `testing.min_blocks`
    blocks (four documents where the unit is the document) have neither p nor interval.
    """
    features = estimator.features(layout.counts)
    first, second = _sums(layout, features)
    size_a, size_b = _sums(layout, np.ones((len(features), 1)))
    value, variance_a, variance_b = difference(estimator, first, first + second)
    variance = variance_a + variance_b
    sizes = np.hstack([size_a, size_b])
    fewest = testing.min_blocks if layout.inference == "block" else SEVERAL_DOCUMENTS
    tested = (sizes >= fewest).all(axis=1)
    error_factor = np.ones_like(variance)
    if effects is not None:
        effect_a, effect_b = _sums(layout, effects)
        corrected = variance_a * (effect_a / np.maximum(size_a, 1)) + variance_b * (effect_b / np.maximum(size_b, 1))
        # A single block has no variance; only tested pairs have enough blocks on both sides.
        error_factor[tested] = np.sqrt(corrected[tested] / variance[tested])
    results = np.full((3, *value.shape), np.nan)
    statistic = partial(studentised, estimator)
    pairwise = np.array([pair.second is not None for pair in layout.pairs], dtype=bool)
    for row in np.flatnonzero(tested & pairwise):
        rows_a, rows_b = layout.sides(int(row))
        results[:, row] = permutation_test(
            features[rows_a],
            features[rows_b],
            statistic,
            testing.permutations,
            testing.seed,
            testing.confidence,
            error_factor[row],
            estimator.columns,
        )
    rest = np.flatnonzero(tested & ~pairwise)
    observed = np.abs(value[rest] / np.sqrt(variance[rest]))
    results[:, rest] = _tests_against_rest(features, size_a[rest, 0], observed, error_factor[rest], statistic, testing)
    p, critical, least = results
    reach = critical * np.sqrt(variance)
    return Compared(first, second, value, value - reach, value + reach, p, least, critical, sizes, tested)


def _sums(layout: Layout, values: Array) -> tuple[Array, Array]:
    """Sums of the rows of `values` over the two sides of each pair; a side that is the rest has all other rows."""
    ends = np.append(0, np.cumsum([len(rows) for rows in layout.units], dtype=np.int64))
    rows = np.concatenate([np.empty(0, dtype=np.int64), *layout.units])
    indicator = sparse.csr_array((np.ones(len(rows)), rows, ends), shape=(len(layout.units), len(values)))
    sums = np.asarray(indicator @ values)
    a = np.array([pair.first for pair in layout.pairs], dtype=np.int64)
    b = np.array([-1 if pair.second is None else pair.second for pair in layout.pairs], dtype=np.int64)
    # The last row is the sum of all rows, from which the first side is subtracted where the second is the rest.
    first, second = sums[a], np.vstack([sums, values.sum(axis=0)])[b]
    second[b < 0] -= first[b < 0]
    return first, second


def _tests_against_rest(
    features: Array, sizes: Array, observed: Array, error_factor: Array, statistic: Statistic, testing: Testing
) -> Array:
    """p, critical value and least p (3 x pairs x columns) of documents against the rest, as in `permutation_test`.

    `sizes` are the documents' numbers of blocks, `observed` the absolute statistics. Documents of a similar number of
    blocks share their random draws.
    """
    results = np.empty((3, *observed.shape))
    observed = observed / error_factor
    different = np.unique(sizes).astype(np.int64)
    for together in (different[i : i + SIZES_AT_ONCE] for i in range(0, len(different), SIZES_AT_ONCE)):
        rows_of = [np.flatnonzero(sizes == size) for size in together]
        drawn = _random_statistics(features, together, [observed[rows] for rows in rows_of], statistic, testing)
        for size, rows, chance in zip(together, rows_of, drawn, strict=True):
            smallest = least_p(size, len(features) - size)
            p, fitted = p_of_draws(observed[rows], chance)
            # The largest is included twice, once in place of the observed statistic, as if that were among the largest.
            largest = chance.max(axis=0, keepdims=True)
            critical = critical_value(np.vstack([chance, largest]), testing.confidence) * error_factor[rows]
            results[:, rows] = np.maximum(p, smallest), critical, np.where(fitted, smallest, 1 / (1 + len(chance)))
    return results


def _random_statistics(
    features: Array, sizes: Codes, observed: list[Array], statistic: Statistic, testing: Testing
) -> list[Array]:
    """Absolute statistics of random draws from all blocks against the rest, for each size (draws x columns each).

    `observed` has the statistics of the documents of each size. Draws are added until a hundred of them are at least
    as large as each observed statistic, in at most twenty rounds, which draw the same places of `reordered` blocks.
    """
    total = features.sum(axis=0)
    drawn: list[list[Array]] = [[] for _ in sizes]
    # Draws that reach the largest statistic of a column reach all of it.
    largest = np.array([rows.max(axis=0) for rows in observed])
    reached = np.zeros(largest.shape, dtype=np.int64)
    draws = _draws(len(features), sizes, testing.permutations - 1, testing.seed)
    for number in range(ROUNDS):
        sums = _draw_sums(draws, reordered(features, number, testing.seed), len(sizes))
        for place, sums_of_size in enumerate(sums):
            drawn[place].append(np.abs(statistic(sums_of_size, total)))
            reached[place] += np.count_nonzero(drawn[place][-1] >= largest[place], axis=0)
        if reached.min() >= ENOUGH:
            break
    return [np.vstack(statistics) for statistics in drawn]


def _draws(blocks: int, sizes: Codes, number: int, seed: int) -> sparse.csr_array:
    """Random draws without replacement from so many blocks: a row for each size and draw, with the blocks that this
    size has and the one before it has not; `sizes` are in rising order.

    The blocks of a smaller draw are the first blocks of a larger one, which are themselves a random draw.
    """
    random = np.random.default_rng([seed, int(sizes[-1]), blocks])
    chosen = np.array([random.choice(blocks, int(sizes[-1]), replace=False) for _ in range(number)])
    added = np.split(chosen, sizes[:-1], axis=1)
    ends = np.append(0, np.repeat([part.shape[1] for part in added], number).cumsum())
    places = np.concatenate([part.ravel() for part in added])
    return sparse.csr_array((np.ones(chosen.size), places, ends), shape=(number * len(sizes), blocks))


def _draw_sums(draws: sparse.csr_array, features: Array, sizes: int) -> Array:
    """Sums of features over the `_draws` of so many sizes (sizes x draws x features)."""
    sums = np.asarray(draws @ features).reshape(sizes, -1, features.shape[1])
    for smaller, larger in itertools.pairwise(sums):
        larger += smaller
    return sums


def pair_names(pairs: list[Pair], chosen: Codes) -> pd.DataFrame:
    """unit, document, role, a and b of the pairs with these numbers, in their order; a number may occur repeatedly."""
    columns = ("unit", "document", "role", "a", "b")
    frame = pd.DataFrame([[getattr(pair, column) for column in columns] for pair in pairs], columns=list(columns))
    return frame.loc[chosen].reset_index(drop=True)
