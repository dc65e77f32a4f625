"""The figure of findings under variations."""

from __future__ import annotations

import textwrap

import altair as alt
import pandas as pd

from framescope.present.figure_style import LABEL_LIMIT, MOST_ROWS, Chart, Tables, remark
from framescope.present.figures import figure

MOST_FINDINGS = MOST_ROWS // 2
LABEL_WIDTH = 76
LINE = 13
HOLDS, FAILS = "robust", "not robust"


@figure(
    "robustness",
    "Findings under variations",
    "Whether each finding holds when what counts is varied or one term, block or document is left out: its "
    "interval still on its side of 0, or of the baseline for a lean, or still around the baseline where a text shows "
    "no lean. Where a text leans depends on how many terms each side has, as the baseline's share does.",
    tables=("robustness",),
    view="validity",
)
def robustness_of_findings(tables: Tables) -> Chart | None:
    """Whether each finding holds under each variation. If there are many findings, some of each kind are shown."""
    robustness = tables["robustness"]
    if robustness.empty:
        return None
    findings = leading_findings(robustness)
    total = robustness["finding"].nunique()
    note = f"{len(findings)} of {total} findings, some of each kind" if total > len(findings) else ""
    labels = {finding: "\n".join(textwrap.wrap(finding, LABEL_WIDTH)) for finding in findings}
    lines = max(label.count("\n") + 1 for label in labels.values())
    shown = robustness[robustness["finding"].isin(findings)]
    shown = shown.assign(label=shown["finding"].map(labels), robust=shown["robust"].map({True: HOLDS, False: FAILS}))
    columns = ["label", "finding", "variation", "left_out", "inference", "estimate", "low", "high", "robust"]
    return (
        alt.Chart(shown[columns])
        .mark_rect(stroke="white")
        .encode(
            x=alt.X(
                "variation:N",
                sort=_variations_in_order(shown),
                title=None,
                axis=alt.Axis(labelAngle=-40, orient="top", labelLimit=240),
            ),
            y=alt.Y(
                "label:N",
                sort=list(labels.values()),
                title=None,
                axis=alt.Axis(labelExpr="split(datum.label, '\\n')", labelLimit=LABEL_LIMIT, labelLineHeight=LINE - 1),
            ),
            color=alt.Color(
                "robust:N", title=None, scale=alt.Scale(domain=[HOLDS, FAILS], range=["#2f6f6a", "#c0694e"])
            ),
            tooltip=columns[1:],
        )
        .properties(width=alt.Step(34), height=alt.Step(max(22, LINE * lines + 4)), title=remark(note))
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
