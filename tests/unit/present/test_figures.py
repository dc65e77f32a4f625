from itertools import pairwise

import pandas as pd
import pytest

from framescope.present.actor_figures import leading_actors
from framescope.present.figure_style import section_label, styled, theme_order
from framescope.present.figures import FIGURES
from framescope.tables import conform, table_schemas


@pytest.fixture
def empty() -> dict[str, pd.DataFrame]:
    return {name: conform([], name) for name in table_schemas()}


def test_a_study_without_rows_draws_nothing_and_breaks_nothing(empty):
    assert [figure.draw(empty) for figure in FIGURES] == [None] * len(FIGURES)


def test_figures_name_the_tables_they_are_drawn_from():
    for figure in FIGURES:
        assert set(figure.tables) <= set(table_schemas())
        assert figure.caption.endswith(".")


def test_themes_come_by_falling_hits_and_without_those_that_never_hit(empty):
    rates = pd.DataFrame({"unit": "document", "level": 1, "theme": ["b", "a", "c", "d"], "hits": [2, 2, 5, 0]})
    assert theme_order({"theme_rates": rates}) == ["c", "a", "b"]


def test_leading_actors_are_the_most_named_of_those_resolved(empty):
    actors = pd.DataFrame(
        {"unit": "document", "actor": ["B", "A", "C"], "actor_id": ["b", "a", ""], "mentions": [3, 3, 9]}
    )
    assert leading_actors({"actors": actors}) == ["A", "B"]


def test_a_long_title_is_shortened_in_a_figure_and_led_by_its_document_where_there_are_several():
    assert section_label("d", "02-x", "A" * 80, several=True).startswith("d · 02 AAA")
    assert len(section_label("d", "02-x", "A" * 80, several=False)) == 40
    assert section_label("d", "01-untitled", "", several=False) == "01 before the first heading"


def test_more_documents_than_a_page_can_show_are_left_to_the_tables(empty):
    many = [f"d{number}" for number in range(151)]
    rates = pd.DataFrame({"unit": "document", "level": 1, "document": many, "section": "", "theme": "t", "hits": 1})
    sections = pd.DataFrame({"document": many, "section": "01-a", "title": "A"})
    assert FIGURES[0].draw({"theme_rates": rates, "sections": sections}) is None


def test_a_specification_is_the_same_each_time(empty):
    rates = pd.DataFrame(
        {
            "unit": ["document", "section"],
            "level": 1,
            "document": "d",
            "section": ["", "01-a"],
            "theme": "t",
            "hits": 3,
            "rate_per_1000": 2.0,
            "share_sentences": 0.1,
            "words": 100,
        }
    )
    sections = pd.DataFrame({"document": ["d"], "section": ["01-a"], "title": ["A"]})
    drawn = [styled(FIGURES[0].draw({"theme_rates": rates, "sections": sections})) for _ in range(2)]
    assert all(a == b for a, b in pairwise(drawn))
