"""The description of the tables of a package."""

from __future__ import annotations

import json
from pathlib import Path

from framescope.publish.tabular import data_package
from framescope.table_schemas import table_schemas
from framescope.tables import write_table


def described(folder: Path, *names: str) -> tuple[str, list[dict[str, str]]]:
    """The profile of a package with these files of tables, which have no rows, and the tables that it describes."""
    for name in names:
        write_table([], Path(name).stem, folder / name)
    package = json.loads(data_package("A study", {f"study/results/tables/{name}": folder / name for name in names}))
    return package["profile"], package["resources"]


def test_a_table_that_is_parquet_alone_is_described_as_parquet_and_the_package_as_one_of_any_data(tmp_path: Path):
    profile, (skipped, hits) = described(tmp_path, "skipped.csv", "hits.parquet")
    assert profile == "data-package"
    assert (skipped["profile"], skipped["format"]) == ("tabular-data-resource", "csv")
    assert (hits["profile"], hits["format"]) == ("data-resource", "parquet")
    assert [field["name"] for field in hits["schema"]["fields"]] == list(table_schemas()["hits"].columns)


def test_a_table_that_has_a_csv_file_is_described_by_it_alone(tmp_path: Path):
    profile, (hits,) = described(tmp_path, "hits.csv", "hits.parquet")
    assert (profile, hits["format"]) == ("tabular-data-package", "csv")
