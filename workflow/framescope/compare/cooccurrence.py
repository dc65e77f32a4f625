"""Which themes stand together, and how far apart the theme profiles of documents are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.cluster import hierarchy
from scipy.spatial import distance

from framescope.compare.blocks import (
    Array,
    add_up,
    count_blocks,
    count_sentences,
    headline,
    theme_list,
    theme_sets,
    units_of,
)

FEWEST_FOR_MAP = 10


def theme_cooccurrence(
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    sections: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    themes: Sequence[str] | None = None,
) -> pd.DataFrame:
    """How often two top-level themes share a sentence or a block: a row a document, level and pair of themes.

    n_a, n_b and both count sentences (or blocks) with either theme and with both, of `total`; expected is
    n_a n_b / total; log_ratio is log2((both + 1/2) / (expected + 1/2)), above 0 where they meet more than by chance.
    """
    top = [theme for theme in theme_list(hits, themes) if "." not in theme]
    found = headline(hits)
    tables = []
    for level, count in (("sentence", count_sentences), ("block", count_blocks)):
        counts = count(sentences, found, sections, documents, theme_sets(top))
        units = units_of(counts, "document")
        present = (counts.hits > 0).astype(float)
        a, b = np.triu_indices(len(top), 1)
        many = len(units.keys)
        single_counts = add_up(present, units.codes, many)
        both = add_up(present[:, a] * present[:, b], units.codes, many)
        total = add_up(np.ones((len(present), 1)), units.codes, many)
        expected = single_counts[:, a] * single_counts[:, b] / total
        names = np.array(top, dtype=object)
        tables.append(
            pd.DataFrame(
                {
                    "document": np.repeat(units.keys["document"].to_numpy(), len(a)),
                    "level": level,
                    "theme_a": np.tile(names[a], many),
                    "theme_b": np.tile(names[b], many),
                    "n_a": single_counts[:, a].ravel().astype(np.int64),
                    "n_b": single_counts[:, b].ravel().astype(np.int64),
                    "both": both.ravel().astype(np.int64),
                    "total": np.repeat(total[:, 0], len(a)).astype(np.int64),
                    "expected": expected.ravel(),
                    "log_ratio": np.log2((both + 0.5) / (expected + 0.5)).ravel(),
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def theme_profiles(rates: pd.DataFrame) -> pd.DataFrame:
    """Each document's shares of hits over the top-level themes, a row a document with any hit, from `theme_rates`."""
    rows = rates[(rates["unit"] == "document") & (rates["level"] == 1)]
    profiles = rows.pivot(index="document", columns="theme", values="share_of_hits")
    return profiles[rows["theme"].drop_duplicates().tolist()].dropna()


def profile_distances(rates: pd.DataFrame) -> pd.DataFrame:
    """Jensen-Shannon distance of each two documents' theme profiles: document_a, document_b, distance.

    The square root of the divergence with base-2 logarithms (Endres and Schindelin 2003): 0 for equal profiles, 1 for
    profiles without a theme in common.

    >>> rows = [("a", "defence", 1.0), ("a", "economy", 0.0), ("b", "defence", 0.5), ("b", "economy", 0.5)]
    >>> rates = pd.DataFrame(rows, columns=["document", "theme", "share_of_hits"]).assign(unit="document", level=1)
    >>> profile_distances(rates)["distance"].round(3).tolist()
    [0.558]
    """
    profiles = theme_profiles(rates)
    a, b = np.triu_indices(len(profiles), 1)
    names = profiles.index.to_numpy(dtype=object)
    return pd.DataFrame({"document_a": names[a], "document_b": names[b], "distance": _distances(profiles)})


def profile_map(rates: pd.DataFrame) -> pd.DataFrame:
    """Documents on a plane and in the order of a dendrogram, nearer the more alike: document, x, y, order.

    x and y are classical multidimensional scaling (Torgerson 1952) of the Jensen-Shannon distances, order that of the
    leaves under average linkage. Empty under ten documents, where a map would show what the table already says.
    """
    profiles = theme_profiles(rates)
    count = len(profiles)
    if count < FEWEST_FOR_MAP:
        return pd.DataFrame({"document": pd.Series(dtype=str), "x": [], "y": [], "order": pd.Series(dtype=np.int64)})
    condensed = _distances(profiles)
    squares = distance.squareform(condensed) ** 2
    centred = -0.5 * (squares - squares.mean(axis=0) - squares.mean(axis=1)[:, np.newaxis] + squares.mean())
    values, vectors = np.linalg.eigh(centred)
    axes = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0))
    # The sign of an axis is arbitrary: the entry furthest from zero is made positive.
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]])
    order = np.empty(count, dtype=np.int64)
    order[hierarchy.leaves_list(hierarchy.average(condensed))] = np.arange(1, count + 1)
    return pd.DataFrame({"document": profiles.index.to_numpy(), "x": axes[:, 0], "y": axes[:, 1], "order": order})


def _distances(profiles: pd.DataFrame) -> Array:
    # Rounding can make a divergence of equal profiles a hair negative, and its root not a number.
    return np.asarray(np.nan_to_num(distance.pdist(profiles.to_numpy(float), "jensenshannon") / np.sqrt(np.log(2))))
