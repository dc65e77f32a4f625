"""Write the tables as one workbook, rates and models for LaTeX, and a description of each file."""

from pathlib import Path

from framescope.logs import logged
from framescope.present.dictionary import results_readme
from framescope.present.files import LONGEST_SHEET, latex_tables, write_workbook
from framescope.tables import count_rows, read_table

with logged(snakemake.log[0]):
    given, rows = snakemake.input, {name: count_rows(path) for name, path in snakemake.input.items()}
    tables = {name: read_table(path, rows=LONGEST_SHEET) for name, path in given.items()}
    write_workbook(tables, snakemake.output.workbook, rows)
    tables["documents"] = read_table(given.documents, ["document", "title"])
    tables["theme_rates"] = read_table(given.theme_rates, ["unit", "theme", "level", "hits"])
    settings = snakemake.params.focus, snakemake.params.confidence, rows["framing_by_section"]
    for name, text in latex_tables(tables, *settings).items():
        Path(snakemake.output[name]).write_text(text, encoding="utf-8")
    Path(snakemake.output.readme).write_text(results_readme(), encoding="utf-8")
