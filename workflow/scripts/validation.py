"""Write how the lexicon agrees with hand codes, and the corrected shares; without codes, only headers."""

from framescope.compare.coders.coding import OF_RATES, coding_tables, read_codes
from framescope.compare.counts.choices import ALL, WITHOUT_TEXT, counted_tables
from framescope.compare.inputs import Testing
from framescope.logs import logged, say
from framescope.tables import read_table, write_tables

with logged(snakemake.log[0]):
    tables = counted_tables(
        snakemake.input, snakemake.params.counting, columns=ALL if snakemake.input.codes else WITHOUT_TEXT
    )
    themes = read_table(snakemake.input.themes)["theme"].tolist()
    coded = read_codes(snakemake.input.codes, snakemake.params.coders, tables.sentences, themes)
    if coded is not None and coded.problems:
        say(f"Codes: {len(coded.problems)} places are not used or doubtful: {snakemake.output.code_problems}")
    rates = read_table(snakemake.input.rates, OF_RATES, where={"theme": [] if coded is None else themes})
    settings = snakemake.params.contrasts, Testing(**snakemake.params.testing)
    found = coding_tables(coded, tables, rates, *settings, read_table(snakemake.input.second_opinion))
    write_tables(found, snakemake.output)
