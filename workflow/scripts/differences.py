"""Write which pairs of sections, documents, roles or groups differ in a theme."""

from framescope.compare.counts.choices import counted_tables
from framescope.compare.emphasis.differences import document_differences, section_differences
from framescope.compare.inference.models import group_models
from framescope.compare.inputs import Testing
from framescope.logs import logged
from framescope.tables import write_tables
from framescope.themes.formats import load_lexicon

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting)
    lexicon = load_lexicon(snakemake.input.lexicon, snakemake.params.lexicon_format)
    settings = {"themes": lexicon.themes, "testing": Testing(**snakemake.params.testing)}
    focused = settings | {"focus_themes": snakemake.params.focus_themes}
    made = {"section_differences": section_differences(tables, **focused)}
    made["document_differences"] = document_differences(tables, **focused, reference=snakemake.params.reference)
    made["group_models"] = group_models(tables, **settings)
    write_tables(made, snakemake.output)
