"""Renumbering sections after some were removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from framescope.document import Note, Section
from framescope.identifiers import section_id


def renumber(sections: Sequence[Section], notes: Sequence[Note]) -> tuple[list[Section], list[Note]]:
    """The sections with ids according to their positions, and the notes with the new ids of their sections."""
    ids = {section.id: section_id(place, section.title) for place, section in enumerate(sections, start=1)}
    return (
        [replace(section, id=ids[section.id]) for section in sections],
        [replace(note, section=ids.get(note.section or "")) for note in notes],
    )
