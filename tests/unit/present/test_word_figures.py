"""The plane of the words that set a text apart."""

from __future__ import annotations

import pandas as pd
import pytest
import vl_convert

from framescope.present.figure_style import styled
from framescope.present.figures import Settings
from framescope.present.gallery import FIGURES
from framescope.table_schemas import table_schemas
from framescope.tables import conform

PLANE = next(figure for figure in FIGURES if figure.draw.__module__.endswith("word_figures"))


def tables(ratios: list[float], rates: list[float]) -> dict[str, pd.DataFrame]:
    """A study of one text whose words have these logarithms of ratios and these rates."""
    words = pd.DataFrame(
        {"document": "d", "section": "", "unit": "document", "term": [f"w{n}" for n in range(len(rates))]}
    )
    words = words.assign(count=3, rate=rates, log_ratio=ratios, log_ratio_low=0.5)
    empty = {name: conform([], name) for name in table_schemas()}
    documents = pd.DataFrame({"document": ["d", "e"], "title": ["Speech", "Letter"]})
    return {**empty, "keywords": words, "documents": documents}


@pytest.mark.parametrize(
    ("ratios", "rates"), [([1.0, 2.0, 4.0], [18.0, 18.0, 18.0]), ([1.5, 1.5], [2.0, 9.0]), ([1.0], [3.0])]
)
def test_words_of_one_rate_or_one_ratio_are_drawn(ratios: list[float], rates: list[float]) -> None:
    (drawing,) = PLANE.draw(tables(ratios, rates), Settings())
    svg = vl_convert.vegalite_to_svg(styled(drawing.chart))
    assert [f">w{n}</text>" in svg for n in range(len(rates))] == [True] * len(rates)
