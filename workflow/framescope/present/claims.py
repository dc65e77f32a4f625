"""What a figure shows in a study as a sentence, from the differences that findings state."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from framescope.compare.inference.families import EXPLORATORY
from framescope.compare.inference.pairs import REST
from framescope.present.figure_style import Tables
from framescope.present.findings import statable
from framescope.present.page.formats import plain

TESTED = ("contrast_differences", "section_differences", "document_differences", "changes", "marginal_differences")


def tested(tables: Tables, confidence: float) -> pd.DataFrame:
    """Every difference that findings may state, with `stands`, whether it stands when all are corrected together."""
    rows = statable(*(tables[name] for name in TESTED))
    return rows.assign(stands=rows["p_together"] < 1 - confidence)


def asked_in_advance(tables: Tables) -> set[str]:
    """The themes whose differences findings may state; those of all others are leads to follow."""
    named = (tables[name] for name in ("section_differences", "document_differences"))
    return {theme for table in named for theme in table.loc[table["family"] != EXPLORATORY, "theme"].unique()}


def claim_of_rates(
    rates: pd.DataFrame, differences: pd.DataFrame, asked: Collection[str], names: Mapping[str, str], of: str
) -> str:
    """What rates show: the largest difference that findings may state and that stands, or else which rate is highest.

    `rates` has unit, theme and rate_per_1000, the theme that matters most first; `differences` are the rows of `tested`
    about the same units, `asked` the themes of `asked_in_advance`. `names` is what each unit is called, and `of` the
    word for one of them, such as section.
    """
    here = differences[differences["theme"].isin(rates["theme"].unique())]
    standing = here[here["stands"]].sort_values("size", ascending=False, kind="stable")
    if standing.empty:
        return _without_difference(rates, here, asked, names, of)
    row = standing.iloc[0]
    more, less = ("unit_a", "unit_b") if float(row["effect"]) > 0 else ("unit_b", "unit_a")
    high, low, theme = str(row[more]), str(row[less]), sentence(plain(row["theme"]))
    if REST in (high, low):
        known, how = (high, "more") if low == REST else (low, "less")
        return f"{theme} is stressed {how} in {names[known]} than in all other {of}s together"
    own = rates[rates["theme"] == row["theme"]].set_index("unit")["rate_per_1000"]
    if own.idxmax() == high and own.idxmin() == low:
        return f"{theme} is stressed most in {names[high]} and least in {names[low]}"
    return f"{theme} is stressed more in {names[high]} than in {names[low]}"


def _without_difference(
    rates: pd.DataFrame, tests: pd.DataFrame, asked: Collection[str], names: Mapping[str, str], of: str
) -> str:
    themes = rates["theme"].unique().tolist()
    theme = next((theme for theme in themes if theme in asked), themes[0])
    own = rates[rates["theme"] == theme].set_index("unit")["rate_per_1000"].dropna()
    if len(own) < 2:
        return f"{sentence(plain(themes[0]))} and other themes in a single {of}"
    if theme not in asked:
        why = "findings test the focus themes only"
    elif len(tests):
        why = f"no difference between {of}s is established"
    else:
        why = f"the {of}s are too short for a test"
    return f"{sentence(plain(theme))} has its highest rate in {names[str(own.idxmax())]}; {why}"


def claim_of_leans(contrasts: pd.DataFrame, sides: Sequence[str], names: Mapping[str, str]) -> str:
    """Which whole texts lean to a side of a contrast; `contrasts` are its rows of documents."""
    leaning = {
        side: list(contrasts.loc[contrasts["lean"] == code, "document"]) for code, side in zip("ab", sides, strict=True)
    }
    told = [
        f"{listed([names[str(text)] for text in texts])} lean{'s' * (len(texts) == 1)} to {side}"
        if len(texts) <= 2
        else f"{len(texts)} of {len(contrasts)} texts lean to {side}"
        for side, texts in leaning.items()
        if texts
    ]
    if told:
        return listed(told)
    tested_any = contrasts["p"].notna().any()
    why = "" if tested_any else ": they are too short for a test, or there is nothing to compare them with"
    return f"No text is found to lean to {sides[0]} or to {sides[1]}{why}"


def listed(names: Sequence[str]) -> str:
    """Names as a list in a sentence: a, b and c."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def sentence(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]
