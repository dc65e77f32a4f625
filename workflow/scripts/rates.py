"""Write the rates of each theme in each section, document, role and group, as a long and as a wide table."""

from framescope.compare.counts.blocks import COUNTED
from framescope.compare.counts.choices import counted_tables
from framescope.compare.emphasis.baselines import check_baseline
from framescope.compare.emphasis.framing import framing_tables
from framescope.compare.emphasis.rates import rates_in_parts
from framescope.compare.inputs import Testing
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import read_table, write_tables, written_in_parts

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        tables = counted_tables(snakemake.input, snakemake.params.counting, snakemake.params.groups, COUNTED)
        themes = read_table(snakemake.input.themes)["theme"].tolist()
        check_baseline(snakemake.params.testing["baseline"], tables)
        settings = {"themes": themes, "testing": Testing(**snakemake.params.testing)}
        parts = rates_in_parts(tables, **settings, opinion=read_table(snakemake.input.second_opinion))
        written = written_in_parts(parts, "theme_rates", snakemake.output.theme_rates)
        given = {"contrasts": snakemake.params.contrasts, "testing": settings["testing"]}
        write_tables(framing_tables(written, tables, **given), snakemake.output)
