"""Blocks and notes as the sections, notes and left-out pieces that extraction hands on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from framescope.document import LeftOut, LeftOutKind, Note, NoteStatus, Paragraph, Section
from framescope.extract.content import Content
from framescope.extract.front import front_matter
from framescope.extract.hyphens import Vocabulary, join
from framescope.extract.lines import BULLET, MARK, Block, Line
from framescope.extract.notes import Draft
from framescope.identifiers import section_id

# The sign that leads from a note back to the text in printed web pages.
RETURN = re.compile(r"[↩⤴][\ufe0e\ufe0f]?")


def assemble(
    blocks: Sequence[Block],
    drafts: Sequence[Draft],
    left_out: Sequence[LeftOut],
    paged: bool,
    typeset: bool,
    lines: Sequence[Line],
) -> Content:
    """A Content of blocks in reading order; markers leave the text and tie notes to the sections that call them."""
    vocabulary = Vocabulary.of(lines)
    title, rest = front_matter(blocks, typeset)
    content = Content(title, [], left_out=list(left_out))
    called: dict[str, list[str]] = {}
    for block in rest:
        text = join(block.lines, vocabulary)
        page = block.lines[0].page if paged else None
        if block.kind == "heading":
            heading = MARK.sub("", text).strip()
            content.sections.append(Section(section_id(len(content.sections) + 1, heading), heading, block.level))
        elif block.kind in ("prose", "item", "quote"):
            if not content.sections:
                content.sections.append(Section(section_id(1, None), None, 1))
            content.sections[-1].paragraphs.append(Paragraph(block.kind, BULLET.sub("", _tidy(text), count=1), page))
        else:
            content.left_out.append(LeftOut(cast(LeftOutKind, block.kind), MARK.sub("", text), page))
        if content.sections:
            for number in MARK.findall(text):
                called.setdefault(number, []).append(content.sections[-1].id)
    _tie(content, drafts, called, vocabulary)
    return content


def _tidy(text: str) -> str:
    return " ".join(MARK.sub("", text).split())


def _tie(content: Content, drafts: Sequence[Draft], called: dict[str, list[str]], vocabulary: Vocabulary) -> None:
    """Add the notes, each with its section; a marker that no note answers is a missing note."""
    answered: dict[str, int] = {}
    for draft in drafts:
        places = called.get(draft.number, [])
        nth = answered.get(draft.number, 0)
        answered[draft.number] = nth + 1
        section = places[min(nth, len(places) - 1)] if places else None
        text = _tidy(RETURN.sub("", join(draft.lines, vocabulary)))
        status: NoteStatus = "missing" if not text else "truncated" if draft.truncated else "whole"
        content.notes.append(Note(draft.number, text, section, status))
    for number, places in called.items():
        for section in places[answered.get(number, 0) :]:
            content.notes.append(Note(number, "", section, "missing"))
    missing = [note.number for note in content.notes if note.status == "missing"]
    truncated = [note.number for note in content.notes if note.status == "truncated"]
    if missing:
        content.warnings.append(f"notes called in the text but not found: {', '.join(missing)}")
    if truncated:
        content.warnings.append(f"notes whose text breaks off: {', '.join(truncated)}")
