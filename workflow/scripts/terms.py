"""Write how often each word and key term stands in each block."""

from framescope.annotate.docs import stored_documents
from framescope.annotate.terms import term_rows
from framescope.logs import logged
from framescope.tables import write_stream

with logged(snakemake.log[0]):
    documents = stored_documents(snakemake.input.docs, snakemake.input.facts)
    write_stream(map(term_rows, documents), "terms", snakemake.output.terms)
