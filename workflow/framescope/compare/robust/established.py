"""Findings to put to the test: leans of single units, and differences that the tables call established."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any, NamedTuple

import pandas as pd

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

    `inference` is what the row's interval runs over: block, document or shift; `critical` how many standard errors it
    reaches, not a number for a lean. `direction` is the sign of the estimate, 0 for "no lean".
    """

    text: str
    identity: Identity
    inference: str
    critical: float
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


def established_leans(contrasts: pd.DataFrame, definitions: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """Leans, and "no lean" where there is text enough to say so, from the table of contrasts."""
    sides = {str(d["name"]): {side: " and ".join(map(str, d[side])) for side in ("a", "b")} for d in definitions}
    found = []
    rows: list[Any] = contrasts[contrasts["lean"] != "too little text"].to_dict("records")
    for row in rows:
        named, lean = identity("contrasts", row), str(row["lean"])
        said = "no lean" if lean == "neither" else f"leans to {sides[named.measure][lean]}"
        text = f"{named.measure}: {_place(named, named.unit_a)}: {said}"
        direction = {"a": 1, "b": -1, "neither": 0}[lean]
        found.append(Finding(text, named, str(row["inference"]), nan, direction))
    return found


def established_differences(table: pd.DataFrame, name: str) -> list[Finding]:
    """The rows that the table of that name calls "differs"."""
    estimate = "delta_log_odds" if name == "contrast_differences" else "log2_ratio"
    found = []
    rows: list[Any] = table[table["verdict"] == DIFFERS].to_dict("records")
    for row in rows:
        named, direction = identity(name, row), 1 if row[estimate] > 0 else -1
        second = named.unit_b if named.unit == "section" else _place(named, named.unit_b)
        order = f"{_place(named, named.unit_a)} {'>' if direction > 0 else '<'} {second}"
        text = f"{named.measure}: {order}" + (f" ({named.role})" if named.role else "")
        found.append(Finding(text, named, str(row["inference"]), float(row["critical"]), direction))
    return found


def _place(named: Identity, name: str) -> str:
    return {"section": f"{named.document}, {name}", "document": name}.get(named.unit, f"{named.unit} {name}")
