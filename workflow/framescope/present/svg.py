"""The report's figures as SVG files."""

from __future__ import annotations

import vl_convert

from framescope.present.figure_style import Tables, styled
from framescope.present.gallery import FIGURES

NOTHING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="40"><text x="8" y="24">Nothing to draw.</text></svg>'
)


def figures_as_svg(tables: Tables) -> dict[str, str]:
    """The figures of the report as SVG, by name."""
    charts = {figure.name: figure.draw(tables) for figure in FIGURES}
    return {
        name: vl_convert.vegalite_to_svg(styled(chart)) if chart is not None else NOTHING
        for name, chart in charts.items()
    }
