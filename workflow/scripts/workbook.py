"""Write the tables as one workbook, the rates by section for LaTeX, and a description of each file."""

from pathlib import Path

from framescope.logs import logged
from framescope.present.dictionary import results_readme
from framescope.present.files import framing_for_latex, latex_table, write_workbook
from framescope.tables import read_table

with logged(snakemake.log[0]):
    tables = {name: read_table(path) for name, path in snakemake.input.items()}
    write_workbook(tables, snakemake.output.workbook)
    latex = latex_table(framing_for_latex(tables, snakemake.params.focus), snakemake.params.caption)
    Path(snakemake.output.latex).write_text(latex, encoding="utf-8")
    Path(snakemake.output.readme).write_text(results_readme(), encoding="utf-8")
