"""Write the terms that mark a section, document or group against the rest."""

from framescope.compare.keyness import keywords
from framescope.logs import logged
from framescope.tables import read_table, write_table

with logged(snakemake.log[0]):
    tables = {name: read_table(path) for name, path in snakemake.input.items()}
    write_table(keywords(**tables, **snakemake.params.settings), "keywords", snakemake.output.keywords)
