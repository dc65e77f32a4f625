"""The tables of rates, contrasts and differences beside what each of their cells should be."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd
from benchmarks.audit.chance import Test
from benchmarks.audit.checks import SPREAD, Chance, Checks, Near, absent
from benchmarks.audit.counts import Study
from benchmarks.audit.pairs import Pairs
from benchmarks.audit.units import Cells, Units

EXPLORATORY = "exploratory"
# By table, what tells its families apart.
FAMILIES: dict[str, list[str]] = {
    "contrast_differences": ["contrast", "unit", "document", "role"],
    "section_differences": ["document"],
    "document_differences": ["unit", "role"],
}
# What difference_tests has of each test, and the columns by which it names the row.
OF_TESTS = ["critical", "p_least", "tests_in_family"]
TESTED = ["measure", "unit", "document", "role", "unit_a", "unit_b"]
NAMES = (
    "unit",
    "document",
    "section",
    "role",
    "group",
    "section_a",
    "section_b",
    "unit_a",
    "unit_b",
    "theme",
    "contrast",
)


class Recomputed:
    """The tables of these names, or all, as they are shown, and by table and row what each cell should be."""

    def __init__(self, study: Study, names: Sequence[str] | None = None) -> None:
        self.study = study
        rates = study.table("theme_rates")
        self.units = Units(study, list(dict.fromkeys(rates["theme"])))
        pairs = Pairs(Units(Study(study.folder, tested=True), self.units.themes))
        self.untold: dict[str, int] = {}
        cells: dict[str, Callable[[Cells], Cells]] = {
            "documents": self.units.document,
            "sections": self.units.section,
            "theme_rates": self.units.theme_rate,
            "framing_by_section": self.units.framing,
            "contrasts": self.units.contrast,
            "contrast_differences": pairs.contrast_difference,
            "section_differences": pairs.rate_difference,
            "document_differences": pairs.rate_difference,
        }
        self.shown = {name: study.table(name) for name in names or cells}
        for name in [name for name in FAMILIES if name in self.shown]:
            self.shown[name] = self._with_tests(name)
        self.rows = {name: [cells[name](row) for row in shown.to_dict("records")] for name, shown in self.shown.items()}
        for name in [name for name in FAMILIES if name in self.shown]:
            self._judge(name, FAMILIES[name])
        if "contrasts" in self.shown:
            self._lean()

    def _with_tests(self, name: str) -> pd.DataFrame:
        """A table of differences with the columns of its tests, each of which has one row in difference_tests."""
        shown, tests = self.shown[name], self.study.table("difference_tests")
        whole = shown.rename(columns={"contrast": "measure", "theme": "measure"})
        whole = whole.rename(columns={"section_a": "unit_a", "section_b": "unit_b"})
        for column, text in (("unit", "section"), ("document", ""), ("role", "")):
            whole[column] = whole[column].fillna("") if column in whole else text
        own = tests[tests["table"] == name].fillna(dict.fromkeys(TESTED, ""))
        joined = whole[[*TESTED, "p"]].merge(own, on=TESTED, how="left", indicator=True, validate="1:1")
        tested = joined["_merge"] == "both"
        self.untold[name] = int((tested != joined["p"].notna()).sum()) + len(own) - int(tested.sum())
        return shown.assign(**{column: joined[column].to_numpy() for column in OF_TESTS})

    def _judge(self, name: str, within: list[str]) -> None:
        """Corrections for the tests of a family, their number, and the verdict, from each p that the table shows."""
        shown, rows = self.shown[name], self.rows[name]
        focal = pd.Series(True, shown.index)
        if "theme" in shown:
            focal = shown["theme"].isin(self.study.config["focus_themes"])
        for _, own in shown.assign(focal=focal).groupby([*within, "focal"], sort=False):
            tested = own[own["p"].notna()]
            method = holm if focal[own.index[0]] else benjamini_hochberg
            corrected, least = method(tested["p"]), method(tested["p_least"])
            for index in own.index:
                p = corrected.get(index)
                rows[index]["p_corrected"] = None if p is None else Near(p, p * 1e-5)
                rows[index]["tests_in_family"] = None if p is None else len(tested)
                rows[index]["verdict"] = (
                    "too little text"
                    if p is None
                    else "differs"
                    if self._below(p)
                    else "not established"
                    if self._below(least[index])
                    else "cannot be established"
                )

    def _lean(self) -> None:
        """Corrections of leans over all units of a kind, and the leans."""
        shown, rows = self.shown["contrasts"], self.rows["contrasts"]
        for _, own in shown.groupby(["unit", "contrast"], sort=False):
            corrected = holm(own["p"].dropna())
            for index in own.index:
                p = corrected.get(index)
                rows[index]["p_corrected"] = None if p is None else Near(p, p * 1e-5)
                cells = rows[index]
                enough = cells["blocks"] >= self.study.min_blocks and cells["hits_a"] + cells["hits_b"] >= 5
                side = "a" if own["share_a"][index] > cells["share_baseline"] else "b"
                without = "no baseline" if enough else "too little text"
                cells["lean"] = without if p is None else side if self._below(p) else "neither"

    def _below(self, p: float) -> bool:
        return p < 1 - self.study.confidence

    def check(self, checks: Checks) -> None:
        """Compare every cell that was computed with the one shown."""
        for index, hit in self.study.misplaced.iterrows():
            place = f"line {int(str(index)) + 2} ({hit['document']}, sentence {hit['sentence']})"
            checks.note("hits", place, "counted", "a hit in a sentence of the author's")
        for name, number in self.untold.items():
            checks.fits("difference_tests", name, number == 0, number, "a row for each test and no others")
        for name, rows in self.rows.items():
            for line, (shown, cells) in enumerate(zip(self.shown[name].to_dict("records"), rows, strict=True), start=2):
                of_row = f"line {line} ({', '.join(_named(shown))})"
                for column, expected in cells.items():
                    of_test = column in OF_TESTS
                    table, place = ("difference_tests", f"{name}, {of_row}") if of_test else (name, of_row)
                    if isinstance(expected, Test) and not absent(shown[column]):
                        self._check_critical(checks, f"{place}, {column}", float(shown[column]), expected)
                    else:
                        permutations = self.study.permutations if isinstance(expected, Chance) else 0
                        checks.compare(table, f"{place}, {column}", shown[column], expected, permutations)

    def _check_critical(self, checks: Checks, place: str, shown: float, test: Test) -> None:
        """The share of permutations that exceed it is at most the level, and at least that with those equal to it."""
        level, number, others = 1 - self.study.confidence, len(test.chance), self.study.permutations
        error = math.sqrt(level * (1 - level) * (1 / number + 1 / others)) if test.p.permutations else 0.0
        slack = SPREAD * error + 2 / min(number, others)
        beyond = test.exceeding(shown)
        fits = beyond <= level + slack and test.reaching(shown) >= level - slack
        found = f"{shown:.6g}, which {beyond:.3f} of the permutations exceed"
        checks.fits("difference_tests", place, fits, found, f"one that {level:.3g} exceed")


def _named(row: Cells) -> Iterator[str]:
    for column in NAMES:
        if row.get(column):
            yield str(row[column])


def holm(p: pd.Series) -> dict[Any, float]:
    """The largest of (m - j + 1) p_j over j <= i, at most 1, the p sorted."""
    least, found = 0.0, {}
    for rank, (index, value) in enumerate(p.sort_values(kind="stable").items()):
        least = max(least, min(1.0, (len(p) - rank) * value))
        found[index] = least
    return found


def benjamini_hochberg(p: pd.Series) -> dict[Any, float]:
    """The smallest of m p_j / j over j >= i, at most 1, the p sorted."""
    most, found = 1.0, {}
    for rank, (index, value) in reversed(list(enumerate(p.sort_values(kind="stable").items(), start=1))):
        most = min(most, len(p) * value / rank)
        found[index] = most
    return found
