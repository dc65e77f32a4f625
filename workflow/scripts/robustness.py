"""Write whether each finding holds when what counts is varied."""

from framescope.compare.counts.choices import counted_tables
from framescope.compare.inputs import Testing
from framescope.compare.robust.established import read_differences
from framescope.compare.robust.robustness import READ, robustness
from framescope.compare.robust.set_phrases import WITH_TEXT, set_phrases
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import measure_in_parts, read_table, read_tables, write_table

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        found, opinion = read_differences(snakemake.input), read_table(snakemake.input.second_opinion)
        notes = tuple(read_tables(snakemake.input, ("note_sentences", "note_hits")).values())
        settings = {"contrasts": snakemake.params.contrasts, "testing": Testing(**snakemake.params.testing)}
        tables = counted_tables(snakemake.input, snakemake.params.counting, snakemake.params.groups, columns=READ)
        texts = measure_in_parts(snakemake.input.sentences, tables.documents["document"], WITH_TEXT)
        settings["phrases"] = set_phrases(texts)
        rows = robustness(tables, **found, notes=notes, opinion=opinion, **settings)
        write_table(rows, "robustness", snakemake.output.robustness)
