"""Write which pairs of sections, documents, roles or groups differ in a contrast or theme, and how that was tested."""

from framescope.compare.counts.blocks import COUNTED
from framescope.compare.counts.choices import counted_tables
from framescope.compare.emphasis.tables import difference_tables
from framescope.compare.inputs import Testing
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import read_table, write_tables

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        tables = counted_tables(snakemake.input, snakemake.params.counting, snakemake.params.groups, COUNTED)
        themes = read_table(snakemake.input.themes)["theme"].tolist()
        settings = snakemake.params.settings | {"testing": Testing(**snakemake.params.testing)}
        write_tables(difference_tables(tables, themes=themes, **settings), snakemake.output)
