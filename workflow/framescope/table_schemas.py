"""The schemas of the tables of a study, read from schemas/tables.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from framescope.resources import SCHEMAS

TABLE_SCHEMAS = SCHEMAS / "tables.yaml"
# Estimated words of a study beyond which tables with `parquet` are not written as CSV. Words, because the workflow
# names its files before a run. So many give some 100,000 rows of hits, the longest table. A longer CSV file is slow to
# open and takes five times the room of Parquet; to write these takes a fifth of the time of their job.
MOST_WORDS_AS_CSV = 2_000_000


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
    it is asked for. `report` is the heading under which the report lists it. A table with `sheet` is a sheet of the
    workbook and is available to the report and the figures. A table with `parquet` is also written as Parquet, and in a
    large study as Parquet alone; it has no `sheet`. An `open` table may have further columns after those named here.
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

    def file_of_study(self, large: bool) -> str:
        """The path of the table to which readers are led: as CSV, or as Parquet if a large study has it so alone."""
        return self.parquet_file if large and self.parquet else self.file

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


def is_large(words: int) -> bool:
    """Whether a study of so many estimated words has tables with `parquet` as Parquet alone."""
    return words > MOST_WORDS_AS_CSV


def files_made_by(rule: str, large: bool) -> dict[str, str]:
    """The files of tables that a rule of the workflow writes, by name, with paths relative to the study.

    In a large study tables with `parquet` have no CSV file.

    >>> files_made_by("keywords", large=False), files_made_by("timeline", large=True)
    ({'keywords': 'results/tables/keywords.csv'}, {'timeline': 'results/tables/timeline.csv'})
    >>> files_made_by("mentions", large=False)["hits_parquet"]
    'results/tables/hits.parquet'
    >>> [name for name in files_made_by("mentions", large=True) if not name.endswith("_parquet")]
    ['concordance']
    """
    made = [table for table in table_schemas().values() if table.made_by == rule]
    measured = [table for table in table_schemas().values() if table.measured_by == rule]
    as_csv = [table for table in made if not (large and table.parquet)]
    files = {table.name: table.file for table in as_csv} | {table.name: table.measure_file for table in measured}
    return files | {f"{table.name}_parquet": table.parquet_file for table in made if table.parquet}
