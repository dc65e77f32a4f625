"""The findings whose robustness is tested: leans of single units, and differences that the tables call "differs"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from scipy import special

from framescope.compare.emphasis.identity import Identity, Row, identity
from framescope.compare.emphasis.tables import with_tests
from framescope.compare.inference.families import DIFFERS
from framescope.tables import read_table

# The direction of a lean, by its word in the table of contrasts.
DIRECTIONS = {"a": 1, "b": -1, "neither": 0}


def read_differences(paths: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """The rows of the tables of differences whose verdict is "differs", with their tests, by the name of the table.

    `paths` are those of the tables of differences and of difference_tests, and may be those of other tables too.
    """
    tests = read_table(paths["difference_tests"])
    tables = {name: path for name, path in paths.items() if name.endswith("_differences")}
    return {
        name: with_tests(name, read_table(path, where={"verdict": [DIFFERS]}), tests) for name, path in tables.items()
    }


@dataclass(frozen=True)
class Finding:
    """A lean of one unit or a difference between two, from a row of a table.

    `inference` says whether the row's interval is computed over blocks or documents. `limit` is the number of standard
    errors to which the interval of a difference extends, or the confidence of the interval of a lean; `sure_limit` is
    the same for an interval that excludes 0 if and only if the finding is established after the correction for all
    tests of its family. `direction` is the sign of the estimate, 0 for "no lean".
    """

    text: str
    identity: Identity
    inference: str
    limit: float
    sure_limit: float
    direction: int

    @property
    def contrast(self) -> bool:
        """Whether the measure is a contrast and not the rate of a theme."""
        return self.identity.table.startswith("contrast")

    @property
    def kind(self) -> str:
        """The kind of its sides, a key of `partitions.KEYS`."""
        return "document by role" if self.identity.role else self.identity.unit

    @property
    def within_document(self) -> bool:
        """Whether it concerns only one document: its sections, or the lean of the whole document."""
        return self.identity.unit == "section" or (self.identity.unit == "document" and not self.identity.unit_b)

    @property
    def sides(self) -> list[tuple[str, ...]]:
        """The keys of its one or two sides among the units of their kind."""
        _, _, unit, document, role, *names = self.identity
        if unit == "section":
            return [(document, name) for name in names if name]
        return [(name, role) if role else (name,) for name in names if name]


def own_level(p: float, corrected: float, level: float) -> float:
    """The level below which a p must be so that its corrected p is below `level`: level x p / corrected.

    >>> own_level(0.01, 0.04, 0.05)
    0.0125
    """
    return level * p / corrected


def corrected_critical(row: Row, estimate: float, level: float) -> float:
    """The number of standard errors that an established difference must exceed after the correction of its family.

    The difference in standard errors, times the normal deviate of `own_level` over that of the row's p. The difference
    exceeds this number if and only if the corrected p is below the level.

    By hand: a difference of 3 with an interval of 1 to 5, which extends to 2 standard errors, is 3 of them. The deviate
    of p = .0027 is 3, and that of .0455, the level for a p that the correction does not change, is nearly 2.

    >>> row = {"low": 1.0, "high": 5.0, "critical": 2.0, "p": 0.0027, "p_corrected": 0.0027}
    >>> round(corrected_critical(row, 3.0, 0.0455), 2)
    2.0
    """
    errors = 2 * abs(estimate) * float(row["critical"]) / (float(row["high"]) - float(row["low"]))
    wanted = own_level(float(row["p"]), float(row["p_corrected"]), level)
    return float(errors * special.ndtri(wanted / 2) / special.ndtri(float(row["p"]) / 2))


def established_leans(contrasts: pd.DataFrame, definitions: Sequence[Mapping[str, Any]], level: float) -> list[Finding]:
    """Leans from the table of contrasts, and "no lean" if there is a baseline and enough text for that."""
    sides = {str(d["name"]): {side: " and ".join(map(str, d[side])) for side in ("a", "b")} for d in definitions}
    findings = []
    rows: list[Any] = contrasts[contrasts["lean"].isin(DIRECTIONS)].to_dict("records")
    for row in rows:
        named, lean = identity("contrasts", row), str(row["lean"])
        statement = "no lean" if lean == "neither" else f"leans to {sides[named.measure][lean]}"
        text = f"{named.measure}: {_place(named, named.unit_a)}: {statement}"
        direction = DIRECTIONS[lean]
        confidence = 1 - own_level(row["p"], row["p_corrected"], level)
        findings.append(Finding(text, named, str(row["inference"]), 1 - level, confidence, direction))
    return findings


def established_differences(table: pd.DataFrame, name: str, level: float) -> list[Finding]:
    """The rows of the table of that name whose verdict is "differs"."""
    estimate = "delta_log_odds" if name == "contrast_differences" else "log2_ratio"
    findings = []
    rows: list[Any] = table[table["verdict"] == DIFFERS].to_dict("records")
    for row in rows:
        named, direction = identity(name, row), 1 if row[estimate] > 0 else -1
        second = named.unit_b if named.unit == "section" else _place(named, named.unit_b)
        order = f"{_place(named, named.unit_a)} {'>' if direction > 0 else '<'} {second}"
        text = f"{named.measure}: {order}" + (f" ({named.role})" if named.role else "")
        critical = corrected_critical(row, float(row[estimate]), level)
        findings.append(Finding(text, named, str(row["inference"]), float(row["critical"]), critical, direction))
    return findings


def _place(named: Identity, name: str) -> str:
    return {"section": f"{named.document}, {name}", "document": name}.get(named.unit, f"{named.unit} {name}")
