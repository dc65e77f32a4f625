"""Measure the second opinion: python benchmarks/second_opinion.py

FRAMESCOPE_SHARED names the folder with the development data (data/themes, data/speeches). Needs the packages of `make
opinion`. Prints the figures of docs/themes.md: F1 and accuracy against hand codes of the lexicon alone and after the
second opinion, for all texts, by halves, and for speeches from which the model did not learn; sentences in a second.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import spacy
from numpy.typing import NDArray

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "workflow"))

from framescope.compare.coders.predictors import Predictors  # noqa: E402
from framescope.compare.inputs import Tables  # noqa: E402
from framescope.compare.opinion.encoder import load_encoder  # noqa: E402
from framescope.compare.opinion.opinions import FILLED, NO_OPINION, VETOED, opinions  # noqa: E402
from framescope.compare.opinion.vectors import STORED  # noqa: E402
from framescope.themes.formats import load_lexicon  # noqa: E402
from framescope.themes.tally import tally  # noqa: E402

sys.path.insert(0, str(HERE))
from themes import CODED_AS, LEXICON  # noqa: E402

CORE = ("defence_security", "economy_trade", "diplomacy_politics", "energy", "technology_science", "education_culture")
FEWEST_CODED = 10
PARTS = 10
OTHERS_SINCE = 1945


def frame(texts: pd.Series, documents: pd.Series) -> pd.DataFrame:
    """Sentences as a study has them, each document one section."""
    numbers = documents.groupby(documents).cumcount() + 1
    place = pd.DataFrame({"document": documents.astype(str), "section": "", "sentence": numbers, "text": texts})
    return place.assign(voice="author")


def hits_of(sentences: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """A row for each sentence and theme with hits, as headline hits."""
    hits = sentences[["document", "sentence"]].join(counts).melt(["document", "sentence"], var_name="theme")
    return hits[hits["value"] > 0].assign(voice="author")


def asked(sentences: pd.DataFrame, counts: pd.DataFrame, vectors: NDArray[np.float16]) -> pd.DataFrame:
    """The table of the second opinion."""
    ordered = sentences.sort_values(["document", "sentence"])
    tables = Tables(sentences, hits_of(sentences, counts), pd.DataFrame(), pd.DataFrame())
    return opinions(tables, vectors[ordered.index])


def explained(gold: pd.DataFrame, sentences: pd.DataFrame, counts: pd.DataFrame, rows: pd.DataFrame) -> str:
    """The variance of codes that predictors explain in ten parts left out, without and with the second opinion."""
    coded = gold["theme"].replace({code: theme for theme, code in CODED_AS.items()}).to_numpy()
    often = [theme for theme in counts if (coded == theme).sum() >= FEWEST_CODED]
    part = np.random.default_rng(1).integers(0, PARTS, len(gold))
    shares = []
    for opinion in (NO_OPINION, rows):
        predictors = Predictors(sentences, hits_of(sentences, counts), opinion)
        shares.append([explained_share(predictors.of([t]), (coded == t).astype(float), part) for t in often])
    without, beside = np.array(shares)
    narrower = 1 - np.sqrt((1 - beside) / (1 - without)).mean()
    return f"codes explained: {without.mean():.3f} by hits, {beside.mean():.3f} with it; errors {narrower:.1%} smaller"


def explained_share(x: NDArray[np.float64], y: NDArray[np.float64], part: NDArray[np.int64]) -> float:
    """1 - the variance of errors over that of y, each part predicted by least squares from the others."""
    x, error = np.column_stack([np.ones(len(x)), x]), np.zeros(len(y))
    for number in range(PARTS):
        own = part == number
        error[own] = y[own] - x[own] @ np.linalg.lstsq(x[~own], y[~own], rcond=None)[0]
    return float(1 - error.var() / y.var())


def found(sentences: pd.DataFrame, counts: pd.DataFrame, vectors: NDArray[np.float16]) -> tuple[pd.DataFrame, ...]:
    """Whether each sentence has each theme by the lexicon and after the second opinion, and the strength of each theme.

    A theme that is left is the stronger the more hits it has; of themes with equal hits the more probable is stronger.
    """
    rows = asked(sentences, counts, vectors)
    place = pd.MultiIndex.from_frame(sentences[["document", "sentence"]])
    at = place.get_indexer(pd.MultiIndex.from_frame(rows[["document", "sentence"]]))
    after, strength = (counts > 0).astype(float), counts.astype(float)
    for row, theme, opinion, probability in zip(at, rows["theme"], rows["opinion"], rows["probability"], strict=True):
        column = counts.columns.get_loc(theme)
        if opinion in (VETOED, FILLED):
            after.iat[row, column] = float(opinion == FILLED)
        strength.iat[row, column] += (probability if probability == probability else 0.5) / 2
    return (counts > 0).astype(float), after, strength * after


def scores(gold: pd.DataFrame, has: pd.DataFrame, strength: pd.DataFrame) -> str:
    """F1 of "has the theme" and of the strongest theme, over the core and over all themes with ten codes or more."""
    has, strength = (table.rename(columns=CODED_AS).drop(columns="history_ideology") for table in (has, strength))
    strongest = np.where(strength.max(axis=1) > 0, strength.columns[strength.to_numpy().argmax(axis=1)], "none")
    coded = gold["theme"].to_numpy()
    counts = gold["theme"].value_counts()
    often = [theme for theme in has if counts.get(theme, 0) >= FEWEST_CODED]
    any_hit = {t: f1(has[t].to_numpy() > 0, coded == t) for t in has if counts.get(t, 0)}
    one = {t: f1(strongest == t, coded == t) for t in any_hit}
    core = [theme for theme in CORE if theme in any_hit]
    means = [
        f"{name}: core {np.mean([of[t] for t in core]):.3f}, often coded {np.mean([of[t] for t in often]):.3f}"
        for name, of in (("any hit", any_hit), ("one theme", one))
    ]
    return f"{'; '.join(means)}, accuracy {(strongest == coded).mean():.3f}"


def f1(given: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> float:
    """The harmonic mean of precision and recall."""
    return float(2 * (given & wanted).sum() / max(given.sum() + wanted.sum(), 1))


def compared(
    title: str, gold: pd.DataFrame, of: NDArray[np.bool_], lexicon: tuple[pd.DataFrame, ...], counts: pd.DataFrame
) -> list[str]:
    """The lexicon alone and the second opinion on some of the coded sentences."""
    alone, after, strength = (table[of] for table in lexicon)
    return [
        f"{title}, {of.sum()} sentences",
        f"  lexicon         {scores(gold[of], alone, counts[of])}",
        f"  second opinion  {scores(gold[of], after, strength)}",
    ]


def addresses(folder: Path, without: set[str]) -> pd.DataFrame:
    """The sentences of the other speeches, by document."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    listed = pd.read_csv(folder.with_suffix(".csv"))
    year = listed["published"].astype(str).str[:4]
    listed = listed[(year.astype(int) >= OTHERS_SINCE) & ~year.isin(without)]
    rows = []
    for file in listed["file"]:
        for doc in pipeline.pipe((folder / file).read_text(encoding="utf-8").split("\n\n")):
            rows += [(file, sentence.text.strip()) for sentence in doc.sents if sentence.text.strip()]
    return pd.DataFrame(rows, columns=["document", "text"])


def figures(shared: Path) -> list[str]:
    """Every figure, as lines of text."""
    lexicon = load_lexicon(LEXICON)
    tops = [theme for theme in lexicon.themes if "." not in theme]
    encode: Callable[[pd.Series], NDArray[np.float16]] = lambda t: load_encoder().vectors(t.tolist()).astype(STORED)  # noqa: E731
    lines = []
    for name in ("sotu", "bills"):
        gold = pd.read_csv(shared / "data" / "themes" / f"{name}_dev.csv", keep_default_na=False)
        documents = gold["doc_id"].astype(str) if name == "sotu" else gold["id"].astype(str)
        sentences, counts = frame(gold["text"], documents), tally(gold["text"], lexicon)[tops]
        began = time.process_time()
        vectors = encode(gold["text"])
        lines.append(f"{name}: {len(gold) / (time.process_time() - began):.0f} sentences a second of processor time")
        whole = found(sentences, counts, vectors)
        lines.append(explained(gold, sentences, counts, asked(sentences, counts, vectors)))
        lines += compared(f"{name}, all", gold, np.ones(len(gold), dtype=bool), whole, counts)
        half = pd.factorize(documents)[0] % 2 == 0
        for number, of in enumerate((half, ~half), start=1):
            lines += compared(f"{name}, half {number} of the texts", gold, of, whole, counts)
            part = (table[of].reset_index(drop=True) for table in (sentences, counts))
            alone = found(*part, vectors[of])
            every = np.ones(of.sum(), dtype=bool)
            own = gold[of].reset_index(drop=True), counts[of].reset_index(drop=True)
            lines += compared("  this half as a study of its own", own[0], every, alone, own[1])[::2]
        if name == "sotu":
            others = addresses(shared / "data" / "speeches" / "sotu", set(gold["doc"].str[-4:]))
            both = pd.concat([sentences, frame(others["text"], others["document"])], ignore_index=True)
            more = pd.concat([counts, tally(others["text"], lexicon)[tops]], ignore_index=True)
            with_others = found(both, more, np.vstack([vectors, encode(others["text"])]))
            of = np.arange(len(both)) < len(gold)
            coded = gold.reindex(range(len(both)))
            lines += compared(
                f"sotu, in a study with {others['document'].nunique()} more", coded, of, with_others, more
            )
    return lines


def main() -> None:
    """Print every figure."""
    if "FRAMESCOPE_SHARED" not in os.environ:
        sys.exit("Set FRAMESCOPE_SHARED to the folder with the development data.")
    print("\n".join(figures(Path(os.environ["FRAMESCOPE_SHARED"]))))


if __name__ == "__main__":
    main()
