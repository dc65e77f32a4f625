"""Findings to put to the test: leans of single units, and differences that the tables call established."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
from scipy import stats

from framescope.compare.inference.families import DIFFERS

Row = Mapping[str, Any]


class Identity(NamedTuple):
    """What tells a finding from all others: its table, measure and units.

    `document` is that of sections, or of a document's lean; `role` that in which two documents are compared; `unit_b`
    is empty for a lean.
    """

    table: str
    measure: str
    unit: str
    document: str
    role: str
    unit_a: str
    unit_b: str


def identity(table: str, row: Row) -> Identity:
    """The identity of the finding in a row of the table of that name."""
    unit, document = str(row.get("unit", "section")), str(row.get("document", ""))
    measure = str(row["contrast" if "contrast" in row else "theme"])
    if table == "contrasts":
        return Identity(table, measure, unit, document, "", str(row[unit]), "")
    a, b = (str(row[side if side in row else side.replace("unit", "section")]) for side in ("unit_a", "unit_b"))
    return Identity(table, measure, unit, document, str(row.get("role", "")), a, b)


@dataclass(frozen=True)
class Finding:
    """A lean of one unit or a difference between two, as a row of a table has it.

    `inference` is what the row's interval runs over: block or document. `limit` is how many standard errors the
    interval of a difference reaches, or the confidence of a lean's; `sure_limit` the same for an interval that leaves
    out 0 just where the finding passes the correction for all tests of its family. `direction` is the sign of the
    estimate, 0 for "no lean".
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
        """Whether it speaks of one document alone: of its sections, or of the lean of the whole."""
        return self.identity.unit == "section" or (self.identity.unit == "document" and not self.identity.unit_b)

    @property
    def sides(self) -> list[tuple[str, ...]]:
        """The keys of its one or two sides among the units of their kind."""
        _, _, unit, document, role, *names = self.identity
        if unit == "section":
            return [(document, name) for name in names if name]
        return [(name, role) if role else (name,) for name in names if name]


def own_level(p: float, corrected: float, level: float) -> float:
    """The level that a p itself has to be below for its corrected p to be below `level`: level x p / corrected.

    >>> own_level(0.01, 0.04, 0.05)
    0.0125
    """
    return level * p / corrected


def corrected_critical(row: Row, estimate: float, level: float) -> float:
    """How many standard errors an established difference has to exceed to pass the correction of its family.

    The row's p stands at its own distance from 0 and `own_level` at the distance looked for, in the proportion of the
    normal deviates that belong to them: the difference exceeds it just where the corrected p is below the level.

    By hand: a difference of 3 with an interval of 1 to 5 that reaches 2 standard errors is 3 of them. p = .0027 has the
    deviate 3, and .0455, what Holm's method leaves at .05 for a p that it does not change, nearly 2.

    >>> row = {"low": 1.0, "high": 5.0, "critical": 2.0, "p": 0.0027, "p_corrected": 0.0027}
    >>> round(corrected_critical(row, 3.0, 0.0455), 2)
    2.0
    """
    errors = 2 * abs(estimate) * float(row["critical"]) / (float(row["high"]) - float(row["low"]))
    wanted = own_level(float(row["p"]), float(row["p_corrected"]), level)
    return float(errors * stats.norm.isf(wanted / 2) / stats.norm.isf(float(row["p"]) / 2))


def established_leans(contrasts: pd.DataFrame, definitions: Sequence[Mapping[str, Any]], level: float) -> list[Finding]:
    """Leans, and "no lean" where there is text enough to say so, from the table of contrasts."""
    sides = {str(d["name"]): {side: " and ".join(map(str, d[side])) for side in ("a", "b")} for d in definitions}
    found = []
    rows: list[Any] = contrasts[contrasts["lean"] != "too little text"].to_dict("records")
    for row in rows:
        named, lean = identity("contrasts", row), str(row["lean"])
        said = "no lean" if lean == "neither" else f"leans to {sides[named.measure][lean]}"
        text = f"{named.measure}: {_place(named, named.unit_a)}: {said}"
        direction = {"a": 1, "b": -1, "neither": 0}[lean]
        confidence = 1 - own_level(row["p"], row["p_corrected"], level)
        found.append(Finding(text, named, str(row["inference"]), 1 - level, confidence, direction))
    return found


def established_differences(table: pd.DataFrame, name: str, level: float) -> list[Finding]:
    """The rows that the table of that name calls "differs"."""
    estimate = "delta_log_odds" if name == "contrast_differences" else "log2_ratio"
    found = []
    rows: list[Any] = table[table["verdict"] == DIFFERS].to_dict("records")
    for row in rows:
        named, direction = identity(name, row), 1 if row[estimate] > 0 else -1
        second = named.unit_b if named.unit == "section" else _place(named, named.unit_b)
        order = f"{_place(named, named.unit_a)} {'>' if direction > 0 else '<'} {second}"
        text = f"{named.measure}: {order}" + (f" ({named.role})" if named.role else "")
        critical = corrected_critical(row, float(row[estimate]), level)
        found.append(Finding(text, named, str(row["inference"]), float(row["critical"]), critical, direction))
    return found


def _place(named: Identity, name: str) -> str:
    return {"section": f"{named.document}, {name}", "document": name}.get(named.unit, f"{named.unit} {name}")
