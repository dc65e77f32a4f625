"""Division of paragraphs that are too long to be annotated, at the ends of sentences."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from framescope.document import Call, ExtractionError, Paragraph, Section
from framescope.extract.content import Content
from framescope.extract.prose import is_no_prose

# About forty printed pages. The model needs a gigabyte for a text of this length, and refuses one ten times as long.
LONGEST = 100_000
# Chinese and Japanese have no space after the end of a sentence.
SENTENCE_END = re.compile(r"[.!?…۔؟।॥።][\"'”’»)\]]*\s+|[。！？｡][\"'”’»)\]」』]*\s*")


def divided(content: Content) -> Content:
    """The content with each paragraph of more than LONGEST characters divided, and a warning about each.

    Raises: ExtractionError if a text of this length has no end of a sentence, as in encoded images or data.
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
    return replace(section, paragraphs=[part for p in section.paragraphs for part in _with_calls(p, _parts(p))])


def _with_calls(paragraph: Paragraph, parts: list[str]) -> list[Paragraph]:
    """The parts of a paragraph, each with the notes that it cites."""
    made, start = [], 0
    for place, text in enumerate(parts):
        start = paragraph.text.index(text, start)
        end = paragraph.text.index(parts[place + 1], start + len(text)) if place + 1 < len(parts) else math.inf
        calls = [Call(min(c.at - start, len(text)), c.note) for c in paragraph.calls if start <= c.at < end]
        made.append(replace(paragraph, text=text, calls=calls))
        start += len(text)
    return made


def _parts(paragraph: Paragraph) -> list[str]:
    """The text of a paragraph in as few parts as possible, each short enough and ending with a sentence."""
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
        f"it has a {kind} of {length:,} characters, which is not running text",
        "Check that the file holds text and no encoded data, or part the text into sentences and paragraphs.",
    )
