"""For each theme, the terms that it may lack, and what each would change."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.inputs import CONFIDENCE, Tables
from framescope.compare.suggest.effects import Finding, changed_findings
from framescope.compare.suggest.occurrences import FEWEST_SENTENCES, WIDTH, Occurrences, occurrences
from framescope.compare.suggest.precision import (
    OWN_PRECISION,
    WEIGHT,
    Surroundings,
    expected_precision,
    surroundings,
    with_codes,
)
from framescope.theme_paths import is_within

Numbers = NDArray[np.int64]
PLACE = ["document", "sentence"]
# How many terms are proposed for a theme, and how many examples are shown.
MOST = 40
EXAMPLES = 3
# So many times the number of proposed terms are looked at in order, which bounds the time in large studies.
LOOKED_AT = 5
# Of two terms of which one has most of its sentences in common with the other, only the better is proposed.
SAME = 0.8
COLUMNS = [
    "theme", "term", "hits", "documents", "new_sentences", "expected_precision", "low", "high", "coded", "rate",
    "rate_with_term", "findings", "examples",
]  # fmt: skip


@dataclass(frozen=True)
class _Study:
    """The author's sentences in order, their paragraphs and documents as numbers, and all candidates in them."""

    sentences: pd.DataFrame
    paragraphs: Numbers
    documents: Numbers
    found: Occurrences

    @classmethod
    def of(cls, tables: Tables, stop_words: Set[str]) -> _Study:
        sentences = tables.sentences[tables.sentences["voice"] == "author"].sort_values(PLACE).reset_index(drop=True)
        paragraphs = sentences.groupby(["document", "paragraph"], sort=False).ngroup().to_numpy().astype(np.int64)
        documents = sentences.groupby("document", sort=False).ngroup().to_numpy().astype(np.int64)
        return cls(sentences, paragraphs, documents, occurrences(sentences, paragraphs, stop_words))


@dataclass(frozen=True)
class _Theme:
    """A theme with the rows of its hits' sentences, where they are, and the occurrences of candidates outside hits."""

    name: str
    hits: int
    around: Surroundings
    term: Numbers
    sentence: Numbers
    codes: dict[int, bool]


def suggestions(
    tables: Tables,
    stop_words: Set[str],
    codes: pd.DataFrame | None = None,
    findings: tuple[Finding, ...] = (),
    most: int = MOST,
    confidence: float = CONFIDENCE,
) -> pd.DataFrame:
    """At most `most` terms for each top-level theme with hits (ours).

    Candidates are those of `occurrences` outside the theme's hits; `stop_words` neither begin nor end one. hits and
    documents count where they stand in the author's words, new_sentences the sentences among these without a hit of
    the theme. expected_precision, low and high are those of `expected_precision` or, if sentences with the term are in
    `codes` (document, sentence, theme, which is empty for a sentence without one), of `with_codes`; coded is the number
    of such sentences. Terms come in the order of low times new_sentences, and, where low is zero, of
    expected_precision; those for which it is zero are not proposed. rate and rate_with_term are the theme's hits per
    1,000 of the author's words. findings names the established differences that would change (`changed_findings`), and
    examples sentences by document and number.
    """
    study = _Study.of(tables, stop_words)
    counted = tables.headline().hits
    words = int((study.sentences["words"] - study.sentences["quoted_words"]).sum())
    rows: list[dict[str, object]] = []
    for theme in dict.fromkeys(path.partition(".")[0] for path in counted["theme"]):
        of_theme = _theme(study, counted[[is_within(path, theme) for path in counted["theme"]]], theme, codes)
        rows += _rows(study, of_theme, words, findings, most, confidence)
    return pd.DataFrame(rows, columns=COLUMNS)


def _theme(study: _Study, hits: pd.DataFrame, theme: str, codes: pd.DataFrame | None) -> _Theme:
    """The theme's hits in the author's sentences, and the candidates that do not touch them."""
    numbered = study.sentences[PLACE].assign(row=np.arange(len(study.sentences)), paragraph_number=study.paragraphs)
    hits = hits.merge(numbered, on=PLACE)
    found = study.found
    base = hits["paragraph_number"].to_numpy(np.int64) * WIDTH
    first = np.searchsorted(found.ends, base + hits["start"].to_numpy(np.int64), side="right")
    end = np.searchsorted(found.places, base + hits["end"].to_numpy(np.int64), side="left")
    steps = np.zeros(len(found.places) + 1, dtype=np.int64)
    np.add.at(steps, first, 1)
    np.add.at(steps, np.maximum(end, first), -1)
    covered = np.concatenate([[0], np.cumsum(np.cumsum(steps[:-1]) > 0)])
    free = covered[found.end] == covered[found.first]
    coded: dict[int, bool] = {}
    if codes is not None:
        judged = codes.merge(numbered, on=PLACE)
        for row, given in zip(judged["row"], judged["theme"], strict=True):
            coded[row] = coded.get(row, False) or is_within(given, theme)
    around = surroundings(hits["row"].to_numpy(np.int64), hits["term"], study.paragraphs)
    return _Theme(theme, len(hits), around, found.term[free], found.sentence[free], coded)


@dataclass(frozen=True)
class _Candidates:
    """By candidate: sentences outside hits, and among them new and coded ones, and expected precision with interval."""

    sentence: Numbers
    bounds: Numbers
    new: Numbers
    coded: Numbers
    expected: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def rows_of(self, t: int) -> Numbers:
        return self.sentence[self.bounds[t] : self.bounds[t + 1]]


def _candidates(study: _Study, theme: _Theme, confidence: float) -> _Candidates:
    """What is known of every candidate."""
    terms, around = len(study.found.terms), theme.around
    pairs = np.unique(theme.term * len(study.sentences) + theme.sentence)
    term, sentence = np.divmod(pairs, max(len(study.sentences), 1))

    def count(chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(term[chosen], minlength=terms).astype(float)

    every, near = count(np.ones(len(term), dtype=bool)), count(around.near[sentence])
    judged = count(np.isin(sentence, list(theme.codes)))
    right = count(np.isin(sentence, [row for row, given in theme.codes.items() if given]))
    values = np.zeros((3, terms))
    listed = every >= FEWEST_SENTENCES
    if listed.any():
        own = _own_precision(theme)
        values[:, listed] = expected_precision(near[listed], every[listed], around, own, confidence)
    values = np.where(judged > 0, with_codes(values[0], right, judged, confidence), values)
    bounds = np.searchsorted(term, np.arange(terms + 1))
    new = count(~around.hit[sentence])
    return _Candidates(sentence, bounds, new.astype(np.int64), judged.astype(np.int64), *values)


def _rows(
    study: _Study, theme: _Theme, words: int, findings: tuple[Finding, ...], most: int, confidence: float
) -> Iterator[dict[str, object]]:
    """The rows of one theme."""
    known = _candidates(study, theme, confidence)
    hits = np.bincount(theme.term, minlength=len(study.found.terms))
    ranked = np.lexsort((np.arange(len(hits)), -known.expected, -known.low * known.new))
    chosen = [t for t in ranked.tolist() if known.expected[t] * known.new[t] > 0][: LOOKED_AT * most]
    for t in _apart(chosen, known, most):
        at = known.rows_of(t)
        examples = study.sentences.iloc[at[~theme.around.hit[at]]].head(EXAMPLES)
        everywhere = study.sentences.iloc[theme.sentence[theme.term == t]]
        yield {
            "theme": theme.name,
            "term": study.found.terms[t],
            "hits": int(hits[t]),
            "documents": len(np.unique(study.documents[at])),
            "new_sentences": int(known.new[t]),
            "expected_precision": float(known.expected[t]),
            "low": float(known.low[t]),
            "high": float(known.high[t]),
            "coded": int(known.coded[t]),
            "rate": 1000 * theme.hits / words,
            "rate_with_term": 1000 * (theme.hits + int(hits[t])) / words,
            "findings": "; ".join(changed_findings(findings, theme.name, everywhere)),
            "examples": " | ".join(
                f"{place.document} {place.sentence}: {place.text}" for place in examples.itertuples()
            ),
        }


def _own_precision(theme: _Theme) -> float:
    """The share of the coded sentences with a hit that have the theme; `OWN_PRECISION` counts as two of them."""
    judged = [right for row, right in theme.codes.items() if theme.around.hit[row]]
    return (sum(judged) + WEIGHT * OWN_PRECISION) / (len(judged) + WEIGHT)


def _apart(chosen: list[int], known: _Candidates, most: int) -> list[int]:
    """The first terms in order, without those that share most of their sentences with one before them."""
    kept: list[int] = []
    for t in chosen:
        own = known.rows_of(t)
        others = [known.rows_of(other) for other in kept]
        if all(len(np.intersect1d(own, other)) < SAME * min(len(own), len(other)) for other in others):
            kept.append(t)
        if len(kept) == most:
            break
    return kept
