"""Draw the report's figures as files, and with all their choices for the report."""

import json
from pathlib import Path

from framescope.cache import Cache
from framescope.logs import logged
from framescope.present.drawing.renderer import Renderer
from framescope.present.drawings import drawings, write_figure
from framescope.present.figure_tables import figure_tables

with logged(snakemake.log[0]):
    tables = figure_tables(snakemake.input)
    renderer = Renderer(Cache(snakemake.params.cache, "drawings", snakemake.params.fresh))
    drawn = drawings(tables, snakemake.params.settings, renderer)
    Path(snakemake.output.drawings).write_text(json.dumps(drawn, ensure_ascii=False), encoding="utf-8")
    files = {Path(path).stem: path for path in snakemake.output.figures}
    for figure in drawn:
        write_figure(figure, files[figure["name"]], renderer)
    renderer.forget_others()
