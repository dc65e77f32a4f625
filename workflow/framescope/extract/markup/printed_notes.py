"""Word files that were made from PDF, in which notes are numbered paragraphs at the end of each page.

The markers of these notes are joined to words. From the whole document it can be recognised, unlike from a single
page, which paragraphs are notes, which paragraphs were cut at the end of a page, and whether an indentation of all text
only looks like quotations.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from framescope.document import Call, Note, Paragraph, Section
from framescope.extract.content import Content

ENTRY = re.compile(r"(\d{1,4})\s+(?=\S)")
GLUED = re.compile(r"(?<=[.,;:?!”’\"')\]])(?<!\d[.,:])(\d{1,4})(?=[\s—–(]|$)|(?<=[^\W\d_]{3})(\d{1,4})(?=[\s.,;:]|$)")
SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
FEWEST = 3
# At least this share of the numbers of notes must follow a word directly; other numbered paragraphs are not cited so.
CITED_SHARE = 0.7
# If more than this share of the text is indented, indentation does not show quotations.
INDENTED_SHARE = 0.6


def with_printed_notes(content: Content) -> Content:
    """The content with such notes as notes, each with the section that cites it, and with cut paragraphs joined.

    Numbered paragraphs are notes if there are at least three whose numbers increase through the document, and if most
    of these numbers follow a word of the text directly. A document that already has notes keeps them.
    """
    sections = _unindented(content.sections)
    if content.notes:
        return replace(content, sections=sections)
    cited = {number: section.id for section in reversed(sections) for number in _cited(section)}
    entries = _rising([_number(p.text) for section in sections for p in section.paragraphs])
    if len(entries) < FEWEST or len(cited.keys() & set(entries.values())) < CITED_SHARE * len(entries):
        return replace(content, sections=sections)
    texts = [p for section in sections for p in section.paragraphs]
    notes = [
        Note(str(number), ENTRY.sub("", texts[place].text, count=1), cited.get(number))
        for place, number in entries.items()
    ]
    places = {number: place for place, number in enumerate(entries.values())}
    start, kept = 0, []
    for section in sections:
        taken = {place - start for place in entries if start <= place < start + len(section.paragraphs)}
        start += len(section.paragraphs)
        kept.append(replace(section, paragraphs=_joined(section.paragraphs, taken, places)))
    return replace(content, sections=kept, notes=notes)


def _unindented(sections: list[Section]) -> list[Section]:
    paragraphs = [p for section in sections for p in section.paragraphs]
    quoted = sum(len(p.text) for p in paragraphs if p.kind == "quote")
    if quoted <= INDENTED_SHARE * sum(len(p.text) for p in paragraphs):
        return sections
    return [
        replace(section, paragraphs=[replace(p, kind="prose") if p.kind == "quote" else p for p in section.paragraphs])
        for section in sections
    ]


def _number(text: str) -> int | None:
    match = ENTRY.match(text)
    return int(match[1]) if match else None


def _cited(section: Section) -> list[int]:
    return [int(match[1] or match[2]) for p in section.paragraphs for match in GLUED.finditer(p.text)]


def _rising(numbers: list[int | None]) -> dict[int, int]:
    """The longest series of numbers that increase by one, by their positions; single numbers may be missing."""
    places = [(place, number) for place, number in enumerate(numbers) if number is not None]
    best: dict[int, int] = {}
    for first, (_, last) in enumerate(places):
        run: dict[int, int] = {}
        for place, number in places[first:]:
            if not run or last < number <= last + 2:
                run[place], last = number, number
        best = max(best, run, key=len)
        if len(best) >= len(places) - first:
            break
    return best


def _joined(paragraphs: list[Paragraph], notes: set[int], places: Mapping[int, int]) -> list[Paragraph]:
    """The paragraphs without notes and markers; parts of a paragraph that was cut at the end of a page are joined.

    `notes` are the positions of paragraphs that are notes, and `places` those of the notes by number.
    """
    kept: list[Paragraph] = []
    for place, paragraph in enumerate(paragraphs):
        if place in notes:
            continue
        text, calls = _unmarked(paragraph.text, places)
        last = kept[-1] if kept else None
        cut = last is not None and last.kind == paragraph.kind == "prose" and not SENTENCE_END.search(last.text)
        if cut and last is not None and (text[:1].islower() or place - 1 in notes):
            moved = [Call(len(last.text) + 1 + call.at, call.note) for call in calls]
            kept[-1] = replace(last, text=f"{last.text} {text}", calls=[*last.calls, *moved])
        else:
            kept.append(replace(paragraph, text=text, calls=calls))
    return kept


def _unmarked(text: str, places: Mapping[int, int]) -> tuple[str, list[Call]]:
    """The text without the markers of notes, and where each was."""
    calls: list[Call] = []
    removed = 0
    for found in GLUED.finditer(text):
        if (number := int(found[1] or found[2])) in places:
            calls.append(Call(found.start() - removed, places[number]))
            removed += len(found[0])
    without = GLUED.sub(lambda found: "" if int(found[1] or found[2]) in places else found[0], text)
    return without, calls
