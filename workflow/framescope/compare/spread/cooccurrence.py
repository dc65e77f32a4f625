"""Which themes stand together, and how far apart the theme profiles of documents are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.cluster import hierarchy
from scipy.spatial import distance

from framescope.compare.counts.blocks import (
    Array,
    add_up,
    count_blocks,
    count_sentences,
    theme_list,
    theme_sets,
    units_of,
)
from framescope.compare.inputs import Tables

FEWEST_FOR_MAP = 10


def cooccurrence(n_a: Array, n_b: Array, both: Array, total: Array) -> tuple[Array, Array]:
    """How often two themes would share a sentence (or block) by chance, and log2 of how often they do over that.

    expected = n_a n_b / total, sentences with both were the themes independent; log_ratio = log2((both + 1/2) /
    (expected + 1/2)), 1 for twice as often, -1 for half, 0 as by chance: pointwise mutual information (Church and Hanks
    1990, Computational Linguistics 16) in bits, shrunk by half a sentence on either side, which is ours.

    By hand: themes in 5 and in 10 of 40 sentences would meet in 5 x 10 / 40 = 1.25 of them; they do in 3.

    >>> expected, log_ratio = cooccurrence(*(np.array([number]) for number in (5.0, 10.0, 3.0, 40.0)))
    >>> expected.item(), log_ratio.item()  # log2(3.5 / 1.75)
    (1.25, 1.0)
    """
    expected = n_a * n_b / total
    return expected, np.log2((both + 0.5) / (expected + 0.5))


def jensen_shannon(profiles: Array) -> Array:
    """Jensen-Shannon distance of each two rows of shares, 0 for equal ones to 1 for ones with nothing in common.

    The root of half the sum of p log2(p / m) and q log2(q / m) over the columns, m = (p + q) / 2 (Endres and Schindelin
    2003, IEEE Transactions on Information Theory 49). Pairs are in the order (1, 2), (1, 3), ..., (2, 3), ...

    By hand: of (1, 0) and (1/2, 1/2), m is (3/4, 1/4); half of log2(4/3) + (log2(2/3) + log2(2)) / 2 is 0.311.

    >>> jensen_shannon(np.array([[1.0, 0.0], [0.5, 0.5]])).round(3).tolist()  # the root of 0.311
    [0.558]
    """
    # Rounding can make a divergence of equal profiles a hair negative, and its root not a number.
    return np.asarray(np.nan_to_num(distance.pdist(profiles, "jensenshannon") / np.sqrt(np.log(2))))


def classical_scaling(distances: Array) -> Array:
    """Points on a plane, a row a document, that lie as nearly as can be as far apart as `distances` (square) says.

    The two largest eigenvectors of B = -1/2 J D^2 J times the roots of their eigenvalues; D^2 has the squared distances
    and J takes means off rows and columns (Torgerson 1952, Psychometrika 17). Units are those of the distances. The
    sign of an axis is arbitrary: the entry furthest from zero is made positive.

    By hand: three points in a row, 1 and 2 apart, have their mean at 4/3 from the first.

    >>> classical_scaling(np.array([[0.0, 1.0, 3.0], [1.0, 0.0, 2.0], [3.0, 2.0, 0.0]]))[:, 0].round(3).tolist()
    [-1.333, -0.333, 1.667]
    """
    squares = distances**2
    centred = -0.5 * (squares - squares.mean(axis=0) - squares.mean(axis=1)[:, np.newaxis] + squares.mean())
    values, vectors = np.linalg.eigh(centred)
    axes = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0))
    return np.asarray(axes * np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]]))


def dendrogram_order(condensed: Array) -> NDArray[np.int64]:
    """The place of each document, from 1, among the leaves of a dendrogram of average linkage.

    The two nearest groups are joined again and again, their distance the mean over pairs of members (Sokal and Michener
    1958, University of Kansas Science Bulletin 38). `condensed` are distances in the order of `jensen_shannon`.

    By hand: of three documents the first and the third are nearest and stand side by side.

    >>> dendrogram_order(np.array([0.9, 0.1, 0.8])).tolist()
    [2, 1, 3]
    """
    leaves = hierarchy.leaves_list(hierarchy.average(condensed))
    order = np.empty(len(leaves), dtype=np.int64)
    order[leaves] = np.arange(1, len(leaves) + 1)
    return order


def theme_cooccurrence(tables: Tables, *, themes: Sequence[str] | None = None) -> pd.DataFrame:
    """How often two top-level themes share a sentence or a block: a row a document, level and pair of themes.

    n_a, n_b and both count sentences (or blocks) with either theme and with both, of `total`; expected and log_ratio,
    above 0 where they meet more often than by chance, are those of `cooccurrence`.
    """
    top = [theme for theme in theme_list(tables.hits, themes) if "." not in theme]
    parts = []
    for level, count in (("sentence", count_sentences), ("block", count_blocks)):
        counts = count(tables.headline(), theme_sets(top))
        units = units_of(counts, "document")
        present = (counts.hits > 0).astype(float)
        a, b = np.triu_indices(len(top), 1)
        unit_count = len(units.keys)
        single_counts = add_up(present, units.codes, unit_count)
        both = add_up(present[:, a] * present[:, b], units.codes, unit_count)
        total = add_up(np.ones((len(present), 1)), units.codes, unit_count)
        expected, log_ratio = cooccurrence(single_counts[:, a], single_counts[:, b], both, total)
        names = np.array(top, dtype=object)
        parts.append(
            pd.DataFrame(
                {
                    "document": np.repeat(units.keys["document"].to_numpy(), len(a)),
                    "level": level,
                    "theme_a": np.tile(names[a], unit_count),
                    "theme_b": np.tile(names[b], unit_count),
                    "n_a": single_counts[:, a].ravel().astype(np.int64),
                    "n_b": single_counts[:, b].ravel().astype(np.int64),
                    "both": both.ravel().astype(np.int64),
                    "total": np.repeat(total[:, 0], len(a)).astype(np.int64),
                    "expected": expected.ravel(),
                    "log_ratio": log_ratio.ravel(),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def theme_profiles(rates: pd.DataFrame) -> pd.DataFrame:
    """Each document's shares of hits over the top-level themes, a row a document with any hit, from `theme_rates`."""
    rows = rates[(rates["unit"] == "document") & (rates["level"] == 1)]
    profiles = rows.pivot(index="document", columns="theme", values="share_of_hits")
    return profiles[rows["theme"].drop_duplicates().tolist()].dropna()


def profile_distances(rates: pd.DataFrame) -> pd.DataFrame:
    """Jensen-Shannon distance of each two documents' theme profiles: document_a, document_b, distance.

    0 for equal profiles, 1 for profiles without a theme in common (`jensen_shannon`).

    >>> rows = [("a", "defence", 1.0), ("a", "economy", 0.0), ("b", "defence", 0.5), ("b", "economy", 0.5)]
    >>> rates = pd.DataFrame(rows, columns=["document", "theme", "share_of_hits"]).assign(unit="document", level=1)
    >>> profile_distances(rates)["distance"].round(3).tolist()
    [0.558]
    """
    profiles = theme_profiles(rates)
    a, b = np.triu_indices(len(profiles), 1)
    names = profiles.index.to_numpy(dtype=object)
    return pd.DataFrame(
        {"document_a": names[a], "document_b": names[b], "distance": jensen_shannon(profiles.to_numpy(float))}
    )


def profile_map(rates: pd.DataFrame) -> pd.DataFrame:
    """Documents on a plane and in the order of a dendrogram, nearer the more alike: document, x, y, order.

    x and y are `classical_scaling` of the Jensen-Shannon distances, order is `dendrogram_order`. Empty under ten
    documents, where a map would show what the table already says.
    """
    profiles = theme_profiles(rates)
    if len(profiles) < FEWEST_FOR_MAP:
        return pd.DataFrame({"document": pd.Series(dtype=str), "x": [], "y": [], "order": pd.Series(dtype=np.int64)})
    condensed = jensen_shannon(profiles.to_numpy(float))
    x, y = classical_scaling(distance.squareform(condensed)).T
    order = dendrogram_order(condensed)
    return pd.DataFrame({"document": profiles.index.to_numpy(), "x": x, "y": y, "order": order})
