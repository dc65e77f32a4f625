"""Write whether each finding stands when what counts is varied."""

from framescope.compare.counts.choices import counted_tables
from framescope.compare.inputs import Testing
from framescope.compare.robust.robustness import robustness
from framescope.logs import logged
from framescope.tables import read_table, read_tables, write_table

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting)
    tested = {name: read_table(path) for name, path in snakemake.input.items() if name.endswith("_differences")}
    notes = tuple(read_tables(snakemake.input, ("note_sentences", "note_hits")).values())
    settings = {"contrasts": snakemake.params.contrasts, "testing": Testing(**snakemake.params.testing)}
    rows = robustness(tables, **tested, notes=notes, **settings)
    write_table(rows, "robustness", snakemake.output.robustness)
