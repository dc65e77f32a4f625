"""Write the tables of documents, sections, words by kind of text, and sources that gave no document."""

from framescope.compare.description.facts import description
from framescope.corpora.register import described
from framescope.logs import logged
from framescope.tables import measure_failures, read_table, write_tables

with logged(snakemake.log[0]):
    paths = dict(snakemake.input.items())
    failed = measure_failures(paths.pop("measures"))
    read = {name: read_table(path) for name, path in paths.items()}
    given = described(snakemake.params.register) | snakemake.params.settings
    write_tables(description(read, failed, **given), snakemake.output)
