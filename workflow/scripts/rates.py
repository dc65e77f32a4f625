"""Write the rates of each theme in each section, document, role and group, as a long and as a wide table."""

from framescope.compare.counts.choices import counted_tables
from framescope.compare.emphasis.baselines import check_baseline
from framescope.compare.emphasis.framing import framing_by_document, framing_by_section
from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inputs import Testing
from framescope.logs import logged
from framescope.tables import read_table, write_table
from framescope.themes.formats import load_lexicon

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting, snakemake.params.groups)
    lexicon = load_lexicon(snakemake.input.lexicon, snakemake.params.lexicon_format)
    check_baseline(snakemake.params.testing["baseline"], tables)
    settings = {"themes": lexicon.themes, "testing": Testing(**snakemake.params.testing)}
    rates = theme_rates(tables, **settings, opinion=read_table(snakemake.input.second_opinion))
    write_table(rates, "theme_rates", snakemake.output.theme_rates)
    write_table(framing_by_document(rates), "framing_by_document", snakemake.output.framing_by_document)
    wide = framing_by_section(tables, **settings, contrasts=snakemake.params.contrasts)
    write_table(wide, "framing_by_section", snakemake.output.framing_by_section)
