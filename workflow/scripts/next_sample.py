"""Draw the sentences to code next, those of which the codes so far leave the themes in focus most uncertain."""

from framescope.compare.coders.coding import read_codes
from framescope.compare.coders.next_sample import draw_next_sample
from framescope.compare.counts.choices import ALL, counted_tables
from framescope.logs import logged, say
from framescope.present.files import write_coding_sheet
from framescope.tables import read_table

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting, columns=ALL)
    themes = read_table(snakemake.input.themes)["theme"].tolist()
    coded = read_codes(snakemake.input.codes, snakemake.params.coders, tables.sentences, themes)
    opinion = read_table(snakemake.input.second_opinion)
    sample = draw_next_sample(coded, tables, opinion, snakemake.params.focus, **snakemake.params.settings)
    sample.to_csv(snakemake.output.sample, index=False, lineterminator="\n")
    write_coding_sheet(sample, snakemake.output.workbook)
    say(f"{len(sample)} sentences drawn: code them, and name their file under codes beside those before.")
