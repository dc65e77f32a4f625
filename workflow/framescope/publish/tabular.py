"""The description of a package's tables as a Frictionless Data Package (specs.frictionlessdata.io, version 1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from framescope.contents import sha256_of
from framescope.table_schemas import Table, table_schemas
from framescope.tables import column_names

# A date of ours may be a month or a year alone, or lie before the year 1, so that it is text there.
TYPES = {"text": "string", "date": "string", "integer": "integer", "number": "number", "boolean": "boolean"}
TABULAR = "tabular-data-resource"
CSV = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
PARQUET = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}


def data_package(title: str, files: Mapping[str, Path]) -> str:
    """The datapackage.json of a package: every table of results with its columns, types, meaning, size and SHA-256.

    `files` has the files of the package by their path in it. A table is described as Parquet, which the profile of
    tabular data does not allow, only if it has no CSV file.
    """
    schemas = {
        f"study/{table.file_of_study(large=f'study/{table.file}' not in files)}": table
        for table in table_schemas().values()
    }
    resources = [_resource(path, file, schemas[path]) for path, file in files.items() if path in schemas]
    tabular = all(resource["profile"] == TABULAR for resource in resources)
    profile = "tabular-data-package" if tabular else "data-package"
    described = {"profile": profile, "name": "framescope-study", "title": title, "resources": resources}
    return json.dumps(described, indent=1, ensure_ascii=False) + "\n"


def _resource(path: str, file: Path, table: Table) -> dict[str, Any]:
    parquet = file.suffix == ".parquet"
    return {
        "profile": "data-resource" if parquet else TABULAR,
        "name": table.name,
        "path": path,
        "description": f"One row is {table.row}. {table.about}",
        **(PARQUET if parquet else CSV),
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256_of(file)}",
        "schema": {"fields": _fields(file, table), "missingValues": [""]},
    }


def _fields(file: Path, table: Table) -> list[dict[str, str]]:
    """The columns in the order of the file; those of an open table that its schema does not name have any type."""
    names = pq.read_schema(file).names if file.suffix == ".parquet" else column_names(file)
    fields = []
    for name in names:
        column = table.columns.get(name)
        described = {"type": TYPES[column.type], "description": column.about} if column else {"type": "any"}
        fields.append({"name": name, **described})
    return fields
