"""Write every calendar expression in the study's bodies."""

from framescope.annotate.date_mentions import date_rows
from framescope.annotate.docs import measured
from framescope.logs import logged
from framescope.tables import write_stream

with logged(snakemake.log[0]):
    source = (snakemake.input.docs, snakemake.input.facts, snakemake.log[0])
    write_stream(measured(date_rows, *source), "dates", snakemake.output.dates)
