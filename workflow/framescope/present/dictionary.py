"""The data dictionary and the README of the results, generated from the schemas of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from framescope.table_schemas import MOST_WORDS_AS_CSV, Column, Table, table_schemas

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
OF_A_LARGE_STUDY = {"tables/": "the tables, CSV in UTF-8; the longest as Parquet alone"}


def results_readme(large: bool) -> str:
    """The text of results/README.md: the files of a finished study, and what one row of each table is.

    A large study has its longest tables as Parquet alone.
    """
    files = FILES | (OF_A_LARGE_STUDY if large else {})
    lines = ["# Results of a study", "", "Made by the workflow: do not edit, run it again instead.", ""]
    lines += ["| file | what it holds |", "| --- | --- |"]
    lines += [f"| `{name}` | {about} |" for name, about in files.items()]
    lines += ["", "## Tables", "", "| table | one row is | what it says |", "| --- | --- | --- |"]
    made = [(table, Path(table.file_of_study(large)).name) for table in table_schemas().values() if table.made_by]
    lines += [f"| `tables/{file}` | {table.row} | {table.about} |" for table, file in made]
    lines += ["", parquet_alone(file for _, file in made)] if large else []
    lines += ["", "What each column means: `docs/data-dictionary.md` in the project's folder.", ""]
    return "\n".join(lines)


def recorded_files(record: Mapping[str, Any]) -> dict[str, str]:
    """The name of the file of each table by the name of the table, from the content of provenance.json."""
    return {Path(file).stem: file for file in record["tables"]}


def parquet_alone(files: Iterable[str]) -> str:
    """Why some of these files of tables are Parquet, and how they are read, in two sentences; empty if none is.

    >>> parquet_alone(["tables/skipped.csv"])
    ''
    >>> parquet_alone(["skipped.csv", "dates.parquet", "hits.parquet"]).partition(", because")[0]
    'Studies of more than some 2,000,000 words have the tables dates and hits as Parquet alone'
    """
    names = [path.stem for path in map(Path, files) if path.suffix == ".parquet"]
    if not names:
        return ""
    return (
        f"Studies of more than some {MOST_WORDS_AS_CSV:,} words have the tables {', '.join(names[:-1])} "
        f"and {names[-1]} as Parquet alone, because CSV files of more than 100,000 rows are slow to open and take "
        "five times the room. They are read with arrow::read_parquet in R and with pandas.read_parquet in Python."
    )


def data_dictionary() -> str:
    """The text of docs/data-dictionary.md: every column of every table."""
    lines = ["# Data dictionary", "", "Generated from `workflow/framescope/schemas/tables.yaml` by `make docs`.", ""]
    lines += ["Tables are CSV files in `results/tables`: UTF-8, comma, a header, rows in a stable order. "]
    lines[-1] += "Numbers have six significant digits; an empty cell means that there is no value."
    lines += ["", parquet_alone(table.parquet_file for table in table_schemas().values() if table.parquet)]
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
    (ROOT / "results" / "README.md").write_text(results_readme(large=False), encoding="utf-8")
    (ROOT / "docs" / "data-dictionary.md").write_text(data_dictionary(), encoding="utf-8")
