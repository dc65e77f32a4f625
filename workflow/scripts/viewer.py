"""Write the program that draws the figures of the report in a browser."""

from pathlib import Path

from framescope.logs import logged
from framescope.present.viewer import vega_embed

with logged(snakemake.log[0]):
    Path(snakemake.output.viewer).write_text(vega_embed(), encoding="utf-8")
