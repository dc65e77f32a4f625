"""The figures as SVG, one for each choice that a figure offers."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import vl_convert
from markupsafe import escape

from framescope.present.figure_style import Tables, styled
from framescope.present.figures import Figure
from framescope.present.gallery import FIGURES

# Choices of a figure, such as one for each document, that are drawn.
MOST_CHOICES = 24
NOTHING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="40"><text x="8" y="24">Nothing to draw.</text></svg>'
)


def drawings(tables: Tables) -> dict[str, dict[str, Any]]:
    """The figures by name, each as plain values: what the figure declares, and its drawings as SVG by choice.

    `choice` says what readers choose, such as a document; without a choice the one drawing has an empty name. `svgs` is
    empty if the tables have no rows for the figure. `left_out` is the number of choices that are not drawn.
    """
    return {figure.name: _drawing(figure, tables) for figure in FIGURES}


def _drawing(figure: Figure, tables: Tables) -> dict[str, Any]:
    declared = {"name": figure.name, "title": figure.title, "caption": figure.caption, "tables": list(figure.tables)}
    declared["view"] = figure.view
    chart = figure.draw(tables)
    if chart is None:
        return {**declared, "choice": "", "svgs": {}, "left_out": 0}
    specification = styled(chart)
    label, options = next(_choices(specification), ("", []))
    if not options:
        return {**declared, "choice": "", "svgs": {"": _svg(specification, figure.name, figure.title)}, "left_out": 0}
    svgs = {
        option: _svg(_chosen(specification, option), f"{figure.name}-{place}", figure.title)
        for place, option in enumerate(options[:MOST_CHOICES])
    }
    return {**declared, "choice": label, "svgs": svgs, "left_out": len(options) - len(svgs)}


def _choices(specification: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The lists from which readers choose: the name of what is chosen, and the options."""
    for parameter in specification.get("params", []):
        bind = parameter.get("bind", {})
        for asked in [bind, *(bind.values() if isinstance(bind, dict) else [])]:
            if isinstance(asked, dict) and asked.get("input") == "select":
                yield str(asked["name"]).strip(), list(asked["options"])


def _chosen(specification: dict[str, Any], option: str) -> dict[str, Any]:
    """The specification with another value for what readers choose."""
    changed = copy.deepcopy(specification)
    for parameter in changed["params"]:
        if "select" in parameter and "bind" in parameter:
            parameter["value"] = [dict.fromkeys(parameter["select"]["fields"], option)]
            parameter.pop("bind")
    return changed


def _svg(specification: dict[str, Any], name: str, title: str) -> str:
    """A drawing whose ids differ from those of all others in the page, and which screens may make narrower."""
    svg = str(vl_convert.vegalite_to_svg(specification))
    svg = re.sub(r'\bid="', f'id="{name}-', re.sub(r"url\(#", f"url(#{name}-", svg))
    # Numbers beside marks repeat what the marks themselves say to screen readers.
    svg = re.sub(r'<text aria-label="[^"]*" role="graphics-symbol" aria-roledescription="text mark"', "<text", svg)
    # A container without a name is no symbol to a screen reader.
    svg = re.sub(r'role="graphics-symbol" (aria-roledescription="\w+ mark container"/?>)', r"\1", svg)
    named = f'role="graphics-document" aria-label="{escape(title)}"'
    return svg.replace('<svg xmlns="http://www.w3.org/2000/svg"', f'<svg xmlns="http://www.w3.org/2000/svg" {named}', 1)
