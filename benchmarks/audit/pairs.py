"""What is said of two units beside each other: the rows of the tables of differences."""

from __future__ import annotations

import math
from functools import cache, cached_property
from typing import Any

import numpy as np
from benchmarks.audit.chance import Test, permutation_tests
from benchmarks.audit.checks import SPREAD, Chance, Near, OneOf, absent
from benchmarks.audit.counts import Unit
from benchmarks.audit.formulas import (
    Estimate,
    design_effects,
    log_odds,
    log_rate,
    odds_sums,
    rate_sums,
    section_effects,
    section_p,
)
from benchmarks.audit.units import FEWEST_HITS, SEVERAL_DOCUMENTS, Cells, Units, share

REST = "the rest"


class Pairs:
    """Cells of pairs of units, on the rates of themes and on contrasts."""

    def __init__(self, units: Units) -> None:
        self.units, self.study = units, units.study
        self.tests = cache(self._tests)

    def rate_difference(self, row: Cells) -> Cells:
        a, b, over = self.sides(row)
        n = self.units.themes.index(row["theme"])
        cells: Cells = {}
        for side, unit in (("a", a), ("b", b)):
            inside = self.study.inside(unit)
            words = self.study.words[inside].sum()
            cells[f"words_{side}"] = words
            cells[f"rate_{side}"] = 1000 * share(self.units.by_theme.hits[inside, n].sum(), words)
            cells[f"blocks_{side}"] = self.size(unit, over)
        return cells | self._tested(row, False, n, "log2_ratio", math.log(2))

    def contrast_difference(self, row: Cells) -> Cells:
        return self._tested(row, True, list(self.study.contrasts).index(row["contrast"]), "delta_log_odds", 1.0)

    def sides(self, row: Cells) -> tuple[Unit, Unit, str]:
        """The two units of a row, and whether their blocks or their documents are permuted."""
        kind = row.get("unit", "section")
        names = [row.get(f"unit_{end}", row.get(f"section_{end}")) for end in "ab"]
        if kind == "section":
            a, b = (Unit(kind, row["document"], name, name) for name in names)
        elif kind == "document":
            a, b = (Unit(kind, name, "", name, row["role"]) for name in names)
            b = a._replace(rest=True) if b.name == REST else b
        else:
            a, b = (Unit(kind, name=name) for name in names)
        several = all(self.study.documents_in(self.study.inside(unit)) >= SEVERAL_DOCUMENTS for unit in (a, b))
        return a, b, "document" if several and kind not in ("section", "document") else "block"

    def size(self, unit: Unit, over: str) -> int:
        """The number of blocks or documents of a unit."""
        inside = self.study.inside(unit)
        return self.study.documents_in(inside) if over == "document" else int(inside.sum())

    def _tested(self, row: Cells, contrast: bool, n: int, estimate: str, scale: float) -> Cells:
        """The estimate, and its interval and p if both sides have enough blocks and hits."""
        a, b, over = self.sides(row)
        hits = self._hits(contrast, n)
        found = [hits[self.study.inside(unit)].sum(axis=0) for unit in (a, b)]
        fewest = SEVERAL_DOCUMENTS if over == "document" else self.study.min_blocks
        tested = min(self.size(a, over), self.size(b, over)) >= fewest and sum(found).sum() >= FEWEST_HITS
        sections = a.kind == "section"
        cells: Cells = {
            "inference": "",
            "p": None,
            "low": None,
            "high": None,
            "critical": None,
        }
        # Without a hit of one of two units, or of one of two sides, there are no two shares to differ.
        void = not sum(found).all() or not all(own.any() for own in found) if contrast else not sum(found).any()
        cells[estimate] = None if void else self._difference(contrast, a, b, n) / scale
        if not tested:
            return cells
        test = self.tests(contrast, a, b, over)[n]
        cells |= {"inference": over, "p": self._section_p(test.p) if sections else test.p, "critical": test}
        least, level = test.least(self.study.permutations), 1 - self.study.confidence
        cells["p_least"] = OneOf(tuple(section_p(p, level) for p in least.values)) if sections else least
        if void:
            cells["critical"] = None
        elif not absent(row["critical"]):
            reach = float(row["critical"]) * test.error / scale
            cells["low"], cells["high"] = (Near(cells[estimate] + side * reach, reach * 1e-5) for side in (-1, 1))
        return cells

    def _hits(self, contrast: bool, n: int) -> np.ndarray:
        return self.units.by_side.hits[:, 2 * n : 2 * n + 2] if contrast else self.units.by_theme.hits[:, [n]]

    def _difference(self, contrast: bool, a: Unit, b: Unit, n: int) -> float:
        """The first unit's value less the second's."""
        first, second = (self.sums(contrast, unit).sum(axis=1) for unit in (a, b))
        value, other = (_estimate(contrast)(own, first + second)[0][n] for own in (first, second))
        return float(value - other)

    def sums(self, contrast: bool, unit: Unit, over: str = "block") -> np.ndarray:
        """The summands of a unit, for each of its blocks or documents: (kinds, rows, columns)."""
        inside, hits = self.study.inside(unit), (self.units.by_side if contrast else self.units.by_theme).hits
        counted, words = hits[inside], self.study.words[inside]
        if over == "document":
            counted, words = self.study.by_document(inside, hits, self.study.words)
        return odds_sums(counted[:, ::2], counted[:, 1::2]) if contrast else rate_sums(words, counted)

    def _tests(self, contrast: bool, a: Unit, b: Unit, over: str) -> list[Test]:
        effects: tuple[Any, Any] = (1.0, 1.0)
        if a.kind == "section":
            effects = (self._section_effects(contrast, a), self._section_effects(contrast, b))
        elif over == "block":
            effects = (self.effects[self.study.inside(a)].mean(), self.effects[self.study.inside(b)].mean())
        sides = (self.sums(contrast, unit, over) for unit in (a, b))
        return permutation_tests(*sides, _estimate(contrast), self.study.permutations, effects)

    @cached_property
    def effects(self) -> np.ndarray:
        """The design effect of each block's document, on all themes of the highest level."""
        hits = self.study.count([[theme] for theme in self.study.top_themes]).hits
        place = (self.study.blocks[column].to_numpy() for column in ("document", "section"))
        return design_effects(hits, self.study.words, *place)

    def _section_effects(self, contrast: bool, unit: Unit) -> np.ndarray:
        """The design effect of a section, by which autocorrelation multiplies its variance, for each measure."""
        rows = np.asarray(self.study.blocks["document"] == unit.document)
        hits = self.study.count([[theme] for theme in self.study.top_themes]).hits[rows]
        own = (self.units.by_side if contrast else self.units.by_theme).hits[rows]
        words, section = self.study.words[rows], self.study.blocks["section"].to_numpy()[rows]
        both = own[:, ::2] + own[:, 1::2]
        y, x, counted = (own[:, ::2], both, both) if contrast else (own, words, own)
        return section_effects(y, x, counted, hits, words, section, int(self.study.inside(unit).sum()))

    def _section_p(self, p: Chance) -> Near:
        """p of a pair of sections, and how far it may differ by chance."""
        level, error = 1 - self.study.confidence, 0.0
        if p.permutations:
            share, number = min(max(p.share, 1 / p.permutations), 1.0), p.permutations
            error = SPREAD * math.sqrt(share * (1 - share) * (1 / number + 1 / self.study.permutations)) + 2 / number
        value = section_p(p.share, level)
        ends = [abs(section_p(min(max(p.share + side * error, 1e-12), 1.0), level) - value) for side in (-1, 1)]
        return Near(value, max(ends) + 1e-5 * value)


def _estimate(contrast: bool) -> Estimate:
    return log_odds if contrast else log_rate
