"""Findings of the models that a study states, as sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from framescope.compare.emphasis.identity import Row
from framescope.present.wording import escape, many, number, records

MOST_SENTENCES = 10
TABLE = "marginal_differences"


def statable_model_differences(differences: pd.DataFrame) -> pd.DataFrame:
    """The differences between marginal means that findings may state, with their `table` and `line`."""
    tested = differences[differences["p"].notna()]
    named = tested.assign(table=TABLE, line=tested.index, effect=float("nan"), role="", document="", unit="model")
    return named.assign(unit_a=named["model"], unit_b=named["value_a"] + " v. " + named["value_b"])


def stated_models(
    rows: pd.DataFrame, models: pd.DataFrame, sides: Mapping[str, Sequence[str]], tables: str, confidence: float
) -> list[str]:
    """The part of the findings on models: what each was fitted to, then the differences that are established.

    `rows` are those of `statable` with a corrected `p_together`. Of a column the difference with the smallest p is
    stated. Empty if the study has no models.
    """
    if models.empty:
        return []
    lines = ["## What the models say", ""]
    for _, first in records(models.drop_duplicates("model")):
        lines.append(f"- {_described(first)}")
    established = rows[rows["p_together"] < 1 - confidence].sort_values("p", kind="stable")
    shown = established.drop_duplicates(["model", "column"])
    lines += [f"- {_sentence(row, sides, tables, confidence)}" for _, row in records(shown.head(MOST_SENTENCES))]
    further = len(established) - min(len(shown), MOST_SENTENCES)
    if further:
        lines.append(f"- [{TABLE}.csv]({tables}/{TABLE}.csv) has {many(further, 'more such difference')}.")
    if established.empty and len(rows):
        tests = many(len(rows), "test")
        lines.append(
            f"- No difference between marginal means is established: of {tests} of marginal means none passes."
        )
    return [*lines, ""]


def _described(row: Row) -> str:
    """What a model was fitted to, or why it was not."""
    model = f"`{str(row['model']).replace('`', '')}`"
    if row["note"]:
        return f"The model {model} was {escape(str(row['note']))}."
    left_out = f"; {many(int(row['left_out']), 'text')} without a value or hits left out" if row["left_out"] else ""
    unit = str(row["cluster"])
    among = f" in {int(row['clusters'])} clusters ({escape(unit)})" if unit != "document" else ""
    return f"The model {model} is fitted to {many(int(row['documents']), 'text')}{among}{left_out}."


def _sentence(row: Row, sides: Mapping[str, Sequence[str]], tables: str, confidence: float) -> str:
    more = float(row["ratio"]) >= 1
    first, second = ("a", "b") if more else ("b", "a")
    ratio, *ends = (float(row[name]) if more else 1 / float(row[name]) for name in ("ratio", "low", "high"))
    low, high = sorted(ends)
    column = escape(str(row["column"]))
    means = [float(row[f"mean_{side}"]) for side in (first, second)]
    if row["contrast"]:
        side, other = sides[str(row["contrast"])]
        much = f"many hits of {side} for each of {other}"
        figures = f"{means[0]:.0%} against {means[1]:.0%} of the hits of both sides"
    else:
        much = f"much on {escape(str(row['theme']))}"
        figures = f"{number(means[0])} against {number(means[1])} hits per 1,000 words"
    named = (escape(str(row[f"value_{side}"])) for side in (first, second))
    a, b = (f"{column} *{value}*" for value in named)
    model = f"`{str(row['model']).replace('`', '')}`"
    return (
        f"With everything else in {model} equal, texts with {a} have about {ratio:.1f} times as {much} as those with "
        f"{b} ({100 * confidence:g} % {low:.1f} to {high:.1f}): {figures}. "
        f"([row]({tables}/{TABLE}.csv#L{int(row['line']) + 2}))"
    )
