"""What is said of two units beside each other: the rows of the tables of differences."""

from __future__ import annotations

import math
from functools import cache, cached_property
from typing import Any

import numpy as np
from benchmarks.audit.chance import HAIR, Test, dealt_tests, omnibus, q_of, runs, shift_tests, shifted
from benchmarks.audit.checks import Chance, Near, absent
from benchmarks.audit.counts import Unit
from benchmarks.audit.formulas import (
    Estimate,
    design_effects,
    log_odds,
    log_rate,
    odds_sums,
    place_log_odds,
    place_log_rate,
    rate_sums,
)
from benchmarks.audit.units import FEWEST_HITS, SEVERAL_DOCUMENTS, Cells, Units, share

RUNS_BELOW = 0.1
REST = "the rest"


class Pairs:
    """Cells of pairs of units, on the rates of themes and on contrasts."""

    def __init__(self, units: Units) -> None:
        self.units, self.study = units, units.study
        self.tests, self.text, self.by_sentence = cache(self._tests), cache(self._text), cache(self._by_sentence)

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
        """The two units of a row, and whether their blocks or their documents are dealt."""
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
        return a, b, "document" if several and kind in ("role", "group") else "block"

    def size(self, unit: Unit, over: str) -> int:
        """How many blocks or documents a unit has."""
        inside = self.study.inside(unit)
        return self.study.documents_in(inside) if over == "document" else int(inside.sum())

    def _tested(self, row: Cells, contrast: bool, n: int, estimate: str, scale: float) -> Cells:
        """The estimate, its interval and its p, where both sides are long enough and have hits enough."""
        a, b, over = self.sides(row)
        hits = self._hits(contrast, n)
        found = [hits[self.study.inside(unit)].sum(axis=0) for unit in (a, b)]
        fewest = SEVERAL_DOCUMENTS if over == "document" else self.study.min_blocks
        told = min(self.size(a, over), self.size(b, over)) >= fewest and sum(found).sum() >= FEWEST_HITS
        sections = a.kind == "section"
        columns = ("p_blocks", "p_runs", "p_omnibus") if sections else ()
        cells: Cells = {
            "inference": "",
            "p": None,
            **dict.fromkeys(columns),
            "low": None,
            "high": None,
            "critical": None,
        }
        # Without a hit of one of two units, or of one of two sides, there are no two shares to differ.
        void = not sum(found).all() or not all(own.any() for own in found) if contrast else not sum(found).any()
        cells[estimate] = None if void else self._difference(contrast, a, b, n) / scale
        if not told:
            return cells
        test = self.tests(contrast, a, b, over)[n]
        if sections:
            text = self.text(row["document"], contrast)
            by_shifts = float(row["p_runs"]) < RUNS_BELOW
            cells |= {"p_blocks": test.p, "p_runs": text["runs"]}
            cells["p_omnibus"] = text["shifted"][n] if by_shifts else text["dealt"][n] if text["dealt"] else test.p
            if by_shifts:
                over, test = "shift", self._shifted(row["document"], contrast, a, b)[n]
        cells |= {"inference": over, "p": test.p, "critical": test}
        if "p_least" in row:
            cells["p_least"] = test.least(self.study.permutations)
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
        value, other = (_estimate(contrast)(own, 2, first + second)[0][n] for own in (first, second))
        return float(value - other)

    def sums(self, contrast: bool, unit: Unit, over: str = "block") -> np.ndarray:
        """What is summed of a unit's blocks or documents, (kinds, rows, columns)."""
        inside, hits = self.study.inside(unit), (self.units.by_side if contrast else self.units.by_theme).hits
        counted, words = hits[inside], self.study.words[inside]
        if over == "document":
            counted, words = self.study.by_document(inside, hits, self.study.words)
        return odds_sums(counted[:, ::2], counted[:, 1::2]) if contrast else rate_sums(words, counted)

    def _tests(self, contrast: bool, a: Unit, b: Unit, over: str) -> list[Test]:
        effects = (1.0, 1.0)
        if over == "block" and a.kind != "section":
            effects = (self.effects[self.study.inside(a)].mean(), self.effects[self.study.inside(b)].mean())
        sides = (self.sums(contrast, unit, over) for unit in (a, b))
        return dealt_tests(*sides, _estimate(contrast), self.study.permutations, effects)

    @cached_property
    def effects(self) -> np.ndarray:
        """The design effect of each block's document, on all themes of the highest level."""
        hits = self.study.count([[theme] for theme in self.study.top_themes]).hits
        place = (self.study.blocks[column].to_numpy() for column in ("document", "section"))
        return design_effects(hits, self.study.words, *place)

    def _text(self, document: str, contrast: bool) -> dict[str, Any]:
        """What the tests of a document's sections share: p of runs, and p of all sections at once, shifted or dealt."""
        blocks = self.study.blocks
        inside = np.asarray((blocks["document"] == document) & (blocks["role"] != "abstract"))
        labels = blocks["section"].to_numpy()[inside]
        names = [name for name in dict.fromkeys(labels) if (labels == name).sum() >= self.study.min_blocks]
        parts = [self.sums(contrast, Unit("section", document, name, name)) for name in names]
        places = [self.by_sentence(document, contrast, name) for name in names]
        together = sum(places)
        spread = q_of([_place_estimate(contrast)(own, together) for own in places])
        hits = self.study.count([[theme] for theme in self.study.top_themes]).hits[inside]
        return {
            "runs": runs(hits, self.study.words[inside], labels),
            "dealt": omnibus(parts, _estimate(contrast)) if len(names) > 2 else None,
            "shifted": [Chance(float(p), 0) for p in (spread >= spread[0] * (1 - HAIR) - 1e-12).mean(axis=0)],
        }

    def _by_sentence(self, document: str, contrast: bool, section: str) -> np.ndarray:
        """Sums over as many sentences as a section has, laid at every place of its document (without abstracts)."""
        roles = self.study.sections.set_index(["document", "section"])["role"]
        sentences = self.study.sentences
        own = np.asarray(sentences["document"] == document)
        own = own & np.asarray(sentences["section"].map(roles[document]) != "abstract")
        hits = self._sentence_hits[contrast][own]
        words = sentences["own"].to_numpy(float)[own][:, np.newaxis] * np.ones_like(hits)
        tallies = np.stack([hits[:, ::2], hits[:, 1::2]] if contrast else [words, hits])
        return shifted(tallies, np.asarray(sentences["section"][own] == section))

    @cached_property
    def _sentence_hits(self) -> dict[bool, np.ndarray]:
        sides = [side for pair in self.study.contrasts.values() for side in pair]
        sets = {True: sides, False: [[theme] for theme in self.units.themes]}
        return {contrast: self.study.count(own, rows="sentence").hits for contrast, own in sets.items()}

    def _shifted(self, document: str, contrast: bool, a: Unit, b: Unit) -> list[Test]:
        sides = [self.by_sentence(document, contrast, unit.section) for unit in (a, b)]
        return shift_tests(*(_place_estimate(contrast)(own, sides[0] + sides[1]) for own in sides))


def _estimate(contrast: bool) -> Estimate:
    return log_odds if contrast else log_rate


def _place_estimate(contrast: bool) -> Any:
    return place_log_odds if contrast else place_log_rate
