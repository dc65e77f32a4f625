"""Measure the workbench that proposes terms: python benchmarks/suggest.py

FRAMESCOPE_SHARED names the folder with the hand-coded development texts (data/themes). A user with ten words for each
theme (data/seed_words.yaml) looks at the terms that `suggestions` proposes, and accepts a term if more than half of
the examples shown with it have the theme in the hand codes; after every ten terms accepted for a theme, or when a list
is at its end, new terms are proposed. Prints the F1 of the seed words, of the lexicon after forty accepted terms for
each theme, and of the lexicon of Framescope: on the same texts, and with suggestions from one half and F1 on the
other. Also prints how right the expected precision is, and the time for 2,000 texts.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from spacy.lang.en.stop_words import STOP_WORDS

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "workflow"))

from framescope.compare.inputs import Tables  # noqa: E402
from framescope.compare.suggest.suggestions import suggestions  # noqa: E402
from framescope.themes.formats import load_lexicon  # noqa: E402
from framescope.themes.lexicon import Lexicon  # noqa: E402
from framescope.themes.matching import Matcher  # noqa: E402
from framescope.themes.terms import parse_term  # noqa: E402
from framescope.words import count_words  # noqa: E402

LEXICON = HERE.parent / "workflow" / "framescope" / "lexicons" / "themes.yaml"
SEEDS = HERE / "data" / "seed_words.yaml"
CODED_AS = {
    "defence_security": "defence", "economy_trade": "economy", "diplomacy_politics": "diplomacy",
    "technology_science": "technology", "education_culture": "culture", "health_social": "society_health",
    "labour_immigration": "labour_migration",
}  # fmt: skip
MOST_ACCEPTED = 40
AT_ONCE = 10
FEWEST_CODED = 10
Words = dict[str, list[str]]


def coded_sentences(shared: Path, name: str) -> pd.DataFrame:
    """The coded texts as a table of sentences; each title of a bill is a paragraph of its own."""
    gold = pd.read_csv(shared / "data" / "themes" / f"{name}_dev.csv", keep_default_na=False)
    number = np.arange(len(gold))
    return pd.DataFrame(
        {
            "document": name + "-" + gold["doc_id"].astype(str), "section": "01", "block": number,
            "paragraph": number if name == "bills" else 1, "sentence": number, "start": number * 10_000,
            "words": gold["text"].map(count_words), "quoted_words": 0, "voice": "author", "text": gold["text"],
            "theme": gold["theme"].replace(CODED_AS).replace("none", ""),
        }
    )  # fmt: skip


def lexicon_of(words: Mapping[str, Sequence[str]]) -> Lexicon:
    """A lexicon of plain terms."""
    return Lexicon.build((theme, parse_term(word)) for theme, terms in words.items() for word in terms)


def matched(sentences: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """The hits of a lexicon in sentences."""
    matcher = Matcher(lexicon)
    rows = [
        (row.document, row.sentence, row.start + match.start, row.start + match.end, *_entry(matcher, match.entry))
        for row in sentences.itertuples()
        for match in matcher.match_text(row.text)
    ]
    hits = pd.DataFrame(rows, columns=["document", "sentence", "start", "end", "theme", "term"])
    return hits.assign(voice="author")


def _entry(matcher: Matcher, number: int) -> tuple[str, str]:
    entry = matcher.entries[number]
    return (entry.theme if "#" in entry.theme else entry.theme.partition(".")[0]), entry.term.text


def f1(sentences: pd.DataFrame, lexicon: Lexicon) -> float:
    """The macro-averaged F1 of "has a hit of the theme" over themes with ten coded sentences or more."""
    hits = matched(sentences, lexicon)
    counts = sentences["theme"].value_counts()
    scores = []
    for theme in sorted(set(counts[counts >= FEWEST_CODED].index) - {""}):
        found = set(hits.loc[hits["theme"] == theme, "sentence"])
        wanted = set(sentences.loc[sentences["theme"] == theme, "sentence"])
        scores.append(2 * len(found & wanted) / (len(found) + len(wanted)))
    return float(np.mean(scores))


def simulated(sentences: pd.DataFrame, seeds: Mapping[str, Sequence[str]]) -> tuple[Words, int, pd.DataFrame]:
    """The words after all rounds, how many terms were shown, and every term shown with its share of right sentences."""
    words = {theme: list(terms) for theme, terms in seeds.items()}
    accepted = dict.fromkeys(words, 0)
    judged: dict[tuple[str, str], float] = {}
    coded = sentences.set_index(["document", "sentence"])["theme"]
    while True:
        tables = Tables(sentences, matched(sentences, lexicon_of(words)), pd.DataFrame(), pd.DataFrame())
        before = dict(accepted)
        for row in suggestions(tables, STOP_WORDS).itertuples():
            done = accepted[row.theme] - before[row.theme] >= AT_ONCE or accepted[row.theme] >= MOST_ACCEPTED
            if done or (row.theme, row.term) in judged:
                continue
            places = [example.split(": ")[0].rsplit(" ", 1) for example in row.examples.split(" | ")]
            right = [coded[document, int(number)] == row.theme for document, number in places]
            judged[row.theme, row.term] = row.expected_precision
            if 2 * sum(right) > len(right):
                words[row.theme].append(row.term)
                accepted[row.theme] += 1
        if accepted == before:
            return words, sum(accepted.values()), precision_found(sentences, judged)


def precision_found(sentences: pd.DataFrame, shown: Mapping[tuple[str, str], float]) -> pd.DataFrame:
    """The expected precision of terms, and the share of their sentences that have the theme in the codes."""
    hits = matched(sentences, lexicon_of({f"{theme}#{term}": [term] for theme, term in shown}))
    hits = hits.merge(sentences[["sentence", "theme"]], on="sentence", suffixes=("", "_coded"))
    pairs = hits["theme"].str.split("#", n=1, expand=True)
    right = (pairs[0] == hits["theme_coded"]).groupby([pairs[0], pairs[1]]).mean()
    return pd.DataFrame({"expected": shown, "right": right}).dropna()


def report(name: str, sentences: pd.DataFrame, seeds: Mapping[str, Sequence[str]], full: Lexicon) -> None:
    """F1 with the seed words, after the suggestions, and of the lexicon of Framescope; then calibration."""
    words, accepted, shown = simulated(sentences, seeds)
    most = max(len(terms) - len(seeds[theme]) for theme, terms in words.items())
    before, after, whole = (f1(sentences, given) for given in (lexicon_of(seeds), lexicon_of(words), full))
    print(
        f"{name}: F1 {before:.3f} with seed words, {after:.3f} after {accepted} accepted terms (at most {most} each) "
        f"of {len(shown)} shown, {whole:.3f} with the whole lexicon: {after / whole:.0%} of it"
    )
    half = (
        sentences["block"] % 2 == 0
        if name == "bills"
        else sentences["document"].isin(sorted(sentences["document"].unique())[::2])
    )
    words, accepted, _ = simulated(sentences[half], seeds)
    before, after, whole = (f1(sentences[~half], given) for given in (lexicon_of(seeds), lexicon_of(words), full))
    print(
        f"  suggestions from one half, F1 on the other: {before:.3f}, {after:.3f} after {accepted} terms, {whole:.3f}: "
        f"{after / whole:.0%}"
    )
    bins = pd.cut(shown["expected"], [0, 0.1, 0.2, 0.3, 0.4, 0.5])
    for interval, rows in shown.groupby(bins, observed=True):
        print(f"  expected precision {interval}: {rows['right'].mean():.3f} of the sentences right, {len(rows)} terms")


def report_time(sentences: pd.DataFrame, seeds: Mapping[str, Sequence[str]], texts: int = 2000) -> None:
    """The time of one list of suggestions for many texts, which are the sentences given, repeated."""
    copies = -(-texts // sentences["document"].nunique())
    many = pd.concat(
        [sentences.assign(document=sentences["document"] + f"-{number:04}") for number in range(copies)],
        ignore_index=True,
    )
    one = matched(sentences, lexicon_of(seeds))
    hits = pd.concat([one.assign(document=one["document"] + f"-{number:04}") for number in range(copies)])
    began = time.process_time()
    suggestions(Tables(many, hits, pd.DataFrame(), pd.DataFrame()), STOP_WORDS)
    print(f"{texts} texts of {many['words'].sum():,} words: {time.process_time() - began:.1f} s of processor time")


def main() -> None:
    """Print every figure."""
    if "FRAMESCOPE_SHARED" not in os.environ:
        sys.exit("Set FRAMESCOPE_SHARED to the folder with the hand-coded development texts.")
    shared = Path(os.environ["FRAMESCOPE_SHARED"])
    seeds, full = yaml.safe_load(SEEDS.read_text(encoding="utf-8")), load_lexicon(LEXICON)
    for name in ("sotu", "bills"):
        report(name, coded_sentences(shared, name), seeds, full)
    speeches = coded_sentences(shared, "sotu")
    part = (speeches["sentence"] // 40).astype(str)
    report_time(speeches.assign(document=speeches["document"] + "-" + part), seeds)


if __name__ == "__main__":
    main()
