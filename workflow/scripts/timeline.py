"""Write which years and eras the texts mention, and with which themes."""

from framescope.compare.counts.choices import counted_tables
from framescope.compare.description.timeline import READ, timeline_in_parts
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import read_tables, write_in_parts

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        tables = counted_tables(snakemake.input, snakemake.params.counting, columns=READ)
        dates = read_tables(snakemake.input, ["dates"])["dates"]
        parts = timeline_in_parts(dates, tables.hits, tables.sentences)
        write_in_parts(parts, "timeline", snakemake.output.timeline)
