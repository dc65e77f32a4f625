"""One colour for each theme, in figures and in the texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# For readers with any kind of colour vision: first those of Okabe and Ito (2008), Color Universal Design, then further
# ones that differ from them, most of Tol (2021), Colour Schemes. Left out are those that are too pale on white paper or
# too dark on a dark screen (WCAG 2.2, 1.4.11: at least 3 to 1).
PALETTE = (
    *("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8c7ae6", "#aa4499", "#999933"),
    *("#6398cc", "#cc3311", "#117733", "#ee6677", "#785ef0", "#888888", "#bc5090"),
)


def theme_colours(themes: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """The colour of each theme: the one that the study chose, otherwise the next of the palette that it did not choose.

    If there are more themes than colours, the palette begins anew.

    >>> theme_colours(["defence", "economy"], {"economy": "#0072B2"})
    {'defence': '#d55e00', 'economy': '#0072b2'}
    """
    own = {theme: colour.lower() for theme, colour in chosen.items()}
    free = [colour for colour in PALETTE if colour not in own.values()] or PALETTE
    others = [theme for theme in themes if theme not in own]
    given = {theme: free[place % len(free)] for place, theme in enumerate(others)}
    return {theme: own.get(theme) or given[theme] for theme in themes}
