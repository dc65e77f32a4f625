"""Write every name in the study's bodies and whom it refers to."""

from framescope.actor_table import load_actors
from framescope.actors.identity import resolve
from framescope.annotate.docs import measured
from framescope.logs import logged
from framescope.tables import write_stream

with logged(snakemake.log[0]):
    actors = load_actors(*snakemake.input.actors)
    source = (snakemake.input.docs, snakemake.input.facts, snakemake.log[0])
    rows = measured(lambda docs: resolve(docs, actors), *source)
    write_stream(rows, "entities", snakemake.output.entities)
