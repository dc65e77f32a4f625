"""Write every sentence of the study's bodies, and the reading ease of each section."""

from framescope.annotate.docs import stored_documents
from framescope.annotate.mentions import readability_rows
from framescope.annotate.sentences import sentence_rows
from framescope.logs import logged
from framescope.tables import write_stream

with logged(snakemake.log[0]):
    for rows, name in ((sentence_rows, "sentences"), (readability_rows, "readability")):
        documents = stored_documents(snakemake.input.docs, snakemake.input.facts)
        write_stream(map(rows, documents), name, snakemake.output[name])
