"""Write what was read: documents, sections, where every word went, and the sources that gave no document."""

from framescope.compare.facts import documents_table, sections_table, skipped_table
from framescope.logs import logged
from framescope.tables import read_table, write_table

with logged(snakemake.log[0]):
    read = {name: read_table(path) for name, path in snakemake.input.items()}
    metadata, language = snakemake.params.metadata, snakemake.params.language
    documents = documents_table(read["facts"], read["sentences"], metadata, language)
    write_table(documents, "documents", snakemake.output.documents)
    sections = sections_table(read["sections"], read["sentences"], read["readability"])
    write_table(sections, "sections", snakemake.output.sections)
    write_table(
        read["accounting"].sort_values("document", kind="stable"), "text_accounting", snakemake.output.text_accounting
    )
    write_table(skipped_table(snakemake.params.skipped, read["failures"]), "skipped", snakemake.output.skipped)
