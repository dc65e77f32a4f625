"""What each term of the lexicon contributes to its theme, and what the contrasts would be without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log, nan
from typing import Any

import pandas as pd

from framescope.compare.inference.estimators import HALF, contrast_sets
from framescope.compare.inputs import headline
from framescope.theme_paths import is_within

SPAN = ["document", "sentence", "start", "end"]
COLUMNS = [
    "theme", "term", "hits", "documents", "share", "contrast", "log_odds_without", "also_in", "subject_term",
    "precision", "coded",
]  # fmt: skip


def lexicon_terms(
    hits: pd.DataFrame,
    terms: Iterable[tuple[str, str]],
    contrasts: Sequence[Mapping[str, Any]],
    codes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """A row for each term of a theme and contrast with this theme; terms without a hit have rows too (ours).

    `terms` are pairs (theme, term) of the lexicon; named actors with hits follow the terms of their theme. hits and
    documents count the headline hits; share is the term's share of the hits of its theme's own terms. log_odds_without
    is the contrast over the whole study without the hits of the term, ln((a + 1/2) / (b + 1/2)), where a and b are the
    remaining hits of its sides. also_in names other themes with hits of the same words. subject_term says whether the
    term is the subject of a document. With `codes` (document, sentence, theme, which is empty for a sentence without a
    theme), precision is the share of the coded sentences with the term that have its theme, a parent or a subtheme of
    it, and coded is the number of these sentences.

    By hand: the contrast of 3 hits and 1, ln(3.5 / 1.5), has 1 and 1 without "tank", 2 and 1 without "war" and 3 and
    none without "trade". One of the two sentences with "tank" is coded with defence.

    >>> rows = [(1, "defence", "tank"), (2, "defence", "tank"), (3, "defence", "war"), (4, "economy", "trade")]
    >>> hits = pd.DataFrame(rows, columns=["sentence", "theme", "term"]).assign(document="a", start=0, end=5)
    >>> hits = hits.assign(voice="author", subject_term=False)
    >>> codes = hits[["document", "sentence"]].assign(theme=["defence", "", "defence", "economy"])
    >>> table = lexicon_terms(hits, [], [{"name": "defence v. economy", "a": ["defence"], "b": ["economy"]}], codes)
    >>> table[["term", "share", "log_odds_without", "precision"]].round(3).to_numpy().tolist()
    [['tank', 0.667, 0.0, 0.5], ['war', 0.333, 0.511, 1.0], ['trade', 1.0, 1.946, 1.0]]
    """
    counted = headline(hits)
    listed = dict.fromkeys(terms)
    for theme, term in hits[["theme", "term"]].drop_duplicates().sort_values(["theme", "term"]).itertuples(index=False):
        listed.setdefault((theme, term))
    order = {theme: number for number, theme in enumerate(dict.fromkeys(theme for theme, _ in listed))}
    by_term = counted.groupby(["theme", "term"], sort=False)
    numbers = by_term["document"].agg(["size", "nunique"]).T.to_dict("list")
    rows_of = {} if codes is None else dict(iter(by_term))
    of_theme = counted.groupby("theme").size().to_dict()
    subjects = set(hits.loc[hits["subject_term"].astype(bool), ["theme", "term"]].itertuples(index=False, name=None))
    elsewhere = _other_themes(counted)
    sides = _contrast_sides(counted, contrasts)
    rows = []
    for theme, term in sorted(listed, key=lambda key: order[key[0]]):
        hits_of_term, documents = numbers.get((theme, term), (0, 0))
        precision, coded = _precision(rows_of.get((theme, term)), theme, codes)
        facts = {
            "theme": theme,
            "term": term,
            "hits": hits_of_term,
            "documents": documents,
            "share": hits_of_term / of_theme[theme] if hits_of_term else 0.0,
            "also_in": elsewhere.get((theme, term), ""),
            "subject_term": (theme, term) in subjects,
            "precision": precision,
            "coded": coded,
        }
        part = {name: (a, b) for name, (themes, a, b) in sides.items() if is_within(theme, *themes)}
        for name, (a, b) in part.items():
            without = log((_without(a, term) + HALF) / (_without(b, term) + HALF))
            rows.append({**facts, "contrast": name, "log_odds_without": without})
        if not part:
            rows.append({**facts, "contrast": "", "log_odds_without": nan})
    return pd.DataFrame(rows, columns=COLUMNS)


def _other_themes(hits: pd.DataFrame) -> dict[tuple[str, str], str]:
    """For each theme and term, the other themes, neither parents nor subthemes, with hits of the same words."""
    pairs = hits[[*SPAN, "theme", "term"]].merge(hits[[*SPAN, "theme"]], on=SPAN, suffixes=("", "_other"))
    found = pairs[["theme", "term", "theme_other"]].drop_duplicates().sort_values("theme_other")
    others: dict[tuple[str, str], list[str]] = {}
    for theme, term, other in found.itertuples(index=False, name=None):
        if not is_within(theme, other) and not is_within(other, theme):
            others.setdefault((theme, term), []).append(other)
    return {key: "; ".join(themes) for key, themes in others.items()}


class _Side:
    """The number of hits on one side of a contrast, and how many of them each term alone accounts for."""

    def __init__(self, hits: pd.DataFrame) -> None:
        terms = hits[[*SPAN, "term"]].drop_duplicates()
        self.hits = int((~terms.duplicated(SPAN)).sum())
        # A span that two terms match remains a hit without one of them.
        self.lost = terms.loc[~terms.duplicated(SPAN, keep=False), "term"].value_counts().to_dict()


def _without(side: _Side, term: str) -> int:
    return side.hits - int(side.lost.get(term, 0))


def _contrast_sides(
    counted: pd.DataFrame, contrasts: Sequence[Mapping[str, Any]]
) -> dict[str, tuple[list[str], _Side, _Side]]:
    sets = contrast_sets(contrasts)
    sides: dict[str, tuple[list[str], _Side, _Side]] = {}
    for name in [str(contrast["name"]) for contrast in contrasts]:
        a, b = sets[f"{name}: a"], sets[f"{name}: b"]
        themes = [[theme for theme in counted["theme"].unique() if is_within(theme, *side)] for side in (a, b)]
        side_a, side_b = (_Side(counted[counted["theme"].isin(of_side)]) for of_side in themes)
        sides[name] = (a + b, side_a, side_b)
    return sides


def _precision(of_term: pd.DataFrame | None, theme: str, codes: pd.DataFrame | None) -> tuple[float, int]:
    if codes is None or of_term is None:
        return nan, 0
    places = of_term[["document", "sentence"]].drop_duplicates().merge(codes, on=["document", "sentence"])
    if places.empty:
        return nan, 0
    right = places["theme"].map(lambda coded: is_within(theme, coded) or is_within(coded, theme))
    by_sentence = right.groupby([places["document"], places["sentence"]]).any()
    return float(by_sentence.mean()), len(by_sentence)
