"""Write the terms that distinguish a section, document or group from the rest."""

from framescope.compare.counts.groupings import with_groupings
from framescope.compare.emphasis.keyness import keywords
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import read_table, whole_documents, write_table

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        documents = with_groupings(read_table(snakemake.input.documents), snakemake.params.groups)
        terms = whole_documents(snakemake.input.terms, documents["document"])
        write_table(keywords(terms, documents, **snakemake.params.settings), "keywords", snakemake.output.keywords)
