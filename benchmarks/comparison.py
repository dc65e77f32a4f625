"""Measure the statistics of comparison: python benchmarks/comparison.py [PART ...], all parts by default.

Prints the figures of docs/statistics.md with fixed seeds. coverage: how often intervals hold the true rate of the text
that sections are drawn from, and how wide they are. differences: the same for differences between two texts. levels:
how often p is below small levels where nothing differs. alarms: how often sections of one text are called different,
with blocks dealt to them and with unbroken sections cut at random, and how often a planted difference is found.
documents, groups: the same for two texts and for groups of texts. scorers: what the development data's own scorers say
of intervals and of dealt blocks.

Texts are made up (themes in runs, and without), and, where FRAMESCOPE_SHARED names the folder with the development
data, its speeches with the hits of the lexicon, or of --hits FILE (id and a column a theme).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from fake_sections import (
    FEWEST,
    SENTENCES_A_BLOCK,
    THEMES,
    WORDS_A_SENTENCE,
    Sectioned,
    Text,
    cut,
    dealt,
    made_up,
    rates,
    short,
    sources,
    speech_hits,
    tables,
    thinned,
    twins,
    written,
)

# fake_sections sets what numpy reads when it is imported, so it comes first.
import numpy as np  # isort: skip
import pandas as pd  # isort: skip

from framescope.compare.counts.blocks import Array, BlockCounts, add_up, count_blocks, theme_sets
from framescope.compare.emphasis.contrasts import contrast_differences
from framescope.compare.emphasis.differences import document_differences, section_differences
from framescope.compare.inference.intervals import moments, rate_interval, ratio, share_interval, student
from framescope.compare.inference.measures import LogOdds, LogRates, difference, studentised
from framescope.compare.inference.models import group_models
from framescope.compare.inference.pairs import compare_pairs, document_pairs
from framescope.compare.inference.permutation import permutation_test
from framescope.compare.inputs import Testing


def coverage(name: str, texts: Sequence[Text]) -> None:
    """Draw 8, 20 and 40 blocks with replacement; do the intervals hold the rate of the whole text?

    "95 % of draws" is the width of the range in which the drawn rates themselves fall: no interval that covers in 95 of
    100 draws can be much narrower, whatever it knows.
    """
    random = np.random.default_rng(3)
    repetitions = max(4000 // len(texts), 50)
    for blocks in (8, 20, 40):
        rates, shares, leans, widths, ranges = [], [], [], [], []
        for text in texts:
            of_block = text.blocks
            words, sentences = np.bincount(of_block, text.words), np.bincount(of_block).astype(float)
            frequent = np.flatnonzero(text.hits.sum(axis=0) >= 10)
            hits = np.array([np.bincount(of_block, text.hits[:, t]) for t in frequent]).T
            found = np.array([np.bincount(of_block, text.hits[:, t] > 0) for t in frequent]).T
            drawn = random.integers(0, len(words), (repetitions, blocks)).ravel()
            unit = np.repeat(np.arange(repetitions), blocks)
            sums = moments(hits[drawn], words[drawn], unit, repetitions)
            low, high = rate_interval(sums)
            truth = hits.sum(axis=0) / words.sum()
            ranges.append(np.diff(np.quantile(ratio(sums), [0.025, 0.975], axis=0), axis=0).ravel() * 1000)
            rates.append(((low <= truth) & (truth <= high)).ravel())
            widths.append((high - low).ravel() * 1000)
            low, high = share_interval(moments(found[drawn], sentences[drawn], unit, repetitions))
            truth = found.sum(axis=0) / sentences.sum()
            shares.append(((low <= truth) & (truth <= high)).ravel())
            a, b = np.triu_indices(min(len(frequent), 6), 1)
            pairs = hits[:, np.argsort(-hits.sum(axis=0))[np.column_stack([a, b]).ravel()]].astype(float)
            odds, names = LogOdds(), ("",) * (2 * len(a))
            counts = BlockCounts(pd.DataFrame(), words[drawn], sentences[drawn], names, pairs[drawn], pairs[drawn])
            value, variance = odds.estimates(add_up(odds.features(counts), unit, repetitions), float(blocks))
            total = pairs.sum(axis=0)
            reach = student(0.95, np.array(blocks - 1.0)) * np.sqrt(variance)
            leans.append((np.abs(value - np.log(total[::2] / total[1::2])) <= reach).ravel())
        covered, width, inside = np.concatenate(rates), np.concatenate(widths), np.concatenate(ranges)
        print(
            f"{name}, {blocks} blocks: rates cover {covered.mean():.3f} of {len(covered)}, median width "
            f"{np.median(width):.2f} per 1,000 words (95 % of draws: {np.median(inside):.1f}); "
            f"shares cover {np.concatenate(shares).mean():.3f}; "
            f"log-odds of contrasts {np.concatenate(leans).mean():.3f}"
        )


def unbroken(repetitions: int = 300) -> None:
    """Do the intervals of whole made-up texts hold the rate at which their author writes, runs and all?"""
    for sentences_a_run in (1, 5, 10):
        for blocks in (8, 12, 20, 40):
            random = np.random.default_rng(6)
            held = []
            for _ in range(repetitions):
                base = rates(random)
                text = written(base, sentences_a_run, SENTENCES_A_BLOCK * blocks, random)
                hits = np.array([np.bincount(text.blocks, column) for column in text.hits.T]).T
                words = np.bincount(text.blocks, text.words)
                low, high = rate_interval(moments(hits, words, np.zeros(blocks, dtype=np.int64), 1))
                truth = base / WORDS_A_SENTENCE
                held.append(((low <= truth) & (truth <= high)).ravel())
            print(
                f"unbroken texts of {blocks} blocks, themes that last {sentences_a_run} sentences: rates cover "
                f"{np.concatenate(held).mean():.3f}",
                flush=True,
            )


def differences(name: str, texts: Sequence[Text], repetitions: int = 1000) -> None:
    """Draw blocks from two texts; do the intervals of their differences hold the ratio of the whole texts' rates?

    Welch's interval, Student's t with his degrees of freedom, stands beside ours.
    """
    measure = LogRates()
    statistic = partial(studentised, measure)
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
                measure.features(BlockCounts(pd.DataFrame(), own[rows], own[rows], names, b[:, kept], b[:, kept]))
                for own, rows, b in zip(words, drawn, both, strict=True)
            )
            p, critical, _ = permutation_test(first, second, statistic, permutations=499, seed=1)
            value, variance_a, variance_b = difference(
                measure, first.sum(axis=0), sizes[0], second.sum(axis=0), sizes[1]
            )
            error = np.sqrt(variance_a + variance_b)
            degrees = error**4 / (variance_a**2 / (sizes[0] - 1) + variance_b**2 / (sizes[1] - 1))
            reach = np.array([critical, student(0.95, degrees)]) * error
            rates = [own.sum(axis=0)[kept] / per.sum() for own, per in zip(hits, words, strict=True)]
            held.append(np.abs(value - np.log(rates[0] / rates[1])) <= reach)
            widths.append(2 * reach / np.log(2))
            contradicted.append((np.abs(value) > reach[1]) != (p < 0.05))
        (ours, welch), (width, welch_width) = np.hstack(held).mean(axis=1), np.median(np.hstack(widths), axis=1)
        print(
            f"{name}, {sizes[0]} and {sizes[1]} blocks: {ours:.3f} covered, median width {width:.2f} doublings; by "
            f"Welch {welch:.3f}, {welch_width:.2f}, at odds with p in {np.hstack(contradicted).mean():.3f}",
            flush=True,
        )


def levels(studies: int = 60, themes: int = 1000) -> None:
    """How often p is at most .05, .01, .001 and .0005 where nothing differs.

    Two units of independent blocks, whose hits vary more than a Poisson count's. The last row is of documents of one
    author, each against the rest of forty.
    """
    at = np.array([0.05, 0.01, 0.001, 0.0005])

    def told(name: str, shares: Sequence[Array]) -> None:
        share, error = np.mean(shares, axis=0), np.std(shares, axis=0, ddof=1) / len(shares) ** 0.5
        figures = ", ".join(f"{s:.5f} (se {e:.5f}) at {a}" for s, e, a in zip(share, error, at, strict=True))
        print(f"{name}: p at most the level in {figures}", flush=True)

    measure = LogRates()
    for sizes in ((12, 12), (12, 40), (30, 30)):
        for mean in (0.4, 2.0):
            random = np.random.default_rng(11)
            ours = []
            for _ in range(studies):
                sides = []
                for size in sizes:
                    words = random.poisson(110, size).clip(20).astype(float)
                    hits = random.poisson(mean * words[:, np.newaxis] / 110 * random.gamma(1.0, 1.0, (size, themes)))
                    counts = BlockCounts(pd.DataFrame(), words, words, ("",) * themes, hits.astype(float), hits)
                    sides.append(measure.features(counts))
                hits = sum(side.sum(axis=0)[2 : 2 + themes] for side in sides)
                statistic = partial(studentised, measure)
                p = permutation_test(*sides, statistic, 1999, seed=1, columns=measure.columns).p[hits >= 5]
                ours.append((p[:, np.newaxis] <= at).mean(axis=0))
            told(f"{sizes[0]} and {sizes[1]} blocks, {mean} hits a block", ours)
    random, shares = np.random.default_rng(12), []
    for _ in range(studies // 2):
        base = rates(random)
        texts = [written(base, 1, SENTENCES_A_BLOCK * int(random.integers(9, 15)), random) for _ in range(40)]
        study = tables([Sectioned(text, text.blocks, np.full(len(text.words), "A")) for text in texts])
        counts = count_blocks(study, theme_sets(THEMES))
        (layout, *_) = document_pairs(counts)
        testing = Testing(min_blocks=FEWEST, permutations=1999)
        compared = compare_pairs(layout, measure, testing)
        hits = (compared.first + compared.second)[:, 2 : 2 + len(THEMES)]
        shares.append((compared.p[hits >= 5][:, np.newaxis] <= at).mean(axis=0))
    told("documents of 9 to 14 blocks against the rest of forty", shares)


def alarms(name: str, texts: Sequence[Text], repetitions: int = 300) -> None:
    """How often each test calls sections of one text different at 5 %, without a difference and with one planted.

    "at as few alarms" is what permuted blocks find with the level at which they call as many alike sections different
    as the test in use does at 5 %.
    """
    designs: dict[str, Callable[[Text, np.random.Generator], Sectioned]] = {
        "dealt, in place": lambda text, random: dealt(text, random, in_order=True),
        "dealt, A before B": lambda text, random: dealt(text, random, in_order=False),
        "cut at random": cut,
        "short, cut in two": short,
        "cut after shuffling": lambda text, random: cut(text, random, mixed=True),
    }
    definition = [{"name": "contrast", "a": [texts[0].themes[0]], "b": [texts[0].themes[1]]}]
    for design, make in designs.items():
        level = 0.05
        for kept in (1.0, 0.4):
            random = np.random.default_rng(8)
            documents = [thinned(make(texts[i % len(texts)], random), kept, random) for i in range(repetitions)]
            study = tables(documents)
            found = section_differences(study, testing=Testing(permutations=499))
            leaning = contrast_differences(study, contrasts=definition, testing=Testing(permutations=499))
            rows = found.dropna(subset="p")
            leans = leaning[leaning["unit"] == "section"].dropna(subset="p")
            called = rows["p"] < 0.05
            by_text = called.groupby(rows["document"]).mean()
            level = level if kept < 1 else float(np.quantile(rows["p_blocks"], called.mean()))
            print(
                f"{name}, {design}, {kept:.0%} of hits kept in A: {called.mean():.3f} of {len(rows)} "
                f"called different (se {by_text.std() / len(by_text) ** 0.5:.3f}), by permuted blocks "
                f"{(rows['p_blocks'] < 0.05).mean():.3f}, at as few alarms {(rows['p_blocks'] <= level).mean():.3f}; "
                f"contrasts {(leans['p'] < 0.05).mean():.3f} of {len(leans)}; "
                f"by shifts {(rows['inference'] == 'shift').mean():.2f}",
                flush=True,
            )


def documents(repetitions: int = 300) -> None:
    """How often two texts that stress all alike are called different at 5 %, and two of which one keeps 40 % of hits.

    "dealt" is what blocks dealt to the two say, their runs unheeded.
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
                    dealt_p = compare_pairs(layout, LogRates(), testing).p[0]
                    tested.append(found.assign(dealt=dealt_p).dropna(subset="p")[["p", "dealt"]] < 0.05)
                called = pd.concat(tested)
                print(
                    f"two texts of {blocks[0]} and {blocks[1]} blocks, {'in' if runs else 'without'} runs, {kept:.0%} "
                    f"of hits kept in one: {called['p'].mean():.3f} of {len(called)} called different, dealt "
                    f"{called['dealt'].mean():.3f}",
                    flush=True,
                )


def groups(repetitions: int = 120) -> None:
    """How often two groups of documents are called different, without a difference and with one planted."""
    for each in (4, 8, 30):
        for kept in (1.0, 0.4):
            random = np.random.default_rng(9)
            tested, modelled = [], []
            for repetition in range(repetitions):
                texts = made_up(True, 2 * each, 60, seed=repetition)
                documents = [Sectioned(t, t.blocks, np.full(len(t.words), "A")) for t in texts]
                documents = [thinned(d, kept if i < each else 1.0, random) for i, d in enumerate(documents)]
                study = tables(documents, ["x"] * each + ["y"] * each)
                found = document_differences(study, reference="d00000", testing=Testing(permutations=499))
                tested.append(found.loc[found["unit"] == "group", "p"].dropna())
                modelled.append(group_models(study)["p"])
            p, model = pd.concat(tested), pd.concat(modelled)
            modelled_rate = f", by group_models {(model < 0.05).mean():.3f}" if len(model) else ""
            print(
                f"two groups of {each} documents, {kept:.0%} of hits kept in one: {(p < 0.05).mean():.3f} of {len(p)} "
                f"called different{modelled_rate}"
            )


def scorers(hits: Path | None) -> None:
    """Intervals and p for the draws of the development data's scorers, and what these say of them."""
    shared = Path(os.environ["FRAMESCOPE_SHARED"])
    gold = shared / "data/themes/sotu_dev.csv"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        counts = speech_hits(hits)
        counts.to_csv(folder / "hits.csv", index=False)
        themes = list(counts.columns[1:])
        counts = counts.set_index("id")

        def run(scorer: str, *arguments: str | Path) -> str:
            command = [sys.executable, shared / "bench/themes" / scorer, *arguments]
            return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout.strip()

        for blocks in (8, 20, 40):
            drawn = ["--out", folder / "drawn.csv", "--truth", folder / "truth.csv", "--paragraphs", str(blocks)]
            run("interval_coverage.py", "make", "--gold", gold, "--pred", folder / "hits.csv", *drawn)
            text = pd.read_csv(folder / "drawn.csv", keep_default_na=False)
            text = text.assign(words=text["text"].str.split().str.len().clip(lower=1))
            text[themes] = counts.reindex(text["id"]).fillna(0).to_numpy()
            sums = text.groupby(["rep", "par"])[["words", *themes]].sum()
            unit, reps = pd.factorize(sums.index.get_level_values("rep"))
            low, high = rate_interval(moments(sums[themes].to_numpy(), sums["words"].to_numpy(), unit, len(reps)))
            intervals = pd.DataFrame({"rep": np.repeat(reps, len(themes)), "theme": themes * len(reps)})
            intervals["low"], intervals["high"] = 1000 * low.ravel(), 1000 * high.ravel()
            intervals.to_csv(folder / "intervals.csv", index=False)
            scored = ["--truth", folder / "truth.csv", "--intervals", folder / "intervals.csv"]
            print(f"{blocks} blocks:", run("interval_coverage.py", "score", *scored))
            known = ["--gold", gold, "--pred", folder / "hits.csv", "--paragraphs", str(blocks)]
            print("its own estimators:", run("interval_coverage.py", "reference", *known).splitlines()[-1])
        run("false_alarm.py", "make", "--gold", gold, "--out", folder / "dealt.csv")
        text = pd.read_csv(folder / "dealt.csv", keep_default_na=False)
        documents = []
        for _, rows in text.groupby("rep"):
            own = rows.sort_values("pos")
            words = own["text"].str.split().str.len().clip(lower=1).to_numpy(float)
            found = counts.reindex(own["id"]).fillna(0).to_numpy()
            blocks_of = own["pos"].to_numpy() // SENTENCES_A_BLOCK
            documents.append(Sectioned(Text(words, found, themes), blocks_of, own["section"].to_numpy()))
        tested = section_differences(tables(documents), testing=Testing(permutations=999)).dropna(subset="p")
        tested.assign(rep=tested["document"].str[1:].astype(int))[["rep", "theme", "p"]].to_csv(
            folder / "p.csv", index=False
        )
        print("blocks dealt:", run("false_alarm.py", "score", "--pvalues", folder / "p.csv"))


def main() -> None:
    """Run the parts asked for, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "parts", nargs="*", default=[], help="coverage, differences, levels, alarms, documents, groups, scorers"
    )
    parser.add_argument("--hits", type=Path, help="hits of the speeches, instead of the lexicon's")
    options = parser.parse_args()
    parts = options.parts or ["coverage", "differences", "levels", "alarms", "documents", "groups", "scorers"]
    for part, measure in (("coverage", coverage), ("differences", differences), ("alarms", alarms)):
        if part in parts:
            for name, texts in sources(options.hits):
                measure(name, texts)
    if "coverage" in parts:
        unbroken()
    if "levels" in parts:
        levels()
    if "documents" in parts:
        documents()
    if "groups" in parts:
        groups()
    if "scorers" in parts and "FRAMESCOPE_SHARED" in os.environ:
        scorers(options.hits)


if __name__ == "__main__":
    main()
