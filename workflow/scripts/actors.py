"""Write the tables of actors: who is named, with which themes, agency, other actors and years."""

from framescope.actor_table import load_actors
from framescope.compare.counts.choices import counted_tables
from framescope.compare.description.actor_tables import MENTIONS, READ, actor_tables
from framescope.compare.inputs import Testing
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import read_table, read_tables, write_in_parts

with logged(snakemake.log[0]):
    named = set(read_table(snakemake.input.entities, ["actor_id"])["actor_id"])
    kinds = {id: kind for id, kind in load_actors(*snakemake.input.table).kinds().items() if id in named}
    with made_once(snakemake, {"table": lambda: kinds}) as due:
        if due:
            mentions = read_tables(snakemake.input, MENTIONS, MENTIONS)
            counted = counted_tables(snakemake.input, snakemake.params.counting, columns=READ)
            for name, parts in actor_tables(counted, mentions, kinds, Testing(**snakemake.params.testing)):
                write_in_parts(parts, name, snakemake.output[name])
