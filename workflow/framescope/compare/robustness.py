"""Which findings stand when one choice in counting is changed, one term is dropped or one block left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from framescope.compare.blocks import add_up, count_blocks, theme_sets, units_of
from framescope.compare.contrasts import DEFAULT_CONTRASTS, contrast_rows
from framescope.compare.families import DIFFERS
from framescope.compare.leaving_out import Scenarios, without_blocks, without_terms
from framescope.compare.measures import LogOdds, LogRates, Measure, contrast_sets
from framescope.compare.variations import Variation, variations

COLUMNS = [
    "finding",
    "variation",
    "estimate",
    "low",
    "high",
    "stands",
    "left_out",
    "unit",
    "document",
    "unit_a",
    "unit_b",
    "measure",
]


@dataclass(frozen=True)
class Finding:
    """A lean of one unit (`b` empty) or a difference between two, and its direction: 1, -1, or 0 for neither."""

    text: str
    unit: str
    document: str
    a: str
    b: str
    measure: str
    contrast: bool
    direction: int


def robustness(
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    sections: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    contrasts: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    contrast_differences: pd.DataFrame | None = None,
    section_differences: pd.DataFrame | None = None,
    document_differences: pd.DataFrame | None = None,
    notes: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    min_blocks: int = 8,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """A row for each finding and variation, the headline count first.

    Findings are the leans of sections and documents with at least `min_blocks` blocks, and the differences that the
    given tables call "differs". estimate is the log-odds of a contrast, or its difference, or ln of a rate ratio. A
    finding stands where its interval is still on the same side of 0, or still on both. "leave one term out" and "leave
    one block out" show the term or block (`left_out`) whose loss moves the finding most. `notes` are sentences and hits
    of notes (columns as in the body's, with `number`), of which those without a citation are added.
    """
    found = _lean_findings(sentences, hits, sections, documents, contrasts, min_blocks, confidence)
    found += _difference_findings(contrast_differences, section_differences, document_differences)
    rows: list[tuple[object, ...]] = []
    for variation in variations(sentences, hits, contrasts, notes):
        for contrast in (True, False):
            wanted = [finding for finding in found if finding.contrast == contrast]
            for unit in ("section", "document"):
                own = [finding for finding in wanted if finding.unit == unit]
                if own:
                    rows += _vary(own, unit, contrast, variation, sections, documents, confidence)
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = {finding.text: place for place, finding in enumerate(found)}
    return table.sort_values("finding", key=lambda names: names.map(order), kind="stable", ignore_index=True)


def _lean_findings(
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    sections: pd.DataFrame,
    documents: pd.DataFrame,
    contrasts: Sequence[Mapping[str, Any]],
    min_blocks: int,
    confidence: float,
) -> list[Finding]:
    main = next(iter(variations(sentences, hits, contrasts))).hits
    units = ["section", "document"]
    leans = contrast_rows(sentences, main, sections, documents, contrasts, units, min_blocks, confidence)
    found = []
    for row in leans[leans["lean"] != "too little text"].to_dict("records"):
        document, section, contrast = str(row["document"]), str(row["section"]), str(row["contrast"])
        place = f"{document}, {section}" if section else document
        said = {"a": "leans to a", "b": "leans to b", "neither": "no lean"}[row["lean"]]
        direction = {"a": 1, "b": -1, "neither": 0}[row["lean"]]
        text = f"{contrast}: {place}: {said}"
        found.append(Finding(text, row["unit"], document, section or document, "", contrast, True, direction))
    return found


def _difference_findings(*tables: pd.DataFrame | None) -> list[Finding]:
    """Findings from contrast, section and document differences; those by role or against the rest are not varied."""
    found = []
    for table, contrast in zip(tables, (True, False, False), strict=True):
        if table is None:
            continue
        rows = table[table["verdict"] == DIFFERS]
        for row in rows.to_dict("records"):
            unit = row.get("unit", "section")
            a, b = (str(row[side if side in row else side.replace("unit", "section")]) for side in ("unit_a", "unit_b"))
            if unit not in ("section", "document") or row.get("role") or b == "rest":
                continue
            document = row.get("document", "")
            measure = row["contrast"] if contrast else row["theme"]
            estimate = row["delta_log_odds"] if contrast else row["log2_ratio"]
            text = f"{measure}: {document + ', ' if document else ''}{a} {'>' if estimate > 0 else '<'} {b}"
            found.append(Finding(text, unit, document, a, b, measure, contrast, 1 if estimate > 0 else -1))
    return found


def _vary(
    found: list[Finding],
    unit: str,
    contrast: bool,
    variation: Variation,
    sections: pd.DataFrame,
    documents: pd.DataFrame,
    confidence: float,
) -> list[tuple[object, ...]]:
    """Rows of findings of one kind under one variation; with the headline count also those of leaving one out."""
    names = list(dict.fromkeys(finding.measure for finding in found))
    measure: Measure = LogOdds() if contrast else LogRates()
    if contrast:
        sets = contrast_sets([c for c in variation.contrasts if c["name"] in names])
        names = [str(c["name"]) for c in variation.contrasts if c["name"] in names]
    else:
        sets = theme_sets(names)
    counts = count_blocks(variation.sentences, variation.hits, sections, documents, sets)
    if variation.by_sentences:
        counts = dataclasses.replace(counts, hits=counts.sentences_with_hit)
    units = units_of(counts, unit)
    many = len(units.keys)
    features = measure.features(counts)
    sums = add_up(features, units.codes, many)
    blocks = add_up(np.ones((len(features), 1)), units.codes, many)
    value, variance = measure.estimates(sums, blocks)
    whole = Scenarios(np.arange(many), np.array([""] * many, dtype=object), value, variance, blocks)
    plain = [(variation.name, whole)]
    if variation.name == "headline":
        plain += [
            (
                "leave one term out",
                without_terms(variation.hits, counts, measure, features, sums, blocks, units.codes, sets),
            ),
            ("leave one block out", without_blocks(counts, measure, features, sums, blocks, units.codes)),
        ]
    parts = units.keys["section" if unit == "section" else "document"]
    place = {key: index for index, key in enumerate(zip(units.keys["document"], parts, strict=True))}
    rows: list[tuple[object, ...]] = []
    for name, scenarios in plain:
        for finding in found:
            first = place.get((finding.document or finding.a, finding.a), -1)
            second = place.get((finding.document or finding.b, finding.b), -1) if finding.b else None
            column = names.index(finding.measure)
            estimate, low, high, left_out = _worst(
                whole, scenarios, first, second, column, finding.direction, confidence
            )
            stands = {1: low > 0, -1: high < 0, 0: low <= 0 <= high}[finding.direction]
            rows.append(
                (
                    finding.text,
                    name,
                    estimate,
                    low,
                    high,
                    bool(stands),
                    left_out,
                    unit,
                    finding.document,
                    finding.a,
                    finding.b,
                    finding.measure,
                )
            )
    return rows


def _worst(
    whole: Scenarios,
    scenarios: Scenarios,
    first: int,
    second: int | None,
    column: int,
    direction: int,
    confidence: float,
) -> tuple[float, float, float, str]:
    """Estimate and interval of the scenario that threatens a finding most, and what is left out there."""
    labels: list[str] = []
    sides = []
    for unit in (first, second):
        if unit is not None:
            rows = scenarios.of(unit)
            own = {str(label): rows.start + i for i, label in enumerate(scenarios.label[rows])}
            sides.append((unit, own))
            labels += [label for label in own if label not in labels]
    # A unit in which a term never stands keeps its estimate when the term is dropped.
    picked = [
        np.array(
            [
                [source[i, -1 if source.shape[1] == 1 else column] for source in (s.value, s.variance, s.blocks)]
                for s, i in ((scenarios, own[label]) if label in own else (whole, unit) for label in labels or [""])
            ]
        )
        for unit, own in sides
    ]
    estimate, variance, blocks = picked[0].T
    degrees = blocks - 1
    if len(picked) == 2:
        other, other_variance, other_blocks = picked[1].T
        estimate = estimate - other
        degrees = (variance + other_variance) ** 2 / (
            variance**2 / (blocks - 1) + other_variance**2 / (other_blocks - 1)
        )
        variance = variance + other_variance
    reach = stats.t.ppf((1 + confidence) / 2, degrees) * np.sqrt(variance)
    low, high = estimate - reach, estimate + reach
    threat = {1: -low, -1: high, 0: np.maximum(low, -high)}[direction]
    worst = int(np.argmax(threat))
    return float(estimate[worst]), float(low[worst]), float(high[worst]), labels[worst] if labels else ""
