from __future__ import annotations

from compare_frames import study

from framescope.compare.emphasis.contrasts import contrasts
from framescope.compare.emphasis.framing import framing_by_document, framing_by_section
from framescope.compare.emphasis.rates import theme_rates

FRAMES = study({"a": {"01": [[{"defence.arms": 1}, {"economy": 1}]] * 9, "02": [[{"defence": 1}]] * 2}})


def test_the_wide_table_says_what_the_long_ones_say():
    wide, rates, leans = framing_by_section(FRAMES), theme_rates(FRAMES), contrasts(FRAMES)
    first = wide.iloc[0]
    own = rates[(rates["section"] == "01") & (rates["theme"] == "defence")].iloc[0]
    assert (first["defence rate"], first["defence low"]) == (own["rate_per_1000"], own["rate_low"])
    assert first["defence v. economy log_odds"] == leans.iloc[0]["log_odds"]


def test_the_plain_row_of_a_document_has_the_rate_of_each_theme_and_subtheme():
    rates = theme_rates(FRAMES)
    plain = framing_by_document(rates).set_index("document").loc["a"]
    own = rates[rates["unit"] == "document"].set_index("theme")
    assert own["hits"].sum() > 0
    for theme in own.index:
        assert plain[theme] == own.loc[theme, "rate_per_1000"]
    assert plain["words"] == own["words"].iloc[0]


def test_there_is_a_row_for_each_section_with_top_level_themes_alone_and_the_note():
    wide = framing_by_section(FRAMES)
    assert wide["section"].tolist() == ["01", "02"]
    assert "defence.arms rate" not in wide
    assert wide["note"].tolist() == ["", "2 blocks: too few for a test"]
