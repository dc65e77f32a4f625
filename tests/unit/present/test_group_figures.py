"""The figure of groups in order of emphasis."""

from __future__ import annotations

import pandas as pd

from framescope.present.figures import Settings
from framescope.present.group_figures import MOST_GROUPS, themes_by_group
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
