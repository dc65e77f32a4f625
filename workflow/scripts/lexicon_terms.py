"""Write how many hits each term of the lexicon contributes, and whether a contrast depends on it."""

from framescope.compare.coders.coding import read_codes, sentence_codes
from framescope.compare.counts.choices import ALL, WITHOUT_TEXT, counted_tables
from framescope.compare.description.lexicon_terms import lexicon_terms
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import write_table
from framescope.themes.formats import load_lexicon

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        asked, given = snakemake.input, snakemake.params
        tables = counted_tables(asked, given.counting, columns=ALL if asked.codes else WITHOUT_TEXT)
        lexicon = load_lexicon(asked.lexicon, given.lexicon_format).at_level(given.annotate)
        coded = read_codes(asked.codes, given.coders, tables.sentences, lexicon.themes)
        rows = lexicon_terms(tables.hits, lexicon.counted_terms, given.contrasts, sentence_codes(coded))
        write_table(rows, "lexicon_terms", snakemake.output.lexicon_terms)
