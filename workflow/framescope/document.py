"""The result of extraction: the sections, paragraphs and notes of a document, and the text that was left out."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal

ParagraphKind = Literal["prose", "item", "quote"]
NoteStatus = Literal["whole", "truncated", "missing"]
LeftOutKind = Literal[
    "header", "footer", "page number", "line number", "watermark", "table", "caption", "reference", "link", "other"
]
RoleSource = Literal["heading", "config", "default"]


class ExtractionError(Exception):
    """A source that cannot be used: the file, the reason, and what the user can do about it."""

    def __init__(self, file: str, reason: str, remedy: str, retry: bool = False) -> None:
        super().__init__(f"{file}: {reason}. {remedy}")
        self.file, self.reason, self.remedy, self.retry = file, reason, remedy, retry

    def __reduce__(self) -> tuple[type, tuple[str, str, str, bool]]:
        return type(self), (self.file, self.reason, self.remedy, self.retry)


class OurError(ExtractionError):
    """A source that could not be read because of an error in Framescope."""


@dataclass
class Call:
    """Where a paragraph cites a note: `at` is the number of its characters before the marker, which is not part of the
    text, and `note` the place of the note among those of the document, from 0.
    """

    at: int
    note: int


@dataclass
class Paragraph:
    """The text of a paragraph, list item or block quotation, and the notes that it cites, in order.

    Pages count from 1; `page` is None if there are none.
    """

    kind: ParagraphKind
    text: str
    page: int | None = None
    calls: list[Call] = field(default_factory=list)


def begins_block(current: Paragraph, previous: Paragraph | None) -> bool:
    """Whether a paragraph begins a block, the unit of inference; a list item belongs to the block before it."""
    return not (current.kind == "item" and previous is not None and previous.kind in ("prose", "item"))


@dataclass
class Section:
    """A headed part of a document; `title` is None for text before the first heading."""

    id: str
    title: str | None
    level: int
    role: str = "body"
    role_source: RoleSource = "default"
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass
class Note:
    """A footnote or endnote. `section` is the id of the section that cites it; `text` is empty if it is missing."""

    number: str
    text: str
    section: str | None = None
    status: NoteStatus = "whole"


@dataclass
class LeftOut:
    """Text that was read but belongs to no section and no note."""

    kind: LeftOutKind
    text: str
    page: int | None = None


@dataclass
class Source:
    """Facts about the file from which a document was read; `sha256` is the digest of its bytes."""

    file: str
    sha256: str
    format: str
    encoding: str | None = None
    pages: int | None = None


@dataclass
class Document:
    """One source text as extraction has read it; `id` is the column `document` of the tables."""

    id: str
    title: str | None
    source: Source
    sections: list[Section]
    notes: list[Note] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """This document as plain lists, dicts, strings and numbers."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> Document:
        """The document that `to_dict` wrote."""
        return cls(
            id=record["id"],
            title=record["title"],
            source=Source(**record["source"]),
            sections=[
                Section(**{**section, "paragraphs": [_paragraph(paragraph) for paragraph in section["paragraphs"]]})
                for section in record["sections"]
            ],
            notes=[Note(**note) for note in record["notes"]],
            left_out=[LeftOut(**item) for item in record["left_out"]],
            warnings=list(record["warnings"]),
        )


def _paragraph(record: dict[str, Any]) -> Paragraph:
    return Paragraph(**{**record, "calls": [Call(**call) for call in record["calls"]]})
