from __future__ import annotations

from framescope.present.colours import PALETTE, theme_colours


def test_no_two_themes_share_a_colour_while_the_palette_lasts() -> None:
    themes = [f"theme {number}" for number in range(len(PALETTE))]
    colours = theme_colours(themes, {})
    assert len(set(colours.values())) == len(themes)


def test_a_colour_that_a_study_chose_is_given_to_no_other_theme() -> None:
    colours = theme_colours(["a", "b", "c"], {"c": PALETTE[0].upper()})
    assert colours == {"a": PALETTE[1], "b": PALETTE[2], "c": PALETTE[0]}
