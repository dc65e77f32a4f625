"""Write what a model that learns from the hits says of each sentence; without `second_opinion`, only headers."""

from framescope.cache import Cache
from framescope.compare.counts.choices import ALL, counted_tables
from framescope.compare.opinion.vectors import second_opinion
from framescope.logs import logged
from framescope.tables import write_table

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting, columns=ALL)
    given = snakemake.params
    cache = Cache(given.cache, "vectors", given.settings["fresh"])
    rows = second_opinion(tables, given.settings["second_opinion"], cache, given.encoder_code)
    write_table(rows, "second_opinion", snakemake.output.second_opinion)
