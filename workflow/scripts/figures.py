"""Draw the report's figures as SVG."""

from pathlib import Path

from framescope.logs import logged
from framescope.present.svg import figures_as_svg
from framescope.tables import read_table

with logged(snakemake.log[0]):
    drawn = figures_as_svg({name: read_table(path) for name, path in snakemake.input.items()})
    for path in map(Path, snakemake.output):
        path.write_text(drawn[path.stem], encoding="utf-8")
