from __future__ import annotations

import pandas as pd
from compare_frames import study

from framescope.compare.emphasis.contrasts import contrasts
from framescope.compare.emphasis.framing import framing_tables
from framescope.compare.emphasis.rates import theme_rates

FRAMES = study({"a": {"01": [[{"defence.arms": 1}, {"economy": 1}]] * 9, "02": [[{"defence": 1}]] * 2}})


def framed(most: int = 1000) -> dict[str, pd.DataFrame]:
    """The wide tables of the study, from rates in parts of so many rows."""
    rates = theme_rates(FRAMES)
    return framing_tables((rates.iloc[at : at + most] for at in range(0, len(rates), most)), FRAMES)


def test_the_wide_table_says_what_the_long_ones_say():
    wide, rates, leans = framed()["framing_by_section"], theme_rates(FRAMES), contrasts(FRAMES)
    first = wide.iloc[0]
    own = rates[(rates["section"] == "01") & (rates["theme"] == "defence")].iloc[0]
    assert (first["defence rate"], first["defence low"]) == (own["rate_per_1000"], own["rate_low"])
    assert first["defence v. economy log_odds"] == leans.iloc[0]["log_odds"]


def test_the_plain_row_of_a_document_has_the_rate_of_each_theme_and_subtheme():
    rates = theme_rates(FRAMES)
    plain = framed()["framing_by_document"].set_index("document").loc["a"]
    own = rates[rates["unit"] == "document"].set_index("theme")
    assert own["hits"].sum() > 0
    for theme in own.index:
        assert plain[theme] == own.loc[theme, "rate_per_1000"]
    assert plain["words"] == own["words"].iloc[0]


def test_there_is_a_row_for_each_section_with_top_level_themes_alone_and_the_note():
    wide = framed()["framing_by_section"]
    assert wide["section"].tolist() == ["01", "02"]
    assert "defence.arms rate" not in wide
    assert wide["note"].tolist() == ["", "2 blocks: too few for a test"]


def test_tables_of_rates_in_parts_are_those_of_all_rates_at_once():
    themes = theme_rates(FRAMES)["theme"].nunique()
    for name, table in framed().items():
        pd.testing.assert_frame_equal(framed(themes)[name], table)


def test_a_study_without_sections_has_wide_tables_without_rows():
    empty = framing_tables([], FRAMES)
    assert list(empty["framing_by_document"]) == ["document", "words", "sentences"]
