"""What each section, document, role and group has: the rows of theme_rates, framing_by_section and contrasts."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import pandas as pd
from benchmarks.audit.counts import Study, Unit
from benchmarks.audit.formulas import log_odds, odds_sums, ratio_interval, t_quantile

SEVERAL_DOCUMENTS = 4
FEWEST_HITS = 5

Cells = dict[str, Any]


def share(part: float, whole: float) -> float:
    """part / whole, not a number where whole is nought."""
    return float(part) / float(whole) if whole else math.nan


class Units:
    """Cells of single units; `themes` are those of the lexicon in the order in which the tables have them."""

    def __init__(self, study: Study, themes: list[str]) -> None:
        self.study, self.themes = study, themes
        self.by_theme = study.count([[theme] for theme in themes])
        self.by_side = study.count([side for sides in study.contrasts.values() for side in sides])
        self.either = study.count([[*a, *b] for a, b in study.contrasts.values()])
        self.rates = cache(self._rates)

    def unit(self, row: Cells) -> Unit:
        """The unit that a row is on."""
        kind = row["unit"]
        return Unit(kind, row["document"], row["section"] if kind == "section" else "", row[kind])

    def document(self, row: Cells) -> Cells:
        """What a document's row of documents.csv says of its length."""
        return self._length(self.study.all_sentences[self.study.all_sentences["document"] == row["document"]])

    def section(self, row: Cells) -> Cells:
        """What a section's row of sections.csv says of its length, and how much of it prescribes."""
        everything, author = self.study.all_sentences, self.study.sentences
        own, voiced = (
            table[(table["document"] == row["document"]) & (table["section"] == row["section"])]
            for table in (everything, author)
        )
        return {**self._length(own), "prescriptive_share": share((voiced["mode"] == "prescriptive").sum(), len(voiced))}

    def _length(self, sentences: pd.DataFrame) -> Cells:
        words = {column: sentences[column].sum() for column in ("words", "quoted_words")}
        return {"sentences": len(sentences), "blocks": sentences["block"].nunique(), **words}

    def theme_rate(self, row: Cells) -> Cells:
        return self.rates(self.unit(row))[self.themes.index(row["theme"])]

    def _rates(self, unit: Unit) -> list[Cells]:
        """A unit's cells for each theme."""
        study, inside = self.study, self.study.inside(unit)
        hits, found = self.by_theme.hits[inside], self.by_theme.sentences[inside]
        words, sentences, blocks = study.words[inside], study.number[inside], int(inside.sum())
        enough, over = blocks >= study.min_blocks, "block"
        rates = ratio_interval(hits, words, study.confidence, of_sentences=False)
        shares = ratio_interval(found, sentences, study.confidence, of_sentences=True)
        if unit.kind in ("role", "group") and study.documents_in(inside) >= SEVERAL_DOCUMENTS:
            wide = study.by_document(inside, self.by_theme.hits, study.words, self.by_theme.sentences, study.number)
            over = "document"
            rates = ratio_interval(wide[0], wide[1], study.confidence, of_sentences=False)
            shares = ratio_interval(wide[2], wide[3], study.confidence, of_sentences=True)
        top = sum(hits[:, n].sum() for n, theme in enumerate(self.themes) if "." not in theme)
        cells = []
        for n, theme in enumerate(self.themes):
            total, with_hit, blocks_with_hit = hits[:, n].sum(), found[:, n].sum(), (hits[:, n] > 0).sum()
            cells.append(
                {
                    "level": theme.count(".") + 1,
                    "words": words.sum(),
                    "sentences": sentences.sum(),
                    "blocks": blocks,
                    "hits": total,
                    "rate_per_1000": 1000 * share(total, words.sum()),
                    "rate_low": 1000 * rates[0][n] if enough else None,
                    "rate_high": 1000 * rates[1][n] if enough else None,
                    "sentences_with_hit": with_hit,
                    "share_sentences": share(with_hit, sentences.sum()),
                    "share_low": shares[0][n] if enough else None,
                    "share_high": shares[1][n] if enough else None,
                    "blocks_with_hit": blocks_with_hit,
                    "share_blocks": share(blocks_with_hit, blocks),
                    "share_of_hits": share(total, top),
                    "inference": over if enough else "",
                }
            )
        return cells

    def contrast(self, row: Cells) -> Cells:
        study, unit = self.study, self.unit(row)
        inside, n = study.inside(unit), list(study.contrasts).index(row["contrast"])
        a, b = self.by_side.hits[inside, 2 * n], self.by_side.hits[inside, 2 * n + 1]
        with_a, with_b = (self.by_side.sentences[inside, 2 * n + side].sum() for side in (0, 1))
        sums, rows, over = odds_sums(a, b), int(inside.sum()), "block"
        enough = rows >= study.min_blocks
        if unit.kind in ("role", "group") and study.documents_in(inside) >= SEVERAL_DOCUMENTS:
            (wide,) = study.by_document(inside, self.by_side.hits)
            sums, rows, over = odds_sums(wide[:, 2 * n], wide[:, 2 * n + 1]), len(wide), "document"
        value, variance = log_odds(sums.sum(axis=1), rows)
        reach = t_quantile(study.confidence, rows) * math.sqrt(variance)
        low, high = (float(value - reach), float(value + reach)) if enough else (math.nan, math.nan)
        told = enough and a.sum() + b.sum() >= FEWEST_HITS
        return {
            "hits_a": a.sum(),
            "hits_b": b.sum(),
            "sentences_a": with_a,
            "sentences_b": with_b,
            "sentences_both": with_a + with_b - self.either.sentences[inside, n].sum(),
            "blocks": int(inside.sum()),
            "share_a": share(a.sum(), a.sum() + b.sum()),
            "log_odds": float(value),
            "low": low,
            "high": high,
            "lean": "too little text" if not told else "a" if low > 0 else "b" if high < 0 else "neither",
            "inference": over if enough else "",
        }

    def framing(self, row: Cells) -> Cells:
        """A section's cells side by side."""
        unit = Unit("section", row["document"], row["section"], row["section"])
        inside, cells = self.study.inside(unit), {}
        for theme, rate in zip(self.themes, self.rates(unit), strict=True):
            if f"{theme} rate" in row:
                cells |= {f"{theme} {short}": rate[long] for short, long in WIDE.items()}
        for name in self.study.contrasts:
            found = self.contrast({"unit": "section", **row, "contrast": name})
            cells |= {f"{name} {column}": found[column] for column in ("share_a", "log_odds", "low", "high", "lean")}
        return {"words": self.study.words[inside].sum(), "blocks": int(inside.sum()), **cells}


WIDE = {"rate": "rate_per_1000", "low": "rate_low", "high": "rate_high", "share_sentences": "share_sentences"}
