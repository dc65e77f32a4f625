"""Which themes occur together, and how different the theme profiles of documents are."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import linalg
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
from framescope.compare.inference.pairs import MOST_DOCUMENTS, REST
from framescope.compare.inputs import Tables

FEWEST_FOR_MAP = 10
# Rows of a sheet of Excel and LibreOffice, with the header, in which a table of every two documents must have room.
ROWS_OF_A_SHEET = 1_048_576
MOST_IN_PAIRS = (1 + isqrt(8 * (ROWS_OF_A_SHEET - 1) + 1)) // 2
# Within what themes may occur together, and how its hits are counted.
LEVELS = {"sentence": count_sentences, "block": count_blocks}


def cooccurrence(n_a: Array, n_b: Array, both: Array, total: Array) -> tuple[Array, Array]:
    """The expected number of sentences (or blocks) with both of two themes, and log2 of the observed number over it.

    expected = n_a n_b / total, the number if the themes were independent; log_ratio = log2((both + 1/2) / (expected +
    1/2)), 0 if they occur together as often as by chance, 1 if twice as often, -1 if half as often: pointwise mutual
    information (Church and Hanks 1990, Computational Linguistics 16) in bits. Adding half a sentence to both is ours.

    By hand: themes in 5 and in 10 of 40 sentences are expected together in 5 x 10 / 40 = 1.25; they are in 3.

    >>> expected, log_ratio = cooccurrence(*(np.array([number]) for number in (5.0, 10.0, 3.0, 40.0)))
    >>> expected.item(), log_ratio.item()  # log2(3.5 / 1.75)
    (1.25, 1.0)
    """
    expected = n_a * n_b / total
    return expected, np.log2((both + 0.5) / (expected + 0.5))


def jensen_shannon(profiles: Array) -> Array:
    """Jensen-Shannon distance of every two rows of shares: 0 if they are equal, 1 if they have nothing in common.

    The square root of half the sum of p log2(p / m) and q log2(q / m) over the columns, m = (p + q) / 2 (Endres and
    Schindelin 2003, IEEE Transactions on Information Theory 49). The order of pairs is (1, 2), (1, 3), ..., (2, 3), ...

    By hand: of (1, 0) and (1/2, 1/2), m is (3/4, 1/4); half of log2(4/3) + (log2(2/3) + log2(2)) / 2 is 0.311.

    >>> jensen_shannon(np.array([[1.0, 0.0], [0.5, 0.5]])).round(3).tolist()  # the square root of 0.311
    [0.558]
    """
    # By rounding, a divergence of equal profiles may be slightly negative and its square root NaN.
    return np.asarray(np.nan_to_num(distance.pdist(profiles, "jensenshannon") / np.sqrt(np.log(2))))


def classical_scaling(distances: Array) -> Array:
    """Points in a plane, a row for each document, whose distances approximate the square matrix `distances`.

    The eigenvectors of the two largest eigenvalues of B = -1/2 J D^2 J, times the square roots of these. D^2 has the
    squared distances, and J subtracts the means of rows and columns (Torgerson 1952, Psychometrika 17). Units are those
    of the distances. The sign of an axis is arbitrary; here the entry furthest from zero is positive.

    By hand: three points in a line, 1 and 2 apart, have their mean at 4/3 from the first.

    >>> classical_scaling(np.array([[0.0, 1.0, 3.0], [1.0, 0.0, 2.0], [3.0, 2.0, 0.0]]))[:, 0].round(3).tolist()
    [-1.333, -0.333, 1.667]
    """
    squares = distances**2
    centred = -0.5 * (squares - squares.mean(axis=0) - squares.mean(axis=1)[:, np.newaxis] + squares.mean())
    values, vectors = linalg.eigh(centred, subset_by_index=[len(centred) - 2, len(centred) - 1])
    axes = vectors[:, ::-1] * np.sqrt(np.maximum(values[::-1], 0))
    return np.asarray(axes * np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]]))


def dendrogram_order(condensed: Array) -> NDArray[np.int64]:
    """The place of each document, from 1, among the leaves of a dendrogram by average linkage.

    The two nearest groups are merged repeatedly; the distance of groups is the mean over pairs of their members (Sokal
    and Michener 1958, University of Kansas Science Bulletin 38). `condensed` are distances in the order of
    `jensen_shannon`.

    By hand: of three documents the first and the third are nearest, so they are next to each other.

    >>> dendrogram_order(np.array([0.9, 0.1, 0.8])).tolist()
    [2, 1, 3]
    """
    leaves = hierarchy.leaves_list(hierarchy.average(condensed))
    order = np.empty(len(leaves), dtype=np.int64)
    order[leaves] = np.arange(1, len(leaves) + 1)
    return order


def theme_cooccurrence(tables: Tables, level: str, *, themes: Sequence[str] | None = None) -> pd.DataFrame:
    """How often two top-level themes occur in the same sentence, or block (the `level`): a row for each document and
    pair.

    n_a, n_b and both are the numbers of sentences (or blocks) with the first theme, the second and both, of `total`;
    expected and log_ratio, which is above 0 if they occur together more often than by chance, are those of
    `cooccurrence`.
    """
    top = [theme for theme in theme_list(tables.hits, themes) if "." not in theme]
    counts = LEVELS[level](tables.headline(), theme_sets(top))
    units = units_of(counts, "document")
    present = (counts.hits > 0).astype(float)
    a, b = np.triu_indices(len(top), 1)
    unit_count = len(units.keys)
    single_counts = add_up(present, units.codes, unit_count)
    # Most sentences have no two themes, and the pairs of all others take most of the time.
    several = np.flatnonzero(present.sum(axis=1) > 1)
    both = add_up(present[np.ix_(several, a)] * present[np.ix_(several, b)], units.codes[several], unit_count)
    total = add_up(np.ones((len(present), 1)), units.codes, unit_count)
    expected, log_ratio = cooccurrence(single_counts[:, a], single_counts[:, b], both, total)
    names, document = pd.array(top, dtype="str"), np.repeat(np.arange(unit_count), len(a))
    return pd.DataFrame(
        {
            "document": units.keys["document"].array.take(document),
            "level": level,
            "theme_a": names.take(np.tile(a, unit_count)),
            "theme_b": names.take(np.tile(b, unit_count)),
            "n_a": single_counts[:, a].ravel().astype(np.int64),
            "n_b": single_counts[:, b].ravel().astype(np.int64),
            "both": both.ravel().astype(np.int64),
            "total": np.repeat(total[:, 0], len(a)).astype(np.int64),
            "expected": expected.ravel(),
            "log_ratio": log_ratio.ravel(),
        }
    )


def theme_profiles(rates: pd.DataFrame) -> pd.DataFrame:
    """The share of each top-level theme in a document's hits, from `theme_rates`: a row for each document with hits."""
    rows = rates[(rates["unit"] == "document") & (rates["level"] == 1)]
    profiles = rows.pivot(index="document", columns="theme", values="share_of_hits")
    return profiles[rows["theme"].drop_duplicates().tolist()].dropna()


def profile_distances(rates: pd.DataFrame, most: int = MOST_IN_PAIRS) -> pd.DataFrame:
    """Jensen-Shannon distance of the theme profiles of every two documents: document_a, document_b, distance.

    0 if the profiles are equal, 1 if they have no theme in common (`jensen_shannon`). If more than `most` documents
    have hits, each is compared with all others together (`REST`), whose profile is that of the sum of their hits: the
    table of every two of 1,448 documents is the largest that fits a sheet of a spreadsheet.

    >>> rows = [("a", "defence", 1.0), ("a", "economy", 0.0), ("b", "defence", 0.5), ("b", "economy", 0.5)]
    >>> rates = pd.DataFrame(rows, columns=["document", "theme", "share_of_hits"]).assign(unit="document", level=1)
    >>> profile_distances(rates)["distance"].round(3).tolist()
    [0.558]
    """
    profiles = theme_profiles(rates)
    names = profiles.index.to_numpy(dtype=object)
    if len(profiles) > most:
        return pd.DataFrame({"document_a": names, "document_b": REST, "distance": _from_rest(profiles, rates)})
    a, b = np.triu_indices(len(profiles), 1)
    return pd.DataFrame(
        {"document_a": names[a], "document_b": names[b], "distance": jensen_shannon(profiles.to_numpy(float))}
    )


def _from_rest(profiles: pd.DataFrame, rates: pd.DataFrame) -> Array:
    """The distance of each document's profile from that of all others together."""
    rows = rates[(rates["unit"] == "document") & (rates["level"] == 1)]
    hits = rows.pivot(index="document", columns="theme", values="hits").loc[profiles.index, profiles.columns]
    rest = (hits.sum() - hits).to_numpy(float)
    # The base 2 gives distances from 0 to 1; rounding may make the divergence of equal profiles slightly negative.
    return np.asarray(np.nan_to_num(distance.jensenshannon(profiles.to_numpy(float), rest, base=2, axis=1)))


def profile_map(rates: pd.DataFrame) -> pd.DataFrame:
    """Documents as points in a plane and in the order of a dendrogram, with similar ones near: document, x, y, order.

    x and y are the `classical_scaling` of the Jensen-Shannon distances, order is `dendrogram_order`. Empty for fewer
    than ten documents, whose distances are easily read from the table, and for more than `MOST_DOCUMENTS`, because the
    time grows with the cube of their number.
    """
    profiles = theme_profiles(rates)
    if not FEWEST_FOR_MAP <= len(profiles) <= MOST_DOCUMENTS:
        return pd.DataFrame({"document": pd.Series(dtype=str), "x": [], "y": [], "order": pd.Series(dtype=np.int64)})
    condensed = jensen_shannon(profiles.to_numpy(float))
    x, y = classical_scaling(distance.squareform(condensed)).T
    order = dendrogram_order(condensed)
    return pd.DataFrame({"document": profiles.index.to_numpy(), "x": x, "y": y, "order": order})
