from __future__ import annotations

import re

import pandas as pd
import vl_convert

from framescope.present.drawing.ranked_dots import ranked_dots
from framescope.present.figure_style import styled

ROWS = pd.DataFrame(
    {
        "label": ["low", "none", "high", "also low"],
        "value": [1.0, None, 9.0, 1.0],
        "low": [0.5, None, 7.0, None],
        "high": [2.0, None, 12.0, None],
    }
)


def drawn(rows: pd.DataFrame, **options: float) -> str:
    return str(vl_convert.vegalite_to_svg(styled(ranked_dots(rows, "hits per 1,000 words", **options))))


def test_the_largest_value_comes_first_and_rows_without_a_value_are_left_out() -> None:
    labels = re.findall(r'aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="point"', drawn(ROWS))
    assert labels == ["high: 9", "also low: 1", "low: 1"]


def test_a_dot_has_its_own_text_and_leads_to_the_sentences_behind_it() -> None:
    said = drawn(ROWS.assign(said=ROWS["label"] + " said", address="#view=texts&unit=document:" + ROWS["label"]))
    assert 'aria-label="high said"' in said
    assert "#view=texts&amp;unit=document:high" in said


def test_an_interval_is_drawn_where_there_is_one_and_a_reference_where_it_is_given() -> None:
    lines = re.findall(r'<line [^>]*x2="([^"]*)" y2="[^"]*" stroke="#5f8a8c"', drawn(ROWS))
    assert [float(length) == 0 for length in lines] == [False, True, False]
    assert "stroke-dasharray" not in drawn(ROWS)
    assert drawn(ROWS, reference=3.0).count("stroke-dasharray") == 1
