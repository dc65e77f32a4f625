"""Write which side of each contrast each unit takes."""

from framescope.compare.counts.blocks import COUNTED
from framescope.compare.counts.choices import counted_tables
from framescope.compare.emphasis.contrasts import contrasts
from framescope.compare.inputs import Testing
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import write_table

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        tables = counted_tables(snakemake.input, snakemake.params.counting, snakemake.params.groups, COUNTED)
        settings = {"contrasts": snakemake.params.contrasts, "testing": Testing(**snakemake.params.testing)}
        write_table(contrasts(tables, **settings), "contrasts", snakemake.output.contrasts)
