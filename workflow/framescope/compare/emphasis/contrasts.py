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
    add_up,
    by_document,
    count_blocks,
    units_of,
)
from framescope.compare.counts.weights import weighted_counts
from framescope.compare.inference.documents import compare_documents
from framescope.compare.inference.families import adjust, attainable, family_sizes, verdicts
from framescope.compare.inference.intervals import student
from framescope.compare.inference.measures import LogOdds, contrast_sets
from framescope.compare.inference.pairs import (
    SEVERAL_DOCUMENTS,
    Compared,
    Layout,
    pair_names,
)
from framescope.compare.inference.sections import ComparedSections, compare_sections, with_section_tests
from framescope.compare.inputs import AS_CONFIGURED, CONFIDENCE, DEFAULT_CONTRASTS, Tables, Testing

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


def log_odds_interval(
    log_odds: Array, variance: Array, blocks: Array, confidence: float = CONFIDENCE
) -> tuple[Array, Array]:
    """Ends of the interval log_odds - t s and log_odds + t s, s the root of its variance over so many blocks.

    t is the two-sided quantile of Student's t with blocks - 1 degrees of freedom (Student 1908, Biometrika 6). Natural
    logarithms; not a number for one block.

    By hand: eight blocks have t = 2.365, times 0.2 is 0.473.

    >>> low, high = log_odds_interval(np.array([1.0]), np.array([0.04]), np.array([8.0]))
    >>> round(low.item(), 3), round(high.item(), 3)
    (0.527, 1.473)
    """
    reach = student(confidence, blocks - 1) * np.sqrt(variance)
    return log_odds - reach, log_odds + reach


def leans(low: Array, high: Array, told: NDArray[np.bool_]) -> NDArray[np.str_]:
    """Which side each interval supports: "a" where all of it is above 0, "b" below, "neither" where 0 lies in it.

    "too little text" where not `told`. The words are ours; that an interval decides is Neyman (1937), Philosophical
    Transactions A 236.

    >>> low, high = np.array([0.2, -1.5, -0.5, 0.2]), np.array([1.5, -0.1, 0.4, 1.5])
    >>> leans(low, high, np.array([True, True, True, False])).tolist()
    ['a', 'b', 'neither', 'too little text']
    """
    return np.select([~told, low > 0, high < 0], ["too little text", "a", "b"], "neither")


def contrasts(
    tables: Tables,
    *,
    contrasts: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    units: Sequence[str] = UNITS,
    testing: Testing = AS_CONFIGURED,
) -> pd.DataFrame:
    """A row for each unit and contrast: hits and sentences of either side, share_a = a / (a + b), log-odds and lean.

    log_odds is ln((a + 1/2) / (b + 1/2)) of the hits (`LogOdds`), its interval Student's t over blocks, or over
    documents for a role or group of at least four (`log_odds_interval`). lean is "a" or "b" where the interval leaves
    out 0, "neither" where it does not, "too little text" under `min_blocks` blocks or five hits (`leans`). Where
    `sentences` are a sample and have a column `weight`, share_a, log_odds and its interval are weighted
    (`weighted_counts`); hits, sentences and blocks are those of the sample.

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
    sets, measure = contrast_sets(contrasts), LogOdds()
    parts = []
    for kind in units:
        grouped = units_of(counts, kind)
        many = len(grouped.keys)
        weighted = weighted_counts(counts, grouped, tables, sets)
        features = measure.features(weighted)
        sums = add_up(features, grouped.codes, many)
        blocks = add_up(np.ones((len(features), 1)), grouped.codes, many)
        value, variance = measure.estimates(sums, blocks)
        number, over_documents = blocks, np.zeros((many, 1), dtype=bool)
        if kind in ("role", "group"):
            collapsed, within = by_document(weighted, grouped)
            documents_in = add_up(np.ones((len(collapsed.words), 1)), within.codes, many)
            over_documents = documents_in >= SEVERAL_DOCUMENTS
            wide = measure.estimates(add_up(measure.features(collapsed), within.codes, many), documents_in)[1]
            variance, number = np.where(over_documents, wide, variance), np.where(over_documents, documents_in, blocks)
        found = add_up(counts.sentences_with_hit, grouped.codes, many)
        share = share_a(*np.split(sums, 5, axis=-1)[:2])
        hits_a, hits_b = np.split(add_up(measure.tallies(counts), grouped.codes, many), 2, axis=-1)
        enough = (blocks >= testing.min_blocks) & np.ones_like(value, dtype=bool)
        ends = log_odds_interval(value, variance, number, testing.confidence)
        low, high = (np.where(enough, end, np.nan) for end in ends)
        repeated = np.repeat(np.arange(many), len(contrasts))
        keys = grouped.keys.loc[repeated].reset_index(drop=True)
        table = pd.DataFrame({"unit": kind, **{column: keys[column] for column in keys}})
        table["contrast"] = np.tile([str(contrast["name"]) for contrast in contrasts], many)
        for name, values in (
            ("hits_a", hits_a),
            ("hits_b", hits_b),
            ("sentences_a", found[:, ::2]),
            ("sentences_b", found[:, 1::2]),
            ("sentences_both", add_up(both, grouped.codes, many)),
            ("blocks", np.broadcast_to(blocks, value.shape)),
        ):
            table[name] = values.ravel().astype(np.int64)
        for name, values in (("share_a", share), ("log_odds", value), ("low", low), ("high", high)):
            table[name] = values.ravel()
        table["lean"] = leans(low, high, enough & (hits_a + hits_b >= FEWEST_HITS)).ravel()
        table["inference"] = np.where(
            ~enough, "", np.where(np.broadcast_to(over_documents, value.shape), "document", "block")
        ).ravel()
        parts.append(table)
    return pd.concat(parts, ignore_index=True)


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
    p_adjusted is Holm's (`adjust`).
    """
    counted, sets = tables.headline(), contrast_sets(contrasts)
    names = [str(contrast["name"]) for contrast in contrasts]
    compared: list[tuple[Layout, Compared]] = [compare_sections(counted, sets, LogOdds(), testing)]
    compared += compare_documents(counted, sets, LogOdds(), reference, testing)
    table = pd.concat([_difference_rows(layout, pairs, names) for layout, pairs in compared], ignore_index=True)
    families = table[["contrast", "unit", "document", "role"]]
    position = list(table).index("p_least") + 1
    adjusted = adjust(table["p"], families, "holm")
    least = attainable(table["p_least"], table["p"], families, "holm")
    passed = table["p_omnibus"].isna() | (table["p_omnibus"] < testing.level)
    table.insert(position, "p_adjusted", adjusted)
    among = table["unit"] + "s" + (" in " + table["role"]).where(table["role"] != "", "")
    table.insert(position + 1, "family", "contrast: " + table["contrast"] + ", " + among)
    table.insert(position + 2, "tests_in_family", family_sizes(table["p"], families))
    table.insert(position + 3, "verdict", verdicts(adjusted, testing.level, passed, least))
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
    return with_section_tests(table, compared, told) if isinstance(compared, ComparedSections) else table
