"""The figures of the page, which are put into it when they are drawn; all else is written meanwhile."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from jinja2 import Environment, StrictUndefined

from framescope.present.page.assets import asset
from framescope.present.page.budget import MOST_DRAWN
from framescope.present.page.columns import compressed
from framescope.present.page.views import view_of_figure

# A table of the page with shaded cells shows the same as this figure.
SHOWN_AS_TABLES = ("heat-map",)
# The comments of the template that wait for drawings. Text of a study cannot begin a comment, because it is escaped.
ONLY_WITH_FIGURES = re.compile("<!--only (.*?)-->(.*?)<!--end-->", re.DOTALL)
PLACES = re.compile("<!--(?:figures (.*?)|drawings)-->")


def with_figures(page: str, drawings: Sequence[dict[str, Any]]) -> str:
    """The page with the figures of each view, and without views that would only have shown figures, if there are none.

    `page` is that of `report_files`, and `drawings` are those of `present.drawings`.
    """
    drawings = [figure for figure in drawings if figure["drawn"] and figure["name"] not in SHOWN_AS_TABLES]
    waiting = {figure["name"] for figure in drawings if len(figure["drawn"][0]["svg"]) > MOST_DRAWN}
    of_view: dict[str, list[dict[str, Any]]] = {}
    for figure in drawings:
        of_view.setdefault(view_of_figure(figure), []).append(figure)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(asset("figures.html.jinja"))

    def filled(place: re.Match[str]) -> str:
        if place[1] is None:
            return compressed(figure_data(drawings, waiting))
        return template.render(figures=of_view.get(place[1], []), waiting=waiting)

    return PLACES.sub(filled, ONLY_WITH_FIGURES.sub(lambda view: view[2] if view[1] in of_view else "", page))


def figure_data(drawings: Sequence[dict[str, Any]], waiting: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """The drawings of each figure by name: claim, note, the values shown, and the SVG where the page itself has none,
    or where readers have a choice.
    """
    kept: dict[str, list[dict[str, Any]]] = {}
    for figure in drawings:
        packed = figure["name"] in waiting or len(figure["drawn"]) > 1
        keys = ("claim", "note", "rows", *(["svg"] if packed else []))
        kept[figure["name"]] = [{key: one[key] for key in keys} for one in figure["drawn"]]
    return kept
