"""The figure of findings under variations."""

from __future__ import annotations

import textwrap

import altair as alt
import pandas as pd

from framescope.compare.emphasis.identity import Row
from framescope.present.figure_style import LABEL_LIMIT, MOST_ROWS, Chart, Tables, label_limit, marks
from framescope.present.figures import Drawing, Settings, figure
from framescope.present.page.addresses import address, pair_of
from framescope.present.page.formats import plain
from framescope.present.wording import many, records, section_names, short_titles

MOST_FINDINGS = MOST_ROWS // 2
LABEL_WIDTH = 66
LINE = 13
HOLDS, FAILS = "robust", "not robust"


@figure(
    "robustness",
    "Findings under variations",
    "Whether each finding holds when what counts is varied or one term, block or document is left out: its "
    "interval still on its side of 0, or of the baseline for a lean, or still around the baseline where a text shows "
    "no lean. White: the variation changes nothing there, or there is too little text. Where a text leans depends on "
    "how many terms each side has, as the baseline's share does.",
    tables=("robustness", "documents", "sections"),
    view="validity",
)
def robustness_of_findings(tables: Tables, settings: Settings) -> list[Drawing]:
    """Whether each finding holds under each variation. If there are many findings, some of each kind are shown."""
    robustness = tables["robustness"]
    if robustness.empty:
        return []
    findings = leading_findings(robustness)
    every = robustness.groupby("finding")["robust"].all()
    firm = "all" if every.all() else f"{every.sum():,}"
    claim = f"Of {many(len(every), 'finding')} {firm} hold{'s' * (firm == '1')} under every variation"
    note = (
        f"{len(findings)} of {len(every):,} findings are drawn, some of each kind."
        if len(every) > len(findings)
        else ""
    )
    shown = robustness[robustness["finding"].isin(findings)]
    shown = _findings_said(shown, _named(tables), {str(c["name"]): [*c["a"], *c["b"]] for c in settings.contrasts})
    rows = shown[["said_finding", "variation", "left_out", "robust", "estimate", "low", "high"]]
    rows = rows.rename(columns={"said_finding": "finding", "left_out": "left out"})
    return [Drawing(_cells(shown), rows, claim, note)]


def _named(tables: Tables) -> dict[tuple[str, str], str]:
    """What documents and sections are called, by kind of unit and id; a section's id has that of its document first."""
    called = short_titles(tables["documents"])
    names = {("document", document): title for document, title in called.items()}
    for (document, section), name in section_names(tables["sections"]).items():
        names["section", f"{document}/{section}"] = name
    return names


def _findings_said(rows: pd.DataFrame, names: dict[tuple[str, str], str], themes: dict[str, list[str]]) -> pd.DataFrame:
    """The rows with the finding in words, whether it holds, what its cell says, and the address of its sentences."""
    findings, said, addresses = [], [], []
    for _, row in records(rows):
        finding = in_words(row, names)
        verdict = HOLDS if row["robust"] else FAILS
        findings.append(finding)
        left_out = f" ({row['left_out']})" if row["left_out"] else ""
        said.append(f"{finding}; {row['variation']}{left_out}: {verdict}")
        addresses.append(_evidence(row, themes))
    robust = rows["robust"].map({True: HOLDS, False: FAILS})
    return rows.assign(said_finding=findings, robust=robust, said=said, address=addresses)


def in_words(row: Row, names: dict[tuple[str, str], str]) -> str:
    """A finding of the table of robustness with the names of its units, the one that has more first."""

    def place(unit: str) -> str:
        known = f"{row['document']}/{unit}" if row["unit"] == "section" else unit
        return names.get((str(row["unit"]), known), unit)

    within = f" in {names['document', str(row['document'])]}" if row["unit"] == "section" else ""
    within += f", role {row['role']}" if row["role"] else ""
    measure = str(row["measure"]) if str(row["table"]).startswith("contrast") else plain(row["measure"])
    a = place(str(row["unit_a"]))
    if not row["unit_b"]:
        return f"{measure}{within}: {a}: {str(row['finding']).rpartition(': ')[2]}"
    b = place(str(row["unit_b"]))
    more, less = (b, a) if " < " in str(row["finding"]) else (a, b)
    return f"{measure}{within}: {more} more than {less}"


def _evidence(row: Row, themes: dict[str, list[str]]) -> str:
    """Where the sentences behind a finding are: of a lean in the drawer, of a difference side by side."""
    measure = str(row["measure"])
    counted = "|".join(themes.get(measure, [measure]))
    if not row["unit_b"]:
        within = f"{row['document']}/" if row["unit"] == "section" else ""
        return address("validity", theme=counted, unit=f"{row['unit']}:{within}{row['unit_a']}")
    a, b = pair_of(row)
    chosen = {"contrast": measure} if measure in themes else {"theme": measure}
    return address("compare", a=a, b=b, **chosen)


def _cells(shown: pd.DataFrame) -> Chart:
    labels = {said: "\n".join(textwrap.wrap(said, LABEL_WIDTH)) for said in dict.fromkeys(shown["said_finding"])}
    lines = max(label.count("\n") + 1 for label in labels.values())
    axis = alt.Axis(
        labelExpr="split(datum.label, '\\n')", labelLimit=label_limit(LABEL_LIMIT), labelLineHeight=LINE - 1
    )
    across = alt.Axis(labelAngle=-40, orient="top", labelLimit=label_limit(240))
    scale = alt.Scale(domain=[HOLDS, FAILS], range=["#2f6f6a", "#c0562f"])
    drawn = shown.assign(label=shown["said_finding"].map(labels))
    return (
        marks(drawn[["label", "variation", "robust", "said", "address"]])
        .mark_rect(stroke="white")
        .encode(
            x=alt.X("variation:N", sort=_variations_in_order(shown), title=None, axis=across),
            y=alt.Y("label:N", sort=list(labels.values()), title=None, axis=axis),
            color=alt.Color("robust:N", title=None, scale=scale),
        )
        .properties(width=alt.Step(34), height=alt.Step(max(22, LINE * lines + 4)))
    )


def _variations_in_order(robustness: pd.DataFrame) -> list[str]:
    """The variations in the order in which the findings have them."""
    place = robustness.groupby("finding", sort=False).cumcount().groupby(robustness["variation"], sort=False).min()
    return list(place.sort_values(kind="stable").index)


def leading_findings(robustness: pd.DataFrame) -> list[str]:
    """The findings that a figure shows, in the order of the table; if there are too many, some of each kind.

    A kind is a table, a kind of unit, and whether documents differ by role.
    """
    findings = robustness.drop_duplicates("finding").reset_index(drop=True)
    kind = [findings["table"], findings["unit"], findings["role"] != ""]
    turn = findings.groupby(kind, sort=False).cumcount()
    return list(findings["finding"].loc[sorted(turn.sort_values(kind="stable").index[:MOST_FINDINGS])])
