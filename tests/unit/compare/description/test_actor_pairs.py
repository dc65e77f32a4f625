import math

import numpy as np
import pandas as pd
import pytest
from compare_frames import study

from framescope.compare.description.actor_pairs import actor_pairs, actor_roles, pointwise_mutual_information
from framescope.compare.inputs import Tables

COLUMNS = ["document", "section", "sentence", "actor", "actor_id"]


def small() -> Tables:
    return study({"d": {"01": [[{"defence": 1}, {}]], "02": [[{"economy": 1}, {}]]}})


def test_pairs_are_counted_by_section_document_and_theme() -> None:
    frames = small()
    named = [("d", "01", 1, "Peru", "PE"), ("d", "01", 1, "Chile", "CL"), ("d", "01", 1, "Peru", "PE")]
    named += [("d", "02", 3, "Chile", "CL"), ("d", "02", 3, "Peru", "PE"), ("d", "02", 4, "Peru", "PE")]
    table = actor_pairs(pd.DataFrame(named, columns=COLUMNS), frames.sentences, frames.hits)
    rows = [(r.section, r.actor, r.partner, r.theme, r.n) for r in table.itertuples()]
    assert sorted(rows) == sorted(
        [
            ("", "Chile", "Peru", "all", 2),
            ("", "Chile", "Peru", "defence", 1),
            ("", "Chile", "Peru", "economy", 1),
            ("01", "Chile", "Peru", "all", 1),
            ("01", "Chile", "Peru", "defence", 1),
            ("02", "Chile", "Peru", "all", 1),
            ("02", "Chile", "Peru", "economy", 1),
        ]
    )
    assert table["pmi"].isna().all()


@pytest.mark.parametrize("named", [[], [("d", "01", 1, "Peru", "PE"), ("d", "02", 3, "Chile", "CL")]])
def test_texts_in_which_no_two_actors_meet_have_no_pairs(named: list[tuple[object, ...]]) -> None:
    frames = small()
    table = actor_pairs(pd.DataFrame(named, columns=COLUMNS), frames.sentences, frames.hits)
    assert table.empty
    assert {"document", "section", "actor", "partner", "theme", "n", "pmi"} <= set(table)


def test_pointwise_mutual_information_appears_from_the_threshold_on() -> None:
    frames = study({"d": {"01": [[{} for _ in range(100)]]}})
    named = [("d", "01", s, "Peru", "PE") for s in range(1, 31)] + [
        ("d", "01", s, "Chile", "CL") for s in range(11, 51)
    ]
    entities = pd.DataFrame(named, columns=COLUMNS)
    table = actor_pairs(entities, frames.sentences, small().hits.iloc[:0])
    assert set(table["n"]) == {20}
    assert table["pmi"].tolist() == [math.log2(20 * 100 / (30 * 40))] * 2
    assert actor_pairs(entities, frames.sentences, small().hits.iloc[:0], pmi_from=21)["pmi"].isna().all()


def test_roles_are_counted_with_the_themes_of_their_sentence() -> None:
    role = {"actor": "Peru", "actor_id": "PE", "role": "agent", "verb": "arm", "partner": "Chile", "partner_id": "CL"}
    roles = pd.DataFrame([{"document": "d", "section": "01", "sentence": s, **role} for s in (1, 1, 2)])
    table = actor_roles(roles, small().hits)
    assert list(zip(table["theme"], table["n"], strict=True)) == [("defence", 2), ("", 1)]
    assert list(table) == [
        "document",
        "section",
        "actor",
        "actor_id",
        "role",
        "partner",
        "partner_id",
        "verb",
        "theme",
        "n",
    ]


def test_mutual_information_is_0_where_two_actors_meet_as_often_as_by_chance_and_1_where_twice_as_often() -> None:
    counts = [np.array([3.0, 6.0]), np.array([30.0, 30.0]), np.array([20.0, 20.0]), np.array([200.0, 200.0])]
    assert pointwise_mutual_information(*counts).tolist() == pytest.approx([0, 1])
