"""The sentences of findings.md, each number of them beside the row that it links to."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import pandas as pd
from benchmarks.audit.checks import Checks, Near, OneOf, absent
from benchmarks.audit.tables import EXPLORATORY, Recomputed

MOST_SENTENCES = 12
TABLE = r"\((?P<folder>[^()]*)/(?P<table>\w+)\.csv"
LINK = re.compile(rf"\(\[row\]{TABLE}#L(?P<line>\d+)\)\)")
WHOLE_TABLE = re.compile(rf"\(?\[(?:the )?table\]{TABLE}\)\)?")
NAME = re.compile(r"(?<![\\*])\*((?:\\.|[^*\\])+)\*")
FATE = re.compile(
    r"; (?:none of (?P<none>\d+) variations? gives it one|stands under all (?P<all>\d+) variations? that touch it"
    r"|(?:leans|does not stand) under: (?P<under>.*?))(?= ?$)"
)
NUMBER = r"([\d,]*\d(?:\.\d+)?(?:e-?\d+)?)"
P = r"(p [<=] [01]?\.\d+)"
TESTS = r"(?:(?P<only>the only test of its family)|corrected for (?P<tests>\d+) tests)"
NEVER = re.compile(rf"Of the {NUMBER} tests? {NUMBER} could not pass whatever the texts hold")
# A finding whose figures a variation moves by less than this is not touched by it.
TOUCHED = 1e-5

Row = dict[str, Any]
Said = list[tuple[str, str, Any]]


def in_digits(said: str, value: Any) -> bool:
    """Whether a number in words is this value to the digit said.

    >>> in_digits("1.5", 1.549), in_digits("1.5", 1.56), in_digits("1,234", 1234.4), in_digits("0.00", 0.004)
    (True, False, True, True)
    """
    if absent(value):
        return False
    mantissa = said.replace(",", "").partition("e")[0]
    unit = 10.0 ** -len(mantissa.partition(".")[2]) * 10.0 ** int(said.partition("e")[2] or 0)
    return abs(float(said.replace(",", "")) - float(value)) <= 0.5 * unit * (1 + 1e-6) + 1e-12


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
        self.sides = {name: [" and ".join(side) for side in sides] for name, sides in self.study.contrasts.items()}
        self.robustness = self.study.table("robustness")
        names = {*self.sides, *(name for sides in self.sides.values() for name in sides), *recomputed.units.themes}
        # The longest first: no name is cut by a shorter one inside it.
        self.spoken = sorted(names, key=len, reverse=True)
        self.documents = list(dict.fromkeys(self.study.blocks["document"]))
        self.place = ""

    def check(self, text: str) -> None:
        document, headings = "", iter(self.documents)
        for number, line in enumerate(text.splitlines(), start=1):
            self.place = f"line {number}"
            if line.startswith("## "):
                document = (
                    "" if line in ("## Documents", "## Between documents, roles and groups") else next(headings, "")
                )
            elif line.startswith("#") or not re.search(r"\d", line):
                continue
            elif line.startswith("Counts describe"):
                self._preamble(line)
            elif line.lstrip().startswith("- "):
                self._line(line.strip().removeprefix("- "), document)
            else:
                self._unread(line)

    def _line(self, line: str, document: str) -> None:
        at = 0
        for link in LINK.finditer(line):
            self._sentence(line[at : link.start()].strip(), link["table"], int(link["line"]) - 2)
            at = link.end()
        rest = line[at:].strip(" .")
        never = NEVER.search(rest)
        if never and at:
            last = list(LINK.finditer(line))[-1]
            self._never(never, last["table"], int(last["line"]) - 2)
            rest = rest[: never.start()]
        if at == 0 or re.search(r"\d", rest):
            self._without_row(WHOLE_TABLE.sub("", rest), line, document)

    def _sentence(self, text: str, table: str, index: int) -> None:
        """A clause that ends with a link to a row: its names, its words and its numbers are those of the row."""
        rows = self.recomputed.rows.get(table, [])
        if not 0 <= index < len(rows):
            self.checks.note("findings.md", self.place, f"a link to line {index + 2} of {table}", "no such row")
            return
        shown = self.recomputed.shown[table].to_dict("records")[index]
        row = {**shown, **{key: value for key, value in rows[index].items() if not isinstance(value, OneOf)}}
        fate = FATE.search(text)
        if fate:
            self._fate(fate, table, shown)
            text = text[: fate.start()]
        self._named([plain(name) for name in NAME.findall(text)], row)
        left = plain(NAME.sub("NAME", text))
        self._words(left, table, row)
        for name in self.spoken:
            left = left.replace(name.capitalize() + ". ", "").replace(name, "SIDE")
        for pattern, read in READERS[table]:
            match = re.search(pattern, left)
            if match:
                for what, said, value in read(self, match, row, index):
                    self._number(f"{what} of {table} line {index + 2}", said, value)
                left = left[: match.start()] + left[match.end() :]
        if re.search(r"\d", left.replace(str(row.get("role") or "\0"), "")):
            self._unread(left)

    def _never(self, never: re.Match[str], table: str, index: int) -> None:
        """How many tests of those that the sentence is on could not pass, of how many."""
        own = self._beside(table, index)
        verdicts = [self.recomputed.rows[table][i]["verdict"] for i in own.index]
        tested = [verdict for verdict in verdicts if verdict != "too little text"]
        self._number("tests", never[1], len(tested))
        self._number("tests that could not pass", never[2], tested.count("cannot be established"))

    def _beside(self, table: str, index: int) -> pd.DataFrame:
        """The rows that the sentence with this row sums up: of its contrast and kind of unit, or of its family."""
        shown = self.recomputed.shown[table]
        keys = ["contrast", "unit", "document"] if "contrast" in shown else ["document"] if "document" in shown else []
        own = shown[(shown[keys] == shown.loc[index, keys]).all(axis=1)]
        if "theme" not in shown:
            return own
        return own[(own["family"] == EXPLORATORY) == (shown["family"][index] == EXPLORATORY)]

    def _number(self, what: str, said: str, value: Any) -> None:
        self.checks.fits("findings.md", f"{self.place}, {what}", says(said, value), said, value)

    def _word(self, what: str, said: str, expected: Any) -> None:
        self.checks.fits("findings.md", f"{self.place}, {what}", said == expected, said, expected)

    def _unread(self, text: str) -> None:
        self.checks.note("findings.md", self.place, f"numbers that this audit cannot read: {text!r}", None)

    def _preamble(self, line: str) -> None:
        level = re.search(rf"Intervals are {NUMBER} % ones; differences are established below p = {NUMBER}", line)
        if not level:
            self._unread(line)
            return
        self._number("confidence", level[1], 100 * self.study.confidence)
        self._number("level", level[2], 1 - self.study.confidence)

    def _named(self, names: list[str], row: Row) -> None:
        """The names in a sentence are those of the units of its row, of two units the first one's first."""
        of_one = ("section", "document", "role", "group")
        ends = [[f"unit_{end}", f"section_{end}"] for end in "ab"] if "verdict" in row else [of_one]
        for name, columns in zip(names, ends, strict=False):
            ids = [str(row[column]) for column in columns if row.get(column)]
            known = self._titles(ids, row)
            self._word("name", name, name if name in known else " or ".join(sorted(known)))

    def _titles(self, ids: list[str], row: Row) -> set[str]:
        """What the units with these ids may be called: a title, its beginning before a colon, or the id itself."""
        sections, documents = self.study.sections, self.study.documents
        own = sections[(sections["document"] == row.get("document", "")) & sections["section"].isin(ids)]
        titles = [*own["title"], *documents.loc[documents["document"].isin(ids), "title"]]
        titles += [title.partition(": ")[0] for title in titles] + [f"{t} ({i})" for t in titles for i in ids]
        return {*ids, *(" ".join(title.split()) for title in titles)}

    def _words(self, text: str, table: str, row: Row) -> None:
        """Which side is leant to, and which has more, are those of the row."""
        a, b = self.sides.get(str(row.get("contrast")), ("", ""))
        side = re.search(r" leans (?:more )?to (.+?)(?:: \d| than |, \d)", text)
        if table == "contrasts":
            said = side[1] if side else "neither" if "shows no lean" in text else "too little text"
            self._word("lean", said, {"a": a, "b": b}.get(row["lean"], row["lean"]))
        elif side:
            self._word("side", side[1], a if row["delta_log_odds"] > 0 else b)
        told = re.search(r" has (more|less) on (.+?) than ", text)
        if told:
            self._word("more or less", told[1], "more" if row["rate_a"] > row["rate_b"] else "less")
            self._word("theme", told[2], str(row["theme"]))
        if side or told:
            self._word("verdict", "differs", row.get("verdict", "differs"))

    def _fate(self, fate: re.Match[str], table: str, shown: Row) -> None:
        """What is said of variations is what the rows of robustness.csv say, which are taken as they are."""
        unit = str(shown.get("unit", "section"))
        ends = [shown.get(unit), ""]
        if table != "contrasts":
            ends = [shown.get(f"unit_{end}", shown.get(f"section_{end}")) for end in "ab"]
        role = "" if table == "contrasts" else shown.get("role", "")
        measure = shown.get("contrast", shown.get("theme"))
        named = [table, measure, unit, shown.get("document", ""), role, *ends]
        columns = ["table", "measure", "unit", "document", "role", "unit_a", "unit_b"]
        own = self.robustness[(self.robustness[columns] == named).all(axis=1)]
        if own.empty:
            self.checks.note("findings.md", self.place, fate[0], f"no rows of robustness.csv for {named}")
            return
        figures = own[["estimate", "low", "high"]].to_numpy(float)
        moved = [bool((abs(each - figures[0]) > 1e-8 + TOUCHED * abs(figures[0])).any()) for each in figures]
        touched = own[moved]
        fallen = touched[~touched["stands"].astype(bool)]
        many = fate["none"] or fate["all"]
        if many:
            self._number("variations that touch it", many, len(touched))
        under = [
            row["variation"]
            + (f" ({row['left_out'].removesuffix(f' of {row["document"]}')})" if row["left_out"] else "")
            for row in fallen.to_dict("records")
        ]
        self._word("variations it falls under", plain(fate["under"] or ""), ", ".join(under))

    def _without_row(self, text: str, line: str, document: str) -> None:
        """Sentences on whole tables: how many comparisons differ, how many documents lean, how many more there are."""
        table = WHOLE_TABLE.search(line)
        exploratory = re.match(rf"Exploratory: {NUMBER} of {NUMBER} comparisons? differ at .* of {NUMBER} %", text)
        summary = re.match(
            rf"(?P<name>.+): of {NUMBER} documents? {NUMBER} lean to .+, {NUMBER} to .+, {NUMBER} to neither; "
            rf"{NUMBER} have",
            text,
        )
        more = re.match(rf"{NUMBER} more in", text)
        if exploratory and table:
            shown = self.recomputed.shown[table["table"]]
            own = [i for i in shown.index if not document or shown["document"][i] == document]
            rows = [self.recomputed.rows[table["table"]][i] for i in own if shown["family"][i] == EXPLORATORY]
            tested = [row for row in rows if row["verdict"] != "too little text"]
            expected = (
                sum(row["verdict"] == "differs" for row in tested),
                len(tested),
                100 * (1 - self.study.confidence),
            )
            for what, said, value in zip(
                ("differ", "comparisons", "rate"), exploratory.groups(), expected, strict=True
            ):
                self._number(f"exploratory, {what}", said, value)
        elif summary:
            name = next(n for n in self.sides if n.capitalize() == plain(summary["name"]))
            shown = self.recomputed.shown["contrasts"]
            own = shown.index[(shown["unit"] == "document") & (shown["contrast"] == name)]
            leans = [self.recomputed.rows["contrasts"][i]["lean"] for i in own]
            expected = [len(leans), *(leans.count(lean) for lean in ("a", "b", "neither", "too little text"))]
            for said, value in zip(summary.groups()[1:], expected, strict=True):
                self._number(f"summary of {name}", said, value)
        elif more:
            differing = [
                self._established(name, document) for name in self.recomputed.rows if name.endswith("differences")
            ]
            fitting = [count for counts in differing for count in counts if says(more[1], count)]
            self._number("how many more", more[1], fitting[0] if fitting else None)
        elif re.search(r"\d", text):
            self._unread(text)

    def _established(self, table: str, document: str) -> list[int]:
        """How many rows beyond those told differ, for each group of rows that one list of sentences may speak of."""
        shown = self.recomputed.shown[table].assign(verdict=[row["verdict"] for row in self.recomputed.rows[table]])
        own = shown[shown["verdict"] == "differs"]
        own = own[own["document"] == document] if document and "document" in own else own
        if "theme" in own:
            return [len(own[own["family"] != EXPLORATORY]) - MOST_SENTENCES]
        return [len(rows) - MOST_SENTENCES for _, rows in own.groupby(["contrast", "unit"])]

    # The numbers of one clause: what each is, how it is said, and its value.

    def sentences_and_hits(self, match: re.Match[str], row: Row, _: int) -> Said:
        names = ("sentences_a", "sentences_b", "hits_a", "hits_b")
        return [(name, said, row[name]) for name, said in zip(names, match.groups(), strict=True)]

    def sentences_beside(self, match: re.Match[str], row: Row, _: int) -> Said:
        return [
            (name, said, row[name]) for name, said in zip(("sentences_a", "sentences_b"), match.groups(), strict=True)
        ]

    def blocks(self, match: re.Match[str], row: Row, _: int) -> Said:
        return [("blocks", match[1], row["blocks"])]

    def odds(self, match: re.Match[str], row: Row, _: int) -> Said:
        """The odds of the side that is leant to, of side a where neither is."""
        ends = [row["log_odds"], row["low"], row["high"]]
        if row["lean"] == "b":
            ends = [-row["log_odds"], -row["high"], -row["low"]]
        odds, low, high = (math.exp(end) for end in ends)
        values = (odds, 100 * self.study.confidence, low, high)
        names = ("odds", "confidence", "low odds", "high odds")
        return list(zip(names, match.groups(), values, strict=True))

    def corrected_p(self, match: re.Match[str], row: Row, _: int) -> Said:
        p = row["p_adjusted"] if "p_adjusted" in row else row["p_holm"]
        return [("p", match[1], p), ("tests", match["tests"] or "1", row["tests_in_family"])]

    def smallest_p(self, match: re.Match[str], row: Row, index: int) -> Said:
        """As `corrected_p`, and it is the least p among the rows that the sentence is on."""
        table = table_of(row)
        column = "p_adjusted" if "contrast" in row else "p_holm"
        return [
            *self.corrected_p(match, row, index),
            ("smallest p", match[1], self._beside(table, index)[column].min()),
        ]

    def cannot(self, match: re.Match[str], row: Row, index: int) -> Said:
        least = self._beside(table_of(row), index)["p_least"].min()
        tests = [("tests", match[1], row["tests_in_family"])] if match[1] else []
        return [*tests, ("least p", match[2], least), ("least p of the row", match[2], row["p_least"])]

    def all_together(self, match: re.Match[str], row: Row, _: int) -> Said:
        shown = self.recomputed.shown["contrast_differences"]
        own = shown[
            (shown["contrast"] == row["contrast"]) & (shown["document"] == row["document"]) & shown["p"].notna()
        ]
        sections = len(set(own["unit_a"]) | set(own["unit_b"]))
        return [("sections together", match[1], sections), ("p of all together", match[2], own["p_omnibus"].iloc[0])]

    def rates(self, match: re.Match[str], row: Row, _: int) -> Said:
        return [(name, said, row[name]) for name, said in zip(("rate_a", "rate_b"), match.groups(), strict=True)]


def table_of(row: Row) -> str:
    """Which table of differences a row stands in."""
    return (
        "contrast_differences"
        if "contrast" in row
        else "section_differences"
        if "section_a" in row
        else "document_differences"
    )


def plain(text: str) -> str:
    r"""Markdown with what it escapes as it is.

    >>> plain(r"history\_ideology")
    'history_ideology'
    """
    return re.sub(r"\\(.)", r"\1", text)


Reader = Callable[[Findings, re.Match[str], Row, int], Said]
_CORRECTED = rf"\({P}, {TESTS}\)"
_SMALLEST = rf"smallest {P}, {TESTS}\)"
_CANNOT = rf"cannot be established with .*?(?:\({NUMBER}\))?: the least {P} that one test can give is not enough"
_DIFFERENCES: list[tuple[str, Reader]] = [
    (rf"{NUMBER} against {NUMBER} hits per 1,000 words", Findings.rates),
    (_SMALLEST, Findings.smallest_p),
    (_CORRECTED, Findings.corrected_p),
    (_CANNOT, Findings.cannot),
]
READERS: dict[str, list[tuple[str, Reader]]] = {
    "contrasts": [
        (
            rf"{NUMBER} sentences? on SIDE against {NUMBER} on SIDE \({NUMBER} hits? v\. {NUMBER}\)",
            Findings.sentences_and_hits,
        ),
        (rf"{NUMBER} v\. {NUMBER} sentences?", Findings.sentences_beside),
        (rf"odds {NUMBER}, {NUMBER} % {NUMBER} to {NUMBER}", Findings.odds),
        (rf"{NUMBER} blocks?, description only", Findings.blocks),
    ],
    "contrast_differences": [
        (rf"all {NUMBER} together {P}; ", Findings.all_together),
        (_SMALLEST, Findings.smallest_p),
        (_CORRECTED, Findings.corrected_p),
        (_CANNOT, Findings.cannot),
    ],
    "section_differences": _DIFFERENCES,
    "document_differences": _DIFFERENCES,
}
