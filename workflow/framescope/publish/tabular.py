"""The description of a package's tables as a Frictionless Data Package (specs.frictionlessdata.io, version 1)."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from framescope.contents import sha256_of
from framescope.table_schemas import Table, table_schemas

# A date of ours may be a month or a year alone, or lie before the year 1, so that it is text there.
TYPES = {"text": "string", "date": "string", "integer": "integer", "number": "number", "boolean": "boolean"}


def data_package(title: str, files: Mapping[str, Path]) -> str:
    """The datapackage.json of a package: every table of results with its columns, types, meaning, size and SHA-256.

    `files` has the files of the package by their path in it.
    """
    schemas = {f"study/{table.file}": table for table in table_schemas().values()}
    resources = [_resource(path, file, schemas[path]) for path, file in files.items() if path in schemas]
    described = {"profile": "tabular-data-package", "name": "framescope-study", "title": title, "resources": resources}
    return json.dumps(described, indent=1, ensure_ascii=False) + "\n"


def _resource(path: str, file: Path, table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path,
        "description": f"One row is {table.row}. {table.about}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256_of(file)}",
        "schema": {"fields": _fields(file, table), "missingValues": [""]},
    }


def _fields(file: Path, table: Table) -> list[dict[str, str]]:
    """The columns in the order of the file; those of an open table that its schema does not name have any type."""
    with file.open(encoding="utf-8", newline="") as stream:
        names = next(csv.reader(stream), [])
    fields = []
    for name in names:
        column = table.columns.get(name)
        described = {"type": TYPES[column.type], "description": column.about} if column else {"type": "any"}
        fields.append({"name": name, **described})
    return fields
