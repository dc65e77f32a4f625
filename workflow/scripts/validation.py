"""Write how the lexicon agrees with hand codes, and the corrected shares; without codes, only headers."""

from framescope.compare.coders.coding import coding_of_study
from framescope.compare.inputs import Testing
from framescope.logs import logged, say
from framescope.tables import write_tables

with logged(snakemake.log[0]):
    given, testing = snakemake.params, Testing(**snakemake.params.testing)
    tables = coding_of_study(snakemake.input, given.coders, given.counting, given.contrasts, testing)
    if problems := len(tables["code_problems"]):
        say(f"Codes: {problems} places are not used or doubtful: {snakemake.output.code_problems}")
    write_tables(tables, snakemake.output)
