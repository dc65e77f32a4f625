"""Contrasts: which side of two sets of themes a unit leans to, and whether two units lean differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import (
    Array,
    BlockCounts,
    Units,
    add_up,
    by_document,
    count_blocks,
    unit_kinds,
    units_of,
)
from framescope.compare.counts.groupings import spans_documents
from framescope.compare.counts.weights import weighted_counts
from framescope.compare.emphasis.baselines import baselines
from framescope.compare.inference.documents import Evidence, compare_documents, compare_sections
from framescope.compare.inference.estimators import HALF, LogOdds, contrast_sets
from framescope.compare.inference.families import adjust, attainable, family_sizes, verdicts
from framescope.compare.inference.intervals import FEWEST_HITS, Moments, pooled_dispersion, share_interval, share_p
from framescope.compare.inference.pairs import (
    SEVERAL_DOCUMENTS,
    Compared,
    Layout,
    pair_names,
)
from framescope.compare.inputs import AS_CONFIGURED, DEFAULT_CONTRASTS, Tables, Testing

NO_BASELINE, TOO_LITTLE = "no baseline", "too little text"


def share_a(hits_a: Array, hits_b: Array) -> Array:
    """Side a's share of the hits of both sides, a / (a + b), 0 to 1; NaN if there are none.

    Twice this share minus 1 is the relative proportional difference of Lowe, Benoit, Mikhaylov and Laver (2011),
    Legislative Studies Quarterly 36, whose logarithmic scale is `log_odds`.

    >>> share_a(np.array([3.0, 0.0]), np.array([1.0, 0.0])).tolist()
    [0.75, nan]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(hits_a / (hits_a + hits_b))


def log_odds(share: Array) -> Array:
    """ln(share / (1 - share)), which converts the ends of a share's interval into those of its log-odds.

    Natural logarithms (Haldane 1956, Annals of Human Genetics 20); NaN for 0 and 1, where the log-odds are infinite.

    >>> log_odds(np.array([0.0, 0.5, 0.8])).round(3).tolist()
    [nan, 0.0, 1.386]
    """
    inside = np.where((share > 0) & (share < 1), share, np.nan)
    return np.asarray(np.log(inside / (1 - inside)))


def leans(share: Array, baseline: Array, corrected: Array, level: float, enough: NDArray[np.bool_]) -> NDArray[np.str_]:
    """The side of which each unit has more than its baseline: "a" or "b" if the corrected p is below the level,
    otherwise "neither".

    "too little text" if the unit has not `enough` of it, "no baseline" if there is none. The words are ours.

    >>> share, p = np.array([0.9, 0.1, 0.6, 0.9, 0.9]), np.array([0.01, 0.01, 0.3, 0.01, np.nan])
    >>> baseline = np.array([0.5, 0.5, 0.5, 0.95, np.nan])
    >>> leans(share, baseline, p, 0.05, np.ones(5, dtype=bool)).tolist()
    ['a', 'b', 'neither', 'b', 'no baseline']
    """
    below = corrected < level
    conditions = [~enough, np.isnan(baseline), below & (share > baseline), below & (share < baseline)]
    return np.select(conditions, [TOO_LITTLE, NO_BASELINE, "a", "b"], "neither")


def contrasts(
    tables: Tables,
    *,
    contrasts: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    units: Sequence[str] | None = None,
    testing: Testing = AS_CONFIGURED,
) -> pd.DataFrame:
    """A row for each unit and contrast: hits and sentences of both sides, share_a = a / (a + b), log-odds and lean.

    share_low and share_high are the interval of share_a for two blocks or more (`share_interval`), over blocks, or over
    documents for a role or group of at least four. log_odds is ln((a + 1/2) / (b + 1/2)) of the hits (`LogOdds`); low
    and high are the log-odds of the interval's ends, empty for 0 or 1. Which side has more hits depends on how many
    terms each has, so share_a is compared with share_baseline (`baselines`, by `testing.baseline`): p is that of equal
    shares (`share_p`), p_corrected is Holm's over all units of the kind; lean is the conclusion (`leans`), "too little
    text" for fewer than `min_blocks` blocks or five hits. If `sentences` are a sample with a column
    `weight`, shares, log_odds and intervals are weighted (`weighted_counts`); hits, sentences and blocks are those of
    the sample.

    Raises:
        ValueError: a contrast that is not well formed (see `contrast_sets`), or tables that do not fit each other.
    """
    kinds = unit_kinds(tables) if units is None else units
    return contrast_rows(tables.headline(), contrasts, kinds, testing)


def said_once(contrasts: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The rows of `contrasts` that say something new: without the only section of a document, roles of only one section
    and groups of only one document.

    Such a unit has the same numbers as its document or section, whose row is kept. Rows keep their index.

    >>> rows = {"unit": ["section", "document", "role", "group"], "document": ["a", "a", "", ""]}
    >>> rows |= {"role": ["body", "", "body", ""], "group": ["", "", "", "x"]}
    >>> kept = said_once(pd.DataFrame(rows).assign(contrast="c"), pd.DataFrame({"document": ["a"], "group": ["x"]}))
    >>> kept["unit"].tolist()
    ['document']
    """
    sections = contrasts[contrasts["unit"] == "section"]
    alone = sections.groupby(["document", "contrast"])["unit"].transform("size") == 1
    in_role = sections.groupby(["role", "contrast"]).size()
    of_role = pd.MultiIndex.from_frame(contrasts[["role", "contrast"]]).isin(in_role.index[in_role == 1])
    sizes = documents["group"].value_counts() if "group" in documents else pd.Series(dtype=int)
    of_group = contrasts["group"].isin(sizes.index[sizes == 1])
    single = ((contrasts["unit"] == "role") & of_role) | ((contrasts["unit"] == "group") & of_group)
    return contrasts.drop(index=[*alone.index[alone], *contrasts.index[single]])


def contrast_rows(
    tables: Tables,
    contrasts: Sequence[Mapping[str, Any]],
    units: Sequence[str],
    testing: Testing,
) -> pd.DataFrame:
    """The rows of `contrasts` for exactly the given hits, whatever their voice."""
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
    """Moments of side a's share of the hits of both sides, over blocks or over the documents of each unit."""
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
    """The rows of `contrast_rows` for the units of one kind."""
    number, codes = len(units.keys), units.codes
    names = [str(contrast["name"]) for contrast in contrasts]
    sums = _moments(counts, units, tables, contrasts)
    blocks = add_up(np.ones((len(codes), 1)), codes, number)
    low, high = share_interval(sums, pooled, testing.confidence)
    texts = weighted_counts(counts, units_of(counts, "document"), tables, contrast_sets(contrasts))
    base = baselines(testing.baseline, texts, codes, number, contrasts, pooled)
    p = share_p(sums, pooled, base.share, base.spread)
    over_documents = _documents_in(counts, units) >= SEVERAL_DOCUMENTS
    if over_documents.any():
        by_documents = _moments(counts, units, tables, contrasts, by_documents=True)
        ends = share_interval(by_documents, None, testing.confidence)
        low, high = (np.where(over_documents, *pair) for pair in zip(ends, (low, high), strict=True))
        p = np.where(over_documents, share_p(by_documents, None, base.share, base.spread), p)
    with_hit = add_up(counts.sentences_with_hit, codes, number)
    hits = add_up(counts.hits, codes, number)
    hits_a, hits_b = hits[:, ::2], hits[:, 1::2]
    enough = (blocks >= testing.min_blocks) & (hits_a + hits_b >= FEWEST_HITS)
    keys = units.keys.loc[np.repeat(np.arange(number), len(names))].reset_index(drop=True)
    table = pd.DataFrame({"unit": units.kind, **{column: keys[column] for column in keys}})
    table["contrast"] = np.tile(names, number)
    whole_numbers: list[tuple[str, Array]] = [("hits_a", hits_a), ("hits_b", hits_b)]
    whole_numbers += [("sentences_a", with_hit[:, ::2]), ("sentences_b", with_hit[:, 1::2])]
    whole_numbers += [("sentences_both", add_up(both, codes, number))]
    whole_numbers += [("blocks", np.broadcast_to(blocks, hits_a.shape))]
    for name, values in whole_numbers:
        table[name] = values.ravel().astype(np.int64)
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = np.log((sums.y + HALF) / (sums.x - sums.y + HALF))
    share = share_a(sums.y, sums.x - sums.y)
    numbers = {"share_a": share, "share_low": low, "share_high": high, "share_baseline": base.share}
    numbers |= {"log_odds": estimate, "low": log_odds(low), "high": log_odds(high), "p": np.where(enough, p, np.nan)}
    for name, values in numbers.items():
        table[name] = values.ravel()
    table["p_corrected"] = adjust(table["p"], table[["contrast"]], "holm")
    corrected = table["p_corrected"].to_numpy().reshape(share.shape)
    table["lean"] = leans(share, base.share, corrected, testing.level, enough).ravel()
    inference = np.where(np.broadcast_to(over_documents, share.shape), "document", "block")
    table["inference"] = np.where(np.isnan(low), "", inference).ravel()
    return table


def _documents_in(counts: BlockCounts, units: Units) -> Array:
    """Number of documents in each role or group; 0 for units of other kinds, which are part of a document."""
    if not spans_documents(units.kind):
        return np.zeros((len(units.keys), 1))
    _, within = by_document(counts, units)
    return add_up(np.ones((len(within.codes), 1)), within.codes, len(units.keys))


def count_contrasts(tables: Tables, contrasts: Sequence[Mapping[str, Any]]) -> tuple[BlockCounts, np.ndarray]:
    """Counts of the sides of each contrast, first a, then b; and by block the number of sentences with hits of both.

    Sentences with both are those with a plus those with b minus those with either.
    """
    sets = contrast_sets(contrasts)
    unions = {
        f"{contrast['name']}: either": [*sets[f"{contrast['name']}: a"], *sets[f"{contrast['name']}: b"]]
        for contrast in contrasts
    }
    counted = count_blocks(tables, sets | unions)
    with_hit, either = np.hsplit(counted.sentences_with_hit, [len(sets)])
    counts = replace(counted, names=tuple(sets), hits=counted.hits[:, : len(sets)], sentences_with_hit=with_hit)
    return counts, with_hit[:, ::2] + with_hit[:, 1::2] - either


def contrast_differences(
    tables: Tables,
    *,
    contrasts: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    reference: str | None = None,
    testing: Testing = AS_CONFIGURED,
    evidence: Evidence | None = None,
) -> pd.DataFrame:
    """A row for each pair of units and contrast, with the test whether the two units lean differently.

    This test is needed because one unit may lean and another not without a significant difference between them (Gelman
    and Stern 2006, American Statistician 60). delta_log_odds is the log_odds of unit_a minus that of unit_b; its
    exponential is the ratio of the odds of side a in unit_a to those in unit_b. Sections are paired and tested within
    their document as in `section_differences`, and documents, roles and groups as in `document_differences`. The tests
    of a contrast between sections of a document are a family, and so are those between documents, between documents in
    one role, between roles, and between groups; p_corrected is Holm's (`adjust`).
    `evidence` is that of the tables, if it is known already.
    """
    evidence = evidence or Evidence(tables, testing)
    counts = evidence.counted(contrast_sets(contrasts))
    names = [str(contrast["name"]) for contrast in contrasts]
    compared = [compare_sections(counts, LogOdds(), evidence.themes, testing)]
    compared += compare_documents(counts, LogOdds(), evidence.themes, reference, testing)
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
    # If a unit has no hit, or both have hits of the same side only, there are no two shares that could differ.
    undefined = (a + b == 0) | (other_a + other_b == 0) | (a + other_a == 0) | (b + other_b == 0)
    pair, contrast = np.indices(compared.p.shape).reshape(2, -1)
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
    table.loc[undefined.ravel(), ["delta_log_odds", "low", "high", "critical"]] = np.nan
    table["inference"] = table["inference"].where(table["p"].notna(), "")
    return table
