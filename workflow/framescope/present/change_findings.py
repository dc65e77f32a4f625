"""Findings on changes of rates and shares over the dates of publication, as sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from framescope.compare.emphasis.identity import Row
from framescope.compare.inference.families import DIFFERS, EXPLORATORY
from framescope.present.wording import escape, many, number, records

# In series of at least this number of years, dates are shortened to their years.
LONG_SERIES = 20
# Groups that a sentence names, of each grouping.
MOST_GROUPS = 6


def statable_changes(changes: pd.DataFrame) -> pd.DataFrame:
    """The trends and breaks that findings may state, with `table` and `line`, the row that they come from."""
    tested = changes[changes["p"].notna() & (changes["family"] != EXPLORATORY)]
    named = tested.assign(table="changes", line=tested.index, effect=float("nan"), role="", document="")
    return named.assign(unit="time", unit_a=named["theme"] + named["contrast"], unit_b=named["test"])


def stated_changes(
    rows: pd.DataFrame, changes: pd.DataFrame, sides: Mapping[str, Sequence[str]], tables: str, confidence: float
) -> list[str]:
    """The part of the findings on changes over time: a line for each measure that changes, the smallest p first.

    `rows` are those of `statable` with a corrected `p_together`; if both the trend and the break of a measure
    are established, the one with the smaller p is stated, and after it what the same test found in groups, in the whole
    table `changes`. Empty if nothing was tested.
    """
    if rows.empty:
        return []
    established = rows[rows["p_together"] < 1 - confidence].sort_values("p", kind="stable")
    both = established["unit_a"].duplicated(keep=False)
    first = ~established["unit_a"].duplicated()
    lines = ["## What changes over time", ""]
    for line, row in records(established[first]):
        said = _sentence(row, bool(both[line]), sides, confidence) + _in_groups(row, changes)
        lines.append(f"- {said} {_link(row, tables)}")
    if established.empty:
        names = list(dict.fromkeys(escape(name) for name in rows["unit_a"]))
        lines.append(
            f"No trend and no break is established in {', '.join(names)}: of {many(len(rows), 'test')} of changes none "
            "passes. That does not mean that nothing changed: neighbouring texts that are alike leave much room for "
            "chance."
        )
    return [*lines, *_leads(changes, tables, confidence), ""]


def _in_groups(row: Row, changes: pd.DataFrame) -> str:
    """What the test of a change found in the groups of each grouping: from and to what, or that it found none."""
    same = (changes["theme"] == row["theme"]) & (changes["contrast"] == row["contrast"])
    tested = changes[same & (changes["test"] == row["test"]) & (changes["grouping"] != "") & changes["p"].notna()]
    said = []
    for grouping, own in tested.groupby("grouping", sort=False):
        named = own.sort_values("documents", ascending=False, kind="stable").head(MOST_GROUPS)
        groups = [_of_group(group, bool(row["contrast"])) for _, group in records(named)]
        left = len(own) - len(named)
        more = [many(left, "further group") + " not named"] if left else []
        said.append(f" By {escape(str(grouping))}, exploratory: {'; '.join([*groups, *more])}.")
    return "".join(said)


def _of_group(row: Row, share: bool) -> str:
    name = f"*{escape(str(row['group']))}*"
    if row["verdict"] != DIFFERS:
        return f"{name} no change established"
    ends = (float(row[end]) for end in ("before", "after"))
    before, after = (f"{end:.0%}" if share else number(end) for end in ends)
    return f"{name} from {before} to {after}"


def _leads(changes: pd.DataFrame, tables: str, confidence: float) -> list[str]:
    """How many exploratory tests of changes find one."""
    tested = changes[(changes["family"] == EXPLORATORY) & changes["p"].notna()]
    if tested.empty:
        return []
    found = int((tested["verdict"] == DIFFERS).sum())
    return [
        "",
        f"Of {many(len(tested), 'exploratory test')} of changes in other themes and in groups {found} find one at a "
        f"false discovery rate of {100 * (1 - confidence):.0f} %: leads to follow, not findings "
        f"([changes]({tables}/changes.csv)).",
    ]


def _link(row: Row, tables: str) -> str:
    return f"([row]({tables}/changes.csv#L{int(row['line']) + 2}))"


def _sentence(row: Row, both: bool, sides: Mapping[str, Sequence[str]], confidence: float) -> str:
    before, after = float(row["before"]), float(row["after"])
    verb = "rises" if after > before else "falls"
    if row["contrast"]:
        side, other = sides[str(row["contrast"])]
        said = f"The share of {side} in the hits of {side} and of {other} {verb} from {before:.0%} to {after:.0%}"
    else:
        theme = escape(str(row["theme"]))
        said = f"{theme[:1].upper()}{theme[1:]} {verb} from {number(before)} to {number(after)} hits per 1,000 words"
    lasts = int(str(row["last"])[:4]) - int(str(row["first"])[:4])
    digits = 4 if lasts >= LONG_SERIES else None
    first, last, place, earliest, latest = (
        str(row[name])[:digits] for name in ("first", "last", "break_at", "break_low", "break_high")
    )
    percent = f"{100 * confidence:g} %"
    if row["test"] == "break":
        how = f"break {place}, {percent} {earliest} to {latest}"
        other = "a steady trend"
        between = f" between {first} and {last}"
    else:
        between = f" from the first to the last third of the texts of {first} to {last}"
        scale, unit = (100, " points") if row["contrast"] else (1, "")
        slope, low, high = (f"{scale * float(row[name]):+.2g}" for name in ("slope", "low", "high"))
        how = f"trend, {slope}{unit} in ten years, {percent} {low} to {high}"
        other = "a single break"
    also = f" {other.capitalize()} fits too; the tests do not tell the two apart." if both else ""
    return f"{said}{between} ({how}).{also}"
