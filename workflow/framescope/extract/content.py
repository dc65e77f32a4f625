"""What a reader of one format finds in a source, before it becomes a Document."""

from __future__ import annotations

from dataclasses import dataclass, field

from framescope.document import LeftOut, Note, Section


@dataclass
class Content:
    """Sections with their paragraphs, notes and what was left out; `encoding` and `pages` where the format has them."""

    title: str | None
    sections: list[Section]
    notes: list[Note] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    encoding: str | None = None
    pages: int | None = None
