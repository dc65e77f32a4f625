"""Write every calendar expression in the study's bodies."""

from framescope.annotate.docs import stored_documents
from framescope.annotate.mentions import date_rows
from framescope.logs import logged
from framescope.tables import write_stream

with logged(snakemake.log[0]):
    documents = stored_documents(snakemake.input.docs, snakemake.input.facts)
    write_stream(map(date_rows, documents), "dates", snakemake.output.dates)
