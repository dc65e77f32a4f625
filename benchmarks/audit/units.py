"""What each section, document, role and group has: the rows of theme_rates, framing_by_section and contrasts."""

from __future__ import annotations

import math
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from benchmarks.audit.counts import Study, Unit, below
from benchmarks.audit.formulas import (
    document_dispersion,
    equal_p,
    rate_ratio,
    score_interval,
    shrunk_dispersion,
    study_dispersion,
    text_baseline,
)

SEVERAL_DOCUMENTS = 4
FEWEST_HITS = 5
BASE_RATES = Path(__file__).parents[2] / "workflow" / "framescope" / "lexicons" / "base_rates.csv"

Cells = dict[str, Any]


def share(part: float, whole: float) -> float:
    """part / whole, not a number where whole is nought."""
    return float(part) / float(whole) if whole else math.nan


def base_rates() -> dict[str, float]:
    """The base rates that come with the lexicon, per 1,000 words."""
    table = pd.read_csv(BASE_RATES)
    return dict(zip(table["theme"], 1000 * table["hits"] / table["words"], strict=True))


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
        name = row[kind if kind in ("section", "document", "role") else "group"]
        return Unit(kind, row["document"], row["section"] if kind == "section" else "", name)

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

    @cached_property
    def second(self) -> np.ndarray | None:
        """How many sentences of each block have each theme after the second opinion; None where none was asked for."""
        study = self.study
        if not study.config.get("second_opinion"):
            return None
        opinion = study.table("second_opinion")
        said = {kind: opinion[opinion["opinion"] == kind] for kind in ("vetoed", "filled")}
        vetoed, filled = (
            set(zip(own["document"], own["sentence"], own["theme"], strict=True)) for own in said.values()
        )
        place = {key: n for n, key in enumerate(zip(study.blocks["document"], study.blocks["block"], strict=True))}
        of = study.sentences
        block = {(d, s): place[d, b] for d, s, b in zip(of["document"], of["sentence"], of["block"], strict=True)}
        counts = np.zeros((len(study.blocks), len(self.themes)))
        for column, theme in enumerate(self.themes):
            top = theme.split(".")[0]
            own = study.hits[[below(each, [theme]) for each in study.hits["theme"]]]
            having = {key for key in zip(own["document"], own["sentence"], strict=True) if (*key, top) not in vetoed}
            having |= {(document, sentence) for document, sentence, of_theme in filled if of_theme == theme}
            for key in having & block.keys():
                counts[block[key], column] += 1
        return counts

    def theme_rate(self, row: Cells) -> Cells:
        return self.rates(self.unit(row))[self.themes.index(row["theme"])]

    def _rates(self, unit: Unit) -> list[Cells]:
        """A unit's cells for each theme."""
        study, inside = self.study, self.study.inside(unit)
        hits, found = self.by_theme.hits[inside], self.by_theme.sentences[inside]
        words, sentences, blocks = study.words[inside], study.number[inside], int(inside.sum())
        over, confidence = "block" if blocks > 1 else "", study.confidence
        rates = score_interval(hits, words, self.pooled[0], confidence, of_parts=False)
        compared = shrunk_dispersion(hits, words, self.pooled[0], False)
        shares = score_interval(found, sentences, self.pooled[1], confidence, of_parts=True)
        if unit.kind not in ("section", "document") and study.documents_in(inside) >= SEVERAL_DOCUMENTS:
            wide = study.by_document(inside, self.by_theme.hits, study.words, self.by_theme.sentences, study.number)
            over = "document"
            rates = score_interval(wide[0], wide[1], None, confidence, of_parts=False)
            compared = document_dispersion(wide[0], wide[1])
            shares = score_interval(wide[2], wide[3], None, confidence, of_parts=True)
        ratios = self._ratios(inside, hits, words, compared)
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
                    "rate_low": 1000 * rates[0][n] if over else None,
                    "rate_high": 1000 * rates[1][n] if over else None,
                    **{name: float(values[n]) for name, values in ratios.items()},
                    "sentences_with_hit": with_hit,
                    "share_sentences": share(with_hit, sentences.sum()),
                    "share_low": shares[0][n] if over else None,
                    "share_high": shares[1][n] if over else None,
                    "blocks_with_hit": blocks_with_hit,
                    "share_blocks": share(blocks_with_hit, blocks),
                    "share_of_hits": share(total, top),
                    "inference": over,
                    "sentences_second": None if self.second is None else (after := self.second[inside][:, n].sum()),
                    "share_second": None if self.second is None else share(after, sentences.sum()),
                }
            )
        return cells

    def _ratios(
        self, inside: np.ndarray, hits: np.ndarray, words: np.ndarray, known: tuple[np.ndarray, np.ndarray]
    ) -> dict[str, np.ndarray]:
        """The rates of the baseline of these blocks, and the ratios of their own rates to them, a value a theme."""
        study, absent, endless = self.study, np.full(len(self.themes), np.nan), np.full(len(self.themes), np.inf)
        rate, own_words = hits.sum(axis=0) / words.sum() if words.sum() else absent, words.sum() / known[0]
        stated = self.stated_rates()
        if stated is not None:
            base, words_of_base, freedom = stated / 1000, endless, endless
            enough = stated > 0
        else:
            chosen = self.outside(inside)
            base_hits, base_words, pooled = self.by_theme.hits[chosen], study.words[chosen], self.pooled[0]
            enough = base_hits.sum(axis=0) >= FEWEST_HITS
            base = base_hits.sum(axis=0) / base_words.sum() if base_words.sum() else absent
            total = base_words.sum()
            if study.documents_in(chosen) >= SEVERAL_DOCUMENTS:
                base_hits, base_words = study.by_document(chosen, self.by_theme.hits, study.words)
                phi, freedom = document_dispersion(base_hits, base_words)
            else:
                phi, freedom = shrunk_dispersion(base_hits, base_words, pooled, False)
            words_of_base = total / phi
        low, high = rate_ratio((rate, own_words, known[1]), (base, words_of_base, freedom), study.confidence)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(enough, rate / base, np.nan)
        ends = {"ratio_low": np.where(enough, low, np.nan), "ratio_high": np.where(enough, high, np.nan)}
        return {"baseline_per_1000": 1000 * base, "ratio": ratio, **ends}

    def stated_rates(self) -> np.ndarray | None:
        """The rates of each theme per 1,000 words, if the baseline is no texts of the study; none for `even`."""
        name = self.study.config["baseline"]
        if name == "even":
            return np.full(len(self.themes), np.nan)
        rates = base_rates() if name == "lexicon" else name.get("rates") if isinstance(name, dict) else None
        return None if rates is None else np.array([rates.get(theme, np.nan) for theme in self.themes], dtype=float)

    def outside(self, inside: np.ndarray) -> np.ndarray:
        """The blocks of the baseline, in documents of which no block is inside."""
        documents, name = self.study.blocks["document"], self.study.config["baseline"]
        own = np.isin(documents, documents[inside])
        if name == "rest":
            return ~own
        return np.isin(documents, name["documents"] if isinstance(name, dict) else [name]) & ~own

    def contrast(self, row: Cells) -> Cells:
        study, unit = self.study, self.unit(row)
        inside, n = study.inside(unit), list(study.contrasts).index(row["contrast"])
        a, b = self.by_side.hits[inside, 2 * n], self.by_side.hits[inside, 2 * n + 1]
        with_a, with_b = (self.by_side.sentences[inside, 2 * n + side].sum() for side in (0, 1))
        pooled, over, sides = self.pooled[2], "block", (self.by_side.hits[inside, ::2], self.by_side.hits[inside, 1::2])
        if unit.kind not in ("section", "document") and study.documents_in(inside) >= SEVERAL_DOCUMENTS:
            (wide,) = study.by_document(inside, self.by_side.hits)
            pooled, over, sides = None, "document", (wide[:, ::2], wide[:, 1::2])
        both = sides[0] + sides[1]
        low, high = (float(e[n]) for e in score_interval(sides[0], both, pooled, study.confidence, of_parts=True))
        tested = inside.sum() >= study.min_blocks and a.sum() + b.sum() >= FEWEST_HITS
        base, spread = self.baseline(inside)
        return {
            "hits_a": a.sum(),
            "hits_b": b.sum(),
            "sentences_a": with_a,
            "sentences_b": with_b,
            "sentences_both": with_a + with_b - self.either.sentences[inside, n].sum(),
            "blocks": int(inside.sum()),
            "share_a": share(a.sum(), a.sum() + b.sum()),
            "share_low": low,
            "share_high": high,
            "share_baseline": float(base[n]),
            "log_odds": math.log((a.sum() + 0.5) / (b.sum() + 0.5)),
            "low": math.log(low / (1 - low)) if 1e-12 < low < 1 else None,
            "high": math.log(high / (1 - high)) if 0 < high < 1 - 1e-12 else None,
            "p": float(equal_p(sides[0], both, pooled, base, spread)[n]) if tested else None,
            "inference": "" if math.isnan(low) else over,
        }

    def baseline(self, inside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """With what share side a's of these blocks is compared, and its spread, a value a contrast."""
        study, name, number = self.study, self.study.config["baseline"], len(self.study.contrasts)
        if name == "even":
            return np.full(number, 0.5), np.zeros(number)
        rates = base_rates() if name == "lexicon" else name.get("rates") if isinstance(name, dict) else None
        if rates is not None:
            sides = [
                [sum(rates.get(theme, math.nan) for theme in side) for side in c] for c in study.contrasts.values()
            ]
            return np.array([share(a, a + b) for a, b in sides]), np.zeros(number)
        chosen = self.outside(inside)
        return text_baseline(self.by_side.hits[chosen, ::2], self.by_side.hits[chosen, 1::2], self.pooled[2])

    @cached_property
    def pooled(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Overdispersion over the study's sections: of rates, of shares of sentences, of contrasts."""
        study = self.study
        keys = study.blocks[["document", "section"]].apply(tuple, axis=1).to_numpy()
        parts = [np.array([key == own for key in keys]) for own in dict.fromkeys(keys)]
        hits, found, sides = self.by_theme.hits, self.by_theme.sentences, self.by_side.hits
        return (
            study_dispersion([(hits[rows], study.words[rows]) for rows in parts], False),
            study_dispersion([(found[rows], study.number[rows]) for rows in parts], True),
            study_dispersion([(sides[r][:, ::2], sides[r][:, ::2] + sides[r][:, 1::2]) for r in parts], True),
        )

    def framing(self, row: Cells) -> Cells:
        """A section's cells side by side."""
        unit = Unit("section", row["document"], row["section"], row["section"])
        inside, cells = self.study.inside(unit), {}
        for theme, rate in zip(self.themes, self.rates(unit), strict=True):
            if f"{theme} rate" in row:
                cells |= {f"{theme} {short}": rate[long] for short, long in WIDE.items()}
        for name in self.study.contrasts:
            found = self.contrast({"unit": "section", **row, "contrast": name})
            cells |= {
                f"{name} {column}": found[column] for column in ("share_a", "share_low", "share_high", "log_odds")
            }
        return {"words": self.study.words[inside].sum(), "blocks": int(inside.sum()), **cells}


WIDE = {"rate": "rate_per_1000", "low": "rate_low", "high": "rate_high", "share_sentences": "share_sentences"}
WIDE |= {"baseline": "baseline_per_1000", "ratio": "ratio", "ratio_low": "ratio_low", "ratio_high": "ratio_high"}
