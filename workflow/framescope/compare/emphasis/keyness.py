"""Keyness: which words and key terms set a unit apart, by size of effect, and the descriptive measures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse, stats

from framescope.compare.counts.blocks import Array
from framescope.compare.inputs import CONFIDENCE

KEYWORD_UNITS = ("section", "document", "group")
PRIOR_WORDS = 500.0


def log_odds_dirichlet(target: Array, reference: Array, prior: Array) -> tuple[Array, Array]:
    """Log-odds ratio of each term with an informative Dirichlet prior, and its standard error.

    delta = ln((y + a)/(n + A - y - a)) - ln((y' + a)/(n' + A - y' - a)), variance 1/(y + a) + 1/(y' + a): equations 16
    and 20 of Monroe, Colaresi and Quinn (2008), Fightin' Words, Political Analysis 16. `prior` is a, in words; A is
    its sum, n and n' are the sums of the counts. Natural logarithms; the effect over its error is z.

    By hand: ln(10/2) - ln(6/6), and the root of 1/10 + 1/6.

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
    """log2 of the ratio of relative frequencies (Hardie 2014), half an occurrence added to both, and a lower bound.

    log2(((y + 1/2)/n) / ((y' + 1/2)/n')): 1 is twice as frequent in the target, -1 half. The bound is two-sided at the
    confidence, on the variance 1/(y + 1/2) - 1/n + 1/(y' + 1/2) - 1/n' of the natural logarithm (Katz et al. 1978,
    Biometrics 34): it takes words for independent, so it ranks terms and tests nothing.

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
    units: Sequence[str] = KEYWORD_UNITS,
    top: int = 25,
    min_count: int = 3,
    min_range: int = 2,
    confidence: float = CONFIDENCE,
) -> pd.DataFrame:
    """The key terms of each unit, the largest effects first: a row a unit and term.

    `terms` has document, section, block, term and count. A section is set against the rest of its document, a document
    against the other documents, a group against the other groups. rate is per 1,000 counted terms; log_odds and z carry
    an informative Dirichlet prior of 500 terms spread as in both sides together (`log_odds_dirichlet`); log_ratio
    comes with its lower bound, log_ratio_low, by which rows are sorted; range is in how many blocks of the unit the
    term stands (Gries 2008), range_share over all of them. Terms under `min_count` or `min_range`, or more frequent on
    the other side, are no key terms.

    By hand: 6 of 10 terms are 600 per 1,000, and log2(6.5/1.5) = 2.115 against 1 of 10.

    >>> rows = [("a", 1, "tank", 3), ("a", 2, "tank", 3), ("a", 2, "year", 4), ("b", 1, "tank", 1), ("b", 1, "year", 9)]
    >>> terms = pd.DataFrame(rows, columns=["document", "block", "term", "count"]).assign(section="01")
    >>> documents = pd.DataFrame({"document": ["a", "b"], "group": ""})
    >>> found = keywords(terms, terms[["document", "section"]], documents, units=["document"]).iloc[0]
    >>> found["term"], found["rate"].item(), found["log_ratio"].round(3).item(), found["range_share"].item()
    ('tank', 600.0, 2.115, 1.0)
    """
    groups = documents.set_index("document")["group"].fillna("").astype(str)
    facts = terms.assign(
        document=terms["document"].astype(str),
        section=terms["section"].astype(str),
        group=terms["document"].map(groups).fillna(""),
        whole="",
    )
    tables = [
        _unit_keywords(facts, kind, columns, within, top, min_count, min_range, confidence)
        for kind, columns, within in (
            ("section", ["document", "section"], "document"),
            ("document", ["document"], "whole"),
            ("group", ["group"], "whole"),
        )
        if kind in units and (facts[columns[-1]] != "").any()
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=KEYWORD_COLUMNS)


KEYWORD_COLUMNS = ["unit", "document", "section", "group", "term", "count", "rate", "log_odds", "log_ratio"]
KEYWORD_COLUMNS += ["log_ratio_low", "z", "range", "range_share"]


def _unit_keywords(
    terms: pd.DataFrame,
    kind: str,
    columns: list[str],
    within: str,
    top: int,
    min_count: int,
    min_range: int,
    confidence: float,
) -> pd.DataFrame:
    used = terms[terms[columns[-1]] != ""] if kind == "group" else terms
    vocabulary, word = np.unique(used["term"].to_numpy(dtype=object), return_inverse=True)
    grouping = used.groupby(columns, sort=True)
    unit = grouping.ngroup().to_numpy()
    keys = used.groupby(columns, sort=True, as_index=False).size()[columns]
    wholes = used.groupby(within, sort=True).ngroup().to_numpy()
    whole_of = np.zeros(len(keys), dtype=np.int64)
    whole_of[unit] = wholes
    shape = (len(keys), len(vocabulary))
    counts = sparse.csr_array((used["count"].to_numpy(float), (unit, word)), shape=shape)
    totals = sparse.csr_array(
        (used["count"].to_numpy(float), (wholes, word)), shape=(int(wholes.max(initial=-1)) + 1, len(vocabulary))
    )
    blocks = used.groupby([*columns, "document", "block"], sort=False).ngroup().to_numpy()
    ranges = sparse.csr_array((np.ones(len(used)), (unit, word)), shape=shape)
    seen = pd.DataFrame({"unit": unit, "block": blocks}).drop_duplicates()["unit"]
    blocks_in = np.bincount(seen, minlength=len(keys))

    cells = counts.tocoo()
    u, w = cells.coords
    y = cells.data
    both = np.asarray(totals[whole_of[u], w]).ravel()
    size = np.asarray(counts.sum(axis=1)).ravel()[u]
    whole_size = np.asarray(totals.sum(axis=1)).ravel()[whole_of[u]]
    rest, rest_size = both - y, whole_size - size
    spread = np.asarray(ranges[u, w]).ravel()
    keep = (y >= min_count) & (spread >= min_range) & (rest_size > 0)
    u, w, y, size, rest, rest_size, spread, both, whole_size = (
        values[keep] for values in (u, w, y, size, rest, rest_size, spread, both, whole_size)
    )
    effect, error = _log_odds(y, size, rest, rest_size, PRIOR_WORDS * both / whole_size, PRIOR_WORDS)
    ratio, low = log_ratio(y, size, rest, rest_size, confidence)
    table = pd.DataFrame({"unit": kind, **dict.fromkeys(("document", "section", "group"), "")}, index=range(len(u)))
    for column in columns:
        table[column] = keys[column].to_numpy()[u]
    table["term"] = vocabulary[w]
    table["count"], table["rate"] = y.astype(np.int64), 1000 * y / size
    table["log_odds"], table["log_ratio"], table["log_ratio_low"] = effect, ratio, low
    table["z"], table["range"], table["range_share"] = effect / error, spread.astype(np.int64), spread / blocks_in[u]
    table = table[effect > 0].assign(place=u[effect > 0])
    table = table.sort_values(["place", "log_ratio_low", "term"], ascending=[True, False, True], kind="stable")
    return table.groupby("place", sort=False).head(top).drop(columns="place").reset_index(drop=True)
