"""The tables of differences by name, and apart from them what only methodologists read of their tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from framescope.compare.emphasis.contrasts import contrast_differences
from framescope.compare.emphasis.differences import document_differences, section_differences
from framescope.compare.emphasis.identity import Identity, identities
from framescope.compare.inference.documents import Evidence
from framescope.compare.inputs import Tables, Testing

OF_TESTS = ["critical", "p_least", "tests_in_family"]


def difference_tables(
    tables: Tables,
    *,
    themes: Sequence[str],
    contrasts: Sequence[Mapping[str, Any]],
    focus_themes: Sequence[str],
    reference: str | None,
    testing: Testing,
) -> dict[str, pd.DataFrame]:
    """contrast_differences, section_differences and document_differences, and their difference_tests."""
    shared: dict[str, Any] = {"testing": testing, "evidence": Evidence(tables, testing)}
    focused = {"themes": themes, "focus_themes": focus_themes, **shared}
    complete = {
        "contrast_differences": contrast_differences(tables, contrasts=contrasts, reference=reference, **shared),
        "section_differences": section_differences(tables, **focused),
        "document_differences": document_differences(tables, **focused, reference=reference),
    }
    tests = pd.concat([tests_of(name, table) for name, table in complete.items()], ignore_index=True)
    made = {name: table.drop(columns=OF_TESTS) for name, table in complete.items()}
    return {**made, "difference_tests": tests}


def tests_of(name: str, differences: pd.DataFrame) -> pd.DataFrame:
    """A row for each test of the complete table of differences of that name: its identity and `OF_TESTS`."""
    tested = differences[differences["p"].notna()]
    return identities(name, tested).assign(**{column: tested[column] for column in OF_TESTS})


def with_tests(name: str, differences: pd.DataFrame, tests: pd.DataFrame) -> pd.DataFrame:
    """The table of differences of that name with the columns `OF_TESTS` of difference_tests; empty without a test."""
    keys = list(Identity._fields)
    rows = tests.set_index(keys)[OF_TESTS].reindex(pd.MultiIndex.from_frame(identities(name, differences)))
    return differences.assign(**{column: rows[column].to_numpy() for column in OF_TESTS})
