"""What a model that learns from the lexicon's hits says of each sentence and theme, beside the hits themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array
from framescope.compare.counts.sentence_hits import sentence_hits
from framescope.compare.description.context import smoothed
from framescope.compare.inputs import Tables, headline

PLACE = ["document", "sentence"]
COLUMNS = [*PLACE, "theme", "hits", "probability", "opinion", "text"]
NO_OPINION = pd.DataFrame(columns=COLUMNS)
# A hit is vetoed below the first probability, and a sentence without a hit is filled above the second.
VETOES_BELOW, FILLS_ABOVE = 0.15, 0.30
VETOED, FILLED, AGREES = "vetoed", "filled", "agrees"
# Rarer themes teach nothing: their hits stand.
FEWEST_TAUGHT = 10
MOST_TAUGHT = 20_000
# A model that would veto more of the hits from which it learned has not learned the theme.
MOST_VETOED = 0.5
# Of sentences without a hit, those with a smaller probability are not listed.
LISTED_FROM = 0.05
DIGITS = 3


def sentences_of_authors(sentences: pd.DataFrame) -> pd.DataFrame:
    """The author's sentences in the order of the texts, which are those that the second opinion is about."""
    return sentences[sentences["voice"] == "author"].sort_values(PLACE, ignore_index=True)


def opinions(tables: Tables, vectors: NDArray[np.floating]) -> pd.DataFrame:
    """A row for each of the author's sentences and top-level theme with a hit, or with a probability from 0.05 on.

    `vectors` has a row for each sentence of `sentences_of_authors`. A sentence is described by its own vector and those
    of its neighbours in the section (`smoothed`). For each theme with hits in at least ten sentences, a logistic
    regression (L2 penalty of weight 1) learns from all sentences whether they have a headline hit; no codes are used.
    In larger studies it learns from at most 20,000 sentences, at equal distances. probability is what it then says of
    the sentence. opinion is "vetoed" for a hit with a probability below 0.15, "filled" for a sentence without a hit and
    with a probability above 0.30, "agrees" for other hits, and else empty. A rarer theme has no
    probability, and nor has one of whose hits more than half would be vetoed.
    """
    frame = sentences_of_authors(tables.sentences)
    sections = frame.groupby(["document", "section"], sort=False).ngroup().to_numpy().astype(np.int64)
    described = smoothed(vectors.astype(float), sections)
    hits = headline(tables.hits)
    rows = pd.MultiIndex.from_frame(frame[PLACE]).get_indexer(pd.MultiIndex.from_frame(hits[PLACE]))
    tops = hits["theme"].str.partition(".")[0].to_numpy()
    found = [
        _of_theme(frame, theme, np.bincount(rows[(rows >= 0) & (tops == theme)], minlength=len(frame)), described)
        for theme in sorted(set(tops))
    ]
    listed = pd.concat(found, ignore_index=True) if found else NO_OPINION
    return listed.sort_values([*PLACE, "theme"], ignore_index=True)[COLUMNS]


def _of_theme(frame: pd.DataFrame, theme: str, hits: NDArray[np.int64], described: Array) -> pd.DataFrame:
    probability = taught(described, hits > 0)
    opinion = np.select(
        [(hits > 0) & (probability < VETOES_BELOW), hits > 0, probability > FILLS_ABOVE], [VETOED, AGREES, FILLED], ""
    )
    listed = (hits > 0) | (probability >= LISTED_FROM)
    rows = frame[[*PLACE, "text"]].assign(theme=theme, hits=hits, probability=probability, opinion=opinion)
    return rows[listed]


def taught(described: Array, has_hit: NDArray[np.bool_]) -> Array:
    """The probability of a hit in each sentence (row), by a logistic regression on all sentences.

    Cox (1958), Journal of the Royal Statistical Society B 20, with an L2 penalty of weight 1. NaN if fewer than ten
    sentences have a hit, or have none, or if more than half of the hits would be vetoed.

    By hand: for 20 sentences at 1 with hits and 20 at -1 without, the weight w is that at which 40 / (1 + e^w) = w,
    2.647, and the probability at 1 is 1 / (1 + e^-2.647).

    >>> taught(np.repeat([[1.0], [-1.0]], 20, axis=0), np.arange(40) < 20)[[0, -1]].tolist()
    [0.934, 0.066]
    """
    # Imported here, because all comparisons use the constants of this module, and the library takes a second to load.
    from sklearn.linear_model import LogisticRegression

    step = max(-(-len(has_hit) // MOST_TAUGHT), 1)
    answers = has_hit[::step]
    if not FEWEST_TAUGHT <= answers.sum() <= len(answers) - FEWEST_TAUGHT:
        return np.full(len(has_hit), np.nan)
    model = LogisticRegression(max_iter=1000).fit(described[::step], answers)
    probability = np.asarray(model.predict_proba(described)[:, 1]).round(DIGITS)
    learned = (probability[has_hit] < VETOES_BELOW).mean() <= MOST_VETOED
    return probability if learned else np.full(len(has_hit), np.nan)


def by_second_opinion(sentences: pd.DataFrame, hits: pd.DataFrame, opinion: pd.DataFrame) -> pd.DataFrame:
    """The hits without those in sentences where they are vetoed, and one for each sentence that is filled (ours).

    By hand: the hit in the first sentence is vetoed, and the second sentence has none and is filled.

    >>> sentences = pd.DataFrame({"document": "a", "sentence": [1, 2], "start": [0, 9], "voice": "author"})
    >>> hits = pd.DataFrame({"document": "a", "sentence": [1], "start": [3], "end": [7], "theme": "trade"})
    >>> opinion = pd.DataFrame({"document": "a", "sentence": [1, 2], "theme": "trade", "opinion": [VETOED, FILLED]})
    >>> by_second_opinion(sentences, hits, opinion).to_numpy().tolist()
    [['a', 2, 9, 9, 'trade']]
    """
    vetoed, filled = (opinion.loc[opinion["opinion"] == name, [*PLACE, "theme"]] for name in (VETOED, FILLED))
    tops = hits[PLACE].assign(theme=hits["theme"].str.partition(".")[0])
    stands = ~pd.MultiIndex.from_frame(tops).isin(pd.MultiIndex.from_frame(vetoed))
    return pd.concat([hits[stands], sentence_hits(sentences, filled, hits)], ignore_index=True)
