"""The data dictionary and the README of the results, generated from the schemas of the tables."""

from __future__ import annotations

from pathlib import Path

from framescope.table_schemas import Column, Table, table_schemas

ROOT = Path(__file__).parents[3]
FILES = {
    "report.html": "the report: one page, opens without a network",
    "report/": "texts of a large study, which the report loads from here; keep it beside the report",
    "findings.md": "what the tables support, in sentences",
    "tables/": "the tables, CSV in UTF-8; the longest also as Parquet",
    "tables.xlsx": "the tables of sections, themes, contrasts and actors as one workbook",
    "latex/": "the tables people paste, for LaTeX",
    "figures/": "the report's figures as SVG",
    "made.json": "the SHA-256 of each file as the last run made it, by which edits by hand are noticed",
    "provenance.json": "versions, settings and the SHA-256 of each table",
    "text/": "one extracted document or failure a line, JSON",
    "annotated/": "sentences, names and dates as spaCy DocBins",
    "measures/": "what the tables are made from, Parquet",
    "cache/": "finished work for the next run; may be deleted at any time",
    "logs/": "one log a job",
}


def results_readme() -> str:
    """The text of results/README.md: the files of a finished study, and what one row of each table is."""
    lines = ["# Results of a study", "", "Made by the workflow: do not edit, run it again instead.", ""]
    lines += ["| file | what it holds |", "| --- | --- |"]
    lines += [f"| `{name}` | {about} |" for name, about in FILES.items()]
    lines += ["", "## Tables", "", "| table | one row is | what it says |", "| --- | --- | --- |"]
    lines += [
        f"| `tables/{table.name}.csv` | {table.row} | {table.about} |"
        for table in table_schemas().values()
        if table.made_by
    ]
    lines += ["", "What each column means: `docs/data-dictionary.md` in the project's folder.", ""]
    return "\n".join(lines)


def data_dictionary() -> str:
    """The text of docs/data-dictionary.md: every column of every table."""
    lines = ["# Data dictionary", "", "Generated from `workflow/framescope/schemas/tables.yaml` by `make docs`.", ""]
    lines += ["Tables are CSV files in `results/tables`: UTF-8, comma, a header, rows in a stable order. "]
    lines[-1] += "Numbers have six significant digits; an empty cell means that there is no value."
    tables = table_schemas().values()
    for table in tables:
        lines += _described(table) if table.made_by else []
    lines += ["", "# On request", "", "Tables that a run makes only when asked for them."]
    for table in tables:
        lines += _described(table) if table.on_request else []
    lines += ["", "# Between the stages", "", "Parquet files in `results/measures`, not for readers."]
    for table in tables:
        lines += _described(table) if table.measured_by and not table.made_by else []
    return "\n".join([*lines, ""])


def _described(table: Table) -> list[str]:
    place = f" `{table.on_request}`." if table.on_request else ""
    lines = ["", f"## {table.name}", "", f"One row is {table.row}. {table.about}{place}", ""]
    lines += ["| column | type | meaning |", "| --- | --- | --- |"]
    return lines + [f"| {name} | {column.type} | {_meaning(column)} |" for name, column in table.columns.items()]


def _meaning(column: Column) -> str:
    """The meaning of a column, and the functions whose documentation gives its formula, source and an example."""
    return column.about + "".join(f"; `{measure}`" for measure in column.measures)


if __name__ == "__main__":
    (ROOT / "results" / "README.md").write_text(results_readme(), encoding="utf-8")
    (ROOT / "docs" / "data-dictionary.md").write_text(data_dictionary(), encoding="utf-8")
