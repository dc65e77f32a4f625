"""Write which years and eras the texts mention, and with which themes."""

from framescope.compare.counts.choices import counted_tables
from framescope.compare.description.timeline import timeline
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import read_tables, write_table

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        tables = counted_tables(snakemake.input, snakemake.params.counting)
        dates = read_tables(snakemake.input, ["dates"])["dates"]
        rows = timeline(dates, tables.hits, tables.sentences)
        write_table(rows, "timeline", snakemake.output.timeline)
