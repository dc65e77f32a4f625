from __future__ import annotations

import pytest

from framescope.present.colours import PALETTE, theme_colours
from framescope.present.page.assets import asset

# Of graphical objects beside their ground (WCAG 2.2, 1.4.11).
LEAST_CONTRAST = 3.0


def luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("ground", ["#ffffff", "#12191c"])
def test_every_colour_can_be_seen_on_white_paper_and_on_a_dark_screen(ground: str) -> None:
    assert ground.replace("ffffff", "fff") in asset("page.css")
    assert {colour: contrast(colour, ground) for colour in PALETTE if contrast(colour, ground) < LEAST_CONTRAST} == {}


def test_no_two_themes_share_a_colour_while_the_palette_lasts() -> None:
    themes = [f"theme {number}" for number in range(len(PALETTE))]
    colours = theme_colours(themes, {})
    assert len(set(colours.values())) == len(themes)


def test_a_colour_that_a_study_chose_is_given_to_no_other_theme() -> None:
    colours = theme_colours(["a", "b", "c"], {"c": PALETTE[0].upper()})
    assert colours == {"a": PALETTE[1], "b": PALETTE[2], "c": PALETTE[0]}
