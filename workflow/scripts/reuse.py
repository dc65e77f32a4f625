"""Write the passages that stand in several texts or repeatedly in one, and how much of each text they are."""

from framescope.cache import Cache, made_once
from framescope.compare.reuse.tables import SENTENCE_COLUMNS, reuse_tables
from framescope.logs import logged
from framescope.tables import read_tables, write_tables


def write() -> None:
    """Find the passages and write the tables."""
    tables = read_tables(snakemake.input, ("sentences", "documents"), {"sentences": SENTENCE_COLUMNS})
    write_tables(reuse_tables(**tables), snakemake.output)


with logged(snakemake.log[0]):
    cache = Cache(snakemake.params.cache, "reuse", snakemake.params.fresh)
    made_once(cache, dict(snakemake.output.items()), snakemake.input, snakemake.params.depends["code"], write)
