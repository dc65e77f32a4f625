"""The documents of a study as a table, because a million of them as objects would take gigabytes of memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from framescope.batches import ROW, estimated_words
from framescope.corpora.listing import row_document, row_place
from framescope.corpora.metadata import with_facts
from framescope.corpora.rows import FACT_COLUMNS, Listing
from framescope.identifiers import LONGEST

# Metadata of a document; `row` is the id of the row, if the document is one row of a table.
FACTS = (*FACT_COLUMNS, "row")
# `sha256` is the digest of the text, if the document is a row of a table.
COLUMNS = pa.schema(
    [
        ("document", pa.string()),
        ("file", pa.string()),
        ("size", pa.int64()),
        ("sha256", pa.binary(32)),
        *((name, pa.string()) for name in FACTS),
    ]
)


@dataclass(frozen=True)
class Entry:
    """A document of the study: its id, its file relative to the study, its size in bytes and its metadata.

    `row` is the id of the row if the document is one row of a table.
    """

    document: str
    file: str
    size: int
    metadata: dict[str, str] = field(default_factory=dict)

    @property
    def row(self) -> str | None:
        """The id of the row, if the document is one row of a table."""
        return self.metadata.get("row")

    @property
    def place(self) -> str:
        """The file and, if the document is a row of a table, the row."""
        return row_place(self.file, self.row) if self.row else self.file


class Documents(Mapping[str, Entry]):
    """The documents by id, in the order of ids. `table` has the columns COLUMNS; it need not be in order."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table.take(pc.sort_indices(table["document"])).combine_chunks()

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __contains__(self, document: object) -> bool:
        return document in self._positions

    def __getitem__(self, document: str) -> Entry:
        (cells,) = self.table.slice(self._positions[document], 1).to_pylist()
        return Entry(cells["document"], cells["file"], cells["size"], facts(cells))

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the documents."""
        return list(self.table["document"].to_pylist())

    def estimated_words(self) -> dict[str, int]:
        """An estimate of the words of each document, from the size of its text or file."""
        cells = (self.table[name].to_pylist() for name in ("document", "file", "row", "size"))
        rows = zip(*cells, strict=True)
        return {d: estimated_words(file if row is None else ROW, size) for d, file, row, size in rows}

    @cached_property
    def files(self) -> list[str]:
        """The files that documents are in, each once."""
        return sorted(self.table["file"].unique().to_pylist())

    def in_file(self, file: str) -> list[str]:
        """The ids of the documents in a file."""
        return list(self.table.filter(pc.equal(self.table["file"], file))["document"].to_pylist())

    def places(self, document: str) -> list[str]:
        """The places that have documents with this id."""
        rows = self.table.filter(pc.equal(self.table["document"], document)).to_pylist()
        return [Entry(document, cells["file"], cells["size"], facts(cells)).place for cells in rows]

    def repeated(self) -> list[str]:
        """The ids that several documents have."""
        ids = self.table["document"].combine_chunks()
        return sorted(set(ids[1:].filter(pc.equal(ids[1:], ids[:-1])).to_pylist())) if len(ids) > 1 else []

    @cached_property
    def _positions(self) -> dict[object, int]:
        return {document: position for position, document in enumerate(self.ids)}


def facts(cells: Mapping[str, str | None]) -> dict[str, str]:
    """The metadata among the cells of a row of COLUMNS."""
    return {name: value for name in FACTS if (value := cells.get(name)) is not None}


def documents_of_files(entries: Iterable[Entry]) -> pa.Table:
    """Documents that are files."""
    rows = [{"document": e.document, "file": e.file, "size": e.size, **e.metadata} for e in entries]
    return pa.Table.from_pylist(rows, COLUMNS)


def documents_of_table(
    table: str, file: str, listing: Listing, whole: Mapping[str, str], stated: Mapping[str, Mapping[str, str]]
) -> pa.Table:
    """The documents in the rows of a table with the id `table`.

    The metadata `stated` for a document take precedence over those in the row itself, and these over the metadata of
    the whole table.
    """
    rows = listing.table
    document = pc.binary_join_element_wise(table, rows["id"], "-")
    if len(rows) and pc.max(pc.binary_length(document)).as_py() > LONGEST:
        document = pa.array([row_document(table, row) for row in rows["id"].to_pylist()], pa.string())
    columns = {
        "document": document,
        "file": pa.repeat(pa.scalar(file), len(rows)),
        **{name: rows[name] for name in ("size", "sha256", *FACT_COLUMNS)},
        "row": rows["id"],
    }
    if whole or stated:
        own = zip(document.to_pylist(), rows.select(FACT_COLUMNS).to_pylist(), strict=True)
        joined = [with_facts(whole, facts(cells), stated.get(identity, {})) for identity, cells in own]
        columns |= {name: pa.array([given.get(name) for given in joined], pa.string()) for name in FACT_COLUMNS}
    return pa.table([columns[name] for name in COLUMNS.names], COLUMNS)
