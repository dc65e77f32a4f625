"""Write the terms that distinguish a section, document or group from the rest."""

from framescope.cache import Cache, made_once
from framescope.compare.counts.groupings import with_groupings
from framescope.compare.emphasis.keyness import keywords
from framescope.logs import logged
from framescope.tables import read_tables, write_table


def write() -> None:
    """Find the keywords and write their table."""
    tables = read_tables(snakemake.input, ("terms", "sections", "documents"))
    tables["documents"] = with_groupings(tables["documents"], snakemake.params.groups)
    write_table(keywords(**tables, **snakemake.params.settings), "keywords", snakemake.output.keywords)


with logged(snakemake.log[0]):
    given = snakemake.params
    cache = Cache(given.cache, "keywords", given.fresh)
    depends = [given.depends["code"], given.settings, list(given.groups)]
    made_once(cache, dict(snakemake.output.items()), snakemake.input, depends, write)
