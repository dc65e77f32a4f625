"""Draw the report's figures as SVG, one file each, and with all their choices for the report."""

import json
from pathlib import Path

from framescope.logs import logged
from framescope.present.drawings import NOTHING, drawings
from framescope.tables import read_table

with logged(snakemake.log[0]):
    drawn = drawings({name: read_table(path) for name, path in snakemake.input.items()})
    Path(snakemake.output.drawings).write_text(json.dumps(list(drawn.values()), ensure_ascii=False), encoding="utf-8")
    for path in map(Path, snakemake.output.figures):
        path.write_text(next(iter(drawn[path.stem]["svgs"].values()), NOTHING), encoding="utf-8")
