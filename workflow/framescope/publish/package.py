"""Writing a package: one zip file with the study, its results, the code, and descriptions for people and programs."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from framescope.checking import checked_study
from framescope.contents import sha256_of
from framescope.present.dictionary import data_dictionary, parquet_alone, recorded_files
from framescope.publish.contents import package_files, source_files
from framescope.publish.crate import crate
from framescope.publish.tabular import data_package
from framescope.running.config_file import read_config
from framescope.study import Study
from framescope.table_schemas import table_schemas

# The libraries that the README of a package names; the others are in its requirements.
NAMED_LIBRARIES = ("spacy", "textacy", "pandas", "numpy", "scipy", "snakemake")
# The first day that a zip file can have; the days of the files say nothing of the study.
DAY = (1980, 1, 1, 0, 0, 0)


def write_package(folder: Path, target: Path, with_sources: bool = True) -> list[str]:
    """Write the package of a finished study, and return the paths of the files in it.

    The same study, packaged on the same day, gives the same bytes; SOURCE_DATE_EPOCH, in seconds, sets the day.

    Raises: StudyError if the study cannot run or has no results.
    """
    study = checked_study(read_config(folder / "config.yaml"), folder)
    files = package_files(folder, study, with_sources)
    record = json.loads((folder / "results" / "provenance.json").read_text(encoding="utf-8"))
    made = {"README.md": _readme(folder, study, record, files, with_sources), "codebook.md": data_dictionary()}
    made["datapackage.json"] = data_package(study.config["title"], files)
    if not with_sources:
        made["sources.csv"] = _digests(folder, source_files(folder, study))
    facts = {path: (file.stat().st_size, sha256_of(file)) for path, file in files.items()}
    made["ro-crate-metadata.json"] = crate(study.config["title"], facts, record, _today())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted([*files, *made]):
            entry = zipfile.ZipInfo(path, DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if path.endswith(".sh") else 0o644) << 16
            archive.writestr(entry, made[path] if path in made else files[path].read_bytes())
    return sorted([*files, *made])


def _readme(
    folder: Path, study: Study, record: Mapping[str, Any], files: Mapping[str, Path], with_sources: bool
) -> str:
    environment = Environment(
        loader=PackageLoader("framescope", "publish"),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["cell"] = _cell
    return environment.get_template("README.md.jinja").render(
        title=study.config["title"],
        record=record,
        documents=_rows(folder / "results" / "tables" / "documents.csv"),
        skipped=_rows(folder / "results" / "tables" / "skipped.csv"),
        tables=[table for table in table_schemas().values() if table.made_by],
        file_of=recorded_files(record),
        parquet_alone=parquet_alone(record["tables"]),
        libraries=[name for name in NAMED_LIBRARIES if name in record["libraries"]],
        with_sources=with_sources,
        has_config="study/config.yaml" in files,
        megabytes=round(sum(file.stat().st_size for file in files.values()) / 1e6),
    )


def _cell(text: str) -> str:
    """A text as a cell of a table in Markdown."""
    return " ".join(text.split()).replace("|", "\\|")


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _digests(folder: Path, names: list[str]) -> str:
    """A table of the sources that are left out: file, bytes, sha256."""
    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(["file", "bytes", "sha256"])
    rows.writerows([name, (folder / name).stat().st_size, sha256_of(folder / name)] for name in names)
    return stream.getvalue()


def _today() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return now.date().isoformat()
