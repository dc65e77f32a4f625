"""Texts to measure comparison on, made up and spoken, and fake sections laid over them.

No section of these differs from another: whatever a test reports is a false alarm, unless `thinned` planted it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

# One core is what the figures are for; numpy reads this when it is imported.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "workflow"))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from framescope.compare.inputs import Tables  # noqa: E402
from framescope.table_schemas import table_schemas  # noqa: E402

SENTENCES_A_BLOCK = 6
FEWEST = 8
WORDS_A_SENTENCE = 19
FLAGS = [name for name, column in table_schemas()["matches"].columns.items() if column.type == "boolean"]
THEMES = ["defence", "economy", "energy", "diplomacy", "technology", "culture", "history", "law", "health"]


class Text(NamedTuple):
    """One text: words of each sentence, its hits, a row a sentence and a column a theme, and each sentence's block."""

    words: np.ndarray
    hits: np.ndarray
    themes: Sequence[str]
    blocks: np.ndarray


def made_up(runs: bool, count: int, sentences: int, seed: int) -> list[Text]:
    """Texts whose sentences have themes by a chain of two states (lasting about ten sentences) or independently."""
    random = np.random.default_rng(seed)
    return [written(rates(random), 10 if runs else 1, sentences, random) for _ in range(count)]


def twins(runs: bool, count: int, sentences: tuple[int, int], seed: int) -> list[tuple[Text, Text]]:
    """Pairs of texts, made up like the others, that stress every theme alike."""
    random = np.random.default_rng(seed)
    pairs = []
    for _ in range(count):
        base = rates(random)
        first, second = (written(base, 10 if runs else 1, number, random) for number in sentences)
        pairs.append((first, second))
    return pairs


def rates(random: np.random.Generator) -> np.ndarray:
    """Hits a sentence of each theme, as an author may stress them."""
    return random.gamma(1.0, 0.25, len(THEMES)).clip(0.03)


def written(base: np.ndarray, sentences_a_run: int, sentences: int, random: np.random.Generator) -> Text:
    """A text by an author of these rates, whose themes are on or off for so many sentences on average."""
    on = random.random((sentences, len(THEMES))) < 0.25
    for i in range(1, sentences) if sentences_a_run > 1 else ():
        change = random.random(len(THEMES)) < 1 / sentences_a_run
        on[i] = np.where(change, on[i], on[i - 1])
    rate = base * np.where(on, 3.0, 1 / 3)
    words = random.poisson(WORDS_A_SENTENCE, sentences).clip(3).astype(float)
    return Text(words, random.poisson(rate), THEMES, np.arange(sentences) // SENTENCES_A_BLOCK)


class Sectioned(NamedTuple):
    """A text taken as a document: its sentences in order, with the block and section of each."""

    text: Text
    blocks: np.ndarray
    sections: np.ndarray


def thinned(
    sectioned: Sectioned, kept: float, random: np.random.Generator, themes: Sequence[str] | None = None
) -> Sectioned:
    """A share of the hits of section A kept, of some themes or of all, so that rates are that share of what they were.

    A contrast differs only if one of its sides is thinned.
    """
    hits = sectioned.text.hits.astype(int)
    chosen = [theme in (themes or sectioned.text.themes) for theme in sectioned.text.themes]
    inside = np.ix_(sectioned.sections == "A", chosen)
    hits[inside] = random.binomial(hits[inside], kept)
    return sectioned._replace(text=sectioned.text._replace(hits=hits))


def tables(documents: Sequence[Sectioned], groups: Sequence[str] = ()) -> Tables:
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
    hits = hits.assign(**dict.fromkeys(FLAGS, False))
    ids = [f"d{number:05}" for number in range(len(documents))]
    own = list(groups) or [""] * len(ids)
    sections = pd.concat(section_parts, ignore_index=True)
    return Tables(
        sentences,
        hits,
        sections.assign(title="", level=1, role="body", role_source="default"),
        pd.DataFrame({"document": ids, "title": ids, "published": "", "group": own}),
    )
