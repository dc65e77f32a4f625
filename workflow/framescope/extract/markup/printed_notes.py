"""Word files that were made from PDF, in which notes are numbered paragraphs at the end of each page.

The markers of these notes are joined to words. From the whole document it can be recognised, unlike from a single
page, which paragraphs are notes, which paragraphs were cut at the end of a page, and whether an indentation of all text
only looks like quotations.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from framescope.document import Call, Note, Paragraph, Section
from framescope.extract.content import Content
from framescope.extract.pages.lines import FUNCTION_WORDS

ENTRY = re.compile(r"(\d{1,4})\s+(?=\S)")
# A marker follows a punctuation mark, a word, or a sentence that ends with a year or a decimal number.
GLUED = re.compile(
    r"(?<=[.,;:?!”’\"')\]])(?<!\d[.,:])(\d{1,4})(?=[\s—–(]|$)|(?<=[^\W\d_]{3})(\d{1,4})(?=[\s.,;:]|$)"
    r"|(?:(?<=\b(?:1[5-9]|20)\d\d[.,;])|(?<=\d\.\d[.,;])|(?<=\d\.\d\d[.,;]))(\d{1,4})(?=\s|$)"
)
SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
FEWEST = 3
# At least this share of the numbers of notes must follow a word directly; other numbered paragraphs are not cited so.
CITED_SHARE = 0.7
# A paragraph of at least this number of words that ends no sentence was cut at the end of a page.
LONG = 15
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
    texts = [p.text for section in sections for p in section.paragraphs]
    pieces = {place: [place, *_rest(texts, place, entries)] for place in entries}
    notes = [
        Note(str(number), ENTRY.sub("", _whole([texts[i] for i in pieces[place]]), count=1), cited.get(number))
        for place, number in entries.items()
    ]
    places = {number: place for place, number in enumerate(entries.values())}
    start, kept = 0, []
    for section in sections:
        taken = {
            place - start
            for piece in pieces.values()
            for place in piece
            if start <= place < start + len(section.paragraphs)
        }
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


def _rest(texts: Sequence[str], place: int, entries: Container[int]) -> list[int]:
    """The places of the paragraphs that are the rest of a note: parts of an address, without spaces."""
    end = place + 1
    while end < len(texts) and end not in entries and " " not in texts[end] and re.search(r"[/%=]", texts[end]):
        end += 1
    return list(range(place + 1, end))


def _whole(pieces: Sequence[str]) -> str:
    """The text of a note and the parts of an address at its end."""
    return " ".join(filter(None, [pieces[0], "".join(pieces[1:])]))


def _cited(section: Section) -> list[int]:
    return [int(match[match.lastindex or 1]) for p in section.paragraphs for match in GLUED.finditer(p.text)]


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
        prose = last is not None and last.kind == paragraph.kind == "prose"
        if prose and last is not None and _cut(last.text, text, place - 1 in notes):
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
        if (number := int(found[found.lastindex or 1])) in places:
            calls.append(Call(found.start() - removed, places[number]))
            removed += len(found[0])
    without = GLUED.sub(lambda found: "" if int(found[found.lastindex or 1]) in places else found[0], text)
    return without, calls


def _cut(text: str, rest: str, noted: bool) -> bool:
    """Whether a paragraph was cut at the end of a page, and goes on below; `noted` if a note is between its parts.

    It has an open bracket, or ends no sentence and is long, or its last word needs another, or the rest begins small.
    """
    if text.count("(") > text.count(")") and rest.count(")") > rest.count("("):
        return True
    words = text.split()
    unfinished = len(words) >= LONG or words[-1].casefold() in FUNCTION_WORDS
    return not SENTENCE_END.search(text) and (rest[:1].islower() or noted or unfinished)
