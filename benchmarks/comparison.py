"""Measure the statistics of comparison: python benchmarks/comparison.py [coverage|alarms|groups|scorers|scale ...]

Prints the figures of docs/statistics.md with fixed seeds. coverage: how often intervals hold the true rate of the text
that sections are drawn from, and how wide they are. alarms: how often sections of one text are called different, with
blocks dealt to them and with unbroken sections cut at random, and how often a planted difference is found. groups: the
same for groups of documents. scorers: what the development data's own scorers say of intervals and of dealt blocks.
scale: seconds and memory for 2,000 documents on one core.

Texts are made up (themes in runs, and without), and, where FRAMESCOPE_SHARED names the folder with the development
data, its speeches with the hits of the lexicon, or of --hits FILE (id and a column a theme).
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

# One core is what the figures are for; numpy reads this when it is imported.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "workflow"))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from framescope.compare.blocks import BlockCounts, add_up  # noqa: E402
from framescope.compare.contrasts import contrast_differences, contrasts  # noqa: E402
from framescope.compare.cooccurrence import profile_distances, profile_map, theme_cooccurrence  # noqa: E402
from framescope.compare.differences import document_differences, section_differences  # noqa: E402
from framescope.compare.findings import findings  # noqa: E402
from framescope.compare.framing import framing_by_section  # noqa: E402
from framescope.compare.intervals import moments, rate_interval, share_interval, student  # noqa: E402
from framescope.compare.keyness import keywords  # noqa: E402
from framescope.compare.measures import LogOdds  # noqa: E402
from framescope.compare.models import group_models  # noqa: E402
from framescope.compare.rates import theme_rates  # noqa: E402
from framescope.compare.robustness import robustness  # noqa: E402
from framescope.compare.trajectory import dispersion, mode_shares, trajectory  # noqa: E402

SENTENCES_A_BLOCK = 6
FEWEST = 8
THEMES = ["defence", "economy", "energy", "diplomacy", "technology", "culture", "history", "law", "health"]


class Text(NamedTuple):
    """One text: words of each sentence, and its hits, a row a sentence and a column a theme."""

    words: np.ndarray
    hits: np.ndarray
    themes: Sequence[str]

    @property
    def blocks(self) -> np.ndarray:
        """The block of each sentence."""
        return np.arange(len(self.words)) // SENTENCES_A_BLOCK


def made_up(runs: bool, count: int, sentences: int, seed: int) -> list[Text]:
    """Texts whose sentences have themes by a chain of two states (lasting about ten sentences) or independently."""
    random = np.random.default_rng(seed)
    texts = []
    for _ in range(count):
        base = random.gamma(1.0, 0.25, len(THEMES)).clip(0.03)
        on = random.random((sentences, len(THEMES))) < 0.25
        for i in range(1, sentences) if runs else ():
            change = random.random(len(THEMES)) < 0.1
            on[i] = np.where(change, on[i], on[i - 1])
        rate = base * np.where(on, 3.0, 1 / 3)
        texts.append(Text(random.poisson(19, sentences).clip(3).astype(float), random.poisson(rate), THEMES))
    return texts


def speech_hits(hits: Path | None) -> pd.DataFrame:
    """id and hits by theme of each sentence of the development speeches, from a file or by the lexicon."""
    gold = pd.read_csv(Path(os.environ["FRAMESCOPE_SHARED"]) / "data/themes/sotu_dev.csv", keep_default_na=False)
    if hits is not None:
        return pd.read_csv(hits)
    from framescope.themes.formats import load_lexicon
    from framescope.themes.tally import tally

    counts = tally(gold["text"].tolist(), load_lexicon(HERE.parent / "workflow" / "lexicons" / "themes.yaml"))
    return pd.concat([gold["id"], counts[[theme for theme in counts if "." not in theme]]], axis=1)


def speeches(hits: Path | None) -> list[Text]:
    """The development speeches with at least a hundred sentences."""
    gold = pd.read_csv(Path(os.environ["FRAMESCOPE_SHARED"]) / "data/themes/sotu_dev.csv", keep_default_na=False)
    counts = speech_hits(hits).set_index("id").reindex(gold["id"]).fillna(0)
    words = gold["text"].str.split().str.len().to_numpy(float)
    return [
        Text(words[rows], counts.to_numpy()[rows], list(counts))
        for rows in gold.groupby("doc_id").indices.values()
        if len(rows) >= 100
    ]


class Sectioned(NamedTuple):
    """A text taken as a document: its sentences in order, with the block and section of each."""

    text: Text
    blocks: np.ndarray
    sections: np.ndarray


def dealt(text: Text, random: np.random.Generator, in_order: bool) -> Sectioned:
    """Half of the blocks dealt to section A, half to B, standing where they stood or all of A before all of B."""
    number = int(text.blocks.max()) + 1
    side = np.ones(number, dtype=int)
    side[random.permutation(number)[: number // 2]] = 0
    order = np.arange(len(text.words)) if in_order else np.argsort(side[text.blocks], kind="stable")
    blocks = pd.factorize(text.blocks[order])[0]
    return Sectioned(_rows(text, order), blocks, np.array(["A", "B"])[side[text.blocks[order]]])


def cut(text: Text, random: np.random.Generator, mixed: bool = False) -> Sectioned:
    """The text cut into two to four unbroken sections at random, of which two or more have eight blocks.

    With `mixed` its blocks are shuffled first, so that no theme comes in runs of blocks.
    """
    number = int(text.blocks.max()) + 1
    place = random.permutation(number)[text.blocks] if mixed else text.blocks
    order = np.argsort(place, kind="stable")
    while True:
        ends = np.sort(random.choice(np.arange(1, number), random.integers(1, 4), replace=False))
        if (np.diff([0, *ends, number]) >= FEWEST).sum() >= 2:
            section = np.searchsorted(ends, place[order], side="right")
            return Sectioned(_rows(text, order), place[order], np.array(list("ABCD"))[section])


def short(text: Text, random: np.random.Generator) -> Sectioned:
    """A stretch of 16 to 26 blocks cut into two unbroken sections of at least eight."""
    length = int(random.integers(2 * FEWEST, 27))
    first = int(random.integers(0, text.blocks.max() + 2 - length))
    rows = np.flatnonzero((text.blocks >= first) & (text.blocks < first + length))
    border = first + int(random.integers(FEWEST, length - FEWEST + 1))
    return Sectioned(_rows(text, rows), text.blocks[rows], np.where(text.blocks[rows] < border, "A", "B"))


def thinned(sectioned: Sectioned, kept: float, random: np.random.Generator) -> Sectioned:
    """A share of the hits of section A kept, so that its rates are that share of what they were."""
    hits = sectioned.text.hits.astype(int)
    inside = sectioned.sections == "A"
    hits[inside] = random.binomial(hits[inside], kept)
    return sectioned._replace(text=sectioned.text._replace(hits=hits))


def _rows(text: Text, order: np.ndarray) -> Text:
    return text._replace(words=text.words[order], hits=text.hits[order])


def tables(documents: Sequence[Sectioned], groups: Sequence[str] = ()) -> dict[str, pd.DataFrame]:
    """The four tables of a study of these documents."""
    sentence_parts, hit_parts, section_parts = [], [], []
    for number, (text, blocks, sections) in enumerate(documents):
        name, many = f"d{number:05}", len(text.words)
        order = {block: place for place, block in enumerate(dict.fromkeys(blocks), start=1)}
        place = np.array([order[block] for block in blocks])
        frame = pd.DataFrame({"document": name, "section": sections, "block": place, "paragraph": place})
        frame["sentence"] = np.arange(1, many + 1)
        sentence_parts.append(frame.assign(words=text.words))
        row, theme = np.nonzero(text.hits)
        times = text.hits[row, theme].astype(int)
        found = frame.loc[np.repeat(row, times)]
        hit_parts.append(found.assign(theme=np.repeat(np.array(text.themes, dtype=object)[theme], times)))
        section_parts.append(pd.DataFrame({"document": name, "section": list(dict.fromkeys(sections))}))
    sentences = pd.concat(sentence_parts, ignore_index=True).assign(
        start=0, end=100, quoted_words=0, voice="author", mode="descriptive", text="Made up."
    )
    hits = pd.concat(hit_parts, ignore_index=True).drop(columns="words", errors="ignore")
    hits["start"] = np.arange(len(hits)) * 2
    hits = hits.assign(end=hits["start"] + 1, text="", term=hits["theme"], voice="author")
    hits = hits.assign(**dict.fromkeys(["in_name", "negated", "contrasted", "subject_term"], False))
    ids = [f"d{number:05}" for number in range(len(documents))]
    own = list(groups) or [""] * len(ids)
    return {
        "sentences": sentences,
        "hits": hits,
        "sections": pd.concat(section_parts, ignore_index=True).assign(
            title="", level=1, role="body", role_source="default"
        ),
        "documents": pd.DataFrame({"document": ids, "title": ids, "published": "", "group": own}),
    }


def coverage(name: str, texts: Sequence[Text], repetitions: int = 50) -> None:
    """Draw 8, 20 and 40 blocks with replacement; do the intervals hold the rate of the whole text?"""
    random = np.random.default_rng(3)
    for blocks in (8, 20, 40):
        rates, shares, leans, widths = [], [], [], []
        for text in texts:
            of_block = text.blocks
            words, sentences = np.bincount(of_block, text.words), np.bincount(of_block).astype(float)
            frequent = np.flatnonzero(text.hits.sum(axis=0) >= 10)
            hits = np.array([np.bincount(of_block, text.hits[:, t]) for t in frequent]).T
            found = np.array([np.bincount(of_block, text.hits[:, t] > 0) for t in frequent]).T
            drawn = random.integers(0, len(words), (repetitions, blocks)).ravel()
            unit = np.repeat(np.arange(repetitions), blocks)
            low, high = rate_interval(moments(hits[drawn], words[drawn], unit, repetitions))
            truth = hits.sum(axis=0) / words.sum()
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
        covered, width = np.concatenate(rates), np.median(np.concatenate(widths))
        print(
            f"{name}, {blocks} blocks: rates cover {covered.mean():.3f} of {len(covered)}, median width {width:.2f} "
            f"per 1,000 words; shares cover {np.concatenate(shares).mean():.3f}; "
            f"log-odds of contrasts {np.concatenate(leans).mean():.3f}"
        )


def alarms(name: str, texts: Sequence[Text], repetitions: int = 300) -> None:
    """How often each test calls sections of one text different at 5 %, without a difference and with one planted."""
    designs: dict[str, Callable[[Text, np.random.Generator], Sectioned]] = {
        "dealt, in place": lambda text, random: dealt(text, random, in_order=True),
        "dealt, A before B": lambda text, random: dealt(text, random, in_order=False),
        "cut at random": cut,
        "short, cut in two": short,
        "cut after shuffling": lambda text, random: cut(text, random, mixed=True),
    }
    definition = [{"name": "contrast", "a": [texts[0].themes[0]], "b": [texts[0].themes[1]]}]
    for design, make in designs.items():
        for kept in (1.0, 0.4):
            random = np.random.default_rng(8)
            documents = [thinned(make(texts[i % len(texts)], random), kept, random) for i in range(repetitions)]
            study = tables(documents)
            found = section_differences(**study, permutations=499)
            leaning = contrast_differences(**study, contrasts=definition, permutations=499)
            rows = found.dropna(subset="p")
            leans = leaning[leaning["unit"] == "section"].dropna(subset="p")
            by_text = (rows["p"] < 0.05).groupby(rows["document"]).mean()
            print(
                f"{name}, {design}, {kept:.0%} of hits kept in A: {(rows['p'] < 0.05).mean():.3f} of {len(rows)} "
                f"called different (se {by_text.std() / len(by_text) ** 0.5:.3f}), by permuted blocks "
                f"{(rows['p_blocks'] < 0.05).mean():.3f}; contrasts {(leans['p'] < 0.05).mean():.3f} of {len(leans)}; "
                f"by shifts {(rows['inference'] == 'shift').mean():.2f}"
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
                found = document_differences(**study, reference="d00000", permutations=499)
                tested.append(found.loc[found["unit"] == "group", "p"].dropna())
                modelled.append(group_models(**study)["p"])
            p, model = pd.concat(tested), pd.concat(modelled)
            regression = f", by regression {(model < 0.05).mean():.3f}" if len(model) else ""
            print(
                f"two groups of {each} documents, {kept:.0%} of hits kept in one: {(p < 0.05).mean():.3f} of {len(p)} "
                f"called different{regression}"
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
        run("false_alarm.py", "make", "--gold", gold, "--out", folder / "dealt.csv")
        text = pd.read_csv(folder / "dealt.csv", keep_default_na=False)
        documents = []
        for _, rows in text.groupby("rep"):
            own = rows.sort_values("pos")
            words = own["text"].str.split().str.len().clip(lower=1).to_numpy(float)
            found = counts.reindex(own["id"]).fillna(0).to_numpy()
            blocks_of = own["pos"].to_numpy() // SENTENCES_A_BLOCK
            documents.append(Sectioned(Text(words, found, themes), blocks_of, own["section"].to_numpy()))
        tested = section_differences(**tables(documents), permutations=999).dropna(subset="p")
        tested.assign(rep=tested["document"].str[1:].astype(int))[["rep", "theme", "p"]].to_csv(
            folder / "p.csv", index=False
        )
        print("blocks dealt:", run("false_alarm.py", "score", "--pvalues", folder / "p.csv"))


def scale(count: int = 2000) -> None:
    """Time every table of a study of many documents: 850 words in 10 sections each."""
    random = np.random.default_rng(4)
    parents = ["defence", "economy", "energy", "diplomacy", "technology", "culture", "history", "law", "health"]
    paths = [f"{parent}.{child}" for parent in parents for child in ("one", "two", "three")]
    documents = []
    for _ in range(count):
        hits = random.poisson(random.gamma(0.5, 0.09, len(paths)), (45, len(paths)))
        text = Text(random.poisson(18.9, 45).clip(3).astype(float), hits, paths)
        section = np.sort(random.integers(0, 10, 45))
        documents.append(Sectioned(text, np.arange(45) // 2 * 10 + section, np.char.add("0", section.astype(str))))
    study = tables(documents, [f"g{i % 5}" for i in range(count)])
    words = random.zipf(1.3, int(study["sentences"]["words"].sum() // 2)).clip(max=60000)
    place = study["sentences"].iloc[np.sort(random.integers(0, len(study["sentences"]), len(words)))]
    terms = place[["document", "section", "block"]].assign(term=[f"w{word}" for word in words])
    terms = terms.groupby(["document", "section", "block", "term"]).size().rename("count").reset_index()
    print(f"{count} documents, {int(study['sentences']['words'].sum())} words, {len(study['hits'])} hits")
    print(f"before: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB at most")
    options = {"focus_themes": ["defence", "economy"]}
    made: dict[str, pd.DataFrame | str] = {}
    begun = time.process_time()

    def timed(name: str, make: Callable[[], pd.DataFrame | str]) -> None:
        start = time.process_time()
        made[name] = make()
        print(f"  {name}: {time.process_time() - start:.1f} s of processor, {len(made[name])} rows or characters")

    timed("theme_rates", lambda: theme_rates(**study))
    timed("framing_by_section", lambda: framing_by_section(**study))
    timed("contrasts", lambda: contrasts(**study))
    timed("contrast_differences", lambda: contrast_differences(**study))
    timed("section_differences", lambda: section_differences(**study, **options))
    timed("document_differences", lambda: document_differences(**study, **options))
    timed("group_models", lambda: group_models(**study))
    timed("trajectory", lambda: trajectory(**study))
    timed("dispersion", lambda: dispersion(**study))
    timed("mode_shares", lambda: mode_shares(**study))
    timed("theme_cooccurrence", lambda: theme_cooccurrence(**study))
    timed("profile_distances", lambda: profile_distances(made["theme_rates"]))
    timed("profile_map", lambda: profile_map(made["theme_rates"]))
    timed("keywords", lambda: keywords(terms, study["sections"], study["documents"]))
    differences = {name: made[name] for name in ("contrast_differences", "section_differences", "document_differences")}
    timed("robustness", lambda: robustness(**study, **differences))
    timed(
        "findings",
        lambda: findings(
            made["contrasts"], *differences.values(), study["sections"], study["documents"], made["robustness"]
        ),
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"all: {time.process_time() - begun:.1f} s of processor, {peak:.2f} GB at most")


def sources(hits: Path | None) -> Iterator[tuple[str, list[Text]]]:
    """Names and texts to measure on."""
    yield "made up, in runs", made_up(True, 300, 250, seed=1)
    yield "made up, without runs", made_up(False, 300, 250, seed=2)
    if "FRAMESCOPE_SHARED" in os.environ:
        yield "speeches", speeches(hits)


def main() -> None:
    """Run the parts asked for, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=[], help="coverage, alarms, groups, scorers, scale; all by default")
    parser.add_argument("--hits", type=Path, help="hits of the speeches, instead of the lexicon's")
    options = parser.parse_args()
    parts = options.parts or ["coverage", "alarms", "groups", "scorers", "scale"]
    for part, measure in (("coverage", coverage), ("alarms", alarms)):
        if part in parts:
            for name, texts in sources(options.hits):
                measure(name, texts)
    if "groups" in parts:
        groups()
    if "scorers" in parts and "FRAMESCOPE_SHARED" in os.environ:
        scorers(options.hits)
    if "scale" in parts:
        scale()


if __name__ == "__main__":
    main()
