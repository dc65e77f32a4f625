"""Write whether two sections of a document, or two documents, roles or groups, differ in a theme."""

from framescope.compare.counts.choices import counted_tables
from framescope.compare.emphasis.differences import document_differences, section_differences
from framescope.compare.inference.models import group_models
from framescope.logs import logged
from framescope.tables import write_table
from framescope.themes.formats import load_lexicon

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting)
    lexicon = load_lexicon(snakemake.input.lexicon, snakemake.params.lexicon_format)
    settings = {**snakemake.params.settings, "themes": lexicon.themes}
    write_table(section_differences(**tables, **settings), "section_differences", snakemake.output.section_differences)
    documents = document_differences(**tables, **settings, reference=snakemake.params.reference)
    write_table(documents, "document_differences", snakemake.output.document_differences)
    models = group_models(**tables, themes=settings["themes"], confidence=settings["confidence"])
    write_table(models, "group_models", snakemake.output.group_models)
