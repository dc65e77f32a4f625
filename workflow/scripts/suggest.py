"""Write the terms that each theme of the lexicon may lack, as a table and as a page to read."""

from framescope.compare.coders.coding import read_codes, sentence_codes
from framescope.compare.counts.choices import counted_tables
from framescope.compare.suggest.effects import established
from framescope.compare.suggest.suggestions import suggestions
from framescope.logs import logged
from framescope.present.suggestions import suggestions_page
from framescope.tables import read_tables
from framescope.themes.formats import load_lexicon

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting)
    given = snakemake.params
    lexicon = load_lexicon(snakemake.input.lexicon, given.lexicon_format)
    codes = sentence_codes(read_codes(snakemake.input.codes, given.coders, tables.sentences, lexicon.themes))
    differences = read_tables(snakemake.input, ("section_differences", "document_differences"))
    rows = suggestions(tables, codes, established(**differences))
    rows.to_csv(snakemake.output.table, index=False, lineterminator="\n", float_format="%.6g")
    with open(snakemake.output.page, "w", encoding="utf-8") as page:
        page.write(suggestions_page(rows))
