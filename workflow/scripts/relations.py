"""Write what each actor does, undergoes and owns, and with whom."""

from framescope.actor_table import load_actors
from framescope.actors.predicates import predicate_rows
from framescope.annotate.docs import document_id, measured
from framescope.logs import logged
from framescope.tables import by_document, read_table, write_stream

with logged(snakemake.log[0]):
    actors = load_actors(*snakemake.input.actors)
    entities = by_document(read_table(snakemake.input.entities))
    source = (snakemake.input.docs, snakemake.input.facts, snakemake.log[0])
    rows = measured(lambda docs: predicate_rows(docs, entities[document_id(docs)].to_dict("records"), actors), *source)
    write_stream(rows, "relations", snakemake.output.relations)
