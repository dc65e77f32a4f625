"""Sentences for people: what is established, in order of size, then tables of what the texts have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framescope.annotate.levels import LEVEL, what_is_missing
from framescope.compare.counts.groupings import KINDS, name_column, spans_documents
from framescope.compare.emphasis.baselines import EVEN, LEXICON, REST, said_baseline
from framescope.compare.emphasis.contrasts import said_once
from framescope.compare.emphasis.identity import Identity, Row, identity
from framescope.compare.inference.families import CANNOT, DIFFERS, EXPLORATORY, weighted_holm
from framescope.compare.inference.pairs import MOST_DOCUMENTS
from framescope.compare.inference.pairs import REST as OTHERS
from framescope.compare.inputs import CONFIDENCE, DEFAULT_CONTRASTS, BaselineSetting
from framescope.present.change_findings import statable_changes, stated_changes
from framescope.present.coded_findings import coded_findings
from framescope.present.model_findings import TABLE as MODELLED
from framescope.present.model_findings import statable_model_differences, stated_models
from framescope.present.wording import (
    escape,
    many,
    number,
    p_text,
    records,
    section_names,
    short_titles,
    table_row,
    value_rows,
)

OTHER_DOCUMENTS = "all other documents"
MOST_SENTENCES = 10
MOST_ROWS = 60
PAIR = ["unit", "document", "role", "unit_a", "unit_b"]


def statable(
    contrast_differences: pd.DataFrame,
    section_differences: pd.DataFrame,
    document_differences: pd.DataFrame,
    changes: pd.DataFrame | None = None,
    marginal_differences: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every tested difference and change over time that findings may state, with p corrected over all of them together,
    and its size.

    These are all contrasts, and the rates of the focus themes, between sections, documents, roles and groups, and their
    trends and breaks over the dates of all texts, and the differences between marginal means of models; `table` and
    `line` tell the row they come from, `size` is the absolute log to base 2 of the ratio of rates or odds, and
    `p_together` Holm's p (`weighted_holm`): the chance that a study in which nothing differs states anything at all is
    below the level. Differences, changes and marginal means have equal shares of the level, because a study may have
    thousands of differences and a few changes. Rows are in the order of their tables.
    """
    sections = section_differences.rename(columns={"section_a": "unit_a", "section_b": "unit_b"})
    parts = []
    for name, table in (
        ("contrast_differences", contrast_differences),
        ("section_differences", sections.assign(unit="section", role="")),
        ("document_differences", document_differences.assign(document="")),
    ):
        tested = table[table["p"].notna()].fillna({"document": "", "role": ""})
        tested = tested[tested["family"] != EXPLORATORY] if "theme" in tested else tested
        effect = tested["delta_log_odds"] / np.log(2) if "delta_log_odds" in tested else tested["log2_ratio"]
        parts.append(tested.assign(table=name, line=tested.index, effect=effect.astype(float)))
    parts += [] if changes is None else [statable_changes(changes)]
    parts += [] if marginal_differences is None else [statable_model_differences(marginal_differences)]
    rows = pd.concat(parts, ignore_index=True)
    rows["size"] = rows["effect"].abs()
    question = rows["table"].where(rows["table"].isin(["changes", MODELLED]), "differences")
    rows["p_together"] = weighted_holm(rows["p"].astype(float), 1 / question.groupby(question).transform("size"))
    return rows


def established(rows: pd.DataFrame, level: float) -> pd.DataFrame:
    """The statable differences that are established, one for each pair of units, largest first.

    The rates of two themes, their contrast, and contrasts that share a side say the same of two units: the rate with
    the smallest p is stated, or otherwise the contrast, and `also` names the others.
    """
    passed = rows[rows["p_together"] < level]
    passed = passed.assign(odds=passed["table"] == "contrast_differences")
    passed = passed.sort_values(["odds", "p", "size"], ascending=[True, True, False], kind="stable")
    named = passed.assign(name=passed["contrast"].where(passed["contrast"].notna(), passed.get("theme")))
    kept = named.drop_duplicates(PAIR)
    others: dict[tuple[str, ...], list[str]] = {}
    for *pair, name in named.loc[~named.index.isin(kept.index), [*PAIR, "name"]].itertuples(index=False):
        others.setdefault(tuple(map(str, pair)), []).append(str(name))
    also = [", ".join(others.get(tuple(map(str, pair)), [])) for pair in kept[PAIR].itertuples(index=False)]
    return kept.assign(also=also).sort_values("size", ascending=False, kind="stable")


def findings(
    contrasts: pd.DataFrame,
    contrast_differences: pd.DataFrame,
    section_differences: pd.DataFrame,
    document_differences: pd.DataFrame,
    sections: pd.DataFrame,
    documents: pd.DataFrame,
    robustness: pd.DataFrame | None = None,
    corrected_shares: pd.DataFrame | None = None,
    corrected_contrasts: pd.DataFrame | None = None,
    changes: pd.DataFrame | None = None,
    models: pd.DataFrame | None = None,
    marginal_differences: pd.DataFrame | None = None,
    *,
    definitions: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    tables: str = "tables",
    confidence: float = CONFIDENCE,
    baseline: BaselineSetting = REST,
    annotate: str = LEVEL,
) -> str:
    """Markdown: at most ten established differences, largest first; what changes over time; what models say; what was
    tested beside them; then what each section and text has, as tables.

    The tables are those of the functions of the same names, in the row order in which they are written to
    `tables`/NAME.csv: a link's #L12 is line 12 of that file. `baseline` and `annotate` are those of config.yaml. What
    is stated is corrected over everything that could be (`statable`).
    """
    writer = _Writer(contrasts, sections, documents, robustness, definitions, tables, confidence, baseline)
    rows = statable(contrast_differences, section_differences, document_differences, changes, marginal_differences)
    over_time, modelled = rows["table"] == "changes", rows["table"] == MODELLED
    compared = rows[~over_time & ~modelled]
    differences = established(compared, writer.level)
    missing = what_is_missing(annotate)
    lines = ["# Findings", "", *([missing, ""] if missing else []), "## What differs", ""]
    lines += [f"- {writer.difference(row)}" for _, row in records(differences.head(MOST_SENTENCES))]
    if len(differences) > MOST_SENTENCES:
        lines.append(
            f"- The tables of differences have {many(len(differences) - MOST_SENTENCES, 'more such difference')}."
        )
    lines += [f"{writer.nothing(compared)}", ""] if differences.empty else [""]
    lines += [writer.how_to_read(len(rows), bool(len(differences))), ""]
    lines += writer.caution(documents)
    if corrected_shares is not None and corrected_contrasts is not None:
        lines += coded_findings(corrected_shares, corrected_contrasts, tables)
    if changes is not None:
        lines += stated_changes(rows[over_time], changes, writer.sides, tables, confidence)
    if models is not None:
        lines += stated_models(rows[modelled], models, writer.sides, tables, confidence)
    lines += ["## What was tested", "", *writer.tested(contrast_differences, section_differences, document_differences)]
    lines += writer.not_established(compared)
    lines += writer.leads(section_differences, document_differences)
    shares = said_once(contrasts, documents)
    lines += ["", "## What each text has", "", *writer.description(shares)] if len(shares) else []
    return "\n".join(lines).rstrip("\n") + "\n"


UNTESTED_DOCUMENTS = (
    f"Single documents were not compared: there are more than {MOST_DOCUMENTS:,}. If one of them is named under "
    "`reference` in `config.yaml`, each other document is compared with it."
)
NO_QUESTION = (
    "The lexicon has no theme of `contrasts` and `focus_themes`, so that no question was asked in advance and all "
    "comparisons are exploratory. Name themes of the lexicon under these keys in `config.yaml`."
)


class _Writer:
    """Turns rows into sentences with the names people gave to documents, sections and sides."""

    def __init__(
        self,
        contrasts: pd.DataFrame,
        sections: pd.DataFrame,
        documents: pd.DataFrame,
        robustness: pd.DataFrame | None,
        definitions: Sequence[Mapping[str, Any]],
        tables: str,
        confidence: float,
        baseline: BaselineSetting,
    ) -> None:
        self.section_names = section_names(sections)
        self.headed = set(value_rows(sections[sections["title"].fillna("") != ""], ["document", "section"]))
        self.document_titles = short_titles(documents)
        self.sides = {
            str(d["name"]): tuple(" and ".join(escape(str(theme)) for theme in d[side]) for side in ("a", "b"))
            for d in definitions
        }
        self.contrasts = contrasts
        self.tables, self.percent, self.level = tables, f"{100 * confidence:g} %", 1 - confidence
        self.variants = _Variants(robustness)
        self.baseline = baseline

    def document(self, document: str) -> str:
        return escape(self.document_titles[document]) or document

    def section(self, document: str, section: str) -> str:
        name = self.section_names[document, section]
        return f"*{escape(name) or section}*" if (document, section) in self.headed else name

    def link(self, table: str, index: int) -> str:
        return f"([row]({self.tables}/{table}.csv#L{index + 2}))"

    def place(self, row: Row, side: str) -> str:
        name = str(row[side])
        if row["unit"] == "section":
            return self.section(str(row["document"]), name)
        if row["unit"] == "document":
            return OTHER_DOCUMENTS if name == OTHERS else f"*{self.document(name)}*"
        return f"the {row['unit']} *{escape(name)}*"

    def difference(self, row: Row) -> str:
        """One difference: how many times as much of what one unit has, with its interval; the figures of both units;
        and under which ways of counting it holds.
        """
        first, second = ("unit_a", "unit_b") if float(row["effect"]) > 0 else ("unit_b", "unit_a")
        a, b = self.place(row, first), self.place(row, second)
        ends = sorted(abs(float(row[end])) for end in ("low", "high"))
        ratio, (low, high) = 2 ** float(row["size"]), ends
        if row["table"] == "contrast_differences":
            low, high = low / np.log(2), high / np.log(2)
            side, other = self.sides[str(row["contrast"])]
            much = f"many hits of {side} for each of {other}"
            shares = [f"{share:.0%}" for name in (first, second) if (share := self.share(row, name)) is not None]
            figures = f": {shares[0]} against {shares[1]} of the hits of both sides" if len(shares) == 2 else ""
        else:
            rates = ("rate_a", "rate_b") if first == "unit_a" else ("rate_b", "rate_a")
            more, less = (number(float(row[rate])) for rate in rates)
            much = f"much on {escape(str(row['theme']))}"
            figures = f": {more} against {less} hits per 1,000 words"
        interval = f"({self.percent} {_figure(2**low)} to {_figure(2**high)})"
        has = "have" if a == OTHER_DOCUMENTS else "has"
        said = f"{a} {has} about {_figure(ratio)} times as {much} as {b} {interval}{figures}"
        within = f"In *{self.document(str(row['document']))}*, " if row["unit"] == "section" else ""
        within = f"In sections of the role {escape(str(row['role']))}, " if row["role"] else within
        said = within + said if within else said[0].upper() + said[1:]
        few = " This speaks of these very texts, which are too few to speak for others." if self.few_texts(row) else ""
        also = f" They also differ in {escape(str(row['also']))}." if row["also"] else ""
        own = {column: value for column, value in row.items() if not pd.isna(value)}
        variants = self.variants.of(str(row["table"]), own)
        return f"{said}.{few}{also}{variants} {self.link(str(row['table']), int(row['line']))}"

    def few_texts(self, row: Row) -> bool:
        return spans_documents(str(row["unit"])) and row["inference"] == "block"

    def share(self, row: Row, side: str) -> float | None:
        """Side a's share in one unit of a difference; none for a part of a document or for all other documents."""
        if row["role"]:
            return None
        rows, kind = self.contrasts, str(row["unit"])
        named = (rows["contrast"] == row["contrast"]) & (rows["unit"] == kind) & (rows[name_column(kind)] == row[side])
        own = rows.loc[named & (rows["document"] == row["document"]) if kind == "section" else named, "share_a"]
        return float(own.iloc[0]) if len(own) else None

    def nothing(self, rows: pd.DataFrame) -> str:
        if rows.empty:
            return "No difference can be stated: no two sections or texts are long enough for a test."
        return (
            f"No difference is established: of {many(len(rows), 'test')} of differences none passes. "
            "That does not make the texts alike: see how wide the intervals are."
        )

    def how_to_read(self, tests: int, ratios: bool) -> str:
        """What the sentences can be trusted to say, and what ratios are, if there are any."""
        together = (
            f"What is stated is established when all {many(tests, 'test')} are corrected together, so that of 100 "
            f"studies in which nothing differs at most {100 * self.level:g} state anything. "
        )
        shrunk = '"Times as much" adds half a hit to each side, which draws it to 1 where hits are few. '
        return (
            f"{together if tests else ''}{shrunk if ratios else ''}"
            f"Intervals are {self.percent} ones for what the same author might have written in other paragraphs of "
            "this kind. They do not foretell other texts, and do not allow for words that the lexicon mistakes: where "
            f"sentences were coded by hand, see [corrected shares]({self.tables}/corrected_shares.csv)."
        )

    def caution(self, documents: pd.DataFrame) -> list[str]:
        genres = sorted({genre for genre in documents.get("genre", pd.Series(dtype=str)).fillna("") if genre})
        if len(genres) < 2:
            return []
        kinds = ", ".join(map(escape, genres))
        return [f"The documents are of several genres ({kinds}): what differs may be the genre's.", ""]

    def tested(self, *tables: pd.DataFrame) -> list[str]:
        """A table of the families of tests: how many, how many are established in their family, the least corrected p.

        A kind of units of which no two are long enough for a test is named below the table.
        """
        untested: dict[str, bool] = {}
        lines = ["| compared | of | tests | established | smallest p, corrected | too short |"]
        lines += ["| --- | --- | ---: | ---: | ---: | ---: |"]
        names = ("contrast_differences", "section_differences", "document_differences")
        for name, table in zip(names, tables, strict=True):
            units = table if "unit" in table else table.assign(unit="section", role="")
            units = units[units["family"] != EXPLORATORY].fillna({"role": ""})
            measure = "contrast" if "contrast" in units else "theme"
            for (unit, role, measured), rows in units.groupby(["unit", "role", measure], sort=False):
                tested = rows.dropna(subset="p")
                kind = f"{unit}s" if unit in KINDS else f"groups by {escape(str(unit))}"
                where = kind + (f" in {escape(str(role))}" if role else "")
                untested[where] = untested.get(where, True) and tested.empty
                if tested.empty:
                    continue
                could = (tested["verdict"] != CANNOT).any()
                least = p_text(float(tested["p_corrected"].min())) if could else "none could pass"
                cells = [f"[{where}]({self.tables}/{name}.csv)", escape(str(measured)), f"{len(tested):,}"]
                cells += [f"{(tested['verdict'] == DIFFERS).sum():,}", least, f"{len(rows) - len(tested):,}"]
                lines.append(table_row(cells))
        short = [where for where, none in untested.items() if none]
        if all(untested.values()):
            lines = ["Nothing was tested."]
        if not untested and not self.sides:
            lines[0] += " " + NO_QUESTION
        if short:
            lines += ["", f"Too short for any test: {'; '.join(short)}."]
        if len(self.document_titles) > MOST_DOCUMENTS and "documents" not in untested:
            lines += ["", UNTESTED_DOCUMENTS]
        return lines

    def not_established(self, rows: pd.DataFrame) -> list[str]:
        """The pairs of units that were tested and differ in no contrast or focus theme, at most ten by name."""
        least = rows.assign(role=rows["role"].astype(str)).groupby(PAIR, sort=False)["p_together"].min()
        pairs = [dict(zip(PAIR, names, strict=True)) for names in least.index[least >= self.level]]
        pairs_of: dict[str, list[str]] = {}
        for pair in pairs[:MOST_SENTENCES]:
            where = f" in *{self.document(pair['document'])}*" if pair["unit"] == "section" else ""
            where = f" in sections of the role {escape(pair['role'])}" if pair["role"] else where
            pairs_of.setdefault(where, []).append(f"{self.place(pair, 'unit_a')} and {self.place(pair, 'unit_b')}")
        lines = [
            f"Tested{where} without an established difference: {'; '.join(named)}." for where, named in pairs_of.items()
        ]
        if len(pairs) > MOST_SENTENCES:
            lines.append(f"So were {many(len(pairs) - MOST_SENTENCES, 'further pair')}.")
        return ["", *lines] if lines else []

    def leads(self, *tables: pd.DataFrame) -> list[str]:
        """How many exploratory comparisons differ."""
        rest = pd.concat([table[table["family"] == EXPLORATORY] for table in tables]).dropna(subset="p")
        if rest.empty:
            return []
        hinted = int((rest["verdict"] == DIFFERS).sum())
        return [
            "",
            f"Of {many(len(rest), 'exploratory comparison')} of other themes {hinted} differ at a false discovery "
            f"rate of {100 * self.level:.0f} %: leads to follow, not findings "
            f"([sections]({self.tables}/section_differences.csv), [texts]({self.tables}/document_differences.csv)).",
        ]

    def description(self, contrasts: pd.DataFrame) -> list[str]:
        """For each contrast a table of side a's share in every section and text, with its interval."""
        lines = [
            "Which side has more hits depends on how many terms each side has: "
            f"{self.baseline_advice()}. An interval needs two paragraphs, a test more.",
        ]
        for contrast, rows in contrasts.groupby("contrast", sort=False):
            a, b = self.sides[str(contrast)]
            lines += ["", f"### {escape(str(contrast)).capitalize()}", ""]
            lines += [f"| text | section | paragraphs | {a} | {b} | share of {a} | {self.percent} | baseline |"]
            lines += ["| --- | --- | ---: | ---: | ---: | ---: | --- | ---: |"]
            shown = rows if len(rows) <= MOST_ROWS else rows[rows["unit"] != "section"]
            lines += [self.described(row) for _, row in records(shown.head(MOST_ROWS))]
            if len(rows) > min(len(shown), MOST_ROWS):
                lines += ["", f"The other rows are in [contrasts.csv]({self.tables}/contrasts.csv)."]
        return lines

    def baseline_advice(self) -> str:
        """With what to compare a share."""
        if self.baseline == EVEN:
            return "this study compares shares with a half all the same"
        if self.baseline == REST and len(self.document_titles) == 1:
            return "a study of one text has no other with which to compare a share"
        if self.baseline in (REST, LEXICON) or not isinstance(self.baseline, str):
            text = escape(said_baseline(self.baseline))
        else:
            text = f"*{self.document(self.baseline)}*"
        return f"compare a share with the baseline, that of {text}, and not with a half"

    def described(self, row: Row) -> str:
        text = escape(f"{row['unit']} {row[str(row['unit'])]}") if spans_documents(str(row["unit"])) else ""
        section = self.section(str(row["document"]), str(row["section"])) if row["unit"] == "section" else "whole text"
        low, high, share, base = (_percent(row[c]) for c in ("share_low", "share_high", "share_a", "share_baseline"))
        cells = [text or self.document(str(row["document"])), "" if text else section]
        cells += [str(row[column]) for column in ("blocks", "hits_a", "hits_b")]
        return table_row([*cells, share, f"{low} to {high}" if low else "", base])


def _percent(share: Any) -> str:
    return "" if pd.isna(share) else f"{float(share):.0%}"


def _name(row: Row) -> str:
    """What the unit of a row of the table of contrasts is called."""
    return str(row[name_column(str(row["unit"]))])


def _figure(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"


class _Variants:
    """Whether each finding holds under the variations, as the end of its sentence."""

    def __init__(self, robustness: pd.DataFrame | None) -> None:
        self.table = robustness
        self.rows: dict[Any, Any] = {}
        if robustness is not None and len(robustness):
            self.rows = robustness.groupby(list(Identity._fields), sort=False).indices

    def of(self, table: str, row: Row) -> str:
        """Under which variations the finding in a row of this table holds; empty if it was not varied."""
        named = identity(table, row)
        if self.table is None or named not in self.rows:
            return ""
        rows = self.table.iloc[self.rows[named]]
        figures = rows[["estimate", "low", "high"]]
        touched = rows[~np.isclose(figures, figures.iloc[0], rtol=1e-5).all(axis=1)]
        failing = touched[~touched["robust"]]
        if not len(touched):
            return ""
        if not len(failing):
            return f" This holds under {many(len(touched), 'other way')} of counting."
        under = [
            f"{row['variation']} ({escape(row['left_out'].removesuffix(f' of {row["document"]}'))})"
            if row["left_out"]
            else row["variation"]
            for _, row in records(failing)
        ]
        ways = many(len(touched), "other way")
        return f" This does not hold under {len(failing)} of {ways} of counting: {'; '.join(under)}."
