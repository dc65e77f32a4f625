"""Write the findings that the tables support, as sentences that refer to their rows."""

from pathlib import Path

from framescope.logs import logged
from framescope.present.findings import findings
from framescope.tables import read_table

with logged(snakemake.log[0]):
    tables = {name: read_table(path) for name, path in snakemake.input.items()}
    text = findings(**tables, **snakemake.params.settings)
    Path(snakemake.output.findings).write_text(text, encoding="utf-8")
