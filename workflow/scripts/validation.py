"""Write how the lexicon agrees with hand codes, and the corrected shares; without codes, only headers."""

from framescope.compare.coders.coding import OF_RATES, coding_tables, read_codes
from framescope.compare.counts.choices import ALL, WITHOUT_TEXT, counted_tables
from framescope.compare.inputs import Testing
from framescope.logs import logged, say
from framescope.tables import read_table, write_tables

with logged(snakemake.log[0]):
    asked, given = snakemake.input, snakemake.params
    tables = counted_tables(asked, given.counting, columns=ALL if asked.codes else WITHOUT_TEXT)
    themes = read_table(asked.themes)["theme"].tolist()
    coded = read_codes(asked.codes, given.coders, tables.sentences, themes)
    if coded is not None and coded.problems:
        say(f"Codes: {len(coded.problems)} places are not used or doubtful: {snakemake.output.code_problems}")
    rates = read_table(asked.rates, OF_RATES, where={"theme": [] if coded is None else themes})
    testing, opinion = Testing(**given.testing), read_table(asked.second_opinion)
    write_tables(coding_tables(coded, tables, rates, given.contrasts, testing, opinion), snakemake.output)
