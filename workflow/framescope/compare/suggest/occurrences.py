"""The words, phrases and beginnings of words of a study that may become terms of a lexicon, and where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Set
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.words import WORD

Numbers = NDArray[np.int64]
# No paragraph has so many characters; a place is the number of its paragraph times this plus the character.
WIDTH = 1 << 26
SHORTEST_WORD = 3
SHORTEST_BEGINNING = 5
LONGEST_PHRASE = 3
FEWEST_SENTENCES = 3


@dataclass(frozen=True)
class Occurrences:
    """Every occurrence of every candidate, as parallel arrays, and the words of the study.

    `term` is an index into `terms`, `sentence` a row of the table of sentences, `first` and `end` count words of the
    study. `places` and `ends` hold the place of each word: the number of its paragraph times `WIDTH`, plus characters.
    """

    terms: list[str]
    term: Numbers
    sentence: Numbers
    first: Numbers
    end: Numbers
    places: Numbers
    ends: Numbers


def occurrences(sentences: pd.DataFrame, paragraphs: Numbers, stop_words: Set[str]) -> Occurrences:
    """The candidates in sentences (columns start and text) with their paragraphs' numbers.

    A candidate is a word, a phrase of up to three adjacent words, or a beginning of words ("harbour*") that has two
    forms or more, in at least three sentences. Stop words neither begin nor end one, and words that are written with a
    capital in most places within sentences are names and no candidates.
    """
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    places: list[int] = []
    ends: list[int] = []
    capitals: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    columns = (sentences["text"].tolist(), sentences["start"].tolist(), paragraphs.tolist())
    for number, (text, start, paragraph) in enumerate(zip(*columns, strict=True)):
        base, before = paragraph * WIDTH + start, len(places)
        spans = [match.span() for match in WORD.finditer(text)]
        written = [text[a:b] for a, b in spans]
        places += [base + a for a, _ in spans]
        ends += [base + b for _, b in spans]
        inside.update(word.lower() for word in written[1:])
        capitals.update(word.lower() for word in written[1:] if word[0].isupper())
        words = [word.lower() for word in written]
        for phrase, at, length in _phrases(text, words, spans, stop_words):
            found[phrase].append((number, before + at, before + at + length))
    names = {word for word, count in capitals.items() if 2 * count > inside[word]}
    kept = {term: at for term, at in found.items() if names.isdisjoint(term.split()) and _is_frequent(at)}
    kept |= _beginnings({term: at for term, at in found.items() if " " not in term and term not in names})
    return _as_arrays(kept, places, ends)


def _phrases(
    text: str, words: list[str], spans: list[tuple[int, int]], stop_words: Set[str]
) -> list[tuple[str, int, int]]:
    """The words and phrases of a sentence, as text, first word and length."""
    bounds = [word.isalpha() and len(word) >= SHORTEST_WORD and word not in stop_words for word in words]
    joined = [text[a[1] : b[0]] in (" ", "-") for a, b in pairwise(spans)]
    phrases = []
    for at, possible in enumerate(bounds):
        for length in range(1, LONGEST_PHRASE + 1):
            last = at + length - 1
            if not possible or last >= len(words) or not all(joined[at:last]):
                break
            if bounds[last]:
                phrases.append((" ".join(words[at : last + 1]), at, length))
    return phrases


def _is_frequent(places: list[tuple[int, int, int]]) -> bool:
    return len(places) >= FEWEST_SENTENCES and len({sentence for sentence, _, _ in places}) >= FEWEST_SENTENCES


def _beginnings(words: dict[str, list[tuple[int, int, int]]]) -> dict[str, list[tuple[int, int, int]]]:
    """Beginnings of five letters or more that several words share, as terms with a wildcard."""
    listed = sorted(words)
    found = {}
    for beginning in sorted({word[:cut] for word in listed for cut in (len(word), len(word) - 1)}):
        if len(beginning) < SHORTEST_BEGINNING:
            continue
        low, high = bisect_left(listed, beginning), bisect_left(listed, beginning + "\uffff")
        if high - low > 1:
            places = sorted(place for word in listed[low:high] for place in words[word])
            if _is_frequent(places):
                found[beginning + "*"] = places
    return found


def _as_arrays(kept: dict[str, list[tuple[int, int, int]]], places: list[int], ends: list[int]) -> Occurrences:
    terms = sorted(kept)
    rows = [(number, *place) for number, term in enumerate(terms) for place in kept[term]]
    term, sentence, first, end = np.array(rows, dtype=np.int64).reshape(len(rows), 4).T
    return Occurrences(
        terms, term, sentence, first, end, np.array(places, dtype=np.int64), np.array(ends, dtype=np.int64)
    )
