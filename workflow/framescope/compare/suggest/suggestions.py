"""For each theme, the terms that it may lack, and what each would change."""

from __future__ import annotations

from collections.abc import Iterator
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
    def of(cls, tables: Tables) -> _Study:
        sentences = tables.sentences[tables.sentences["voice"] == "author"].sort_values(PLACE).reset_index(drop=True)
        paragraphs = sentences.groupby(["document", "paragraph"], sort=False).ngroup().to_numpy(np.int64)
        documents = sentences.groupby("document", sort=False).ngroup().to_numpy(np.int64)
        return cls(sentences, paragraphs, documents, occurrences(sentences, paragraphs))


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
    codes: pd.DataFrame | None = None,
    findings: tuple[Finding, ...] = (),
    most: int = MOST,
    confidence: float = CONFIDENCE,
) -> pd.DataFrame:
    """At most `most` terms for each top-level theme with hits, the most new sentences expected to be right first (ours).

    Candidates are those of `occurrences` outside the theme's hits. hits and documents count where they stand in the
    author's words, new_sentences the sentences among these without a hit of the theme. expected_precision, low and
    high are those of `expected_precision` or, if sentences with the term are in `codes` (document, sentence, theme,
    which is empty for a sentence without one), of `with_codes`; coded is the number of such sentences. Terms with
    an expected precision of zero are not proposed. rate and rate_with_term are the theme's hits per 1,000 of the author's words. findings names the
    established differences that would change (`changed_findings`), and examples sentences by document and number.
    """
    study = _Study.of(tables)
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


def _rows(
    study: _Study, theme: _Theme, words: int, findings: tuple[Finding, ...], most: int, confidence: float
) -> Iterator[dict[str, object]]:
    """The rows of one theme."""
    terms = len(study.found.terms)
    pairs = np.unique(theme.term * len(study.sentences) + theme.sentence)
    term, sentence = np.divmod(pairs, max(len(study.sentences), 1))
    counts = np.bincount(term, minlength=terms)
    new = np.bincount(term[~theme.around.hit[sentence]], minlength=terms)
    near = np.bincount(term[theme.around.near[sentence]], minlength=terms).astype(float)
    around = theme.around
    listed = counts >= FEWEST_SENTENCES
    expected, low, high = (np.zeros(terms) for _ in range(3))
    own = _own_precision(theme)
    expected[listed], low[listed], high[listed] = expected_precision(
        near[listed], counts[listed].astype(float), around, own, confidence
    )
    judged = np.array([row in theme.codes for row in sentence.tolist()], dtype=bool)
    right = np.array([theme.codes.get(row, False) for row in sentence.tolist()], dtype=bool)
    coded = np.bincount(term[judged], minlength=terms)
    by_hand = with_codes(expected, np.bincount(term[right], minlength=terms).astype(float), coded.astype(float), confidence)
    expected, low, high = (np.where(coded > 0, b, a) for a, b in zip((expected, low, high), by_hand, strict=True))
    bounds = np.searchsorted(term, np.arange(terms + 1))
    hits = np.bincount(theme.term, minlength=terms)
    ranked = np.lexsort((np.arange(terms), -expected * new))
    chosen = [t for t in ranked.tolist() if expected[t] * new[t] > 0]
    for t in _apart(chosen, sentence, bounds, most):
        at = sentence[bounds[t] : bounds[t + 1]]
        places = study.sentences.iloc[at][~around.hit[at]].head(EXAMPLES)
        everywhere = study.sentences.iloc[theme.sentence[theme.term == t]]
        yield {
            "theme": theme.name,
            "term": study.found.terms[t],
            "hits": int(hits[t]),
            "documents": len(np.unique(study.documents[at])),
            "new_sentences": int(new[t]),
            "expected_precision": float(expected[t]),
            "low": float(low[t]),
            "high": float(high[t]),
            "coded": int(coded[t]),
            "rate": 1000 * theme.hits / words,
            "rate_with_term": 1000 * (theme.hits + int(hits[t])) / words,
            "findings": "; ".join(changed_findings(findings, theme.name, everywhere)),
            "examples": " | ".join(f"{place.document} {place.sentence}: {place.text}" for place in places.itertuples()),
        }


def _own_precision(theme: _Theme) -> float:
    """The share of the coded sentences with a hit that have the theme; `OWN_PRECISION` counts as two of them."""
    judged = [right for row, right in theme.codes.items() if theme.around.hit[row]]
    return (sum(judged) + WEIGHT * OWN_PRECISION) / (len(judged) + WEIGHT)


def _apart(chosen: list[int], sentence: Numbers, bounds: Numbers, most: int) -> list[int]:
    """The first terms in order, without those that share most of their sentences with one before them."""
    kept: list[int] = []
    rows: list[Numbers] = []
    for t in chosen:
        own = sentence[bounds[t] : bounds[t + 1]]
        if all(len(np.intersect1d(own, other)) < SAME * min(len(own), len(other)) for other in rows):
            kept.append(t)
            rows.append(own)
        if len(kept) == most:
            break
    return kept
