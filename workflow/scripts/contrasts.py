"""Write which side of each contrast each unit takes, and which pairs of units differ in a contrast."""

from framescope.compare.counts.choices import counted_tables
from framescope.compare.emphasis.contrasts import contrast_differences, contrasts
from framescope.compare.inputs import Testing
from framescope.logs import logged
from framescope.tables import write_table

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting)
    settings = {"contrasts": snakemake.params.contrasts, "testing": Testing(**snakemake.params.testing)}
    write_table(contrasts(tables, **settings), "contrasts", snakemake.output.contrasts)
    differences = contrast_differences(tables, **settings, reference=snakemake.params.reference)
    write_table(differences, "contrast_differences", snakemake.output.contrast_differences)
