"""Write where in a text each theme occurs, with which others, and how similar the profiles of documents are."""

from framescope.compare.counts.choices import counted_tables
from framescope.compare.spread.tables import spread_tables
from framescope.logs import logged
from framescope.tables import read_table, write_tables

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting)
    rates = read_table(snakemake.input.rates, ["unit", "document", "theme", "level", "hits", "share_of_hits"])
    write_tables(spread_tables(tables, rates), snakemake.output)
