"""How much of each theme a unit has: rates per 1,000 words, shares of sentences, blocks and hits, with intervals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import (
    Array,
    BlockCounts,
    Codes,
    Units,
    add_up,
    by_document,
    count_blocks,
    theme_list,
    theme_sets,
    unit_kinds,
    units_of,
)
from framescope.compare.counts.groupings import spans_documents
from framescope.compare.counts.weights import weighted_counts
from framescope.compare.emphasis.rate_baselines import baseline_sums, rate_baselines
from framescope.compare.inference.intervals import (
    FEWEST_BLOCKS,
    Moments,
    moments,
    pooled_in_parts,
    rate_interval,
    ratio,
    share_interval,
)
from framescope.compare.inference.pairs import SEVERAL_DOCUMENTS
from framescope.compare.inference.rate_ratios import Rate
from framescope.compare.inputs import AS_CONFIGURED, Tables, Testing
from framescope.compare.opinion.opinions import NO_OPINION, by_second_opinion
from framescope.compare.spread.dispersion import share_of_blocks

UNITS_AT_ONCE, THEMES_AT_ONCE = 4_000, 16


def share_of_hits(hits: Array, top: NDArray[np.bool_]) -> Array:
    """Each theme's hits over the hits of all top-level themes of its unit, 0 to 1; rows are units, columns themes.

    The proportion of a category among all coded text, as in content analysis of party programmes (Budge et al. 2001,
    Mapping Policy Preferences). `top` marks the top-level themes, whose shares sum to 1. NaN for a unit without hits.

    By hand: defence with 6 hits (of which 3 of its subtheme threat) and economy with 2 make 8.

    >>> share_of_hits(np.array([[6.0, 3.0, 2.0]]), np.array([True, False, True])).tolist()
    [[0.75, 0.375, 0.25]]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(hits / hits[:, top].sum(axis=1, keepdims=True))


def theme_rates(
    tables: Tables,
    *,
    themes: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    testing: Testing = AS_CONFIGURED,
    opinion: pd.DataFrame = NO_OPINION,
) -> pd.DataFrame:
    """All rows of `rates_in_parts` as one table."""
    parts = rates_in_parts(tables, themes=themes, units=units, testing=testing, opinion=opinion)
    return pd.concat(list(parts), ignore_index=True)


def rates_in_parts(
    tables: Tables,
    *,
    themes: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    testing: Testing = AS_CONFIGURED,
    opinion: pd.DataFrame = NO_OPINION,
) -> Iterator[pd.DataFrame]:
    """A row for each unit and theme, with rates and shares of the headline hits; `units` are their kinds, or all.

    A part has `UNITS_AT_ONCE` units of a kind, because the rows of a hundred thousand texts would take gigabytes.

    Rates are per 1,000 words of the author (`ratio`, `rate_interval`); share_sentences is the share of the author's
    sentences with a hit (`share_interval`); share_blocks and share_of_hits are `share_of_blocks` and `share_of_hits`.
    `inference` says whether the intervals are computed over blocks, or over documents, as for a role or group of at
    least four. `ratio` and its interval compare the rate with that of the baseline (`rate_baselines`). sentences_second
    and share_second are the sentences with the theme, and their share, after the second opinion (`by_second_opinion`
    with the table `opinion`); they are empty if there is none.

    If `sentences` are a sample with a column `weight`, then rates, shares of sentences and of hits, and their intervals
    are weighted (`weighted_counts`); words, sentences, blocks and hits are those of the sample.

    Raises:
        ValueError: an unknown kind of unit, a hit outside the author's sentences, or a section that is not listed.
    """
    counted, sets = tables.headline(), theme_sets(theme_list(tables.hits, themes))
    counts = count_blocks(counted, sets)
    second = _second_counts(counted, sets, opinion)
    sections = units_of(counts, "section")
    pooled = _pooled(weighted_counts(counts, sections, counted, sets), sections)
    texts = weighted_counts(counts, units_of(counts, "document"), counted, sets)
    base = baseline_sums(texts, testing.baseline)
    for kind in unit_kinds(tables) if units is None else units:
        of_kind = units_of(counts, kind)
        weighted = weighted_counts(counts, of_kind, counted, sets)
        for part, blocks in of_kind.parts(UNITS_AT_ONCE):
            own_blocks = weighted.taken(blocks)
            own = _intervals(own_blocks, part, pooled, testing.confidence)
            compared = rate_baselines(own.rates, base, part, blocks, pooled[0], testing)
            rows = _unit_rates(counts.taken(blocks), part, own, compared, testing)
            yield rows.assign(**_after_opinion(None if second is None else second.taken(blocks), part))


def _second_counts(counted: Tables, sets: Mapping[str, list[str]], opinion: pd.DataFrame) -> BlockCounts | None:
    """The counts by block after the second opinion; None if there is none."""
    if not len(opinion):
        return None
    hits = by_second_opinion(counted.sentences, counted.hits, opinion)
    return count_blocks(counted.with_hits(hits), sets)


def _after_opinion(counts: BlockCounts | None, units: Units) -> dict[str, Any]:
    """The columns of `theme_rates` on the second opinion, for the units of one kind."""
    if counts is None:
        return {"sentences_second": pd.NA, "share_second": np.nan}
    number = len(units.keys)
    with_theme = add_up(counts.sentences_with_hit, units.codes, number)
    share = with_theme / add_up(counts.sentences[:, np.newaxis], units.codes, number)
    return {"sentences_second": with_theme.ravel().astype(np.int64), "share_second": share.ravel()}


def blocks_note(blocks: int, min_blocks: int) -> str:
    """A note that a unit has too few blocks for a test, or also for an interval; otherwise empty.

    >>> blocks_note(1, 8), blocks_note(5, 8), blocks_note(8, 8)
    ('1 block: description only', '5 blocks: too few for a test', '')
    """
    if blocks >= min_blocks:
        return ""
    why = "description only" if blocks < FEWEST_BLOCKS else "too few for a test"
    return f"{blocks} block{'' if blocks == 1 else 's'}: {why}"


def _unit_moments(counts: BlockCounts, units: Units) -> tuple[Moments, Moments]:
    """Moments by unit of hits over words, and of sentences with a hit over sentences."""
    number = len(units.keys)
    return (
        moments(counts.hits, counts.words, units.codes, number),
        moments(counts.sentences_with_hit, counts.sentences, units.codes, number),
    )


def _pooled(counts: BlockCounts, sections: Units) -> tuple[Array, Array]:
    """The overdispersion of each theme in all sections, of hits and of sentences with a hit.

    The sums of some themes at a time are in memory: those of all in a hundred thousand sections are a gigabyte.
    """
    number = len(sections.keys)
    first, second = (
        pooled_in_parts((moments(part, of, sections.codes, number) for part in _some_themes(values)), binomial)
        for values, of, binomial in (
            (counts.hits, counts.words, False),
            (counts.sentences_with_hit, counts.sentences, True),
        )
    )
    return first, second


def _some_themes(values: Array) -> Iterator[Array]:
    starts = range(0, max(values.shape[1], 1), THEMES_AT_ONCE)
    return (values[:, start : start + THEMES_AT_ONCE] for start in starts)


@dataclass(frozen=True)
class _Intervals:
    """The moments of hits and of sentences with a hit, ends of the intervals of rates and of shares of sentences, and
    which units' are computed over documents; and the rates with what is known of them.
    """

    hits: Moments
    with_hit: Moments
    rate: tuple[Array, Array]
    share: tuple[Array, Array]
    over_documents: NDArray[np.bool_]
    rates: Rate


def _intervals(weighted: BlockCounts, units: Units, pooled: tuple[Array, Array], confidence: float) -> _Intervals:
    """Intervals over blocks, or over documents for roles and groups of at least four documents."""
    hits, with_hit = _unit_moments(weighted, units)
    rate, share = rate_interval(hits, pooled[0], confidence), share_interval(with_hit, pooled[1], confidence)
    rates = Rate.of(hits, pooled[0])
    if not spans_documents(units.kind):
        return _Intervals(hits, with_hit, rate, share, np.zeros((len(units.keys), 1), dtype=bool), rates)
    collapsed, within = by_document(weighted, units)
    texts, texts_with_hit = _unit_moments(collapsed, within)
    over_documents = texts.count >= SEVERAL_DOCUMENTS
    rate = _either(over_documents, rate_interval(texts, None, confidence), rate)
    share = _either(over_documents, share_interval(texts_with_hit, None, confidence), share)
    known = Rate.of(texts, None)
    words, freedom = _either(over_documents, (known.words, known.freedom), (rates.words, rates.freedom))
    return _Intervals(hits, with_hit, rate, share, over_documents, Rate(rates.rate, words, freedom))


def _either(first: NDArray[np.bool_], yes: tuple[Array, Array], no: tuple[Array, Array]) -> tuple[Array, Array]:
    return np.where(first, yes[0], no[0]), np.where(first, yes[1], no[1])


def _unit_rates(
    counts: BlockCounts,
    units: Units,
    intervals: _Intervals,
    compared: Mapping[str, Array],
    testing: Testing,
) -> pd.DataFrame:
    """Rows of `theme_rates` for the units of one kind; `compared` has the columns on their baseline."""
    number, themes = len(units.keys), len(counts.names)
    top = np.array(["." not in name for name in counts.names], dtype=bool)
    hits, with_hit = intervals.hits, intervals.with_hit

    def cells(values: NDArray[Any]) -> NDArray[Any]:
        return np.broadcast_to(values, (number, themes)).ravel()

    def total(values: Array) -> Codes:
        by_block = values if values.ndim == 2 else values[:, np.newaxis]
        return cells(add_up(by_block, units.codes, number)).astype(np.int64)

    note = [blocks_note(blocks, testing.min_blocks) for blocks in hits.count[:, 0].astype(int)]
    inference = np.where(hits.count < FEWEST_BLOCKS, "", np.where(intervals.over_documents, "document", "block"))
    unit, theme = np.indices((number, themes)).reshape(2, -1)
    keys = units.keys.assign(inference=inference[:, 0], note=note).astype("str").take(unit).reset_index(drop=True)
    return pd.DataFrame(
        {
            "unit": units.kind,
            **{column: keys[column] for column in ("document", "section", "role", "group")},
            "theme": pd.array(counts.names, dtype="str").take(theme),
            "level": np.array([name.count(".") + 1 for name in counts.names])[theme],
            "words": total(counts.words),
            "sentences": total(counts.sentences),
            "blocks": cells(hits.count).astype(np.int64),
            "hits": total(counts.hits),
            "rate_per_1000": 1000 * cells(ratio(hits)),
            "rate_low": 1000 * cells(intervals.rate[0]),
            "rate_high": 1000 * cells(intervals.rate[1]),
            **{name: cells(values) for name, values in compared.items()},
            "sentences_with_hit": total(counts.sentences_with_hit),
            "share_sentences": cells(ratio(with_hit)),
            "share_low": cells(intervals.share[0]),
            "share_high": cells(intervals.share[1]),
            "blocks_with_hit": total(np.sign(counts.hits)),
            "share_blocks": cells(share_of_blocks(counts.hits, units.codes, number)),
            "share_of_hits": cells(share_of_hits(hits.y, top)),
            "inference": keys["inference"],
            "note": keys["note"],
        }
    )
