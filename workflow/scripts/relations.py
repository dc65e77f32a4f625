"""Write what each actor does, undergoes and owns, and with whom."""

from framescope.actor_table import load_actors
from framescope.actors.roles import role_rows
from framescope.annotate.docs import stored_documents
from framescope.logs import logged
from framescope.tables import by_document, read_table, write_stream

with logged(snakemake.log[0]):
    actors = load_actors(*snakemake.input.actors)
    entities = by_document(read_table(snakemake.input.entities))
    rows = (
        role_rows(docs, entities[docs[0].user_data["document"]].to_dict("records"), actors)
        for docs in stored_documents(snakemake.input.docs)
    )
    write_stream(rows, "relations", snakemake.output.relations)
