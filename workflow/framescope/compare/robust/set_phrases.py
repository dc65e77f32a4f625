"""Set phrases: four words in a row that a document says at least thrice, and the hits in their repetitions."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.numbered_words import numbered_words
from framescope.words import word_spans

PHRASE_WORDS = 4
PHRASE_REPEATS = 3
# The columns of sentences in which set phrases are looked for.
WITH_TEXT = ("document", "sentence", "start", "text")


def set_phrases(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """A row for each time that a sentence says a set phrase of its document, in the order of the sentences.

    `parts` are sentences with the columns in `WITH_TEXT`, each part with all sentences of its documents; only the words
    of one part are in memory at a time. A phrase lies within one sentence, and its words are equal whatever their case;
    longer phrases are several that overlap. Rows have the columns `document`, `sentence`, `phrase`, a number that equal
    phrases of a document share, and `from_` and `to`, where the phrase begins and ends in the paragraph.
    """
    found, phrases = [], 0
    for part in parts:
        own = _phrases_of(part)
        found.append(own.assign(phrase=own["phrase"] + phrases))
        phrases += own["phrase"].nunique()
    return pd.concat(found, ignore_index=True)


def _phrases_of(sentences: pd.DataFrame) -> pd.DataFrame:
    """The rows of `set_phrases` for the sentences of some documents, their phrases numbered from 0."""
    document = pd.factorize(sentences["document"])[0]
    texts = sentences["text"].to_numpy(object)
    counts, number = numbered_words(texts)
    row = np.repeat(np.arange(len(texts)), counts)
    word = pd.factorize(document[row] * (number.max(initial=0) + 1) + number)[0]
    last = max(len(word) - PHRASE_WORDS + 1, 0)
    chosen = row[:last] == row[PHRASE_WORDS - 1 :]
    # A phrase that is said thrice consists of words that are, and in few places there are four of these in a row.
    often = _said_thrice(word)
    for step in range(PHRASE_WORDS):
        chosen &= often[step : step + last]
    first = np.flatnonzero(chosen)
    phrase = word[first]
    for step in range(1, PHRASE_WORDS):
        phrase = pd.factorize(phrase * (word.max(initial=0) + 1) + word[first + step])[0]
    first = first[_said_thrice(phrase)]
    phrase = pd.factorize(phrase[_said_thrice(phrase)])[0]
    row_of_phrase = row[first]
    in_sentence = first - (np.cumsum(counts) - counts)[row_of_phrase]
    spans = {at: word_spans(texts[at]) for at in np.unique(row_of_phrase).tolist()}
    places = list(zip(row_of_phrase.tolist(), in_sentence.tolist(), strict=True))
    offset = sentences["start"].to_numpy(np.int64)[row_of_phrase]
    return (
        sentences[["document", "sentence"]]
        .iloc[row_of_phrase]
        .assign(
            phrase=phrase,
            from_=offset + np.array([spans[at][begin][0] for at, begin in places], dtype=np.int64),
            to=offset + np.array([spans[at][begin + PHRASE_WORDS - 1][1] for at, begin in places], dtype=np.int64),
        )
    )


def _said_thrice(numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the numbers occur as often as a set phrase does."""
    return np.bincount(numbers, minlength=1)[numbers] >= PHRASE_REPEATS


def set_phrases_once(sentences: pd.DataFrame, hits: pd.DataFrame, phrases: pd.DataFrame) -> pd.DataFrame:
    """Hits without those in repetitions of a set phrase of their document.

    Hits in the first occurrence of the phrase in the document are kept. `phrases` are the `set_phrases` of these
    sentences and possibly of others.
    """
    place = ["document", "sentence"]
    phrases = phrases[phrases["document"].isin(sentences["document"].unique())].merge(sentences[place], on=place)
    said = phrases.groupby("phrase")["phrase"]
    again = phrases[(said.transform("size") >= PHRASE_REPEATS) & (said.cumcount() > 0)]
    near = hits.reset_index()[["index", *place, "start", "end"]].merge(again, on=place)
    inside = near.loc[(near["start"] >= near["from_"]) & (near["end"] <= near["to"]), "index"]
    return hits[~hits.index.isin(inside)]
