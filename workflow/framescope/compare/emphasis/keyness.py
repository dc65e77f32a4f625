"""Keyness: the terms that distinguish a unit from others, by the size of the effect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
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
    terms: Iterable[pd.DataFrame],
    documents: pd.DataFrame,
    *,
    units: Sequence[str] | None = None,
    top: int = 25,
    min_count: int = 3,
    min_range: int = 2,
    confidence: float = CONFIDENCE,
) -> pd.DataFrame:
    """The key terms of each unit, the largest effects first: a row for each unit and term.

    `terms` are parts of a table with document, section, block, term and count, each with all rows of its documents. A
    section is compared with the rest of its document, a document with the other documents, a group with the other
    groups. rate is per 1,000 counted terms; log_odds and z have an informative Dirichlet prior of 500 terms,
    distributed as in both sides together (`log_odds_dirichlet`). log_ratio and its lower bound log_ratio_low, by which
    rows are sorted, are those of `log_ratio`. range is the number of blocks of the unit with the term (Gries 2008),
    range_share its share of the unit's blocks. Terms with fewer than `min_count` occurrences or `min_range` blocks, and
    terms more frequent on the other side, are not key terms.

    By hand: 6 of 10 terms are 600 per 1,000, and log2(6.5/1.5) = 2.115 in comparison with 1 of 10.

    >>> rows = [("a", 1, "tank", 3), ("a", 2, "tank", 3), ("a", 2, "year", 4), ("b", 1, "tank", 1), ("b", 1, "year", 9)]
    >>> terms = pd.DataFrame(rows, columns=["document", "block", "term", "count"]).assign(section="01")
    >>> documents = pd.DataFrame({"document": ["a", "b"], "group": ""})
    >>> first = keywords([terms], documents, units=["document"]).iloc[0]
    >>> first["term"], first["rate"].item(), first["log_ratio"].round(3).item(), first["range_share"].item()
    ('tank', 600.0, 2.115, 1.0)
    """
    groupings = ("group", *grouping_kinds(documents))
    group_of = documents.set_index("document")[[group_column(kind) for kind in groupings]].fillna("").astype(str)
    groups = {kind: pd.Index(sorted({*group_of[group_column(kind)]} - {""})) for kind in groupings}
    in_groups = {kind: _in_none(len(names)) for kind, names in groups.items()}
    vocabulary: dict[str, int] = {}
    in_all, sections, own = np.zeros(0), [], []
    for part in terms:
        places, in_sections = _in_sections(part, vocabulary)
        document, names = pd.factorize(places["document"])
        in_documents = in_sections.of(document, len(names))
        in_part = in_documents.counts.sum(axis=0)
        in_part[: len(in_all)] += in_all
        in_all = in_part
        for kind, known in groups.items():
            group = known.get_indexer(group_of[group_column(kind)].reindex(names))
            in_groups[kind] += in_documents.of(group, len(known))
        # Few terms are frequent enough in a section or document. All others are forgotten with the part.
        frequent = in_sections.frequent(min_count, min_range)
        within = document[frequent["unit"]]
        occurrences = np.asarray(in_documents.counts[within, frequent["word"]]).ravel()
        compared = _compared(frequent, occurrences, in_documents.counts.sum(axis=1)[within])
        sections.append((places, compared.astype(np.int32)))
        own.append((_named(document=names), in_documents.frequent(min_count, min_range).astype(np.int32)))
    found = {"section": sections}
    found["document"] = [
        (names, _compared(frequent, in_all[frequent["word"]], in_all.sum())) for names, frequent in own
    ]
    for kind, counted in in_groups.items():
        frequent, in_any = counted.frequent(min_count, min_range), counted.counts.sum(axis=0)
        found[kind] = [(_named(group=groups[kind]), _compared(frequent, in_any[frequent["word"]], in_any.sum()))]
    kinds = KEYWORD_UNITS + grouping_kinds(documents) if units is None else units
    words = pd.Index(list(vocabulary), dtype="str")
    tables = [_best(parts, words, top, confidence).assign(unit=kind) for kind, parts in found.items() if kind in kinds]
    return pd.concat(tables, ignore_index=True)[KEYWORD_COLUMNS]


KEYWORD_COLUMNS = ["unit", "document", "section", "group", "term", "count", "rate", "log_odds", "log_ratio"]
KEYWORD_COLUMNS += ["log_ratio_low", "z", "range", "range_share"]


@dataclass(frozen=True)
class _Occurrences:
    """Occurrences of terms in units of one kind.

    `counts` has a row for each unit and a column for each term; `ranges` has in the same cells the number of blocks of
    the unit with the term; `blocks` is the number of all blocks of each unit.
    """

    counts: sparse.csr_array
    ranges: sparse.csr_array
    blocks: Array

    def __add__(self, further: _Occurrences) -> _Occurrences:
        """The occurrences of both in the same units, of which `further` may know more terms."""
        for matrix in (self.counts, self.ranges):
            matrix.resize(further.counts.shape)
        return _Occurrences(self.counts + further.counts, self.ranges + further.ranges, self.blocks + further.blocks)

    def of(self, whole: NDArray[np.integer], number: int) -> _Occurrences:
        """The occurrences in so many wholes, of which `whole` is that of each unit, or -1."""
        unit = np.flatnonzero(whole >= 0)
        sums = sparse.csr_array((np.ones(len(unit)), (whole[unit], unit)), shape=(number, len(whole)))
        return _Occurrences(sums @ self.counts, sums @ self.ranges, sums @ self.blocks)

    def frequent(self, min_count: int, min_range: int) -> pd.DataFrame:
        """A row for each unit and term with so many occurrences and blocks, by numbers of the unit and of the word.

        Further columns: count, range (blocks with the term), blocks (all blocks of the unit) and size (occurrences of
        all its terms).
        """
        # Both matrices have the same cells in the same order.
        cells, range_ = self.counts.tocoo(), self.ranges.data
        enough = (cells.data >= min_count) & (range_ >= min_range)
        unit, word = (of_cell[enough] for of_cell in cells.coords)
        counted = {"count": cells.data[enough], "range": range_[enough]}
        sizes = self.counts.sum(axis=1)
        return pd.DataFrame({"unit": unit, "word": word, **counted, "blocks": self.blocks[unit], "size": sizes[unit]})


def _in_none(units: int) -> _Occurrences:
    return _Occurrences(sparse.csr_array((units, 0)), sparse.csr_array((units, 0)), np.zeros(units))


def _in_sections(rows: pd.DataFrame, vocabulary: dict[str, int]) -> tuple[pd.DataFrame, _Occurrences]:
    """The names of the sections in some rows of the table of terms, and the occurrences in them.

    `vocabulary` has the number of each term; those that it does not have yet are added to it.
    """
    section = rows.groupby(["document", "section"], sort=False, observed=True).ngroup().to_numpy()
    first = np.unique(section, return_index=True)[1]
    places = rows[["document", "section"]].iloc[first].astype(str).reset_index(drop=True)
    terms = rows["term"].astype("category").cat
    known = [vocabulary.setdefault(term, len(vocabulary)) for term in terms.categories.to_numpy(object)]
    cells, shape = (section, np.array(known, dtype=np.int64)[terms.codes]), (len(places), len(vocabulary))
    counts = sparse.csr_array((rows["count"].to_numpy(float), cells), shape=shape)
    ranges = sparse.csr_array((np.ones(len(rows)), cells), shape=shape)
    blocks = pd.DataFrame({"section": section, "block": rows["block"].to_numpy(np.int64)}).drop_duplicates()
    number = np.bincount(blocks["section"], minlength=len(places)).astype(float)
    return places.assign(group=""), _Occurrences(counts, ranges, number)


def _named(**names: Iterable[str]) -> pd.DataFrame:
    """The names of units of one kind: document, section and group."""
    return pd.DataFrame({"document": "", "section": "", "group": ""} | names).astype(str)


def _compared(frequent: pd.DataFrame, occurrences: Array, size: Array | float) -> pd.DataFrame:
    """The rows with rest and rest_size, the occurrences of the term and of all terms in the rest of a whole.

    `occurrences` and `size` are those in the whole. Terms without a rest are left out.
    """
    rest, rest_size = occurrences - frequent["count"].to_numpy(), size - frequent["size"].to_numpy()
    return frequent.assign(rest=rest, rest_size=rest_size)[rest_size > 0]


def _best(
    parts: Iterable[tuple[pd.DataFrame, pd.DataFrame]], words: pd.Index, top: int, confidence: float
) -> pd.DataFrame:
    """The `top` key terms of the units of one kind, in the order of their names.

    `parts` has pairs of the names of units and of the rows that `_compared` gives for them.
    """
    tables = []
    for names, frequent in parts:
        best = _key_terms(frequent.assign(term=words[frequent["word"]]), top, confidence)
        tables.append(pd.concat([best, names.iloc[best["unit"]].reset_index(drop=True)], axis=1))
    return pd.concat(tables).sort_values(["document", "section", "group"], kind="stable")


def _key_terms(table: pd.DataFrame, top: int, confidence: float) -> pd.DataFrame:
    """The `top` key terms of each unit, with the columns of `keywords` except its names."""
    count, size, rest, rest_size = (table[name].to_numpy(float) for name in ("count", "size", "rest", "rest_size"))
    prior = PRIOR_WORDS * (count + rest) / (size + rest_size)
    log_odds, error = _log_odds(count, size, rest, rest_size, prior, PRIOR_WORDS)
    ratio, low = log_ratio(count, size, rest, rest_size, confidence)
    table = table.assign(
        count=count.astype(np.int64),
        rate=1000 * count / size,
        log_odds=log_odds,
        log_ratio=ratio,
        log_ratio_low=low,
        z=log_odds / error,
        range=table["range"].astype(np.int64),
        range_share=table["range"] / table["blocks"],
    )[log_odds > 0]
    table = table.sort_values(["unit", "log_ratio_low", "term"], ascending=[True, False, True], kind="stable")
    return table.groupby("unit", sort=False).head(top).reset_index(drop=True)
