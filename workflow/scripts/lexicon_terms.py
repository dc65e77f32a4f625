"""Write what each term of the lexicon contributes, and whether a contrast hangs on it."""

from framescope.compare.counting import counted_tables
from framescope.compare.lexicon_terms import lexicon_terms
from framescope.logs import logged
from framescope.tables import write_table
from framescope.themes.formats import load_lexicon

with logged(snakemake.log[0]):
    hits = counted_tables(snakemake.input, snakemake.params.counting)["hits"]
    terms = [(theme, term.text) for theme, term in load_lexicon(snakemake.input.lexicon)]
    rows = lexicon_terms(hits, terms, snakemake.params.contrasts)
    write_table(rows, "lexicon_terms", snakemake.output.lexicon_terms)
