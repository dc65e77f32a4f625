"""The figure of groups in order of emphasis."""

from __future__ import annotations

import pandas as pd

from framescope.present.figures import Settings
from framescope.present.group_figures import MOST_GROUPS, periods_in_order, themes_by_group
from framescope.table_schemas import table_schemas
from framescope.tables import conform


def tables(groups: int) -> dict[str, pd.DataFrame]:
    """A study with texts of one theme, each a group of its own that is larger than those before it."""
    sizes = range(1, groups + 1)
    rates = pd.DataFrame({"group": [f"g{n}" for n in sizes], "words": [1000 * n for n in sizes], "hits": 6, "level": 1})
    rates = rates.assign(theme="war", rate_per_1000=1000 * rates["hits"] / rates["words"], rate_low=0.1, rate_high=9.0)
    both = pd.concat([rates.assign(unit="group", document=""), rates.assign(unit="document", document=rates["group"])])
    return {**{name: conform([], name) for name in table_schemas()}, "theme_rates": both}


def test_groups_are_shown_beside_the_rate_of_all_texts_together() -> None:
    (drawn,) = themes_by_group(tables(2), Settings())
    assert drawn.rows["group"].tolist() == ["g2", "g1"]
    assert drawn.rows["hits per 1,000 words"].tolist() == [3.0, 6.0]
    assert drawn.note.startswith("2 groups; all texts together 4.0.")


def test_of_many_groups_those_with_most_words_are_drawn_and_the_figure_says_so() -> None:
    (drawn,) = themes_by_group(tables(MOST_GROUPS + 1), Settings())
    assert "g1" not in set(drawn.rows["group"])
    assert drawn.note.startswith(f"{MOST_GROUPS + 1} groups, the {MOST_GROUPS} with most words;")


def test_a_single_group_is_not_drawn() -> None:
    assert themes_by_group(tables(1), Settings()) == []


CONTRAST = {"name": "arms v. money", "a": ["war"], "b": ["trade"]}
ASKED = Settings(contrasts=[CONTRAST])


def with_shares() -> dict[str, pd.DataFrame]:
    """A study of two groups with a contrast, and with four periods of a theme and the contrast."""
    made = tables(2)
    shares = pd.DataFrame({"group": ["g1", "g2"], "hits_a": [3, 6], "hits_b": [1, 10], "share_a": [0.75, 0.375]})
    shares = shares.assign(
        unit="group", document="", contrast=CONTRAST["name"], share_low=0.1, share_high=0.9, low=-2.0, high=2.0
    )
    years = [f"{year}-01-01" for year in (1990, 1991, 1992, 1993)]
    rows = pd.DataFrame({"first": years, "last": [day.replace("01-01", "12-31") for day in years]})
    rows = rows.assign(
        unit="period", grouping="", group="", period=rows["first"].str[:4], low=0.1, high=9.0, words=1000
    )
    rates = rows.assign(theme="war", contrast="", hits=[1, 4, 2, 3], estimate=[1.0, 4, 2, 3])
    parts = rows.assign(
        theme="", contrast=CONTRAST["name"], hits=[1, 2, 3, 4], hits_both=8, estimate=[0.125, 0.25, 0.375, 0.5]
    )
    return {**made, "contrasts": shares, "trends": pd.concat([rates, parts], ignore_index=True)}


def test_shares_of_groups_are_in_order_beside_that_of_all_together() -> None:
    drawn = {drawing.option: drawing for drawing in themes_by_group(with_shares(), ASKED)}
    shares = drawn["arms v. money, by group"]
    assert shares.rows[["group", "share of war", "hits of trade"]].to_numpy().tolist() == [
        ["g2", 0.375, 10],
        ["g1", 0.75, 1],
    ]
    assert shares.claim == "War has its largest share in the group g1; the groups are too short for a test"
    assert shares.note.startswith("2 groups; all together 45%.")
    layers = shares.chart.to_dict()["layer"]
    assert layers[1]["encoding"]["y"]["sort"] == ["g1", "g2"]


def test_periods_are_in_order_of_rates_and_shares_and_open_the_texts_of_their_days() -> None:
    rates, shares = periods_in_order(with_shares(), ASKED)
    assert (rates.option, shares.option) == ("war", "arms v. money")
    assert rates.claim == "War has its highest rate in 1991"
    assert shares.claim == "War has its largest share in 1993"
    assert rates.chart.to_dict()["layer"][1]["encoding"]["y"]["sort"] == ["1991", "1993", "1992", "1990"]
    for drawing in (rates, shares):
        (rows,) = [rows for rows in drawing.chart.to_dict()["datasets"].values() if len(rows) == 4]
        assert all("unit=published%3A199" in row["address"] and "%2F199" in row["address"] for row in rows)


def test_two_periods_are_not_ranked() -> None:
    made = with_shares()
    few = {**made, "trends": made["trends"][made["trends"]["period"] < "1992"]}
    assert periods_in_order(few, ASKED) == []
