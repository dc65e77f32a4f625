"""Verification that two runs of a study give the same tables; otherwise the first cell that differs."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from framescope.running.run import start

# Folders that runs and installations make in the folder of a study.
NOT_COPIED = {"results", ".snakemake", ".venv", ".git"}


def first_difference(ours: str | Path, theirs: str | Path) -> str | None:
    """The first cell in which the tables of two folders differ, in the order of their names; None if none does.

    Tables are compared as CSV, and as Parquet where there is no CSV file.
    """
    as_csv, as_parquet = (
        {path.name for folder in (ours, theirs) for path in Path(folder).glob(f"*{suffix}")}
        for suffix in (".csv", ".parquet")
    )
    alone = {name for name in as_parquet if Path(name).with_suffix(".csv").name not in as_csv}
    for name in sorted(as_csv | alone):
        first, second = Path(ours) / name, Path(theirs) / name
        if not first.exists() or not second.exists():
            return f"{name}: only in {(first if first.exists() else second).parent}"
        if first.read_bytes() != second.read_bytes():
            return f"{name}: {_cell(first, second)}"
    return None


def _cell(first: Path, second: Path) -> str:
    header: list[Any] = []
    for line, (row, other) in enumerate(zip_longest(_rows(first), _rows(second)), 1):
        header = header or row or []
        if row is None or other is None:
            return f"line {line} is only in {(first if other is None else second).parent}"
        for column, cell, different in zip_longest(header, row, other, fillvalue="(no cell)"):
            if cell != different:
                return f"line {line}, {column}: {cell!r} and {different!r}"
    return "the same cells written differently"


def _rows(table: Path) -> Iterator[list[Any]]:
    """The names of the columns of a table in CSV or Parquet, and then its rows, few of them in memory at a time."""
    if table.suffix == ".parquet":
        file = pq.ParquetFile(table)
        yield file.schema_arrow.names
        for part in file.iter_batches():
            yield from (list(row.values()) for row in part.to_pylist())
    else:
        with table.open(encoding="utf-8", newline="") as stream:
            yield from csv.reader(stream)


def verify(study: Path, cores: str | None = None) -> int:
    """Run a copy of a study without its results and compare the tables; the result is 1 if they differ."""

    def ignored(folder: str, names: list[str]) -> set[str]:
        return NOT_COPIED if Path(folder) == study else set()

    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(shutil.copytree(study, Path(folder) / "study", symlinks=True, ignore=ignored))
        if failed := start(fresh, cores):
            return failed
        difference = first_difference(study / "results" / "tables", fresh / "results" / "tables")
    print(difference or "The tables are the same.")
    return int(difference is not None)
