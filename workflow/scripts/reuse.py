"""Write the passages that stand in several texts or repeatedly in one, and how much of each text they are."""

from framescope.compare.reuse.tables import reuse_tables
from framescope.logs import logged
from framescope.tables import read_tables, write_tables

with logged(snakemake.log[0]):
    read = read_tables(snakemake.input, ("sentences", "documents"))
    write_tables(reuse_tables(**read), snakemake.output)
