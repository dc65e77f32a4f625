"""Write the passages that stand in several texts or repeatedly in one, and how much of each text they are."""

from framescope.compare.reuse.tables import SENTENCE_COLUMNS, reuse_tables
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import read_tables, write_tables

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        tables = read_tables(snakemake.input, ("sentences", "documents"), {"sentences": SENTENCE_COLUMNS})
        write_tables(reuse_tables(**tables), snakemake.output)
