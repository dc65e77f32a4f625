"""Contrasts: which side of two sets of themes a unit leans to, and whether two units lean differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import (
    UNITS,
    Array,
    BlockCounts,
    Units,
    add_up,
    by_document,
    count_blocks,
    units_of,
)
from framescope.compare.counts.weights import weighted_counts
from framescope.compare.inference.documents import compare_documents, compare_sections
from framescope.compare.inference.estimators import HALF, LogOdds, contrast_sets
from framescope.compare.inference.families import adjust, attainable, family_sizes, verdicts
from framescope.compare.inference.intervals import Moments, pooled_dispersion, share_interval, share_p
from framescope.compare.inference.pairs import (
    SEVERAL_DOCUMENTS,
    Compared,
    Layout,
    pair_names,
)
from framescope.compare.inputs import AS_CONFIGURED, DEFAULT_CONTRASTS, Tables, Testing

FEWEST_HITS = 5


def share_a(hits_a: Array, hits_b: Array) -> Array:
    """Side a's part of the hits of both sides, a / (a + b), 0 to 1; not a number where neither has any.

    Twice it less 1 is the relative proportional difference of Lowe, Benoit, Mikhaylov and Laver (2011), Legislative
    Studies Quarterly 36, whose log scale is `log_odds`.

    >>> share_a(np.array([3.0, 0.0]), np.array([1.0, 0.0])).tolist()
    [0.75, nan]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(hits_a / (hits_a + hits_b))


def log_odds(share: Array) -> Array:
    """ln(share / (1 - share)), by which the ends of a share's interval become those of its log-odds.

    Natural logarithms (Haldane 1956, Annals of Human Genetics 20); not a number for 0 and 1: there is no end there.

    >>> log_odds(np.array([0.0, 0.5, 0.8])).round(3).tolist()
    [nan, 0.0, 1.386]
    """
    inside = np.where((share > 0) & (share < 1), share, np.nan)
    return np.asarray(np.log(inside / (1 - inside)))


def leans(share: Array, corrected: Array, level: float, told: NDArray[np.bool_]) -> NDArray[np.str_]:
    """Which side each unit has more hits of: "a" or "b" where the corrected p is below the level, else "neither".

    "too little text" where not `told`. The words are ours.

    >>> share, p = np.array([0.9, 0.1, 0.6, 0.9]), np.array([0.01, 0.01, 0.3, 0.01])
    >>> leans(share, p, 0.05, np.array([True, True, True, False])).tolist()
    ['a', 'b', 'neither', 'too little text']
    """
    below = corrected < level
    return np.select([~told, below & (share > 0.5), below & (share < 0.5)], ["too little text", "a", "b"], "neither")


def contrasts(
    tables: Tables,
    *,
    contrasts: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    units: Sequence[str] = UNITS,
    testing: Testing = AS_CONFIGURED,
) -> pd.DataFrame:
    """A row for each unit and contrast: hits and sentences of either side, share_a = a / (a + b), log-odds and lean.

    share_low and share_high are its interval from two blocks on (`share_interval`), over blocks, or over documents for
    a role or group of at least four. log_odds is ln((a + 1/2) / (b + 1/2)) of the hits (`LogOdds`), low and high those
    of the interval's ends, empty where an end is 0 or 1. share_rest is share_a in all other documents, to read the
    share against: which side has more hits depends on how many terms each has. p asks whether both sides have as many
    (`share_p`), p_corrected is Holm's over all units of the kind; lean is what it supports, "too little text" under
    `min_blocks` blocks or five hits (`leans`). Where `sentences` are a sample and have a column `weight`, shares,
    log_odds and intervals are weighted (`weighted_counts`); hits, sentences and blocks are those of the sample.

    Raises:
        ValueError: a contrast that is not well formed (see `contrast_sets`), or tables that do not fit each other.
    """
    return contrast_rows(tables.headline(), contrasts, units, testing)


def said_once(contrasts: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The rows of `contrasts` for telling: without the only section of a document and the only document of a group.

    Such a unit has the numbers of its document, whose row tells them. The rows keep their places in the table.

    >>> rows = {"unit": ["section", "document", "group"], "document": ["a", "a", ""], "group": ["", "", "x"]}
    >>> told = said_once(pd.DataFrame(rows).assign(contrast="c"), pd.DataFrame({"document": ["a"], "group": ["x"]}))
    >>> told["unit"].tolist()
    ['document']
    """
    sections = contrasts[contrasts["unit"] == "section"]
    alone = sections.groupby(["document", "contrast"])["unit"].transform("size") == 1
    sizes = documents["group"].value_counts() if "group" in documents else pd.Series(dtype=int)
    single = (contrasts["unit"] == "group") & contrasts["group"].isin(sizes.index[sizes == 1])
    return contrasts.drop(index=[*alone.index[alone], *contrasts.index[single]])


def contrast_rows(
    tables: Tables,
    contrasts: Sequence[Mapping[str, Any]],
    units: Sequence[str],
    testing: Testing,
) -> pd.DataFrame:
    """`contrasts` of exactly the hits given, whatever their voice."""
    counts, both = count_contrasts(tables, contrasts)
    pooled = pooled_dispersion(_moments(counts, units_of(counts, "section"), tables, contrasts), binomial=True)
    parts = [_unit_rows(counts, both, units_of(counts, kind), pooled, tables, contrasts, testing) for kind in units]
    return pd.concat(parts, ignore_index=True)


def _moments(
    counts: BlockCounts,
    units: Units,
    tables: Tables,
    contrasts: Sequence[Mapping[str, Any]],
    by_documents: bool = False,
) -> Moments:
    """Moments of side a's share of the hits of both, over blocks, or over the documents of each unit."""
    weighted = weighted_counts(counts, units, tables, contrast_sets(contrasts))
    if by_documents:
        weighted, units = by_document(weighted, units)
    estimator = LogOdds()
    rows = np.hstack([estimator.features(weighted), np.ones((len(weighted.words), 1))])
    sums = add_up(rows, units.codes, len(units.keys))
    return estimator.moments(sums[:, :-1], sums[:, -1:])


def _unit_rows(
    counts: BlockCounts,
    both: Array,
    units: Units,
    pooled: Array,
    tables: Tables,
    contrasts: Sequence[Mapping[str, Any]],
    testing: Testing,
) -> pd.DataFrame:
    """`contrast_rows` of the units of one kind."""
    many, codes = len(units.keys), units.codes
    names = [str(contrast["name"]) for contrast in contrasts]
    sums = _moments(counts, units, tables, contrasts)
    blocks = add_up(np.ones((len(codes), 1)), codes, many)
    low, high = share_interval(sums, pooled, testing.confidence)
    p = share_p(sums, pooled)
    over_documents = np.zeros((many, 1), dtype=bool)
    if units.kind in ("role", "group"):
        over_documents = _documents_in(counts, units) >= SEVERAL_DOCUMENTS
        wide = _moments(counts, units, tables, contrasts, by_documents=True)
        wide_low, wide_high = share_interval(wide, None, testing.confidence)
        low, high = np.where(over_documents, wide_low, low), np.where(over_documents, wide_high, high)
        p = np.where(over_documents, share_p(wide, None), p)
    found = add_up(counts.sentences_with_hit, codes, many)
    hits = add_up(counts.hits, codes, many)
    hits_a, hits_b = hits[:, ::2], hits[:, 1::2]
    told = (blocks >= testing.min_blocks) & (hits_a + hits_b >= FEWEST_HITS)
    keys = units.keys.loc[np.repeat(np.arange(many), len(names))].reset_index(drop=True)
    table = pd.DataFrame({"unit": units.kind, **{column: keys[column] for column in keys}})
    table["contrast"] = np.tile(names, many)
    whole: list[tuple[str, Array]] = [("hits_a", hits_a), ("hits_b", hits_b)]
    whole += [("sentences_a", found[:, ::2]), ("sentences_b", found[:, 1::2])]
    whole += [("sentences_both", add_up(both, codes, many)), ("blocks", np.broadcast_to(blocks, hits_a.shape))]
    for name, values in whole:
        table[name] = values.ravel().astype(np.int64)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = np.log((sums.y + HALF) / (sums.x - sums.y + HALF))
    share = share_a(sums.y, sums.x - sums.y)
    numbers = {"share_a": share, "share_low": low, "share_high": high, "share_rest": _share_elsewhere(counts, units)}
    numbers |= {"log_odds": middle, "low": log_odds(low), "high": log_odds(high), "p": np.where(told, p, np.nan)}
    for name, values in numbers.items():
        table[name] = values.ravel()
    table["p_corrected"] = adjust(table["p"], table[["contrast"]], "holm")
    corrected = table["p_corrected"].to_numpy().reshape(share.shape)
    table["lean"] = leans(share, corrected, testing.level, told).ravel()
    runs_over = np.where(np.broadcast_to(over_documents, share.shape), "document", "block")
    table["inference"] = np.where(np.isnan(low), "", runs_over).ravel()
    return table


def _documents_in(counts: BlockCounts, units: Units) -> Array:
    """Number of documents in each unit."""
    _, within = by_document(counts, units)
    return add_up(np.ones((len(within.codes), 1)), within.codes, len(units.keys))


def _share_elsewhere(counts: BlockCounts, units: Units) -> Array:
    """Side a's share in the documents of which no block is in the unit; not a number where there are none."""
    document = pd.factorize(counts.blocks["document"])[0].astype(np.int64)
    by_text = add_up(counts.hits, document, int(document.max(initial=-1)) + 1)
    inside = units.codes >= 0
    members = np.unique(np.column_stack([units.codes[inside], document[inside]]), axis=0)
    elsewhere = by_text.sum(axis=0) - add_up(by_text[members[:, 1]], members[:, 0], len(units.keys))
    return share_a(elsewhere[:, ::2], elsewhere[:, 1::2])


def count_contrasts(tables: Tables, contrasts: Sequence[Mapping[str, Any]]) -> tuple[BlockCounts, np.ndarray]:
    """Counts of the sides of each contrast, in turn a and b, and by block the sentences that have both.

    Sentences with both are those with a and those with b less those with either.
    """
    sets = contrast_sets(contrasts)
    counts = count_blocks(tables, sets)
    unions = {
        str(contrast["name"]): [*sets[f"{contrast['name']}: a"], *sets[f"{contrast['name']}: b"]]
        for contrast in contrasts
    }
    either = count_blocks(tables, unions).sentences_with_hit
    return counts, counts.sentences_with_hit[:, ::2] + counts.sentences_with_hit[:, 1::2] - either


def contrast_differences(
    tables: Tables,
    *,
    contrasts: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    reference: str | None = None,
    testing: Testing = AS_CONFIGURED,
) -> pd.DataFrame:
    """A row for each pair of units and contrast: do they lean differently?

    That one unit leans and another does not is no difference between them (Gelman and Stern 2006, American
    Statistician 60); this is the test of the difference. delta_log_odds is the log_odds of unit_a less that of unit_b:
    e to its power is how many times larger the odds of side a are in unit_a. Sections are paired and tested within
    their document as in `section_differences`, documents, roles and groups as in `document_differences`. Each contrast
    is a family of its own within a document, and among the documents, documents in one role, roles or groups;
    p_corrected is Holm's (`adjust`).
    """
    counted, sets = tables.headline(), contrast_sets(contrasts)
    names = [str(contrast["name"]) for contrast in contrasts]
    compared = [compare_sections(counted, sets, LogOdds(), testing)]
    compared += compare_documents(counted, sets, LogOdds(), reference, testing)
    table = pd.concat([_difference_rows(layout, pairs, names) for layout, pairs in compared], ignore_index=True)
    families = table[["contrast", "unit", "document", "role"]]
    position = list(table).index("p_least") + 1
    adjusted = adjust(table["p"], families, "holm")
    least = attainable(table["p_least"], table["p"], families, "holm")
    table.insert(position, "p_corrected", adjusted)
    among = table["unit"] + "s" + (" in " + table["role"]).where(table["role"] != "", "")
    table.insert(position + 1, "family", "contrast: " + table["contrast"] + ", " + among)
    table.insert(position + 2, "tests_in_family", family_sizes(table["p"], families))
    table.insert(position + 3, "verdict", verdicts(adjusted, testing.level, least))
    return table


def _difference_rows(layout: Layout, compared: Compared, names: list[str]) -> pd.DataFrame:
    (a, b), (other_a, other_b) = (np.split(side, 5, axis=-1)[:2] for side in (compared.first, compared.second))
    hits = a + b + other_a + other_b
    # Without a hit of either side in one of the two, or of one side in both, there are no two shares to differ.
    alike = (a + b == 0) | (other_a + other_b == 0) | (a + other_a == 0) | (b + other_b == 0)
    told = np.ones(compared.p.shape, dtype=bool)
    pair, contrast = np.nonzero(told)
    parts = pair_names(layout.pairs, pair)
    table = pd.DataFrame(
        {
            "contrast": np.array(names, dtype=object)[contrast],
            "unit": parts["unit"],
            "document": parts["document"],
            "role": parts["role"],
            "unit_a": parts["a"],
            "unit_b": parts["b"],
            "delta_log_odds": compared.difference.ravel(),
            "low": compared.low.ravel(),
            "high": compared.high.ravel(),
            "critical": compared.critical.ravel(),
            "p": compared.p.ravel(),
            "p_least": compared.least.ravel(),
            "inference": layout.inference,
        }
    )
    table.loc[(hits < FEWEST_HITS).ravel(), ["low", "high", "critical", "p", "p_least"]] = np.nan
    table.loc[alike.ravel(), ["delta_log_odds", "low", "high", "critical"]] = np.nan
    table["inference"] = table["inference"].where(table["p"].notna(), "")
    return table
