"""Notes in a list at the end of a document, cited by raised or bracketed numbers without links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from framescope.document import Call, Note, Paragraph, Section
from framescope.extract.content import Content
from framescope.extract.markup.renumber import renumber
from framescope.extract.note_calls import Clean, cleaned
from framescope.extract.private_marks import MARKER_CLOSES, MARKER_OPENS

RAISED = re.compile(rf"\s*{MARKER_OPENS}(\d+){MARKER_CLOSES}")
BRACKETED = re.compile(r"\s*\[(\d{1,3})\]")
CITATION = re.compile(rf"{RAISED.pattern}|{BRACKETED.pattern}")
TITLE = re.compile(r"(?:(?:end|foot)?\s?notes(?: and references)?|references and notes):?", re.IGNORECASE)
ENTRY = re.compile(rf"^(?:{MARKER_OPENS}(\d+){MARKER_CLOSES}|\[(\d{{1,3}})\]|(\d{{1,3}})[.):]?(?=\s))\s*")
# The text must cite at least this share of a series of numbered paragraphs before they are taken as notes.
CITED_SHARE = 0.6


def take_listed_notes(content: Content) -> Content:
    """The content with the notes of a list at its end as notes, each with the section that cites it.

    The list has the title "Notes" (or Endnotes, Footnotes), or it consists of the last paragraphs of the last section,
    if these are numbered from 1 and cited in the text. Markers of notes are removed from the text. Raised numbers that
    cite no note become plain digits.
    """
    sections, entries = _titled_list([section for section in content.sections if not _was_emptied(section)])
    if not entries:
        sections, entries = _closing_list(sections)
    cited = {number: section.id for section in reversed(sections) for number in reversed(_cited(section))}
    places = {number: len(content.notes) + place for place, number in enumerate(entries)}
    sections = [_without_markers(section, places) for section in sections]
    notes = [Note(number, plain_digits(text), cited.get(number)) for number, text in entries.items()]
    sections, notes = renumber(sections, content.notes + notes)
    return replace(content, sections=sections, notes=notes)


def _was_emptied(section: Section) -> bool:
    """Whether a section is the heading of a list of notes that were already found by their links."""
    return not section.paragraphs and TITLE.fullmatch(section.title or "") is not None


def _titled_list(sections: list[Section]) -> tuple[list[Section], dict[str, str]]:
    titled = [section for section in sections if TITLE.fullmatch(section.title or "")]
    if not titled:
        return sections, {}
    last = titled[-1]
    items = all(paragraph.kind == "item" for paragraph in last.paragraphs)
    numbered = sum(1 for paragraph in last.paragraphs if ENTRY.match(paragraph.text))
    if last.paragraphs and not items and numbered < CITED_SHARE * len(last.paragraphs):
        return sections, {}
    return [section for section in sections if section is not last], _entries(last.paragraphs, items)


def _closing_list(sections: list[Section]) -> tuple[list[Section], dict[str, str]]:
    if not sections:
        return sections, {}
    paragraphs = sections[-1].paragraphs
    starts = [place for place, paragraph in enumerate(paragraphs) if _number(paragraph.text) == "1"]
    if not starts:
        return sections, {}
    entries = _entries(paragraphs[starts[-1] :], False)
    last = replace(sections[-1], paragraphs=paragraphs[: starts[-1]])
    cited = {number for section in (*sections[:-1], last) for number in _cited(section)}
    in_order = list(entries) == [str(number) for number in range(1, len(entries) + 1)]
    if not in_order or len(entries) < 2 or len(cited & set(entries)) < CITED_SHARE * len(entries):
        return sections, {}
    return [*sections[:-1], last], entries


def _entries(paragraphs: list[Paragraph], items: bool) -> dict[str, str]:
    """The texts of listed notes by number; a paragraph without a number continues the note before it."""
    entries: dict[str, str] = {}
    for paragraph in paragraphs:
        number = _number(paragraph.text)
        text = ENTRY.sub("", paragraph.text, count=1)
        if number and number not in entries:
            entries[number] = text
        elif items or not entries:
            entries[str(len(entries) + 1)] = paragraph.text
        else:
            entries[list(entries)[-1]] += " " + paragraph.text
    return entries


def _number(text: str) -> str | None:
    match = ENTRY.match(text)
    return next(group for group in match.groups() if group) if match else None


def _cited(section: Section) -> list[str]:
    return [_number_of(each) for paragraph in section.paragraphs for each in CITATION.finditer(paragraph.text)]


def _number_of(citation: re.Match[str]) -> str:
    return str(citation[1] or citation[2])


def _without_markers(section: Section, places: Mapping[str, int]) -> Section:
    """The section without the markers of notes; `places` are those of the notes, by number."""

    def clean(text: str) -> str:
        return plain_digits(CITATION.sub(lambda found: "" if _number_of(found) in places else found[0], text))

    paragraphs = [_with_calls(paragraph, clean, places) for paragraph in section.paragraphs]
    title = clean(section.title) if section.title else None
    return replace(section, title=title, paragraphs=[paragraph for paragraph in paragraphs if paragraph.text])


def _with_calls(paragraph: Paragraph, clean: Clean, places: Mapping[str, int]) -> Paragraph:
    """The cleaned paragraph with the notes that its markers cite."""
    kept = cleaned(paragraph, clean)
    found = [
        Call(len(clean(paragraph.text[: each.start()])), places[number])
        for each in CITATION.finditer(paragraph.text)
        if (number := _number_of(each)) in places
    ]
    return replace(kept, calls=sorted([*kept.calls, *found], key=lambda call: call.at))


def plain_digits(text: str) -> str:
    """The text with raised numbers as ordinary digits."""
    return text.replace(MARKER_OPENS, "").replace(MARKER_CLOSES, "")


def without_markers(text: str) -> str:
    """The text without raised numbers, for titles that cite a note."""
    return RAISED.sub("", text)
