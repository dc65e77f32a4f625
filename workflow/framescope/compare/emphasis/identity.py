"""What identifies a lean or a difference, in whatever table its row is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from framescope.compare.counts.groupings import name_column

Row = Mapping[str, Any]


class Identity(NamedTuple):
    """What identifies a finding: its table, its measure (a theme or the name of a contrast) and its units.

    `document` is the document of sections, or of a document's lean; `role` is that in which two documents are compared;
    `unit_b` is empty for a lean.
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
        return Identity(table, measure, unit, document, "", str(row[name_column(unit)]), "")
    a, b = (str(row[side if side in row else side.replace("unit", "section")]) for side in ("unit_a", "unit_b"))
    return Identity(table, measure, unit, document, str(row.get("role", "")), a, b)


def identities(table: str, differences: pd.DataFrame) -> pd.DataFrame:
    """The identity of each row of the table of differences of that name, as columns."""
    names = {"section_a": "unit_a", "section_b": "unit_b", "contrast": "measure", "theme": "measure"}
    named = differences.rename(columns=names).assign(table=table)
    absent = {"unit": "section", "document": "", "role": ""}
    return named.assign(**{c: text for c, text in absent.items() if c not in named})[list(Identity._fields)]
