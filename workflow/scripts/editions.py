"""Write what became of each section and paragraph in a new edition, and which themes were added and dropped."""

from framescope.compare.counts.choices import ALL, counted_tables
from framescope.compare.editions.tables import edition_tables
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import write_tables

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        tables = counted_tables(snakemake.input, snakemake.params.counting, columns=ALL)
        write_tables(edition_tables(tables, snakemake.params.editions), snakemake.output)
