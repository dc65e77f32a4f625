"""Studies with findings of every kind, their tables, and the row of a table that a finding stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from compare_frames import study

from framescope.compare.emphasis.contrasts import contrast_differences, contrasts
from framescope.compare.emphasis.differences import document_differences, section_differences
from framescope.compare.inputs import Tables, Testing
from framescope.compare.robust.robustness import robustness

ONLY = ({"name": "defence v. economy", "a": ["defence"], "b": ["economy"]},)
FIGURES = ["estimate", "low", "high"]
ESTIMATES = {"contrasts": "log_odds", "contrast_differences": "delta_log_odds"}
MEASURES = {"contrasts": "contrast", "contrast_differences": "contrast"}


def many_documents(number: int, blocks: int = 8, terms: int = 3, seed: int = 3) -> Tables:
    """Documents of three sections, two of them with a role, in two groups; hits under several terms, some in names."""
    random = np.random.default_rng(seed)
    documents = {
        f"d{document:02}": {
            section: [
                [
                    {
                        "defence": random.poisson(0.4 + 1.4 * (toward % 2)),
                        "economy": random.poisson(1.8 - 1.4 * (toward % 2)),
                    },
                    {},
                ]
                for _ in range(blocks)
            ]
            for toward, section in enumerate(["01", "02", "03"], start=document % 2)
        }
        for document in range(number)
    }
    groups = {document: "xy"[number % 2] for number, document in enumerate(documents)}
    frames = study(documents, roles={"01": "introduction", "02": "analysis"}, groups=groups)
    named = random.random(len(frames.hits)) < 0.2
    return replace(
        frames, hits=frames.hits.assign(in_name=named, term=_terms(random.integers(0, terms, len(named)), frames))
    )


def in_runs() -> Tables:
    """One document after an abstract whose themes come in runs."""
    defence, economy = [4] * 12 + [0] * 14 + [3] * 14, [0] * 10 + [2] * 16 + [1] * 14
    blocks = [[{"defence": d, "economy": e}, {}] for d, e in zip(defence, economy, strict=True)]
    parts = {"00": [[{"defence": 1}]] * 8, "01": blocks[:20], "02": blocks[20:31], "03": blocks[31:]}
    frames = study({"a": parts}, roles={"00": "abstract"})
    order = np.arange(len(frames.hits))
    return replace(frames, hits=frames.hits.assign(in_name=order % 5 == 0, term=_terms(order % 3, frames)))


def _terms(numbers: np.ndarray, frames: Tables) -> list[str]:
    return [f"{theme} {number}" for theme, number in zip(frames.hits["theme"], numbers, strict=True)]


# Leans of every kind of unit, also of roles that all documents have.
EVEN = Testing(baseline="even")
STUDIES = {
    "three documents": many_documents(3),
    "ten documents": many_documents(10),
    "documents against the rest": many_documents(32),
    "a text in runs": in_runs(),
}


def tables_of(frames: Tables, min_blocks: int = 8) -> dict[str, pd.DataFrame]:
    """The tables of differences, with every row that was tested and is not alike called established."""
    options = {"testing": Testing(min_blocks=min_blocks, permutations=49)}
    tables = {
        "contrast_differences": contrast_differences(frames, contrasts=ONLY, **options),
        "section_differences": section_differences(frames, focus_themes=["defence"], **options),
        "document_differences": document_differences(frames, **options),
    }
    return {
        name: table.assign(verdict=np.where(table["low"].notna() & (table["p"] < 1), "differs", "too little text"))
        for name, table in tables.items()
    }


@cache
def study_tables(name: str) -> dict[str, pd.DataFrame]:
    """`tables_of` a study of that name, and its contrasts."""
    return {"contrasts": contrasts(STUDIES[name], contrasts=ONLY, testing=EVEN), **tables_of(STUDIES[name])}


@cache
def varied(name: str) -> pd.DataFrame:
    """The table of robustness of the study of that name, with every tested difference taken for established."""
    differences = {key: table for key, table in study_tables(name).items() if key != "contrasts"}
    return robustness(STUDIES[name], contrasts=ONLY, testing=EVEN, **differences)


def own_row(finding: pd.Series, tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    """The finding's row in its own table, with its figures under the names they have in the table of robustness."""
    name, unit = finding["table"], finding["unit"]
    table = tables[name]
    own = table[MEASURES.get(name, "theme")] == finding["measure"]
    if name == "contrasts":
        own &= (table["unit"] == unit) & (table[unit] == finding["unit_a"])
    else:
        sides = ("section_a", "section_b") if name == "section_differences" else ("unit_a", "unit_b")
        own &= (table[sides[0]] == finding["unit_a"]) & (table[sides[1]] == finding["unit_b"])
    for column in {"unit", "document", "role"} & set(table) - ({"role"} if name == "contrasts" else set()):
        own &= table[column] == finding[column]
    rows = table[own]
    assert len(rows) == 1
    return rows.iloc[0].rename({ESTIMATES.get(name, "log2_ratio"): "estimate"})


def figures(row: pd.Series, critical: float) -> list[float]:
    """Estimate and standard error, the half-width of the interval over the critical value."""
    return [row["estimate"], (row["high"] - row["low"]) / 2 / critical]


def assert_counted_alike(finding: pd.Series, row: pd.Series, name: str) -> None:
    """A varied finding has the estimate and standard error of its row in a study counted so.

    A difference keeps the critical value of the study of that name; a lean has none.
    """
    own = own_row(finding, study_tables(name))
    expected = figures(row, row.get("critical", 1.0))
    assert figures(finding, own.get("critical", 1.0)) == pytest.approx(expected, rel=1e-9, nan_ok=True), finding[
        "finding"
    ]
