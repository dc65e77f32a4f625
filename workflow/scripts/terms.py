"""Write how often each word and key term stands in each block."""

from framescope.annotate.docs import measured
from framescope.annotate.terms import term_rows
from framescope.logs import logged
from framescope.tables import write_stream

with logged(snakemake.log[0]):
    source = (snakemake.input.docs, snakemake.input.facts, snakemake.log[0])
    write_stream(measured(term_rows, *source), "terms", snakemake.output.terms)
