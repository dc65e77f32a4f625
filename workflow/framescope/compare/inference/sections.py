"""Sections of one document against each other, with the test that the text calls for."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import BlockCounts, count_blocks, count_sentences
from framescope.compare.inference.measures import Measure
from framescope.compare.inference.pairs import Compared, Layout, compare_pairs, section_pairs
from framescope.compare.inference.permutation import omnibus_p
from framescope.compare.inference.runs import count_themes, runs_p
from framescope.compare.inference.shifts import shift_tests
from framescope.compare.inputs import Tables, Testing

RUNS_LEVEL = 0.1


@dataclasses.dataclass(frozen=True)
class ComparedSections(Compared):
    """`Compared`, with the p of all eligible sections at once, of permuted blocks whichever test was used, and of runs.

    `p_runs` and `by_shifts` (whether shifts were used) have a value a pair.
    """

    p_omnibus: np.ndarray
    p_blocks: np.ndarray
    p_runs: np.ndarray
    by_shifts: np.ndarray


def compare_sections(
    tables: Tables, sets: Mapping[str, Sequence[str]], measure: Measure, testing: Testing
) -> tuple[Layout, ComparedSections]:
    """Every two sections of each document on a measure of the given hits.

    Where themes come in runs (`runs_p` over all top-level themes below 0.1), sections are tested by shifts over the
    document's sentences, elsewhere by permuting blocks, which is stronger and right only there.
    """
    layout = section_pairs(count_blocks(tables, sets))
    compared = compare_pairs(layout, measure, testing)
    themes = count_themes(tables)
    text = count_sentences(tables, sets)
    p, least, critical = compared.p.copy(), compared.least.copy(), compared.critical.copy()
    low, high = compared.low.copy(), compared.high.copy()
    omnibus = np.full(p.shape, np.nan)
    runs = np.full(len(layout.pairs), np.nan)
    features, tallies = measure.features(layout.counts), measure.tallies(text)
    block_rows, sentence_rows = _rows(layout.counts), _rows(text)
    tested = pd.Series(np.flatnonzero(compared.tested))
    owners = np.array([layout.pairs[i].document for i in tested], dtype=object)
    for document, numbers in tested.groupby(owners):
        name, own = str(document), numbers.to_numpy()
        runs[own] = runs_p(themes, block_rows[name], testing.permutations, testing.seed)
        pairs = [(layout.pairs[i].a, layout.pairs[i].b) for i in own]
        if runs[own[0]] < RUNS_LEVEL:
            rows = sentence_rows[name]
            labels = text.blocks["section"].to_numpy(dtype=object)[rows]
            shifted = shift_tests(tallies[rows], labels, pairs, measure, testing.confidence)
            p[own], omnibus[own] = shifted.p, shifted.omnibus
            least[own], critical[own] = shifted.least, shifted.critical
            reach = shifted.critical * shifted.error
            low[own], high[own] = compared.difference[own] - reach, compared.difference[own] + reach
        elif len(own) == 1:
            omnibus[own] = p[own]
        else:
            labels = layout.counts.blocks["section"].to_numpy(dtype=object)
            parts = [features[block_rows[name]][labels[block_rows[name]] == s] for s in dict.fromkeys(sum(pairs, ()))]
            omnibus[own] = omnibus_p(parts, measure.estimates, testing.permutations, testing.seed)
    found = {field.name: getattr(compared, field.name) for field in dataclasses.fields(Compared)}
    found.update(p=p, least=least, critical=critical, low=low, high=high)
    by_shifts = runs < RUNS_LEVEL
    return layout, ComparedSections(**found, p_omnibus=omnibus, p_blocks=compared.p, p_runs=runs, by_shifts=by_shifts)


def with_section_tests(table: pd.DataFrame, compared: ComparedSections, told: NDArray[np.bool_]) -> pd.DataFrame:
    """A table of the pairs and names marked `told` with p_omnibus, p_blocks and p_runs after p, and the inference used.

    Rows without p have none of them.
    """
    pair = np.nonzero(told)[0]
    position = list(table).index("p") + 1
    for name, values in (
        ("p_runs", compared.p_runs[pair]),
        ("p_blocks", compared.p_blocks[told]),
        ("p_omnibus", compared.p_omnibus[told]),
    ):
        table.insert(position, name, np.where(table["p"].isna(), np.nan, values))
    table["inference"] = np.where(table["p"].isna(), "", np.where(compared.by_shifts[pair], "shift", "block"))
    return table


def _rows(counts: BlockCounts) -> dict[str, np.ndarray]:
    """Rows of each document in order, without its abstract."""
    kept = counts.blocks[counts.blocks["role"] != "abstract"]
    return {str(d): part.index.to_numpy(np.int64) for d, part in kept.groupby("document", sort=False)}
