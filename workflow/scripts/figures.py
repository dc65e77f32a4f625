"""Draw the report's figures as files, and with all their choices for the report."""

import json
from functools import partial
from pathlib import Path

from framescope.cache import Cache
from framescope.logs import logged
from framescope.present.drawings import make_figure
from framescope.present.figure_tables import figure_tables
from framescope.present.gallery import FIGURES
from framescope.running.copies import in_copies
from framescope.running.unchanged import made_once

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        given, files = snakemake.params, {Path(path).stem: path for path in snakemake.output.figures}
        cache = partial(Cache, given.cache, "drawings", given.last_made["fresh"])
        tables = figure_tables(snakemake.input)
        make = partial(make_figure, tables=tables, settings=given.settings, files=files, cache=cache)
        drawn = list(in_copies(make, FIGURES, snakemake.resources.copies))
        Path(snakemake.output.drawings).write_text(json.dumps(drawn, ensure_ascii=False), encoding="utf-8")
