"""What the tables of a study hold, by schemas/tables.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from framescope.resources import SCHEMAS

TABLE_SCHEMAS = SCHEMAS / "tables.yaml"


@dataclass(frozen=True)
class Column:
    """What a column holds; `type` is text, date, integer, number or boolean, `measures` the functions that work it out.

    A measure is named by its place in the package, such as "compare.emphasis.rates.share_of_hits".
    """

    type: str
    about: str
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """What a table holds, where it comes from and where it is shown.

    `made_by` is the rule that writes it for readers, `measured_by` the one that writes it as a measure, kept between
    stages; empty where there is no such file. `report` is the heading under which the report lists it; one with `sheet`
    is a sheet of the workbook, and the report and the figures read it. A table with `parquet` is written as Parquet as
    well; an open one may have further columns after the named ones.
    """

    name: str
    row: str
    about: str
    columns: dict[str, Column]
    made_by: str = ""
    measured_by: str = ""
    report: str = ""
    sheet: bool = False
    parquet: bool = False
    open: bool = False

    @property
    def file(self) -> str:
        """Where the table for readers is, relative to the study."""
        return f"results/tables/{self.name}.csv"

    @property
    def parquet_file(self) -> str:
        """Where the table for readers is as Parquet, relative to the study."""
        return f"results/tables/{self.name}.parquet"

    @property
    def measure_file(self) -> str:
        """Where the measure is, relative to the study."""
        return f"results/measures/{self.name}.parquet"

    @property
    def measures(self) -> set[str]:
        """The measures of all columns."""
        return {name for column in self.columns.values() for name in column.measures}


@cache
def table_schemas(path: Path = TABLE_SCHEMAS) -> dict[str, Table]:
    """Every table by name, in the order of the schema file."""
    # Read at every start: the safe loader in C takes an eighth of the time.
    entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {
        name: Table(name, **{**entry, "columns": {column: _column(**of) for column, of in entry["columns"].items()}})
        for name, entry in entries.items()
    }


def _column(type: str, about: str, measure: str | Sequence[str] = ()) -> Column:
    return Column(type, about, (measure,) if isinstance(measure, str) else tuple(measure))


def files_made_by(rule: str) -> dict[str, str]:
    """The tables that a rule of the workflow writes, by name: what is an output of it, relative to the study.

    >>> files_made_by("keywords"), files_made_by("matches")
    ({'keywords': 'results/tables/keywords.csv'}, {'matches': 'results/measures/matches.parquet'})
    >>> files_made_by("mentions")["hits_parquet"]
    'results/tables/hits.parquet'
    """
    made = [table for table in table_schemas().values() if table.made_by == rule]
    measured = [table for table in table_schemas().values() if table.measured_by == rule]
    files = {table.name: table.file for table in made} | {table.name: table.measure_file for table in measured}
    return files | {f"{table.name}_parquet": table.parquet_file for table in made if table.parquet}
