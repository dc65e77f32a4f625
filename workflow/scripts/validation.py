"""Write how the lexicon agrees with hand codes, and the corrected shares; without codes, only headers."""

import sys

from framescope.compare.coders.coding import coding_tables, read_codes
from framescope.compare.counts.choices import counted_tables
from framescope.compare.inputs import Testing
from framescope.logs import logged
from framescope.tables import read_table, write_tables

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting)
    coded = read_codes(snakemake.input.codes, tables.sentences)
    print(*(coded.not_found if coded else []), sep="\n", file=sys.stderr)
    rates = read_table(snakemake.input.rates)
    testing = Testing(**snakemake.params.testing)
    write_tables(coding_tables(coded, tables, rates, snakemake.params.contrasts, testing), snakemake.output)
