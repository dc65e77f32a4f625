"""Draw a sample of sentences to code by hand, without showing the themes that the lexicon found."""

from framescope.compare.coders.sampling import draw_sample, sentences_needed
from framescope.compare.counts.choices import ALL, counted_tables
from framescope.logs import logged, say
from framescope.present.files import write_coding_sheet

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting, columns=ALL)
    sample = draw_sample(tables.sentences, tables.hits, **snakemake.params.settings)
    sample.to_csv(snakemake.output.sample, index=False, lineterminator="\n")
    write_coding_sheet(sample, snakemake.output.workbook)
    needed = sentences_needed(population=len(tables.sentences))
    say(f"{len(sample)} sentences drawn; {needed} give a share to plus or minus 10 points.")
