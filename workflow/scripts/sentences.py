"""Write every sentence of the study's bodies, and the reading ease of each section."""

from framescope.annotate.docs import measured
from framescope.annotate.readability import readability_rows
from framescope.annotate.sentences import sentence_rows
from framescope.logs import logged
from framescope.tables import write_stream

with logged(snakemake.log[0]):
    source = (snakemake.input.docs, snakemake.input.facts, snakemake.log[0])
    for rows, name in ((sentence_rows, "sentences"), (readability_rows, "readability")):
        write_stream(measured(rows, *source), name, snakemake.output[name])
