"""Write where in a text each theme occurs, with which others, and how similar the profiles of documents are."""

from framescope.compare.counts.choices import counted_tables
from framescope.compare.spread.tables import READ, spread_tables
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import read_table, write_in_parts

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        tables = counted_tables(snakemake.input, snakemake.params.counting, columns=READ)
        columns = ["unit", "document", "theme", "level", "hits", "share_of_hits"]
        rates = read_table(snakemake.input.rates, columns, where={"unit": ["document"], "level": [1]})
        for name, parts in spread_tables(tables, rates):
            write_in_parts(parts, name, snakemake.output[name])
