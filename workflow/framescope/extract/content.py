"""The content of a source as the reader of its format returns it, before it becomes a Document."""

from __future__ import annotations

from dataclasses import dataclass, field

from framescope.document import LeftOut, Note, Section


@dataclass
class Content:
    """Sections with paragraphs, notes, and the text left out; `encoding` and `pages` if the format has them."""

    title: str | None
    sections: list[Section]
    notes: list[Note] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    encoding: str | None = None
    pages: int | None = None
