"""The register of a study: its documents by batch in one file, from which jobs take those of their batch.

As parameters of rules, the documents of a large study would be written into the records of every job.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from framescope.cache import write_whole
from framescope.corpora.documents import FACTS, Documents, facts
from framescope.corpora.listing import row_place

# What extraction depends on, and what the dates of texts depend on.
SOURCE = ("document", "file", "row", "sha256", "language")
DATED = ("document", "published")
METADATA = ("document", "file", *FACTS)
BETWEEN = b"\x1f"
DIGEST = b"digest"
ROWS_AT_ONCE = 4_096


class Register:
    """The documents in the order of `batches`, and digests of what jobs read from the register."""

    def __init__(self, documents: Documents, batches: Mapping[str, Sequence[str]]) -> None:
        ordered = pa.array([document for members in batches.values() for document in members], pa.string())
        names = [name for name, members in batches.items() for _ in members]
        table = documents.table.take(pc.index_in(ordered, documents.table["document"]))
        self._table = table.append_column("batch", pa.array(names, pa.string())).combine_chunks()
        self._batches: dict[str, pa.Table] = {}
        start = 0
        for name, members in batches.items():
            self._batches[name] = self._table.slice(start, len(members))
            start += len(members)

    @cached_property
    def of_sources(self) -> dict[str, str]:
        """The digest of what extraction needs to know about the documents of each batch."""
        return {batch: _digest(table, SOURCE) for batch, table in self._batches.items()}

    def of_dates(self, batch: str | None = None) -> str:
        """The digest of the dates of publication of the documents of a batch, or of all."""
        return _digest(self._table if batch is None else self._batches[batch], DATED)

    @cached_property
    def of_metadata(self) -> str:
        """The digest of the files and the metadata of all documents."""
        return _digest(self._table, METADATA)

    def files(self, batch: str) -> list[str]:
        """The files of a batch that are one document each."""
        table = self._batches[batch]
        return list(table.filter(pc.is_null(table["row"]))["file"].to_pylist())

    def write(self, file: str | Path) -> None:
        """Write the register, with a row group for each batch, unless the file has it already."""
        digest = hashlib.sha256(repr([self.of_metadata, self.of_sources]).encode()).hexdigest().encode()
        if _written(Path(file)) == digest:
            return
        sink = pa.BufferOutputStream()
        schema = self._table.schema.with_metadata({DIGEST: digest})
        with pq.ParquetWriter(sink, schema) as writer:
            for table in self._batches.values():
                writer.write_table(table.cast(schema), row_group_size=len(table))
        write_whole(Path(file), sink.getvalue())


def entries(file: str | Path, batch: str) -> list[dict[str, str]]:
    """What extraction needs to know about the documents of a batch; for a row of a table also its id and digest."""
    described = []
    for cells in _read(file, SOURCE, batch).to_pylist():
        entry = {"document": cells["document"], "file": cells["file"], "language": cells["language"] or ""}
        row = {"row": cells["row"], "sha256": cells["sha256"].hex()} if cells["row"] is not None else {}
        described.append(entry | row)
    return described


def published(file: str | Path, batch: str | None = None) -> dict[str, str]:
    """The dates of publication of those documents of a batch, or of all, for which the study gives one."""
    table = _read(file, DATED, batch)
    table = table.filter(pc.is_valid(table["published"]))
    return dict(zip(table["document"].to_pylist(), table["published"].to_pylist(), strict=True))


def described(file: str | Path) -> dict[str, Mapping[str, Any]]:
    """The metadata and the files of all documents, each by id."""
    metadata: dict[str, dict[str, str]] = {}
    files: dict[str, str] = {}
    for part in _read(file, METADATA).to_batches():
        for cells in part.to_pylist():
            metadata[cells["document"]] = facts(cells)
            files[cells["document"]] = row_place(cells["file"], cells["row"]) if cells["row"] else cells["file"]
    return {"metadata": metadata, "files": files}


def _read(file: str | Path, columns: Iterable[str], batch: str | None = None) -> pa.Table:
    return pq.read_table(file, columns=list(columns), filters=[("batch", "=", batch)] if batch else None)


def _written(file: Path) -> bytes | None:
    try:
        return (pq.read_schema(file).metadata or {}).get(DIGEST)
    except (FileNotFoundError, pa.ArrowInvalid):
        return None


def _digest(table: pa.Table, columns: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in table.select(list(columns)).to_batches(ROWS_AT_ONCE):
        cells = [column.cast(pa.binary()) for column in part.columns]
        joined = pc.binary_join_element_wise(*cells, b"\n", BETWEEN, null_handling="replace", null_replacement=b"")
        digest.update(b"".join(joined.to_pylist()))
    return digest.hexdigest()
