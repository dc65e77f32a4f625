"""Measure the comparison of texts: python benchmarks/comparison.py [PART ...] [--half "kept aside"] [--repetitions N]

Prints figures of docs/statistics.md with fixed seeds. differences: how often the intervals of differences between two
texts hold the ratio of their rates, and how wide they are. levels: how often p is below small levels where nothing
differs. documents, groups: how often two texts and groups of texts are called different where nothing differs, and how
often a planted difference is found. Sections of one text are measured by benchmarks/sections.py.

Texts are made up (themes in runs, and without), and addresses and speeches with their own paragraphs (real_texts), of
one half of each series.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial

from fake_sections import (
    FEWEST,
    SENTENCES_A_BLOCK,
    THEMES,
    Sectioned,
    Text,
    rates,
    tables,
    thinned,
    twins,
    written,
)
from real_texts import HALVES
from sections import sources

# fake_sections sets what numpy reads when it is imported, so it comes first.
import numpy as np  # isort: skip
import pandas as pd  # isort: skip
from scipy import stats  # isort: skip

from framescope.compare.counts.blocks import Array, BlockCounts, count_blocks, theme_sets
from framescope.compare.emphasis.differences import document_differences
from framescope.compare.inference.estimators import LogRates, difference, studentised
from framescope.compare.inference.models import group_models
from framescope.compare.inference.pairs import compare_pairs, document_pairs
from framescope.compare.inference.permutation import permutation_test
from framescope.compare.inputs import Testing


def differences(name: str, texts: Sequence[Text], repetitions: int = 1000) -> None:
    """Draw blocks from two texts; do the intervals of their differences hold the ratio of the whole texts' rates?

    Welch's interval, Student's t with his degrees of freedom, stands beside ours.
    """
    estimator = LogRates()
    statistic = partial(studentised, estimator)
    for sizes in ((8, 8), (8, 20), (20, 20), (8, 60), (40, 40)):
        random = np.random.default_rng(2)
        held, widths, contradicted = [], [], []
        for _ in range(repetitions):
            chosen = [texts[place] for place in random.choice(len(texts), 2, replace=False)]
            words = [np.bincount(text.blocks, text.words) for text in chosen]
            hits = [np.array([np.bincount(text.blocks, column) for column in text.hits.T]).T for text in chosen]
            drawn = [random.integers(0, len(own), size) for own, size in zip(words, sizes, strict=True)]
            both = [own[rows] for own, rows in zip(hits, drawn, strict=True)]
            kept = np.all([own.sum(axis=0) >= 10 for own in hits], axis=0) & (sum(b.sum(axis=0) for b in both) >= 5)
            if not kept.any():
                continue
            names = ("",) * int(kept.sum())
            first, second = (
                estimator.features(BlockCounts(pd.DataFrame(), own[rows], own[rows], names, b[:, kept], b[:, kept]))
                for own, rows, b in zip(words, drawn, both, strict=True)
            )
            found = permutation_test(first, second, statistic, 499, seed=1, columns=estimator.columns)
            value, variance_a, variance_b = difference(estimator, first.sum(axis=0), second.sum(axis=0))
            error = np.sqrt(variance_a + variance_b)
            degrees = error**4 / (variance_a**2 / (sizes[0] - 1) + variance_b**2 / (sizes[1] - 1))
            reach = np.array([found.critical, stats.t.ppf(0.975, degrees)]) * error
            rates = [own.sum(axis=0)[kept] / per.sum() for own, per in zip(hits, words, strict=True)]
            held.append(np.abs(value - np.log(rates[0] / rates[1])) <= reach)
            widths.append(2 * reach / np.log(2))
            contradicted.append((np.abs(value) > reach[1]) != (found.p < 0.05))
        (ours, welch), (width, welch_width) = np.hstack(held).mean(axis=1), np.median(np.hstack(widths), axis=1)
        print(
            f"{name}, {sizes[0]} and {sizes[1]} blocks: {ours:.3f} covered, median width {width:.2f} doublings; by "
            f"Welch {welch:.3f}, {welch_width:.2f}, at odds with p in {np.hstack(contradicted).mean():.3f}",
            flush=True,
        )


def levels(repetitions: int = 60, themes: int = 1000) -> None:
    """How often p is at most .05, .01, .001 and .0005 where nothing differs.

    Two units of independent blocks, whose hits vary more than a Poisson count's. The last row is of documents of one
    author, each against the rest of forty.
    """
    at = np.array([0.05, 0.01, 0.001, 0.0005])

    def told(name: str, shares: Sequence[Array]) -> None:
        share, error = np.mean(shares, axis=0), np.std(shares, axis=0, ddof=1) / len(shares) ** 0.5
        figures = ", ".join(f"{s:.5f} (se {e:.5f}) at {a}" for s, e, a in zip(share, error, at, strict=True))
        print(f"{name}: p at most the level in {figures}", flush=True)

    estimator = LogRates()
    for sizes in ((12, 12), (12, 40), (30, 30)):
        for mean in (0.4, 2.0):
            random = np.random.default_rng(11)
            ours = []
            for _ in range(repetitions):
                sides = []
                for size in sizes:
                    words = random.poisson(110, size).clip(20).astype(float)
                    hits = random.poisson(mean * words[:, np.newaxis] / 110 * random.gamma(1.0, 1.0, (size, themes)))
                    counts = BlockCounts(pd.DataFrame(), words, words, ("",) * themes, hits.astype(float), hits)
                    sides.append(estimator.features(counts))
                hits = sum(side.sum(axis=0)[2 : 2 + themes] for side in sides)
                statistic = partial(studentised, estimator)
                p = permutation_test(*sides, statistic, 1999, seed=1, columns=estimator.columns).p[hits >= 5]
                ours.append((p[:, np.newaxis] <= at).mean(axis=0))
            told(f"{sizes[0]} and {sizes[1]} blocks, {mean} hits a block", ours)
    random, shares = np.random.default_rng(12), []
    for _ in range(repetitions // 2):
        base = rates(random)
        texts = [written(base, 1, SENTENCES_A_BLOCK * int(random.integers(9, 15)), random) for _ in range(40)]
        study = tables([Sectioned(text, text.blocks, np.full(len(text.words), "A")) for text in texts])
        counts = count_blocks(study, theme_sets(THEMES))
        (layout, *_) = document_pairs(counts)
        testing = Testing(min_blocks=FEWEST, permutations=1999)
        compared = compare_pairs(layout, estimator, testing)
        hits = (compared.first + compared.second)[:, 2 : 2 + len(THEMES)]
        shares.append((compared.p[hits >= 5][:, np.newaxis] <= at).mean(axis=0))
    told("documents of 9 to 14 blocks against the rest of forty", shares)


def documents(repetitions: int = 300) -> None:
    """How often two texts that stress all alike are called different at 5 %, and two of which one keeps 40 % of hits.

    "permuted" is the share by permuted blocks without design effects.
    """
    for runs in (True, False):
        for blocks in ((12, 12), (20, 20), (40, 40), (12, 40)):
            sentences = (SENTENCES_A_BLOCK * blocks[0], SENTENCES_A_BLOCK * blocks[1])
            for kept in (1.0, 0.4):
                random = np.random.default_rng(9)
                tested = []
                for pair in twins(runs, repetitions, sentences, seed=5):
                    first, second = (Sectioned(text, text.blocks, np.full(len(text.words), "A")) for text in pair)
                    study = tables([thinned(first, kept, random), second])
                    found = document_differences(study, testing=Testing(permutations=499))
                    counts = count_blocks(study, theme_sets(found["theme"]))
                    (layout, *_) = document_pairs(counts)
                    testing = Testing(min_blocks=FEWEST, permutations=499)
                    permuted_p = compare_pairs(layout, LogRates(), testing).p[0]
                    tested.append(found.assign(permuted=permuted_p).dropna(subset="p")[["p", "permuted"]] < 0.05)
                called = pd.concat(tested)
                print(
                    f"two texts of {blocks[0]} and {blocks[1]} blocks, {'in' if runs else 'without'} runs, {kept:.0%} "
                    f"of hits kept in one: {called['p'].mean():.3f} of {len(called)} called different, "
                    f"by permuted blocks {called['permuted'].mean():.3f}",
                    flush=True,
                )


def groups(half: str, repetitions: int = 120) -> None:
    """How often two groups of documents are called different, without a difference and with one planted.

    Made-up texts are of different authors. Of addresses and speeches two groups are drawn by lot in each repetition.
    """
    for name, texts in sources(half):
        for each in (4, 8, 30):
            if 2 * each > len(texts):
                continue
            for kept in (1.0, 0.4):
                random = np.random.default_rng(9)
                tested, modelled = [], []
                for _ in range(repetitions):
                    chosen = [texts[place] for place in random.choice(len(texts), 2 * each, replace=False)]
                    documents = [Sectioned(t, t.blocks, np.full(len(t.words), "A")) for t in chosen]
                    documents = [thinned(d, kept if i < each else 1.0, random) for i, d in enumerate(documents)]
                    study = tables(documents, ["x"] * each + ["y"] * each)
                    found = document_differences(study, reference="d00000", testing=Testing(permutations=499))
                    tested.append(found[found["unit"] == "group"].dropna(subset="p")["p"] < 0.05)
                    modelled.append(group_models(study)["p"])
                p, model = pd.concat(tested), pd.concat(modelled)
                error = np.std([own.mean() for own in tested], ddof=1) / repetitions**0.5
                modelled_rate = f", by group_models {(model < 0.05).mean():.3f}" if len(model) else ""
                print(
                    f"{name}, two groups of {each} documents, {kept:.0%} of hits kept in one: {p.mean():.3f} (se "
                    f"{error:.3f}) of {len(p)} called different{modelled_rate}",
                    flush=True,
                )


def main() -> None:
    """Run the parts asked for, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=[], help="differences, levels, documents, groups")
    parser.add_argument("--half", choices=list(HALVES), default="kept aside")
    parser.add_argument(
        "--repetitions", type=int, help="pairs, studies or texts of each kind, instead of each part's own"
    )
    options = parser.parse_args()
    parts = options.parts or ["differences", "levels", "documents", "groups"]
    number = {} if options.repetitions is None else {"repetitions": options.repetitions}
    if "differences" in parts:
        for name, texts in sources(options.half):
            differences(name, texts, **number)
    for part, measure in (("levels", levels), ("documents", documents)):
        if part in parts:
            measure(**number)
    if "groups" in parts:
        groups(options.half, **number)


if __name__ == "__main__":
    main()
