"""Write whether each finding holds when what counts is varied."""

from framescope.compare.counts.choices import counted_tables
from framescope.compare.emphasis.tables import with_tests
from framescope.compare.inputs import Testing
from framescope.compare.robust.robustness import robustness
from framescope.logs import logged
from framescope.tables import read_table, read_tables, write_table

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting, snakemake.params.groups, texts=True)
    tests = read_table(snakemake.input.difference_tests)
    differences = {name: path for name, path in snakemake.input.items() if name.endswith("_differences")}
    tested = {name: with_tests(name, read_table(path), tests) for name, path in differences.items()}
    notes = tuple(read_tables(snakemake.input, ("note_sentences", "note_hits")).values())
    settings = {"contrasts": snakemake.params.contrasts, "testing": Testing(**snakemake.params.testing)}
    opinion = read_table(snakemake.input.second_opinion)
    rows = robustness(tables, **tested, notes=notes, opinion=opinion, **settings)
    write_table(rows, "robustness", snakemake.output.robustness)
