"""Write every sentence of the study's bodies, and the reading ease of each section."""

from framescope.annotate.docs import measured
from framescope.annotate.readability import readability_rows
from framescope.annotate.sentences import sentence_rows
from framescope.logs import logged
from framescope.tables import labelled, write_streams

with logged(snakemake.log[0]):
    source = (snakemake.input.docs, snakemake.input.facts, snakemake.log[0])
    names = ("sentences", "readability")
    rows = measured(lambda docs: labelled(names, (sentence_rows(docs), readability_rows(docs))), *source)
    write_streams(rows, snakemake.output)
