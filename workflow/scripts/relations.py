"""Write what each actor does, undergoes and owns, and with whom."""

from framescope.actor_table import load_actors
from framescope.actors.roles import role_rows
from framescope.annotate.docs import document_id, stored_documents
from framescope.logs import logged
from framescope.tables import by_document, read_table, write_stream

with logged(snakemake.log[0]):
    actors = load_actors(*snakemake.input.actors)
    entities = by_document(read_table(snakemake.input.entities))
    documents = stored_documents(snakemake.input.docs, snakemake.input.facts)
    rows = (role_rows(docs, entities[document_id(docs)].to_dict("records"), actors) for docs in documents)
    write_stream(rows, "relations", snakemake.output.relations)
