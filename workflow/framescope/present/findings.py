"""Sentences for people: what the tables support and no more, each with a link to its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framescope.compare.emphasis.contrasts import said_once
from framescope.compare.inference.families import CANNOT, DIFFERS, EXPLORATORY
from framescope.compare.inference.pairs import REST
from framescope.compare.inputs import CONFIDENCE, DEFAULT_CONTRASTS
from framescope.compare.robust.established import Identity, Row, identity

MOST_DOCUMENTS = 30
MOST_SENTENCES = 12
LONG_TITLE = 40


def findings(
    contrasts: pd.DataFrame,
    contrast_differences: pd.DataFrame,
    section_differences: pd.DataFrame,
    document_differences: pd.DataFrame,
    sections: pd.DataFrame,
    documents: pd.DataFrame,
    robustness: pd.DataFrame | None = None,
    *,
    definitions: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    tables: str = "tables",
    confidence: float = CONFIDENCE,
) -> str:
    """Markdown: for each document its leans, then differences between its sections; then the same of all documents,
    roles and groups beside each other.

    The tables are those of the functions of the same names, in the row order in which they are written to
    `tables`/NAME.csv: a link's #L12 is line 12 of that file. Above thirty documents the single ones are summed up.
    """
    writer = _Writer(sections, documents, robustness, definitions, tables, confidence)
    contrasts = said_once(contrasts, documents)
    ids = list(dict.fromkeys(contrasts.loc[contrasts["unit"] == "document", "document"]))
    lines = ["# Findings", "", writer.preamble(), ""]
    if len(ids) <= MOST_DOCUMENTS:
        for document in ids:
            lines += [f"## {writer.document(document)}", ""]
            for definition in definitions:
                name = str(definition["name"])
                leans = contrasts[(contrasts["document"] == document) & (contrasts["contrast"] == name)]
                own = contrast_differences[
                    (contrast_differences["unit"] == "section")
                    & (contrast_differences["document"] == document)
                    & (contrast_differences["contrast"] == name)
                ]
                lines += [f"### {_escape(name).capitalize()}", ""]
                lines += [f"- {writer.lean(row, index)}" for index, row in _records(leans)]
                lines += [f"- {writer.between(own, 'sections')}"] if len(leans) > 1 else []
                lines += [""]
            own = section_differences[section_differences["document"] == document]
            lines += writer.rates(own, "section_differences", "Themes between sections")
    else:
        lines += ["## Documents", ""]
        lines += [f"- {writer.summary(contrasts, str(definition['name']))}" for definition in definitions]
        lines += [""]
    across = contrast_differences[contrast_differences["unit"] != "section"]
    if len(across):
        lines += ["## Between documents, roles and groups", ""]
        genres = sorted({genre for genre in documents.get("genre", pd.Series(dtype=str)).fillna("") if genre})
        if len(genres) > 1:
            kinds = ", ".join(map(_escape, genres))
            lines += [f"The documents are of several genres ({kinds}): what differs may be the genre's.", ""]
        for _, rows in across.groupby(["contrast", "unit"], sort=False):
            name, unit = str(rows["contrast"].iloc[0]), str(rows["unit"].iloc[0])
            own = contrasts[(contrasts["unit"] == unit) & (contrasts["contrast"] == name)]
            told = f"{writer.beside(own)} " if len(own) <= MOST_DOCUMENTS else ""
            lines.append(f"- {_escape(name).capitalize()}. {told}{writer.between(rows, f'{unit}s')}")
        lines.append("")
    lines += writer.rates(document_differences, "document_differences", "Themes between documents, roles and groups")
    return "\n".join(lines).rstrip("\n") + "\n"


def _records(table: pd.DataFrame) -> Iterable[tuple[int, Row]]:
    records: list[Any] = table.to_dict("records")
    return zip(table.index, records, strict=True)


def _escape(text: str) -> str:
    r"""Text of the study as one line of Markdown that shows it as it is: nothing in it is markup.

    Left out are control characters and those that turn the direction of all that follows: they would turn our own words
    and numbers too. Source of what is markup: CommonMark 0.31.

    >>> _escape("1. <b>War</b> &amp; ~~peace~~")
    '1\\. \\<b\\>War\\</b\\> \\&amp; \\~\\~peace\\~\\~'
    """
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "", " ".join(text.split()))
    escaped = re.sub(r"[\\`*_\[\]<>#|~]|&(?=#?\w+;)", r"\\\g<0>", plain)
    # At the beginning of a list's entry these would open another list.
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", escaped)


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 1 else f"{value:.2g}"


def _p(value: float) -> str:
    return "p < .001" if value < 0.001 else f"p = {value:.3f}" if value < 0.1 else f"p = {value:.2f}"


def _odds(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _corrected(tests: float) -> str:
    return "the only test of its family" if tests == 1 else f"corrected for {_many(int(tests), 'test')}"


def _never(tested: pd.DataFrame) -> str:
    """How many tests could not have given a difference whatever the data, in words; empty text for none."""
    number = int((tested["verdict"] == CANNOT).sum())
    return f" Of the {_many(len(tested), 'test')} {number} could not pass whatever the texts hold." if number else ""


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _short_titles(documents: pd.DataFrame) -> dict[str, str]:
    """What each document is called: its title without the subtitle, the whole one where two would be called the same
    and its id with it where they still would, its id where it has none.
    """
    ids = documents["document"].astype(str)
    whole = documents["title"].fillna("").astype(str).str.strip()
    whole = whole.where(whole != "", ids)
    short = whole.str.partition(": ")[0].where(whole.str.len() > LONG_TITLE, whole)
    told = short.where(~short.duplicated(keep=False), whole)
    return dict(zip(ids, told.where(~told.duplicated(keep=False), told + " (" + ids + ")"), strict=True))


class _Writer:
    """Turns rows into sentences with the names people gave to documents, sections and sides."""

    def __init__(
        self,
        sections: pd.DataFrame,
        documents: pd.DataFrame,
        robustness: pd.DataFrame | None,
        definitions: Sequence[Mapping[str, Any]],
        tables: str,
        confidence: float,
    ) -> None:
        self.section_titles = {(str(r["document"]), str(r["section"])): r["title"] for r in sections.to_dict("records")}
        self.document_titles = _short_titles(documents)
        self.sides = {
            str(d["name"]): tuple(" and ".join(_escape(str(theme)) for theme in d[side]) for side in ("a", "b"))
            for d in definitions
        }
        self.tables, self.percent, self.alpha = tables, f"{100 * confidence:g} %", 1 - confidence
        self.fates = _Fates(robustness)

    def preamble(self) -> str:
        return (
            "Counts describe the text itself. Intervals and tests ask what the same author might have written: their "
            f"unit is the block, a paragraph with its list items. Intervals are {self.percent} ones; differences are "
            f"established below p = {self.alpha:.2g}, corrected for all tests of their family. Under the "
            "fewest blocks a test needs there is description only."
        )

    def document(self, document: str) -> str:
        return _escape(self.document_titles[document]) or document

    def section(self, document: str, section: str) -> str:
        title = self.section_titles.get((document, section))
        return f"*{_escape(title if isinstance(title, str) else '') or section}*"

    def link(self, table: str, index: int) -> str:
        return f"([row]({self.tables}/{table}.csv#L{index + 2}))"

    def place(self, row: Row, side: str) -> str:
        name = str(row[side])
        if row.get("unit", "section") == "section":
            return self.section(str(row["document"]), name)
        if row["unit"] == "document":
            return "all other documents" if name == REST else f"*{self.document(name)}*"
        return f"*{_escape(name)}*"

    def lean(self, row: Row, index: int) -> str:
        a, b = self.sides[str(row["contrast"])]
        whole = row["unit"] == "document"
        name = "The whole text" if whole else self.section(str(row["document"]), str(row["section"]))
        counts = (
            f"{_many(int(row['sentences_a']), 'sentence')} on {a} against {row['sentences_b']} on {b}"
            f" ({_many(int(row['hits_a']), 'hit')} v. {row['hits_b']})"
        )
        link = self.link("contrasts", index)
        if row["lean"] == "too little text":
            why = f"{_many(int(row['blocks']), 'block')}, description only"
            return f"{name}: {counts}; {why if pd.isna(row['low']) else 'too few hits to tell'} {link}."
        log_odds, low, high = (float(np.exp(float(row[c]))) for c in ("log_odds", "low", "high"))
        if row["lean"] == "b":
            log_odds, low, high = 1 / log_odds, 1 / high, 1 / low
        verb = {"a": f"leans to {a}", "b": f"leans to {b}", "neither": "shows no lean"}[str(row["lean"])]
        odds = f"odds {_odds(log_odds)}, {self.percent} {_odds(low)} to {_odds(high)}"
        fate = self.fates.of("contrasts", row)
        return f"{name} {verb}: {counts}; {odds}{fate} {link}."

    def beside(self, leans: pd.DataFrame) -> str:
        """The units of one kind and contrast in one sentence: how they lean and the sentences on either side."""
        said = []
        for index, row in _records(leans):
            a, b = self.sides[str(row["contrast"])]
            name = self.document(str(row["document"])) if row["unit"] == "document" else _escape(str(row[row["unit"]]))
            how = {"a": f" leans to {a}", "b": f" leans to {b}", "neither": " shows no lean"}.get(str(row["lean"]), "")
            counts = f"{row['sentences_a']} v. {_many(int(row['sentences_b']), 'sentence')}"
            said.append(f"*{name}*{how}, {counts} {self.link('contrasts', index)}")
        return "; ".join(said) + "."

    def between(self, rows: pd.DataFrame, units: str) -> str:
        """One sentence on the differences of a contrast between units of one kind."""
        tested = rows[rows["p"].notna()]
        if units in ("roles", "groups") and set(tested["inference"]) == {"block"}:
            units += " (of these very texts, too few to speak for others)"
        if not len(tested):
            return f"Difference between {units}: too little text to test."
        established = tested[tested["verdict"] == DIFFERS]
        if set(tested["verdict"]) == {CANNOT}:
            return f"Difference between {units}: {self.cannot(tested, 'contrast_differences')}."
        if not len(established):
            least = int(tested["p_adjusted"].to_numpy().argmin())
            together = tested["p_omnibus"].dropna()
            number = len(set(tested["unit_a"]) | set(tested["unit_b"]))
            all_at_once = f"all {number} together {_p(together.iloc[0])}; " if len(together) and number > 2 else ""
            return (
                f"Difference between {units}: not established ({all_at_once}smallest "
                f"{_p(tested['p_adjusted'].iloc[least])}, {_corrected(tested['tests_in_family'].iloc[least])}) "
                f"{self.link('contrast_differences', int(tested.index[least]))}.{_never(tested)}"
            )
        said = []
        for index, row in list(_records(established))[:MOST_SENTENCES]:
            a, b = self.sides[str(row["contrast"])]
            toward = a if float(row["delta_log_odds"]) > 0 else b
            fate = self.fates.of("contrast_differences", row)
            where = f" ({_escape(str(row['role']))})" if row["role"] else ""
            said.append(
                f"{self.place(row, 'unit_a')} leans more to {toward} than {self.place(row, 'unit_b')}{where} "
                f"({_p(float(row['p_adjusted']))}, {_corrected(row['tests_in_family'])}){fate} "
                f"{self.link('contrast_differences', index)}"
            )
        if len(said) == 1:
            return f"Difference between {units}: {said[0]}."
        return f"Differences between {units}:\n" + "\n".join(f"  - {one}." for one in said) + _more(len(established))

    def cannot(self, tested: pd.DataFrame, table: str) -> str:
        """That no test of these rows can pass, whatever the texts hold, and why: so few documents, or so many tests."""
        index = int(tested["p_least"].to_numpy().argmin())
        row = tested.iloc[index]
        few = {"document": "so few documents", "shift": "so short a text", "block": "so little text"}
        why = few[str(row["inference"])] if row["tests_in_family"] == 1 or row["p_least"] * 2 >= self.alpha else ""
        many = f"so many tests ({int(row['tests_in_family'])})" if row["tests_in_family"] > 1 else ""
        link = self.link(table, int(tested.index[index]))
        return (
            f"{CANNOT} with {' and '.join(filter(None, (why, many)))}: the least "
            f"{_p(float(row['p_least']))} that one test can give is not enough {link}"
        )

    def rates(self, rows: pd.DataFrame, table: str, heading: str) -> list[str]:
        """Differences of theme rates: those of the focus family in sentences, the exploratory ones counted."""
        tested = rows[rows["p"].notna()]
        if not len(tested):
            return []
        lines = [f"### {heading}", ""]
        focus, rest = (tested[(tested["family"] == EXPLORATORY) == exploratory] for exploratory in (False, True))
        established = focus[focus["verdict"] == DIFFERS]
        sides = ("section_a", "section_b") if "section_a" in rows else ("unit_a", "unit_b")
        for index, row in list(_records(established))[:MOST_SENTENCES]:
            more = "more" if float(row["log2_ratio"]) > 0 else "less"
            fate = self.fates.of(table, row)
            where = f" ({_escape(str(row['role']))})" if row.get("role") else ""
            lines.append(
                f"- {self.place(row, sides[0])} has {more} on {_escape(str(row['theme']))} than "
                f"{self.place(row, sides[1])}{where}: {_number(float(row['rate_a']))} against "
                f"{_number(float(row['rate_b']))} hits per 1,000 words ({_p(float(row['p_holm']))}, "
                f"{_corrected(row['tests_in_family'])}){fate} {self.link(table, index)}."
            )
        if len(established) > MOST_SENTENCES:
            lines.append(f"- {len(established) - MOST_SENTENCES} more in [the table]({self.tables}/{table}.csv).")
        if len(focus) and set(focus["verdict"]) == {CANNOT}:
            lines.append(f"- Focus themes: a difference {self.cannot(focus, table)}.")
        elif len(focus) and not len(established):
            least = int(focus["p_holm"].to_numpy().argmin())
            lines.append(
                f"- Focus themes: no difference established (smallest {_p(focus['p_holm'].iloc[least])}, "
                f"{_corrected(focus['tests_in_family'].iloc[least])}) {self.link(table, int(focus.index[least]))}."
                f"{_never(focus)}"
            )
        if len(rest) and set(rest["verdict"]) == {CANNOT}:
            lines.append(f"- Exploratory: a difference {self.cannot(rest, table)}.")
        elif len(rest):
            hinted = int((rest["verdict"] == DIFFERS).sum())
            lines.append(
                f"- Exploratory: {hinted} of {_many(len(rest), 'comparison')} differ at a false discovery rate of "
                f"{100 * self.alpha:.0f} %; leads to follow, not findings ([table]({self.tables}/{table}.csv))."
            )
        return [*lines, ""]

    def summary(self, contrasts: pd.DataFrame, name: str) -> str:
        """How many documents lean which way."""
        rows = contrasts[(contrasts["unit"] == "document") & (contrasts["contrast"] == name)]
        a, b = self.sides[name]
        leans = ("a", "b", "neither", "too little text")
        for_a, for_b, neither, little = (int((rows["lean"] == lean).sum()) for lean in leans)
        return (
            f"{_escape(name).capitalize()}: of {_many(len(rows), 'document')} {for_a} lean to {a}, {for_b} to {b}, "
            f"{neither} to neither; {little} have too little text "
            f"([table]({self.tables}/contrasts.csv))."
        )


def _more(count: int) -> str:
    return f"\n  - {count - MOST_SENTENCES} more in the table." if count > MOST_SENTENCES else ""


class _Fates:
    """What became of each finding under the variations, as the end of its sentence."""

    def __init__(self, robustness: pd.DataFrame | None) -> None:
        self.table = robustness
        self.rows: dict[Any, Any] = {}
        if robustness is not None and len(robustness):
            self.rows = robustness.groupby(list(Identity._fields), sort=False).indices

    def of(self, table: str, row: Row) -> str:
        """The fate of the finding in a row of the table of that name; empty if it was not varied."""
        named = identity(table, row)
        if self.table is None or named not in self.rows:
            return ""
        rows = self.table.iloc[self.rows[named]]
        figures = rows[["estimate", "low", "high"]]
        touched = rows[~np.isclose(figures, figures.iloc[0], rtol=1e-5).all(axis=1)]
        fallen = touched[~touched["stands"]]
        neither = row.get("lean") == "neither"
        if not len(fallen):
            many = _many(len(touched), "variation")
            return f"; none of {many} gives it one" if neither else f"; stands under all {many} that touch it"
        under = [
            f"{row['variation']} ({_escape(row['left_out'].removesuffix(f' of {row["document"]}'))})"
            if row["left_out"]
            else row["variation"]
            for _, row in _records(fallen)
        ]
        return f"; {'leans' if neither else 'does not stand'} under: {', '.join(under)}"
