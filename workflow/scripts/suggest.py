"""Write the terms that each theme of the lexicon may lack, as a table and as a page to read."""

from pathlib import Path

from spacy.lang.en.stop_words import STOP_WORDS

from framescope.compare.coders.coding import read_codes, sentence_codes
from framescope.compare.counts.choices import ALL, counted_tables
from framescope.compare.suggest.effects import established
from framescope.compare.suggest.suggestions import suggestions
from framescope.logs import logged
from framescope.present.coding.suggestions import suggestions_page
from framescope.tables import read_table, write_table
from framescope.themes.formats import load_lexicon

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting, columns=ALL)
    given, given_tables = snakemake.params, snakemake.input
    lexicon = load_lexicon(given_tables.lexicon, given.lexicon_format)
    codes = sentence_codes(read_codes(given_tables.codes, given.coders, tables.sentences, lexicon.themes))
    findings = established(read_table(given_tables.section_differences), read_table(given_tables.document_differences))
    rows = suggestions(tables, STOP_WORDS, codes, findings)
    write_table(rows, "term_suggestions", snakemake.output.table)
    Path(snakemake.output.page).write_text(suggestions_page(rows), encoding="utf-8")
