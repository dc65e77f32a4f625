"""Write the terms that distinguish a section, document or group from the rest."""

from framescope.compare.counts.groupings import with_groupings
from framescope.compare.emphasis.keyness import keywords
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import read_tables, write_table

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        tables = read_tables(snakemake.input, ("terms", "sections", "documents"))
        tables["documents"] = with_groupings(tables["documents"], snakemake.params.groups)
        write_table(keywords(**tables, **snakemake.params.settings), "keywords", snakemake.output.keywords)
