"""Write the tables as one workbook, rates and models for LaTeX, and a description of each file."""

from pathlib import Path

from framescope.logs import logged
from framescope.present.dictionary import results_readme
from framescope.present.files import latex_tables, write_workbook
from framescope.present.reading import latex_inputs, sheet_tables
from framescope.running.unchanged import made_once
from framescope.tables import count_rows

with logged(snakemake.log[0]), made_once(snakemake) as due:
    if due:
        paths = dict(snakemake.input.items())
        rows = {name: count_rows(path) for name, path in paths.items()}
        tables = sheet_tables(paths, rows)
        write_workbook(tables, snakemake.output.workbook, {name: rows[name] for name in rows if name not in tables})
        settings = snakemake.params.focus, snakemake.params.confidence, rows["framing_by_section"]
        for name, text in latex_tables(latex_inputs(paths), *settings).items():
            Path(snakemake.output[name]).write_text(text, encoding="utf-8")
        Path(snakemake.output.readme).write_text(results_readme(snakemake.params.large), encoding="utf-8")
