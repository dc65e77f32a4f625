"""Write how much is said of each theme by date of publication, what changes, and how far texts look back."""

from framescope.compare.counts.blocks import COUNTED
from framescope.compare.counts.choices import counted_tables
from framescope.compare.inputs import Testing
from framescope.compare.time.tables import time_tables
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import read_table, write_in_parts

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        tables = counted_tables(snakemake.input, snakemake.params.counting, snakemake.params.groups, COUNTED)
        themes = read_table(snakemake.input.themes)["theme"].tolist()
        settings = snakemake.params.settings | {"testing": Testing(**snakemake.params.testing)}
        timeline = read_table(snakemake.input.timeline)
        for name, parts in time_tables(tables, timeline, themes=themes, **settings):
            write_in_parts(parts, name, snakemake.output[name])
