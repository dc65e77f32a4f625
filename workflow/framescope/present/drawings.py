"""A figure as SVG, one for each choice that it offers, and as files for papers and slides."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import escape

from framescope.cache import Cache
from framescope.present.drawing.renderer import Renderer
from framescope.present.figure_style import MOST_CHOICES, Tables, styled
from framescope.present.figures import Drawing, Figure, Settings
from framescope.present.page.columns import json_values

# Pixels of a PNG for each unit of its SVG, for screens and paper.
SHARPNESS = 2
# The lines of a title in a file are as long as its figure is wide, but not shorter than a few words.
PIXELS_A_LETTER = 8
FEWEST_LETTERS = 50
NOTHING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="40">'
    '<text x="8" y="24" font-family="sans-serif">Nothing to draw.</text></svg>'
)


def make_figure(
    figure: Figure, tables: Tables, settings: Mapping[str, Any], files: Mapping[str, str], cache: Callable[[str], Cache]
) -> dict[str, Any]:
    """Draw a figure, write it to the file of its name, and return it (`drawn_figure`).

    Drawings that stay the same are not rendered again, but come from the cache of its name.
    """
    renderer = Renderer(cache(figure.name))
    drawn = drawn_figure(figure, tables, settings, renderer)
    write_figure(drawn, files[figure.name], renderer)
    renderer.forget_others()
    return drawn


def drawn_figure(figure: Figure, tables: Tables, settings: Mapping[str, Any], renderer: Renderer) -> dict[str, Any]:
    """A figure as plain values: what it declares, `drawn`, its drawings, and `file`, the first as a file.

    A drawing has its option, claim, note, svg, and rows, the values that it shows as lists by column. `left_out` is the
    number of choices that are not drawn; without rows in the tables `drawn` is empty.
    """
    made = figure.draw(tables, Settings(**settings))
    declared = {key: getattr(figure, key) for key in ("name", "title", "caption", "view", "choice")}
    specifications = [styled(drawing.chart) for drawing in made[:MOST_CHOICES]]
    drawn: list[dict[str, Any]] = [
        {
            "option": drawing.option,
            "claim": drawing.claim,
            "note": drawing.note,
            "svg": _finished(renderer.svg(specification), f"{figure.name}-{place}", drawing.claim),
            "rows": {column: json_values(drawing.rows[column]) for column in drawing.rows},
        }
        for place, (drawing, specification) in enumerate(zip(made, specifications, strict=False))
    ]
    file = _file(made[0], specifications[0], drawn[0]["svg"], renderer) if made else NOTHING
    return declared | {"tables": list(figure.tables), "drawn": drawn, "left_out": len(made) - len(drawn), "file": file}


def _file(drawing: Drawing, specification: dict[str, Any], svg: str, renderer: Renderer) -> str:
    """A drawing that stands alone: below its claim and its note, and with links into the report beside its folder."""
    width = float(re.findall(r'width="([\d.]+)"', svg)[0])
    letters = max(FEWEST_LETTERS, int(width / PIXELS_A_LETTER))
    title = {"text": textwrap.wrap(drawing.claim, letters), "subtitle": textwrap.wrap(drawing.note, letters)}
    place = {"anchor": "start", "frame": "bounds", "fontSize": 15, "subtitleFontSize": 12, "offset": 12}
    alone = _finished(renderer.svg(specification | {"title": title | place}), "figure", drawing.claim)
    return alone.replace('href="#', 'href="../report.html#')


def write_figure(figure: Mapping[str, Any], svg: str | Path, renderer: Renderer) -> None:
    """Write the first drawing of a figure as SVG and, with the same name, as PNG, and the values it shows as CSV."""
    rows = pd.DataFrame(figure["drawn"][0]["rows"] if figure["drawn"] else {})
    path = Path(svg)
    path.write_text(figure["file"], encoding="utf-8")
    path.with_suffix(".png").write_bytes(renderer.png(figure["file"], SHARPNESS))
    rows.to_csv(path.with_suffix(".csv"), index=False, lineterminator="\n")


def _finished(svg: str, name: str, title: str) -> str:
    """A drawing whose ids differ from those of all others in the page, and whose marks lead to sentences and say what
    they show.
    """
    svg = re.sub(r'\bid="', f'id="{name}-', re.sub(r"url\(#", f"url(#{name}-", svg))
    # Numbers beside marks repeat what the marks themselves say to screen readers.
    svg = re.sub(r'<text aria-label="[^"]*" role="graphics-symbol" aria-roledescription="text mark"', "<text", svg)
    # A container without a name is no symbol to a screen reader.
    svg = re.sub(r'role="graphics-symbol" (aria-roledescription="\w+ mark container"/?>)', r"\1", svg)
    # A link is named by what its mark says. The drawing program puts an address of its own before a fragment.
    mark = r'<a xlink:href="[^"#]*(#[^"]*)"><(\w+) aria-label="([^"]*)" role="graphics-symbol" [\w-]+="[^"]*"'
    svg = re.sub(mark, r'<a href="\1" aria-label="\3"><\2', svg)
    named = f'role="graphics-document" aria-label="{escape(title)}"'
    return svg.replace('<svg xmlns="http://www.w3.org/2000/svg"', f'<svg xmlns="http://www.w3.org/2000/svg" {named}', 1)
