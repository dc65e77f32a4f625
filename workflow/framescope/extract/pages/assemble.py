"""Assembly of blocks and notes into the sections, notes and left-out text of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from framescope.document import Call, LeftOut, LeftOutKind, Note, NoteStatus, Paragraph, Section
from framescope.extract.content import Content
from framescope.extract.note_calls import taken_out
from framescope.extract.pages.back_matter import RETURN
from framescope.extract.pages.front_matter import front_matter
from framescope.extract.pages.hyphens import Vocabulary, join
from framescope.extract.pages.lines import BULLET, MARK, Block, Line, number_of
from framescope.extract.pages.notes import Draft
from framescope.identifiers import section_id

# A text without notes that has at least this number of markers, counting from 1, is one whose notes are missing.
FEWEST_UNANSWERED = 3


def assemble(
    blocks: Sequence[Block],
    drafts: Sequence[Draft],
    left_out: Sequence[LeftOut],
    paged: bool,
    typeset: bool,
    lines: Sequence[Line],
) -> Content:
    """The content of blocks in reading order. Markers are removed from the text and show which section cites a note."""
    vocabulary = Vocabulary.of(lines)
    _restore(blocks, drafts)
    title, rest = front_matter(blocks, typeset)
    content = Content(title.plain if title else None, [], left_out=list(left_out))
    called: dict[str, list[_Place]] = {}
    for block in rest:
        text = join(block.lines, vocabulary)
        page = block.lines[0].page if paged else None
        if block.kind == "heading":
            heading = _tidy(text)
            content.sections.append(Section(section_id(len(content.sections) + 1, heading), heading, block.level))
            for number in MARK.findall(text):
                called.setdefault(number, []).append(_Place(content.sections[-1].id))
        elif block.kind in ("prose", "item", "quote"):
            if not content.sections:
                content.sections.append(Section(section_id(1, None), None, 1))
            words, found = taken_out(MARK, text, _without_bullet)
            paragraph = Paragraph(block.kind, words, page)
            if words:
                content.sections[-1].paragraphs.append(paragraph)
            for at, marker in found:
                called.setdefault(marker[1], []).append(_Place(content.sections[-1].id, paragraph, at))
        else:
            content.left_out.append(LeftOut(cast(LeftOutKind, block.kind), MARK.sub(r"\1", text), page))
    if title and content.sections:
        for number in MARK.findall(" ".join(line.text for line in title.lines)):
            called.setdefault(number, []).insert(0, _Place(content.sections[0].id))
    _tie(content, drafts, called, vocabulary)
    return content


def _restore(blocks: Sequence[Block], drafts: Sequence[Draft]) -> None:
    """Turn markers without a note back into plain text, unless they continue the count of those with one."""
    answered = {draft.number for draft in drafts}
    called = [number for block in blocks for line in block.lines for number in MARK.findall(line.text)]
    counted = {number for number in called if number_of(number) is not None} - answered
    last = max((value for number in answered if (value := number_of(number)) is not None), default=0)
    missing = {number for number in counted if int(number) < last}
    while str(last + 1) in counted:
        last += 1
        missing.add(str(last))
    if not answered and len(missing) < FEWEST_UNANSWERED:
        missing = set()
    for line in (line for block in blocks for line in block.lines):
        line.text = MARK.sub(lambda m: m.group() if m.group(1) in answered | missing else m.group(1), line.text)


def _tidy(text: str) -> str:
    return " ".join(MARK.sub("", text).split())


def _without_bullet(text: str) -> str:
    return BULLET.sub("", _tidy(text), count=1)


@dataclass
class _Place:
    """Where a marker is: the id of its section, and its paragraph and position there, if it is not in a heading."""

    section: str
    paragraph: Paragraph | None = None
    at: int = 0


def _tie(content: Content, drafts: Sequence[Draft], called: dict[str, list[_Place]], vocabulary: Vocabulary) -> None:
    """Add the notes, each with its section and cited at its marker; a marker without a note is a missing note."""
    answered: dict[str, int] = {}
    for draft in drafts:
        places = called.get(draft.number, [])
        nth = answered.get(draft.number, 0)
        answered[draft.number] = nth + 1
        place = places[nth] if nth < len(places) else None
        text = _tidy(RETURN.sub("", join(draft.lines, vocabulary)))
        status: NoteStatus = "missing" if not text else "truncated" if draft.truncated else "whole"
        _add(content, Note(draft.number, text, place.section if place else None, status), place)
    for number, places in called.items():
        for place in places[answered.get(number, 0) :]:
            _add(content, Note(number, "", place.section, "missing"), place)
    missing = [note.number for note in content.notes if note.status == "missing"]
    truncated = [note.number for note in content.notes if note.status == "truncated"]
    if missing:
        content.warnings.append(f"notes called in the text but not found: {', '.join(missing)}")
    if truncated:
        content.warnings.append(f"notes whose text breaks off: {', '.join(truncated)}")


def _add(content: Content, note: Note, place: _Place | None) -> None:
    if place and place.paragraph:
        place.paragraph.calls.append(Call(place.at, len(content.notes)))
        place.paragraph.calls.sort(key=lambda call: call.at)
    content.notes.append(note)
