"""Alignment of the paragraphs and sections of two editions of a text."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array

from framescope.compare.counts.blocks import Array, Codes
from framescope.words import WORD

# Paragraphs of two editions that are less alike than this are not the same paragraph.
LEAST_ALIKE = 0.4
# Of the paragraphs that have most words in common with a paragraph so many are compared with it word by word.
COMPARED = 6
# Of two that are as like the one nearer in its edition is preferred, by at most so much.
NEARNESS = 0.05
# Sections are the same if the share of the words in paragraphs that they have in common, and the likeness of their
# titles, add up to so much.
LEAST_COMMON = 0.3
LEAST_TITLE = 0.6


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of an edition: the number of its section among the sections, and its text."""

    section: int
    text: str

    @cached_property
    def words(self) -> list[str]:
        """Its words in lower case."""
        return [word.lower() for word in WORD.findall(self.text)]


@dataclass(frozen=True)
class Pair:
    """A paragraph of the old edition and the same one in the new, by their numbers; how alike, and whether it moved."""

    old: int
    new: int
    alike: float
    moved: bool


def likeness(first: Sequence[str], second: Sequence[str]) -> float:
    """Twice the number of words that are the same in the same order over the number of words of both, 0 to 1.

    Ratcliff and Metzener 1988, Dr. Dobb's Journal 13 (7), on words.

    >>> likeness("we must act now".split(), "we should act now".split())
    0.75
    """
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def align_paragraphs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Pair]:
    """The paragraphs that both editions have, in the order of the new one.

    Pairs are chosen so that their likeness is largest in sum (`likeness`, at least 0.4), each paragraph once. Those
    outside the longest series of pairs that is in the same order in both editions are moved.
    """
    alike = _likenesses(old, new)
    places = [np.arange(len(part))[:, np.newaxis] / max(len(part), 1) for part in (old, new)]
    nearness = NEARNESS * (1 - np.abs(places[0] - places[1].T))
    rows, columns = linear_sum_assignment(np.where(alike >= LEAST_ALIKE, alike + nearness, 0), maximize=True)
    chosen = alike[rows, columns] >= LEAST_ALIKE
    order = np.argsort(columns[chosen])
    rows, columns = rows[chosen][order], columns[chosen][order]
    stayed = set(longest_rising(rows.tolist()))
    return [
        Pair(int(row), int(column), float(alike[row, column]), place not in stayed)
        for place, (row, column) in enumerate(zip(rows, columns, strict=True))
    ]


def align_editions(
    old: Sequence[Paragraph], new: Sequence[Paragraph], titles: tuple[Sequence[str], Sequence[str]]
) -> tuple[list[Pair], list[tuple[int, int]]]:
    """The paragraphs and the sections that both editions have; `titles` are those of the sections of both.

    A paragraph has also moved if the new edition has its section and the paragraph is in another one.
    """
    pairs = align_paragraphs(old, new)
    sections = align_sections(old, new, pairs, titles)
    now = dict(sections)
    for place, pair in enumerate(pairs):
        section = new[pair.new].section
        if now.get(old[pair.old].section, section) != section:
            pairs[place] = replace(pair, moved=True)
    return pairs, sections


def _likenesses(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Array:
    """The likeness of each old and new paragraph; 0 for those with fewer words in common than several others."""
    alike = np.zeros((len(old), len(new)))
    if not alike.size:
        return alike
    common = _common_words(old, new)
    several = min(COMPARED, len(old), len(new))
    nearest = np.argpartition(-common, several - 1, axis=1)[:, :several]
    candidates = {(row, int(column)) for row in range(len(old)) for column in nearest[row]}
    nearest = np.argpartition(-common, several - 1, axis=0)[:several]
    candidates |= {(int(row), column) for column in range(len(new)) for row in nearest[:, column]}
    for row, column in sorted(candidates):
        alike[row, column] = likeness(old[row].words, new[column].words)
    return alike


def _common_words(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Array:
    """The cosine of the counts of words of each old and new paragraph, in which rare words weigh more."""
    counts = [Counter(paragraph.words) for paragraph in [*old, *new]]
    within = Counter(word for count in counts for word in count)
    vocabulary = {word: place for place, word in enumerate(within)}
    rows = np.repeat(np.arange(len(counts)), [len(count) for count in counts])
    columns = [vocabulary[word] for count in counts for word in count]
    values = [n * np.log1p(len(counts) / within[word]) for count in counts for word, n in count.items()]
    matrix = csr_array((np.array(values, dtype=float), (rows, columns)), shape=(len(counts), max(len(vocabulary), 1)))
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1), dtype=float)).reshape(-1, 1)
    common = (matrix[: len(old)] @ matrix[len(old) :].T).toarray()
    return np.asarray(common / np.maximum(length[: len(old)] * length[len(old) :].T, 1e-12))


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The places of a longest rising series of numbers, by patience sorting (Fredman 1975, Discrete Mathematics 11).

    >>> longest_rising([3, 0, 1, 4, 2])
    [1, 2, 4]
    """
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(places[length - 1] if length else -1)
        ends[length:] = [number, *ends[length + 1 :]]
        places[length:] = [place, *places[length + 1 :]]
    series, place = [], places[-1] if places else -1
    while place >= 0:
        series.append(place)
        place = before[place]
    return series[::-1]


def align_sections(
    old: Sequence[Paragraph],
    new: Sequence[Paragraph],
    pairs: Sequence[Pair],
    titles: tuple[Sequence[str], Sequence[str]],
) -> list[tuple[int, int]]:
    """The sections that both editions have, by their numbers.

    Sections are the same by the words in the paragraphs that they have in common and by their titles, whose numbers do
    not matter; each section is chosen once, so that the sum over all is largest.
    """
    words = [np.zeros(len(own)) for own in titles]
    for number, paragraphs in zip(words, (old, new), strict=True):
        np.add.at(number, np.array([p.section for p in paragraphs], dtype=int), [len(p.words) for p in paragraphs])
    common = np.zeros((len(titles[0]), len(titles[1])))
    for pair in pairs:
        first, second = old[pair.old], new[pair.new]
        common[first.section, second.section] += pair.alike * (len(first.words) + len(second.words))
    common /= np.maximum(words[0][:, np.newaxis] + words[1], 1)
    score = common + _title_likeness(*titles)
    rows, columns = linear_sum_assignment(np.where(score >= LEAST_COMMON, score, 0), maximize=True)
    chosen: Codes = np.flatnonzero(score[rows, columns] >= LEAST_COMMON)
    return [(int(rows[place]), int(columns[place])) for place in chosen]


def _title_likeness(old: Sequence[str], new: Sequence[str]) -> Array:
    """The likeness of the titles of each two sections, 0 if below 0.6; text before the first heading has no title."""
    bare = [
        ["".join(c for c in title.lower() if c.isalpha() or c == " ").split() for title in own] for own in (old, new)
    ]
    alike = np.array([[likeness(a, b) for b in bare[1]] for a in bare[0]]).reshape(len(old), len(new))
    return np.where(alike >= LEAST_TITLE, alike, 0.0)
