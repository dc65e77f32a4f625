"""The sentences and tables of findings.md, each number of them beside the row that it comes from."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pandas as pd
from benchmarks.audit.checks import Checks, Near, absent
from benchmarks.audit.tables import EXPLORATORY, Recomputed

MOST_SENTENCES = 10
NUMBER = r"([\d,]*\d(?:\.\d+)?)"
LINK = re.compile(r" \(\[row\]\([^()]*/(?P<table>\w+)\.csv#L(?P<line>\d+)\)\)$")
FIGURE = re.compile(rf" ha(?:s|ve) about {NUMBER} times as .*? \({NUMBER} % {NUMBER} to {NUMBER}\)")
RATES = re.compile(rf": {NUMBER} against {NUMBER} hits per 1,000 words")
SHARES = re.compile(rf": {NUMBER}% against {NUMBER}% of the hits of both sides")
SAME = re.compile(rf"This holds under {NUMBER} other ways? of counting\.")
NOT = re.compile(rf"This does not hold under {NUMBER} of {NUMBER} other ways? of counting: .*\.")
CHANGE = re.compile(rf" (?:rises|falls) from {NUMBER}%? to {NUMBER}%?")
IN_GROUPS = re.compile(r" By (?P<grouping>[^,]*), exploratory: (?P<groups>.*?)\.(?= By |$)")
OF_GROUP = re.compile(rf"\*(?P<group>.+?)\* from {NUMBER}%? to {NUMBER}%?$")
FITTED = re.compile(rf"The model `(?P<model>[^`]*)` is fitted to {NUMBER} texts?(?: in {NUMBER} clusters)?")
# Parts of the findings whose tests are corrected together with the differences of units.
FURTHER = ("changes", "marginal_differences")
TESTS = re.compile(rf"(?:all|of) {NUMBER} tests?(?: of (differences|changes|marginal means))?")
# A finding whose figures a variation moves by less than this is not touched by it.
TOUCHED = 1e-5

ORDER = ["section_differences", "document_differences", "contrast_differences"]

Row = dict[str, Any]


def in_digits(said: str, value: Any) -> bool:
    """Whether a number in words is this value to the digit said, or that of the six digits of its cell.

    >>> in_digits("1.5", 1.549), in_digits("1.5", 1.56), in_digits("1,234", 1234.4), in_digits("0.00", 0.004)
    (True, False, True, True)
    """
    if absent(value):
        return False
    mantissa = said.replace(",", "").partition("e")[0]
    unit = 10.0 ** -len(mantissa.partition(".")[2]) * 10.0 ** int(said.partition("e")[2] or 0)
    return (
        abs(float(said.replace(",", "")) - float(value)) <= 0.5 * unit * (1 + 1e-6) + 5e-6 * abs(float(value)) + 1e-12
    )


def says(said: str, value: Any) -> bool:
    """Whether a number in words, "p = 0.012" or "p < 0.001" among them, is this value to the digit said.

    >>> says("p < 0.001", 0.0004), says("p = 0.05", 0.052), says("12", 12), says("12", None)
    (True, True, True, False)
    """
    value = value.value if isinstance(value, Near) else value
    if said.startswith("p < "):
        return not absent(value) and float(value) < float(said.removeprefix("p < "))
    return in_digits(said.removeprefix("p = "), value)


class Findings:
    """Reads the sentences and compares; what it cannot read it reports, so that no number goes unread."""

    def __init__(self, recomputed: Recomputed, checks: Checks) -> None:
        self.recomputed, self.checks, self.study = recomputed, checks, recomputed.study
        self.robustness = self.study.table("robustness")
        self.further = {name: self.study.table(name) for name in FURTHER}
        self.place, self.contrast, self.stated = "", "", 0

    def check(self, text: str) -> None:
        self.described = {name: iter(self._shown_rows(name)) for name in self.study.contrasts}
        contrasts = iter(self.study.contrasts)
        for number, line in enumerate(text.splitlines(), start=1):
            self.place = f"line {number}"
            if line.startswith("### "):
                self.contrast = next(contrasts, "")
            elif line.startswith(("#", "| ---", "| compared |", "| text |")) or not re.search(r"\d", line):
                continue
            elif line.startswith("- ") and LINK.search(line):
                self._linked(line)
            elif line.startswith("| ["):
                self._family(line)
            elif line.startswith("| "):
                self._description(line)
            else:
                self._prose(line)
        stated = self._stated()
        self._fits("differences that are stated", self.stated, min(len(stated), MOST_SENTENCES))

    def _linked(self, line: str) -> None:
        """A sentence about a row of a table."""
        link = LINK.search(line)
        table, index = link["table"], int(link["line"]) - 2
        shown = self.recomputed.shown[table] if table in self.recomputed.shown else self.further[table]
        rows = shown.to_dict("records")
        if not 0 <= index < len(rows):
            self.checks.note("findings.md", self.place, f"a link to line {index + 2} of {table}", "no such row")
        elif table in self.further:
            self._further_sentence(line.removesuffix(link[0]), rows[index])
        else:
            self._difference(line, table, index, rows[index])

    def _further_sentence(self, line: str, row: Row) -> None:
        """A sentence on a change over time, or on a difference between marginal means."""
        measured = _plain(row["theme"] or row["contrast"])
        percent = 100 if row["contrast"] else 1
        if "before" in row:
            ends = [percent * row[end] for end in ("before", "after")]
            self._read(line, CHANGE.search(line), ends, ("before", "after"))
            self._of_groups(line, row, percent)
            return
        self._fits("theme", measured in _plain(line), True)
        sides = ("a", "b") if row["ratio"] >= 1 else ("b", "a")
        ratios = [row[name] if row["ratio"] >= 1 else 1 / row[name] for name in ("ratio", "low", "high")]
        expected = (ratios[0], 100 * self.study.confidence, *sorted(ratios[1:]))
        self._read(line, FIGURE.search(line), expected, ("times", "confidence", "low", "high"))
        means = [percent * row[f"mean_{side}"] for side in sides]
        self._read(line, (SHARES if row["contrast"] else RATES).search(line), means, ("mean", "other mean"))

    def _of_groups(self, line: str, row: Row, percent: int) -> None:
        """What the sentence on a change says of groups: of each that is tested from and to what, or no change."""
        changes = self.further["changes"].fillna({"grouping": "", "group": "", "contrast": "", "theme": ""})
        same = (changes[["theme", "contrast", "test"]] == [row[n] for n in ("theme", "contrast", "test")]).all(axis=1)
        tested = changes[same & (changes["grouping"] != "") & changes["p"].notna()]
        parts = {_plain(found["grouping"]): found["groups"].split("; ") for found in IN_GROUPS.finditer(line)}
        self._fits("groupings", sorted(parts), sorted(set(tested["grouping"])))
        for grouping, said in parts.items():
            own = tested[tested["grouping"] == grouping].set_index("group")
            for part in said:
                found = OF_GROUP.search(part)
                if found:
                    group = own.loc[_plain(found["group"])]
                    self._fits("verdict", group["verdict"] == "differs", True)
                    self._fits("before", found[2], percent * group["before"])
                    self._fits("after", found[3], percent * group["after"])
                elif part.endswith(" no change established"):
                    name = _plain(part.removesuffix(" no change established").strip("*"))
                    self._fits("verdict", own.loc[name, "verdict"] != "differs", True)
                else:
                    left = re.search(rf"^{NUMBER} further groups? not named", part)
                    self._fits("groups", left[1] if left else part, len(own) - len(said) + 1)

    def _difference(self, line: str, table: str, index: int, row: Row) -> None:
        """A sentence on a difference: its side, its numbers, and the ways of counting under which it holds."""
        self.stated += 1
        link = LINK.search(line)
        own = row | {k: v for k, v in self.recomputed.rows[table][index].items() if isinstance(v, float | Near)}
        own = {key: value.value if isinstance(value, Near) else value for key, value in own.items()}
        effect = own["delta_log_odds"] / math.log(2) if "contrast" in own else own["log2_ratio"]
        self._fits("an established difference", (table, index) in self._stated(), True)
        ends = [end / math.log(2) if "contrast" in own else end for end in (own["low"], own["high"])]
        low, high = sorted(2 ** abs(end) for end in ends)
        left = line.removesuffix(link[0])
        figures = FIGURE.search(left)
        expected = (2 ** abs(effect), 100 * self.study.confidence, low, high)
        left = self._read(left, figures, expected, ("times", "confidence", "low", "high"))
        sides = ("a", "b") if effect > 0 else ("b", "a")
        if "theme" in own:
            self._fits("theme", f" times as much on {_plain(own['theme'])} as " in _plain(line), True)
            left = self._read(left, RATES.search(left), [own[f"rate_{s}"] for s in sides], ("rate", "other rate"))
        elif SHARES.search(left):
            shares = [100 * self._share(own, own[f"unit_{side}"]) for side in sides]
            left = self._read(left, SHARES.search(left), shares, ("share", "other share"))
        touched, fallen = self._fate(table, own)
        left = self._read(left, SAME.search(left), [touched if not fallen else math.nan], ("ways",))
        left = self._read(left, NOT.search(left), [fallen, touched], ("ways that fell it", "ways"))

    def _read(self, left: str, match: re.Match[str] | None, expected: Any, names: Any) -> str:
        if match is None:
            return left
        for said, value, name in zip(match.groups(), expected, names, strict=True):
            self._fits(name, said, value)
        return left.replace(match[0], "")

    def _fits(self, name: str, said: Any, value: Any) -> None:
        fits = says(said, value) if isinstance(said, str) else said == value
        self.checks.fits("findings.md", f"{self.place}, {name}", fits, said, value)

    def _share(self, row: Row, name: str) -> float:
        shown = self.recomputed.shown["contrasts"]
        own = (
            (shown["unit"] == row["unit"])
            & (shown["contrast"] == row["contrast"])
            & (shown[row["unit"] if row["unit"] in shown else "group"] == name)
        )
        if row["unit"] == "section":
            own &= shown["document"] == row["document"]
        return float(shown[own]["share_a"].iloc[0])

    def _fate(self, table: str, row: Row) -> tuple[int, int]:
        """How many ways of counting touch the finding, and under how many it falls."""
        own = (self.robustness["table"] == table) & (
            self.robustness["measure"] == row["contrast" if "contrast" in row else "theme"]
        )
        for column, name in (("document", "document"), ("role", "role")):
            own &= self.robustness[column].fillna("") == (row.get(name) or "" if name in row else "")
        for side in ("a", "b"):
            own &= self.robustness[f"unit_{side}"] == row.get(f"unit_{side}", row.get(f"section_{side}"))
        own &= self.robustness["unit"] == row.get("unit", "section")
        rows = self.robustness[own]
        if rows.empty:
            return 0, 0
        figures = rows[["estimate", "low", "high"]].to_numpy(float)
        near = np.isclose(figures, figures[0], rtol=TOUCHED, equal_nan=True).all(axis=1)
        robust = rows["robust"].astype(str).str.lower() == "true"
        return int((~near).sum()), int((~near & ~robust.to_numpy()).sum())

    def _tested(self) -> dict[tuple[str, int], float]:
        """p by table and row of everything that findings may state."""
        tables = {name: self.recomputed.shown[name] for name in ORDER} | self.further
        return {
            (name, index): float(row["p"])
            for name, table in tables.items()
            for index, row in enumerate(table.to_dict("records"))
            if not absent(row["p"]) and row.get("family") != EXPLORATORY
        }

    @staticmethod
    def _together(found: dict[tuple[str, int], float]) -> list[float]:
        """Each p corrected: by p times the number of tests on its question, the largest so far of p times that number
        times what is left of the three shares of the level.
        """
        questions = [name if name in FURTHER else "differences" for name, _ in found]
        shares = [1 / questions.count(question) for question in questions]
        values, least, left = list(found.values()), 0.0, sum(shares)
        together = [1.0] * len(values)
        for place in sorted(range(len(values)), key=lambda n: values[n] / shares[n]):
            least = max(least, min(1.0, values[place] * left / shares[place]))
            together[place], left = least, left - shares[place]
        return together

    def _stated(self) -> list[tuple[str, int]]:
        """Differences below the level when corrected over all that may be stated, one for a pair of units."""
        found = self._tested()
        together = self._together(found)
        below = [key for n, key in enumerate(found) if together[n] < 1 - self.study.confidence and key[0] in ORDER]
        kept: dict[tuple[Any, ...], tuple[str, int]] = {}
        for key in sorted(below, key=lambda key: (key[0] == "contrast_differences", found[key])):
            row = self.recomputed.shown[key[0]].iloc[key[1]]
            sides = [row.get(f"unit_{s}", row.get(f"section_{s}")) for s in "ab"]
            pair = (row.get("unit", "section"), row.get("document") or "", row.get("role") or "", *sides)
            kept.setdefault(pair, key)
        return list(kept.values())

    def _family(self, line: str) -> None:
        """A line on the tests of one kind: their number, how many are established, the least corrected p."""
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        table = re.search(r"/(\w+)\.csv", cells[0])
        shown = self.recomputed.shown[table[1]]
        shown = shown if "unit" in shown else shown.assign(unit="section", role="")
        kind, _, role = cells[0].partition("]")[0].strip("[ ").partition(" in ")
        grouped = kind.startswith("groups by ")
        kind = _plain(kind.removeprefix("groups by ")) if grouped else kind.removesuffix("s")
        measure = "contrast" if "contrast" in shown else "theme"
        own = shown[(shown["unit"] == kind) & (shown[measure].map(_plain) == _plain(cells[1]))]
        own = own[(own["role"].fillna("").map(_plain) == _plain(role)) & (own["family"] != EXPLORATORY)]
        tested = own[own["p"].notna()]
        for name, said, value in (
            ("tests", cells[2], len(tested)),
            ("established", cells[3], (tested["verdict"] == "differs").sum()),
            ("too short", cells[5], len(own) - len(tested)),
        ):
            self._fits(name, said, int(value))
        if cells[4].startswith("p "):
            self._fits("smallest p", cells[4], float(tested["p_corrected"].min()))

    def _shown_rows(self, contrast: str) -> list[Row]:
        """The rows of contrasts that are described, in their order."""
        shown = self.recomputed.shown["contrasts"]
        rows = self.recomputed.rows["contrasts"]
        records = [row | rows[n] for n, row in enumerate(shown.to_dict("records"))]
        sections = shown[shown["unit"] == "section"].groupby("document")["section"].nunique()
        roles = shown[shown["unit"] == "section"].drop_duplicates(["document", "section"])["role"].value_counts()
        groups = self.study.table("documents").get("group", pd.Series(dtype=str)).value_counts()
        kept = [
            row
            for row in records
            if row["contrast"] == contrast
            and not (row["unit"] == "section" and sections[row["document"]] == 1)
            and not (row["unit"] == "role" and roles.get(row["role"], 0) == 1)
            and not (row["unit"] == "group" and groups.get(row["group"], 0) == 1)
        ]
        return kept if len(kept) <= 60 else [row for row in kept if row["unit"] != "section"][:60]

    def _description(self, line: str) -> None:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        row = next(self.described.get(self.contrast, iter(())), None)
        if row is None:
            self.checks.note("findings.md", self.place, line, "no such row")
            return
        for name, said in zip(("blocks", "hits_a", "hits_b"), cells[2:5], strict=True):
            self._fits(name, said, int(row[name]))
        low, _, high = cells[6].partition(" to ")
        figures = zip(
            ("share_a", "share_low", "share_high", "share_baseline"), (cells[5], low, high, cells[7]), strict=True
        )
        for name, said in figures:
            if said or not absent(row[name]):
                self._fits(name, said.removesuffix("%"), math.nan if absent(row[name]) else 100 * row[name])

    def _prose(self, line: str) -> None:
        fitted = FITTED.search(line)
        if fitted:
            models = self.study.table("models")
            row = models[models["model"] == fitted["model"]].iloc[0]
            self._fits("texts", fitted[2], row["documents"])
            self._fits("clusters", fitted[3] or str(row["clusters"]), row["clusters"])
            return
        tests = TESTS.search(line)
        of_changes = re.search(rf"Of {NUMBER} exploratory tests? of changes .* {NUMBER} find", line)
        exploratory = re.search(rf"Of {NUMBER} exploratory comparisons? of other themes {NUMBER} differ", line)
        if of_changes:
            rows = self.further["changes"]
            rows = rows[(rows["family"] == EXPLORATORY) & rows["p"].notna()]
            self._fits("exploratory", of_changes[1], len(rows))
            self._fits("leads", of_changes[2], int((rows["verdict"] == "differs").sum()))
        elif tests:
            tables = {
                "differences": ORDER,
                "changes": ["changes"],
                "marginal means": ["marginal_differences"],
                None: [*ORDER, *FURTHER],
            }[tests[2]]
            self._fits("tests", tests[1], sum(name in tables for name, _ in self._tested()))
        elif exploratory:
            tables = (self.recomputed.shown[f"{kind}_differences"] for kind in ("section", "document"))
            rows = pd.concat([t[(t["family"] == EXPLORATORY) & t["p"].notna()] for t in tables])
            self._fits("exploratory", exploratory[1], len(rows))
            self._fits("leads", exploratory[2], int((rows["verdict"] == "differs").sum()))
        elif line.startswith(("Too short for any test: ", "Tested ", "So were ")):
            return
        elif "tables of differences have" not in line and "other rows are in" not in line:
            self.checks.note("findings.md", self.place, line, "cannot read its numbers")


def _plain(text: str) -> str:
    """Markdown without its escapes."""
    return re.sub(r"\\(.)", r"\1", str(text))
