"""Which established differences of a study a further term of a theme would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

import numpy as np
import pandas as pd

from framescope.compare.emphasis.differences import log2_ratio
from framescope.compare.inference.estimators import HALF
from framescope.compare.inference.families import DIFFERS

Unit = tuple[str, ...] | None


@dataclass(frozen=True)
class Finding:
    """An established difference of two units in a theme: hits and words of both, and the interval of its log2 ratio.

    A unit is a document, or a document and a section; None is all other documents.
    """

    theme: str
    units: tuple[Unit, Unit]
    hits: tuple[float, float]
    words: tuple[int, int]
    low: float
    high: float

    @property
    def described(self) -> str:
        """The two units."""
        return " v. ".join("the rest" if unit is None else "/".join(unit) for unit in self.units)


def established(section_differences: pd.DataFrame, document_differences: pd.DataFrame) -> tuple[Finding, ...]:
    """The established differences of sections and of documents in these tables, without those of roles and groups."""
    rows: list[tuple[Unit, Unit, object]] = [
        ((str(row.document), str(row.section_a)), (str(row.document), str(row.section_b)), row)
        for row in section_differences[section_differences["verdict"] == DIFFERS].itertuples()
    ]
    differing = document_differences["verdict"] == DIFFERS
    chosen = document_differences[differing & (document_differences["unit"] == "document")]
    for row in chosen.itertuples():
        rows.append(((str(row.unit_a),), None if row.unit_b == "the rest" else (str(row.unit_b),), row))
    return tuple(_finding(a, b, row) for a, b, row in rows)


def _finding(a: Unit, b: Unit, row: object) -> Finding:
    values = {name: getattr(row, name) for name in ("theme", "rate_a", "rate_b", "words_a", "words_b", "low", "high")}
    words = (int(values["words_a"]), int(values["words_b"]))
    hits = (values["rate_a"] * words[0] / 1000, values["rate_b"] * words[1] / 1000)
    return Finding(values["theme"], (a, b), hits, words, values["low"], values["high"])


def changed_findings(findings: Iterable[Finding], theme: str, sentences: pd.DataFrame) -> list[str]:
    """The differences in a theme whose log2 ratio leaves its interval if each sentence has one more hit (ours)."""
    changed = []
    for finding in findings:
        if finding.theme == theme:
            added = [_inside(sentences, finding, side) for side in (0, 1)]
            if not finding.low <= _ratio(finding, added) <= finding.high:
                changed.append(finding.described)
    return changed


def _inside(sentences: pd.DataFrame, finding: Finding, side: int) -> int:
    """How many sentences are in a unit of the finding."""
    unit, other = finding.units[side], finding.units[1 - side]
    if unit is None:
        return int((sentences["document"] != (other or ("",))[0]).sum())
    places = sentences[["document", "section"][: len(unit)]]
    return int((places == list(unit)).all(axis=1).sum())


def _ratio(finding: Finding, added: list[int]) -> float:
    """The log2 ratio of the two rates with the added hits, with half a hit added to each side."""
    hits = [given + more for given, more in zip(finding.hits, added, strict=True)]
    spared = HALF * sum(finding.words) / sum(hits)
    rates = [(hit + HALF) / (words + spared) for hit, words in zip(hits, finding.words, strict=True)]
    return float(log2_ratio(np.array([log(rates[0]) - log(rates[1])]))[0])
