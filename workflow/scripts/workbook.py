"""Write the tables as one workbook, rates and models for LaTeX, and a description of each file."""

from pathlib import Path

from framescope.logs import logged
from framescope.present.dictionary import results_readme
from framescope.present.files import latex_tables, write_workbook
from framescope.tables import read_table

with logged(snakemake.log[0]):
    tables = {name: read_table(path) for name, path in snakemake.input.items()}
    write_workbook(tables, snakemake.output.workbook)
    for name, text in latex_tables(tables, snakemake.params.focus, snakemake.params.confidence).items():
        Path(snakemake.output[name]).write_text(text, encoding="utf-8")
    Path(snakemake.output.readme).write_text(results_readme(), encoding="utf-8")
