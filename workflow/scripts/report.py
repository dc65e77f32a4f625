"""Put the figures into the report."""

import json
from pathlib import Path

from framescope.logs import logged
from framescope.present.page.figures import with_figures

with logged(snakemake.log[0]):
    drawings = json.loads(Path(snakemake.input.drawings).read_bytes())
    page = with_figures(Path(snakemake.input.page).read_text(encoding="utf-8"), drawings)
    Path(snakemake.output.page).write_text(page, encoding="utf-8")
