"""Write whether each finding holds when what counts is varied."""

from framescope.compare.counts.choices import ALL, counted_tables
from framescope.compare.emphasis.tables import with_tests
from framescope.compare.inference.families import DIFFERS
from framescope.compare.inputs import Testing
from framescope.compare.robust.robustness import robustness
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import read_table, read_tables, write_table

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        tests, opinion = (read_table(snakemake.input[name]) for name in ("difference_tests", "second_opinion"))
        notes = tuple(read_tables(snakemake.input, ("note_sentences", "note_hits")).values())
        inputs = [(name, path) for name, path in snakemake.input.items() if name.endswith("_differences")]
        found = {name: with_tests(name, read_table(path, where={"verdict": [DIFFERS]}), tests) for name, path in inputs}
        settings = {"contrasts": snakemake.params.contrasts, "testing": Testing(**snakemake.params.testing)}
        tables = counted_tables(snakemake.input, snakemake.params.counting, snakemake.params.groups, columns=ALL)
        rows = robustness(tables, **found, notes=notes, opinion=opinion, **settings)
        write_table(rows, "robustness", snakemake.output.robustness)
