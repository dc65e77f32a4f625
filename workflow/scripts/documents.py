"""Write what was read: documents, sections, where every word went, and the sources that gave no document."""

from framescope.compare.description.facts import description
from framescope.logs import logged
from framescope.tables import read_table, write_tables

with logged(snakemake.log[0]):
    read = {name: read_table(path) for name, path in snakemake.input.items()}
    write_tables(description(read, **snakemake.params.settings), snakemake.output)
