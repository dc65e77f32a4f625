"""Write how the lexicon agrees with the study's hand codes, and shares corrected by that; headers without codes."""

import sys

from framescope.compare.coders.coding import coding_tables, read_codes
from framescope.compare.counts.choices import counted_tables
from framescope.logs import logged
from framescope.tables import read_table, write_tables

with logged(snakemake.log[0]):
    counted = counted_tables(snakemake.input, snakemake.params.counting)
    coded = read_codes(snakemake.input.codes, counted["sentences"])
    print(*(coded.not_found if coded else []), sep="\n", file=sys.stderr)
    rates = read_table(snakemake.input.rates)
    write_tables(coding_tables(coded, counted, rates, **snakemake.params.settings), snakemake.output)
