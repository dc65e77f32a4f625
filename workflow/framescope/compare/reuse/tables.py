"""The tables of copied passages: each with the place where it stands first, by document, and by sentence."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array, Codes
from framescope.compare.reuse.passages import Passages, copied_passages
from framescope.compare.reuse.running_words import RunningWords, order_of_documents, running_words
from framescope.words import word_spans

# A sentence with at least this share of its words in copied passages is a copied sentence.
COPIED_FROM = 0.5
# What is needed of the table sentences.
SENTENCE_COLUMNS = ["document", "section", "paragraph", "sentence", "start", "text", "voice"]
PLACE = ["document", "section", "paragraph", "sentence", "last_sentence", "start", "end", "words", "text"]
REUSE_COLUMNS = [*PLACE[:-1], *(f"first_{name}" for name in PLACE[:-1]), "equal_words", "alike", "text", "first_text"]
BY_DOCUMENT = ["document", "words", "copied_words", "copied_share", "repeated_words", "elsewhere_words"]
BY_DOCUMENT += ["elsewhere_share", "most_from", "most_from_words"]


def share(part: Codes, whole: Codes) -> Array:
    """Words of a kind / all words, 0 to 1; 0 for a text without words. The definition is ours.

    >>> share(np.array([20, 0]), np.array([80, 0])).tolist()
    [0.25, 0.0]
    """
    return np.divide(part, whole, out=np.zeros(len(whole)), where=whole > 0)


def reuse_tables(sentences: pd.DataFrame, documents: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables reuse, reuse_by_document and copied_sentences, from those of the sentences and of the documents."""
    words = running_words(sentences, documents)
    passages = copied_passages(words)
    names = np.array([*order_of_documents(documents)], dtype=object)
    published = dict(documents[["document", "published"]].fillna("").to_numpy()) if "published" in documents else {}
    reuse = _reuse(words, passages)
    for side in ("", "first_"):
        reuse[f"{side}published"] = [published.get(name, "") for name in reuse[f"{side}document"]]
    return {
        "reuse": reuse,
        "reuse_by_document": _by_document(words, passages, names),
        "copied_sentences": _copied_sentences(words, passages),
    }


def _reuse(words: RunningWords, passages: Passages) -> pd.DataFrame:
    """A row for each copy, in the order of the study."""
    starts = np.concatenate([passages.later, passages.earlier])
    both = _places(words, starts, np.concatenate([passages.later_end, passages.earlier_end]))
    copies = len(passages.later)
    first = both[copies:].reset_index(drop=True).add_prefix("first_")
    table = pd.concat([both[:copies], first], axis=1)
    alike = passages.equal / np.maximum(table["first_words"], table["words"])
    return table.assign(equal_words=passages.equal, alike=alike)[REUSE_COLUMNS]


def _places(words: RunningWords, starts: Codes, ends: Codes) -> pd.DataFrame:
    """Where the words from each start to before its end stand; characters are those of the paragraph."""
    first, last = words.sentence_of(starts), words.sentence_of(ends - 1)
    texts = _texts(words, first, last)
    # Most sentences of a copy are the same as those of which it is a copy.
    spans = functools.cache(word_spans)
    begins = [spans(text[0])[place][0] for text, place in zip(texts, starts - words.starts[first], strict=True)]
    stops = [spans(text[-1])[place][1] for text, place in zip(texts, ends - 1 - words.starts[last], strict=True)]
    offsets = words.sentences["start"].to_numpy(np.int64)
    first, last = words.rows[first], words.rows[last]
    table = words.sentences[["document", "section", "paragraph", "sentence"]].iloc[first].reset_index(drop=True)
    return table.assign(
        last_sentence=words.sentences["sentence"].to_numpy()[last],
        start=offsets[first] + np.array(begins, dtype=np.int64),
        end=offsets[last] + np.array(stops, dtype=np.int64),
        words=ends - starts,
        text=[_cut(*part) for part in zip(texts, begins, stops, strict=True)],
    )


def _texts(words: RunningWords, first: Codes, last: Codes) -> list[list[str]]:
    """The sentences from each of the first to the last that belongs to it."""
    numbers = 1 + last - first
    ends = np.cumsum(numbers)
    wanted = np.repeat(first - (ends - numbers), numbers) + np.arange(numbers.sum())
    # Taken together, because to take single texts from a column takes long.
    sentences = words.sentences["text"].array.take(words.rows[wanted]).tolist()
    return [sentences[low:high] for low, high in _pairs(ends - numbers, ends)]


def _pairs(first: Codes, second: Codes) -> Iterator[tuple[int, int]]:
    return zip(first.tolist(), second.tolist(), strict=True)


def _cut(sentences: list[str], begin: int, stop: int) -> str:
    """Sentences from a character of the first to before one of the last.

    >>> _cut(["Rain fell.", "We saw it."], 5, 6)
    'fell. We saw'
    """
    *before, last = sentences
    return " ".join([*before, last[:stop]])[begin:]


def _within(words: RunningWords, *stretches: tuple[Codes, Codes]) -> NDArray[np.bool_]:
    """Which places of the study are in one of these stretches, given by their first places and those after the last."""
    within = np.zeros(len(words.codes), dtype=bool)
    for starts, ends in stretches:
        for start, end in _pairs(starts, ends):
            within[start:end] = True
    return within


def _by_document(words: RunningWords, passages: Passages, names: NDArray[np.object_]) -> pd.DataFrame:
    """A row for each document: how many of its words are copied, and how many stand elsewhere as well."""
    source, own = words.document[passages.earlier], words.document[passages.later]
    copied, repeated = passages[source != own], passages[source == own]
    there = (copied.later, copied.later_end), (copied.earlier, copied.earlier_end)
    counted = {
        "words": words.document >= 0,
        "copied_words": _within(words, there[0]),
        "repeated_words": _within(words, (repeated.later, repeated.later_end)),
        "elsewhere_words": _within(words, *there),
    }
    numbers = {name: np.bincount(words.document[inside], minlength=len(names)) for name, inside in counted.items()}
    shares = {f"{name}_share": share(numbers[f"{name}_words"], numbers["words"]) for name in ("copied", "elsewhere")}
    pairs = pd.DataFrame({"document": own, "from": source, "words": passages.later_end - passages.later})
    sums = pairs[source != own].groupby(["document", "from"], as_index=False)["words"].sum()
    most = (
        sums.sort_values(["words", "from"], ascending=[False, True]).drop_duplicates("document").set_index("document")
    )
    table = pd.DataFrame({"document": names, **numbers, **shares})
    table["most_from"] = [names[most["from"][place]] if place in most.index else "" for place in table.index]
    table["most_from_words"] = most["words"].reindex(table.index).fillna(0).astype(int)
    return table[BY_DOCUMENT]


def _copied_sentences(words: RunningWords, passages: Passages) -> pd.DataFrame:
    """A row for each sentence with at least half of its words in passages that stand earlier in the study."""
    inside = np.flatnonzero(_within(words, (passages.later, passages.later_end)))
    copied = np.searchsorted(inside, words.ends) - np.searchsorted(inside, words.starts)
    lengths = words.ends - words.starts
    chosen = (copied > 0) & (copied >= COPIED_FROM * lengths)
    rows = words.sentences[["document", "section", "sentence"]].iloc[words.rows[chosen]].reset_index(drop=True)
    return rows.assign(words=lengths[chosen], copied_words=copied[chosen])
