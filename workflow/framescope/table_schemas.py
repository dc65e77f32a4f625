"""The schemas of the tables of a study, read from schemas/tables.yaml."""

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
    """The type and meaning of a column. `type` is text, date, integer, number or boolean.

    `measures` names the functions that compute its values by their place in the package, such as
    "compare.emphasis.rates.share_of_hits".
    """

    type: str
    about: str
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: its columns, the rules that write it, and where it is shown.

    `made_by` is the rule that writes it for readers, and `measured_by` the rule that writes it as an intermediate file
    for later stages; each is empty if there is no such file. `on_request` is the path of a table that is made only when
    it is asked for. `report` is the heading under which the report lists it. A
    table with `sheet` is a sheet of the workbook and is available to the report and the figures. A table with `parquet`
    is also written as Parquet. An `open` table may have further columns after those named here.
    """

    name: str
    row: str
    about: str
    columns: dict[str, Column]
    made_by: str = ""
    measured_by: str = ""
    on_request: str = ""
    report: str = ""
    sheet: bool = False
    parquet: bool = False
    open: bool = False

    @property
    def file(self) -> str:
        """The path of the table for readers, relative to the study."""
        return f"results/tables/{self.name}.csv"

    @property
    def parquet_file(self) -> str:
        """The path of the table for readers as Parquet, relative to the study."""
        return f"results/tables/{self.name}.parquet"

    @property
    def measure_file(self) -> str:
        """The path of the intermediate file, relative to the study."""
        return f"results/measures/{self.name}.parquet"

    @property
    def measures(self) -> set[str]:
        """The measures of all columns."""
        return {name for column in self.columns.values() for name in column.measures}


@cache
def table_schemas(path: Path = TABLE_SCHEMAS) -> dict[str, Table]:
    """Every table by name, in the order of the schema file."""
    # This file is read at every start, and the safe loader in C needs an eighth of the time.
    entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {
        name: Table(name, **{**entry, "columns": {column: _column(**of) for column, of in entry["columns"].items()}})
        for name, entry in entries.items()
    }


def _column(type: str, about: str, measure: str | Sequence[str] = ()) -> Column:
    return Column(type, about, (measure,) if isinstance(measure, str) else tuple(measure))


def files_made_by(rule: str) -> dict[str, str]:
    """The files of tables that a rule of the workflow writes, by name, with paths relative to the study.

    >>> files_made_by("keywords"), files_made_by("timeline")
    ({'keywords': 'results/tables/keywords.csv'}, {'timeline': 'results/tables/timeline.csv'})
    >>> files_made_by("mentions")["hits_parquet"]
    'results/tables/hits.parquet'
    """
    made = [table for table in table_schemas().values() if table.made_by == rule]
    measured = [table for table in table_schemas().values() if table.measured_by == rule]
    files = {table.name: table.file for table in made} | {table.name: table.measure_file for table in measured}
    return files | {f"{table.name}_parquet": table.parquet_file for table in made if table.parquet}
