"""Write the coefficients, marginal means and differences of the models that the study states, and models of groups."""

from framescope.compare.counts.blocks import COUNTED
from framescope.compare.counts.choices import counted_tables
from framescope.compare.inference.models import group_models
from framescope.compare.inputs import Testing
from framescope.compare.models.tables import model_tables
from framescope.logs import logged
from framescope.running.unchanged import made_once
from framescope.tables import read_table, write_tables

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        tables = counted_tables(snakemake.input, snakemake.params.counting, snakemake.params.groups, COUNTED)
        themes = read_table(snakemake.input.themes)["theme"].tolist()
        settings = snakemake.params.settings | {"testing": Testing(**snakemake.params.testing)}
        made = model_tables(tables, themes=themes, **settings)
        made["group_models"] = group_models(tables, themes=themes, testing=settings["testing"])
        write_tables(made, snakemake.output)
