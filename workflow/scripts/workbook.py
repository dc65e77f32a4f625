"""Write the tables as one workbook, rates and models for LaTeX, and a description of each file."""

from pathlib import Path

from framescope.logs import logged
from framescope.present.dictionary import results_readme
from framescope.present.files import LONGEST_LATEX, fits_a_sheet, latex_tables, write_workbook
from framescope.tables import column_names, count_rows, read_table

with logged(snakemake.log[0]):
    given, rows = snakemake.input, {name: count_rows(path) for name, path in snakemake.input.items()}
    sheets = {name for name, path in given.items() if fits_a_sheet(rows[name], len(column_names(path)))}
    tables = {name: read_table(path) for name, path in given.items() if name in sheets}
    write_workbook(tables, snakemake.output.workbook, {name: rows[name] for name in rows if name not in sheets})
    printed = {
        "framing_by_section": read_table(given.framing_by_section, rows=LONGEST_LATEX),
        "models": read_table(given.models),
        "documents": read_table(given.documents, ["document", "title"]),
        "theme_rates": read_table(given.theme_rates, ["theme", "hits"], where={"unit": ["document"], "level": [1]}),
    }
    settings = snakemake.params.focus, snakemake.params.confidence, rows["framing_by_section"]
    for name, text in latex_tables(printed, *settings).items():
        Path(snakemake.output[name]).write_text(text, encoding="utf-8")
    Path(snakemake.output.readme).write_text(results_readme(), encoding="utf-8")
