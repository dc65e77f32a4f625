"""Sections counted anew after some were taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from framescope.document import Note, Section
from framescope.identifiers import section_id


def renumber(sections: Sequence[Section], notes: Sequence[Note]) -> tuple[list[Section], list[Note]]:
    """The sections with ids by their place, and the notes with the new ids of the sections that cite them."""
    ids = {section.id: section_id(place, section.title) for place, section in enumerate(sections, start=1)}
    return (
        [replace(section, id=ids[section.id]) for section in sections],
        [replace(note, section=ids.get(note.section or "")) for note in notes],
    )
