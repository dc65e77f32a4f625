"""Rates and shares of texts in order of their dates, as series of points with weights.

A point combines the texts of one date, so that their order within a date has no influence; with more than 120 dates it
combines the texts of a period. Every estimate over time is weighted least squares over the points of a series.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array, Codes, add_up, by_document, count_blocks, theme_sets, units_of
from framescope.compare.counts.groupings import group_column, grouping_kinds
from framescope.compare.inference.estimators import contrast_sets
from framescope.compare.inputs import Tables
from framescope.compare.time.periods import (
    PERIODS,
    Days,
    first_and_last_days,
    holds,
    period_days,
    period_numbers,
    years,
)

MOST_POINTS = 120
# Iterations between ratio and overdispersion, and Newton steps for the overdispersion within each iteration.
ROUNDS, STEPS = 8, 6


@dataclass(frozen=True)
class Texts:
    """Counts of the dated texts: a row for each text, and in `y` and `x` a column for each measure.

    Measures are themes, hits over words, and contrasts, hits of side a over those of both sides (`shares`). `groups`
    has the group of each text by the name of each grouping, of which the first is "group".
    """

    documents: NDArray[np.str_]
    groups: Mapping[str, NDArray[np.str_]]
    first: Days
    last: Days
    names: tuple[str, ...]
    shares: NDArray[np.bool_]
    y: Array
    x: Array


@dataclass(frozen=True)
class Series:
    """Points in order of time: the first and last day of each, its middle in years, and the number of its texts.

    `value` is y/x of each measure (a row) and point (a column), 0 where x is 0; `weight` the root of its weight in
    least squares (`precision`), 0 where x is 0; `hits` the sum of each measure's y.
    """

    first: Days
    last: Days
    time: Array
    texts: Codes
    shares: NDArray[np.bool_]
    value: Array
    weight: Array
    hits: Array


def dated_texts(tables: Tables, themes: Sequence[str], contrasts: Sequence[Mapping[str, Any]]) -> Texts:
    """The dated texts with their counts of each theme and contrast, in the headline count."""
    counted = tables.headline()
    documents = tables.documents.set_index("document")
    by_theme = count_blocks(counted, theme_sets(themes))
    rows, _ = by_document(by_theme, units_of(by_theme, "document"))
    names = rows.blocks["document"].astype(str)
    published = names.map(documents["published"]).fillna("").astype(str)
    by_side = count_blocks(counted, contrast_sets(contrasts))
    codes = pd.Index(names).get_indexer(pd.Index(by_side.blocks["document"].astype(str))).astype(np.int64)
    sides = add_up(by_side.hits, codes, len(names))
    a, both = sides[:, ::2], sides[:, ::2] + sides[:, 1::2]
    kept = np.flatnonzero((published != "").to_numpy(bool))
    groupings = ("group", *grouping_kinds(rows.blocks))
    first, last = first_and_last_days(published.iloc[kept].tolist())
    words = np.repeat(rows.words[:, np.newaxis], len(themes), axis=1)
    return Texts(
        documents=names.iloc[kept].to_numpy(str),
        groups={kind: rows.blocks[group_column(kind)].iloc[kept].to_numpy(str) for kind in groupings},
        first=first,
        last=last,
        names=(*themes, *(str(contrast["name"]) for contrast in contrasts)),
        shares=np.repeat([False, True], [len(themes), len(contrasts)]),
        y=np.hstack([rows.hits, a])[kept],
        x=np.hstack([words, both])[kept],
    )


def parts_of(texts: Texts) -> Iterator[tuple[str, str, Texts]]:
    """All texts, without names, and then the texts of each group, with the names of its grouping and its own.

    Groupings of which these texts have a single group are left out, since it would say what all texts say.
    """
    yield "", "", texts
    for grouping, group_of in texts.groups.items():
        groups = sorted(set(group_of.tolist()) - {""})
        for group in groups if len(groups) > 1 else []:
            yield grouping, group, _chosen(texts, np.flatnonzero(group_of == group))


def _chosen(texts: Texts, members: Codes) -> Texts:
    rows = {name: getattr(texts, name)[members] for name in ("documents", "first", "last", "y", "x")}
    return replace(texts, groups={kind: groups[members] for kind, groups in texts.groups.items()}, **rows)


def overdispersion(y: Array, x: Array, shares: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Each measure's ratio r and overdispersion k: y varies by v x (1 + k z), and r weighs points by x / (1 + k z).

    For rates v = r and z = r x, the negative binomial variance; for shares v = r (1 - r) and z = x - 1, the
    beta-binomial one. k is such that the sum of (y - r x)^2 / (v x (1 + k z)) is the number of points less one (Breslow
    1984, Applied Statistics 33; Williams 1982, Applied Statistics 31), 0 where it is less for any k. There
    is a row for each measure and a column for each point.

    By hand: 2, 4, 6 hits in 1,000 words each, r x = 4: (4 + 0 + 4) / (4 (1 + 4 k)) = 2 for k = 0; and for
    0, 4, 8 hits (16 + 0 + 16) / (4 (1 + 4 k)) = 2 for k = 3/4.

    >>> hits, words = np.array([[2.0, 4, 6], [0, 4, 8]]), np.full((2, 3), 1000.0)
    >>> r, k = overdispersion(hits, words, np.array([False, False]))
    >>> r.tolist(), k.round(3).tolist()
    ([0.004, 0.004], [0.0, 0.75])
    """
    total = x.sum(axis=1)
    r = np.divide(y.sum(axis=1), total, out=np.zeros(len(y)), where=total > 0)
    k = np.zeros(len(y))
    freedom = np.maximum((x > 0).sum(axis=1) - 1, 1)
    for _ in range(ROUNDS):
        v, z = _variance_parts(r, x, shares)
        with np.errstate(divide="ignore", invalid="ignore"):
            base = np.where(x * v[:, np.newaxis] > 0, (y - r[:, np.newaxis] * x) ** 2 / (v[:, np.newaxis] * x), 0)
        for _ in range(STEPS):
            # The sum falls with k and is convex, so that Newton's steps come from below and never overshoot.
            pearson = base / (1 + k[:, np.newaxis] * z)
            slope = (pearson * z / (1 + k[:, np.newaxis] * z)).sum(axis=1)
            step = np.divide(pearson.sum(axis=1) - freedom, slope, out=np.zeros_like(k), where=slope > 0)
            k = np.maximum(k + step, 0)
        weight = 1 / (1 + k[:, np.newaxis] * z)
        below = (weight * x).sum(axis=1)
        r = np.divide((weight * y).sum(axis=1), below, out=np.zeros_like(r), where=below > 0)
    return r, k


def _variance_parts(r: Array, x: Array, shares: NDArray[np.bool_]) -> tuple[Array, Array]:
    v = np.where(shares, r * (1 - r), r)
    return v, np.where(shares[:, np.newaxis], np.maximum(x - 1, 0), r[:, np.newaxis] * x)


def precision(y: Array, x: Array, shares: NDArray[np.bool_]) -> Array:
    """Weight of each point's y/x in least squares, x / (1 + k z), over the mean weight (`overdispersion`).

    Long texts have larger weights than short ones, but less so the more texts differ beyond chance. These are the
    weights of quasi-likelihood (McCullagh and Nelder 1989, Generalized Linear Models, ch. 9).

    By hand: k = 3/4 and r x = 4, 4 and 8 would make 1000/4, 1000/4 and 2000/7; here texts differ by chance alone.

    >>> precision(np.array([[4.0, 4, 8]]), np.array([[1000.0, 1000, 2000]]), np.array([False])).tolist()
    [[0.75, 0.75, 1.5]]
    """
    r, k = overdispersion(y, x, shares)
    weight = x / (1 + k[:, np.newaxis] * _variance_parts(r, x, shares)[1])
    mean = weight.mean(axis=1, keepdims=True)
    return np.divide(weight, mean, out=np.zeros_like(weight), where=mean > 0)


def series_of(texts: Texts) -> Series:
    """The series of these texts: a point for each date, or for each of the shortest periods that give at most 120."""
    first, last, code = _points(texts.first, texts.last)
    points = len(first)
    y, x = (add_up(values, code, points).T for values in (texts.y, texts.x))
    return Series(
        first=first,
        last=last,
        time=years(first, last),
        texts=np.bincount(code, minlength=points).astype(np.int64),
        shares=texts.shares,
        value=np.divide(y, x, out=np.zeros_like(y), where=x > 0),
        weight=np.sqrt(precision(y, x, texts.shares)),
        hits=y.sum(axis=1),
    )


def _points(first: Days, last: Days) -> tuple[Days, Days, Codes]:
    """The days of each point, and the point of each text."""
    dates, code = np.unique(np.column_stack([first, last]).astype(np.int64), axis=0, return_inverse=True)
    days = dates.astype("M8[D]")
    if len(dates) <= MOST_POINTS:
        return days[:, 0], days[:, 1], code.ravel().astype(np.int64)
    for period in (period for period in PERIODS if holds(first, last, period).all()):
        numbers, code = np.unique(period_numbers(first, period), return_inverse=True)
        if len(numbers) <= MOST_POINTS:
            break
    return *period_days(numbers, period), code.astype(np.int64)
