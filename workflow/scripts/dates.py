"""Write every calendar expression in the study's bodies."""

from framescope.annotate.docs import stored_documents
from framescope.annotate.mentions import date_rows
from framescope.logs import logged
from framescope.tables import write_stream

with logged(snakemake.log[0]):
    write_stream(map(date_rows, stored_documents(snakemake.input.docs)), "dates", snakemake.output.dates)
