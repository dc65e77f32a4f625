"""Write the tables of single mentions as Parquet, in small studies also as CSV, and each hit in its sentence."""

from framescope.compare.description.mentions import mention_tables
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import documents_in_parts, read_table, write_tables_in_parts

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        paths = dict(snakemake.input.items())
        documents = read_table(paths.pop("documents"), ["document"])["document"]
        parts = documents_in_parts(paths, documents)
        write_tables_in_parts((mention_tables(part, snakemake.params.counting) for part in parts), snakemake.output)
