"""How much of each theme a unit has: rates per 1,000 words, shares of sentences, blocks and hits, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import (
    UNITS,
    Array,
    BlockCounts,
    Codes,
    Units,
    add_up,
    by_document,
    count_blocks,
    theme_list,
    theme_sets,
    units_of,
)
from framescope.compare.counts.weights import weighted_counts
from framescope.compare.inference.intervals import (
    FEWEST_BLOCKS,
    moments,
    pooled_dispersion,
    rate_interval,
    ratio,
    share_interval,
)
from framescope.compare.inputs import AS_CONFIGURED, Tables, Testing
from framescope.compare.spread.dispersion import share_of_blocks

SEVERAL_DOCUMENTS = 4


def share_of_hits(hits: Array, top: NDArray[np.bool_]) -> Array:
    """Each theme's hits over the hits of all top-level themes of its unit, 0 to 1; a row a unit, a column a theme.

    The proportion of a category among all coded text, as in content analysis of party programmes (Budge et al. 2001,
    Mapping Policy Preferences). `top` marks the top-level themes, whose shares sum to 1. Not a number for a unit
    without hits.

    By hand: defence 6 (threat, below it, 3) and economy 2 make 8.

    >>> share_of_hits(np.array([[6.0, 3.0, 2.0]]), np.array([True, False, True])).tolist()
    [[0.75, 0.375, 0.25]]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(hits / hits[:, top].sum(axis=1, keepdims=True))


def theme_rates(
    tables: Tables,
    *,
    themes: Sequence[str] | None = None,
    units: Sequence[str] = UNITS,
    testing: Testing = AS_CONFIGURED,
) -> pd.DataFrame:
    """A row for each unit and theme: what the author wrote about it, in the headline count.

    Rates are per 1,000 words of the author's (`ratio`, `rate_interval`); share_sentences is the author's sentences with
    a hit over all of the author's (`share_interval`); then `share_of_blocks` and `share_of_hits`.
    `inference` says over what the interval runs: blocks, or documents for a role or group of at least four.

    Where `sentences` are a sample and have a column `weight`, rates, shares of sentences and of hits and their
    intervals are weighted (`weighted_counts`); words, sentences, blocks and hits are those of the sample.

    Raises:
        ValueError: an unknown kind of unit, a hit outside the author's sentences, or a section that is not listed.
    """
    counted, sets = tables.headline(), theme_sets(theme_list(tables.hits, themes))
    counts = count_blocks(counted, sets)
    sections = units_of(counts, "section")
    known = weighted_counts(counts, sections, counted, sets)
    many = len(sections.keys)
    pooled = (
        pooled_dispersion(moments(known.hits, known.words, sections.codes, many), binomial=False),
        pooled_dispersion(moments(known.sentences_with_hit, known.sentences, sections.codes, many), binomial=True),
    )
    rates = []
    for kind in units:
        of_kind = units_of(counts, kind)
        rates.append(_unit_rates(counts, weighted_counts(counts, of_kind, counted, sets), of_kind, pooled, testing))
    return pd.concat(rates, ignore_index=True)


def blocks_note(blocks: int, min_blocks: int) -> str:
    """What a unit of so few blocks is without: interval and test, or the test; empty where it has blocks enough.

    >>> blocks_note(1, 8), blocks_note(5, 8), blocks_note(8, 8)
    ('1 block: description only', '5 blocks: too few for a test', '')
    """
    if blocks >= min_blocks:
        return ""
    why = "description only" if blocks < FEWEST_BLOCKS else "too few for a test"
    return f"{blocks} block{'' if blocks == 1 else 's'}: {why}"


def _unit_rates(
    counts: BlockCounts, weighted: BlockCounts, units: Units, pooled: tuple[Array, Array], testing: Testing
) -> pd.DataFrame:
    confidence, many = testing.confidence, len(units.keys)
    top = np.array(["." not in name for name in counts.names], dtype=bool)
    hits = moments(weighted.hits, weighted.words, units.codes, many)
    found = moments(weighted.sentences_with_hit, weighted.sentences, units.codes, many)
    blocks, with_hit = (
        add_up(part, units.codes, many) for part in (np.ones((len(counts.words), 1)), np.sign(counts.hits))
    )
    rate_low, rate_high = rate_interval(hits, pooled[0], confidence)
    share_low, share_high = share_interval(found, pooled[1], confidence)
    by_documents = np.zeros((many, 1), dtype=bool)
    if units.kind in ("role", "group"):
        collapsed, within = by_document(weighted, units)
        wide_hits = moments(collapsed.hits, collapsed.words, within.codes, many)
        wide_found = moments(collapsed.sentences_with_hit, collapsed.sentences, within.codes, many)
        by_documents = add_up(np.ones((len(collapsed.words), 1)), within.codes, many) >= SEVERAL_DOCUMENTS
        rate_low, rate_high = _either(by_documents, rate_interval(wide_hits, None, confidence), (rate_low, rate_high))
        wide_share = share_interval(wide_found, None, confidence)
        share_low, share_high = _either(by_documents, wide_share, (share_low, share_high))
    shape = (many, len(counts.names))

    def spread(values: NDArray[Any]) -> NDArray[Any]:
        return np.broadcast_to(values, shape).ravel()

    def total(values: Array) -> Codes:
        by_block = values if values.ndim == 2 else values[:, np.newaxis]
        return spread(add_up(by_block, units.codes, many)).astype(np.int64)

    note = [blocks_note(number, testing.min_blocks) for number in blocks[:, 0].astype(int)]
    runs_over = np.where(blocks < FEWEST_BLOCKS, "", np.where(by_documents, "document", "block"))
    keys = units.keys.loc[np.repeat(np.arange(many), len(counts.names))].reset_index(drop=True)
    return pd.DataFrame(
        {
            "unit": units.kind,
            **{column: keys[column] for column in ("document", "section", "role", "group")},
            "theme": np.tile(np.array(counts.names, dtype=object), many),
            "level": np.tile([name.count(".") + 1 for name in counts.names], many),
            "words": total(counts.words),
            "sentences": total(counts.sentences),
            "blocks": spread(blocks).astype(np.int64),
            "hits": total(counts.hits),
            "rate_per_1000": 1000 * spread(ratio(hits)),
            "rate_low": 1000 * spread(rate_low),
            "rate_high": 1000 * spread(rate_high),
            "sentences_with_hit": total(counts.sentences_with_hit),
            "share_sentences": spread(ratio(found)),
            "share_low": spread(share_low),
            "share_high": spread(share_high),
            "blocks_with_hit": spread(with_hit).astype(np.int64),
            "share_blocks": spread(share_of_blocks(counts.hits, units.codes, many)),
            "share_of_hits": spread(share_of_hits(hits.y, top)),
            "inference": spread(runs_over),
            "note": np.repeat(np.array(note, dtype=object), len(counts.names)),
        }
    )


def _either(first: NDArray[np.bool_], yes: tuple[Array, Array], no: tuple[Array, Array]) -> tuple[Array, Array]:
    return np.where(first, yes[0], no[0]), np.where(first, yes[1], no[1])
