"""Paragraphs too long to be annotated: divided at the ends of sentences, or the reason why that cannot be."""

from __future__ import annotations

import re
from dataclasses import replace

from framescope.document import ExtractionError, Paragraph, Section
from framescope.extract.content import Content
from framescope.extract.prose import is_no_prose

# Some forty printed pages. The model takes a gigabyte for so many at once, and none beyond ten times as many.
LONGEST = 100_000
# Chinese and Japanese set no blank after the end of a sentence.
SENTENCE_END = re.compile(r"[.!?…۔؟।॥።][\"'”’»)\]]*\s+|[。！？｡][\"'”’»)\]」』]*\s*")


def divided(content: Content) -> Content:
    """The content with every paragraph of more than LONGEST characters as several, and a warning about each.

    Raises ExtractionError where so long a text has no sentence end, as encoded pictures or data have none.
    """
    for kind, texts in (
        ("heading", [section.title or "" for section in content.sections]),
        ("note", [note.text for note in content.notes]),
    ):
        if longest := max((len(text) for text in texts if len(text) > LONGEST), default=0):
            raise _refused(kind, longest)
    lengths = [len(p.text) for section in content.sections for p in section.paragraphs if len(p.text) > LONGEST]
    warnings = [f"a paragraph of {length:,} characters was divided at the ends of sentences" for length in lengths]
    sections = [_section(section) for section in content.sections] if lengths else content.sections
    return replace(content, sections=sections, warnings=[*content.warnings, *warnings])


def _section(section: Section) -> Section:
    parts = [replace(p, text=text) for p in section.paragraphs for text in _parts(p)]
    return replace(section, paragraphs=parts)


def _parts(paragraph: Paragraph) -> list[str]:
    """A paragraph's text in as few pieces as end with sentences and are short enough."""
    text, parts, start, end = paragraph.text, [], 0, 0
    if len(text) <= LONGEST:
        return [text]
    if is_no_prose(text[len(text) // 2 :]):
        raise _refused("paragraph", len(text))
    for stop in [*(match.end() for match in SENTENCE_END.finditer(text)), len(text)]:
        if stop - start > LONGEST and end > start:
            parts.append(text[start:end].rstrip())
            start = end
        if stop - start > LONGEST:
            raise _refused("sentence", stop - start)
        end = stop
    return [*parts, text[start:].rstrip()]


def _refused(kind: str, length: int) -> ExtractionError:
    return ExtractionError(
        "",
        f"it has a {kind} of {length:,} characters, which is no running text",
        "Check that the file holds text and no encoded data, or part the text into sentences and paragraphs.",
    )
