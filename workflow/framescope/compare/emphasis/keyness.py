"""Keyness: the terms that distinguish a unit from others, by the size of the effect."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse, stats

from framescope.compare.counts.blocks import Array
from framescope.compare.counts.groupings import group_column, grouping_kinds
from framescope.compare.inputs import CONFIDENCE

KEYWORD_UNITS = ("section", "document", "group")
PRIOR_WORDS = 500.0


def log_odds_dirichlet(target: Array, reference: Array, prior: Array) -> tuple[Array, Array]:
    """Log-odds ratio of each term with an informative Dirichlet prior, and its standard error.

    delta = ln((y + a)/(n + A - y - a)) - ln((y' + a)/(n' + A - y' - a)), with variance 1/(y + a) + 1/(y' + a):
    equations 16 and 20 of Monroe, Colaresi and Quinn (2008), Fightin' Words, Political Analysis 16. `prior` is a, in
    words, and A its sum; n and n' are the sums of the counts. Logarithms are natural; the effect over its error is z.

    By hand: ln(10/2) - ln(6/6), and the square root of 1/10 + 1/6.

    >>> effect, error = log_odds_dirichlet(np.array([9.0, 1.0]), np.array([5.0, 5.0]), np.array([1.0, 1.0]))
    >>> float(effect[0].round(4)), float(error[0].round(4))
    (1.6094, 0.5164)
    """
    total = prior.sum()
    return _log_odds(target, target.sum(), reference, reference.sum(), prior, total)


def _log_odds(
    target: Array, size: Array | float, reference: Array, other: Array | float, prior: Array, total: float
) -> tuple[Array, Array]:
    y, z = target + prior, reference + prior
    effect = np.log(y / (size + total - y)) - np.log(z / (other + total - z))
    return effect, np.sqrt(1 / y + 1 / z)


def log_ratio(
    target: Array,
    size: Array | float,
    reference: Array,
    other: Array | float,
    confidence: float = CONFIDENCE,
) -> tuple[Array, Array]:
    """log2 of the ratio of relative frequencies (Hardie 2014), half an occurrence added to both, and its lower bound.

    log2(((y + 1/2)/n) / ((y' + 1/2)/n')): 1 is twice as frequent in the target, -1 half as frequent. The bound is the
    lower end of a two-sided interval, from the variance 1/(y + 1/2) - 1/n + 1/(y' + 1/2) - 1/n' of the natural
    logarithm (Katz et al. 1978, Biometrics 34). It assumes independent words, so it serves to rank terms, not to test.

    By hand: log2(8.5/2.5) = 1.766; s^2 = 1/8.5 - 1/100 + 1/2.5 - 1/100, and 1.96 s / ln 2 is 1.995.

    >>> effect, low = log_ratio(np.array([8.0]), 100.0, np.array([2.0]), 100.0)
    >>> float(effect[0].round(4)), float(low[0].round(4))
    (1.7655, -0.2292)
    """
    y, z = target + 0.5, reference + 0.5
    effect = np.log2(y / size) - np.log2(z / other)
    error = np.sqrt(np.maximum(1 / y - 1 / np.asarray(size) + 1 / z - 1 / np.asarray(other), 0)) / np.log(2)
    return effect, effect - stats.norm.ppf((1 + confidence) / 2) * error


def keywords(
    terms: pd.DataFrame,
    sections: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    units: Sequence[str] | None = None,
    top: int = 25,
    min_count: int = 3,
    min_range: int = 2,
    confidence: float = CONFIDENCE,
) -> pd.DataFrame:
    """The key terms of each unit, the largest effects first: a row for each unit and term.

    `terms` has document, section, block, term and count. A section is compared with the rest of its document, a
    document with the other documents, a group with the other groups. rate is per 1,000 counted terms; log_odds and z
    have an informative Dirichlet prior of 500 terms, distributed as in both sides together (`log_odds_dirichlet`).
    log_ratio and its lower bound log_ratio_low, by which rows are sorted, are those of `log_ratio`. range is the number
    of blocks of the unit with the term (Gries 2008), range_share its share of the unit's blocks. Terms with fewer than
    `min_count` occurrences or `min_range` blocks, and terms more frequent on the other side, are not key terms.

    By hand: 6 of 10 terms are 600 per 1,000, and log2(6.5/1.5) = 2.115 in comparison with 1 of 10.

    >>> rows = [("a", 1, "tank", 3), ("a", 2, "tank", 3), ("a", 2, "year", 4), ("b", 1, "tank", 1), ("b", 1, "year", 9)]
    >>> terms = pd.DataFrame(rows, columns=["document", "block", "term", "count"]).assign(section="01")
    >>> documents = pd.DataFrame({"document": ["a", "b"], "group": ""})
    >>> first = keywords(terms, terms[["document", "section"]], documents, units=["document"]).iloc[0]
    >>> first["term"], first["rate"].item(), first["log_ratio"].round(3).item(), first["range_share"].item()
    ('tank', 600.0, 2.115, 1.0)
    """
    number = terms.groupby(["document", "section"], sort=False).ngroup().to_numpy()
    first = np.unique(number, return_index=True)[1]
    places = terms[["document", "section"]].iloc[first].astype(str).reset_index(drop=True)
    grouped = ["group", *(group_column(kind) for kind in grouping_kinds(documents))]
    groups = documents.set_index("document")[grouped].fillna("").astype(str)
    of_places = {column: places["document"].map(groups[column]).fillna("") for column in grouped}
    places = places.assign(whole="", **of_places)
    word, vocabulary = pd.factorize(terms["term"])
    numbers = ("block", "count")
    rows = pd.DataFrame({"place": number, "word": word, **{name: terms[name].to_numpy(np.int64) for name in numbers}})
    kinds = KEYWORD_UNITS + grouping_kinds(documents) if units is None else units
    tables = [
        _key_terms(
            _occurrences(rows, places, vocabulary, columns, within, min_count, min_range), top, confidence
        ).assign(unit=kind)
        for kind, columns, within in (
            ("section", ["document", "section"], "document"),
            ("document", ["document"], "whole"),
            *((kind, [group_column(kind)], "whole") for kind in ("group", *grouping_kinds(documents))),
        )
        if kind in kinds and (places[columns[-1]] != "").any()
    ]
    return pd.concat(tables, ignore_index=True)[KEYWORD_COLUMNS] if tables else pd.DataFrame(columns=KEYWORD_COLUMNS)


KEYWORD_COLUMNS = ["unit", "document", "section", "group", "term", "count", "rate", "log_odds", "log_ratio"]
KEYWORD_COLUMNS += ["log_ratio_low", "z", "range", "range_share"]


def _occurrences(
    rows: pd.DataFrame,
    places: pd.DataFrame,
    vocabulary: pd.Index,
    columns: list[str],
    within: str,
    min_count: int,
    min_range: int,
) -> pd.DataFrame:
    """A row for each unit and term, with its occurrences in the unit and in the rest of the whole that `within` names.

    `rows` has for each term of a block the numbers of its section in `places` and of its word in `vocabulary`. Columns:
    document, section and group (those of `columns` filled in), unit (a number), term, count, range (blocks with the
    term), blocks (all blocks of the unit), size (occurrences of all terms), rest and rest_size. Terms with fewer than
    `min_count` occurrences or `min_range` blocks, or without a rest, are left out.
    """
    used = places[places[columns[0]] != ""]
    units = used.groupby(columns, sort=True)
    keys = units.size().reset_index()[columns]
    unit_of, whole_of, document_of = (np.full(len(places), -1) for _ in range(3))
    unit_of[used.index] = units.ngroup()
    whole_of[used.index] = used.groupby(within).ngroup()
    document_of[used.index] = used.groupby("document").ngroup()
    rows = rows[unit_of[rows["place"]] >= 0]
    unit, whole, word = unit_of[rows["place"]], whole_of[rows["place"]], rows["word"].to_numpy()
    shape = (len(keys), len(vocabulary))
    occurrences = rows["count"].to_numpy(float)
    counts = sparse.csr_array((occurrences, (unit, word)), shape=shape)
    ranges = sparse.csr_array((np.ones(len(rows)), (unit, word)), shape=shape)
    totals = sparse.csr_array((occurrences, (whole, word)), shape=(whole_of.max(initial=-1) + 1, len(vocabulary)))
    block = pd.DataFrame({"unit": unit, "document": document_of[rows["place"]], "block": rows["block"].to_numpy()})
    blocks = np.bincount(block.drop_duplicates()["unit"], minlength=len(keys))
    whole_of_unit = np.zeros(len(keys), dtype=np.int64)
    whole_of_unit[unit] = whole
    sizes = counts.sum(axis=1)
    rest_sizes = totals.sum(axis=1)[whole_of_unit] - sizes
    # Both matrices have the same cells in the same order.
    cells, range_ = counts.tocoo(), ranges.data
    enough = (cells.data >= min_count) & (range_ >= min_range) & (rest_sizes[cells.coords[0]] > 0)
    u, w = (of_cell[enough] for of_cell in cells.coords)
    count = cells.data[enough]
    table = pd.DataFrame(dict.fromkeys(("document", "section", "group"), ""), index=range(len(u)))
    for column in columns:
        table[column if column in table else "group"] = keys[column].to_numpy()[u]
    return table.assign(
        unit=u,
        term=vocabulary[w],
        count=count,
        range=range_[enough],
        blocks=blocks[u],
        size=sizes[u],
        rest=np.asarray(totals[whole_of_unit[u], w]).ravel() - count,
        rest_size=rest_sizes[u],
    )


def _key_terms(table: pd.DataFrame, top: int, confidence: float) -> pd.DataFrame:
    """The `top` key terms of each unit of `_occurrences`, with the columns of `keywords` except unit."""
    count, size, rest, rest_size = (table[name].to_numpy() for name in ("count", "size", "rest", "rest_size"))
    prior = PRIOR_WORDS * (count + rest) / (size + rest_size)
    log_odds, error = _log_odds(count, size, rest, rest_size, prior, PRIOR_WORDS)
    ratio, low = log_ratio(count, size, rest, rest_size, confidence)
    table = table.assign(
        place=table["unit"],
        count=count.astype(np.int64),
        rate=1000 * count / size,
        log_odds=log_odds,
        log_ratio=ratio,
        log_ratio_low=low,
        z=log_odds / error,
        range=table["range"].astype(np.int64),
        range_share=table["range"] / table["blocks"],
    )[log_odds > 0]
    table = table.sort_values(["place", "log_ratio_low", "term"], ascending=[True, False, True], kind="stable")
    return table.groupby("place", sort=False).head(top).reset_index(drop=True)
