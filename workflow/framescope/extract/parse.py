"""Reading a file into its Content: recognising its format, reading it, cleaning its text, and checking it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from framescope.contents import why_no_file
from framescope.document import ExtractionError, Section
from framescope.extract.content import Content
from framescope.extract.doubts import doubts
from framescope.extract.formats import guess_warning, recognise, suffix_warning
from framescope.extract.note_calls import cleaned
from framescope.extract.overlong import divided
from framescope.extract.prose import is_no_prose
from framescope.extract.source.decoding import clean, encoding_warning, lost_warning
from framescope.extract.source.limits import DAMAGED, Limits, check_size, damaged
from framescope.extract.source.source_file import SourceFile
from framescope.words import count_words


def parse(path: Path, limits: Limits, ocr: bool) -> tuple[str, str, Content]:
    """The format of a file, the SHA-256 of its bytes, and its content.

    All texts are cleaned (`decoding.clean`) and have one space between words.

    Raises: ExtractionError if the file cannot be read, exceeds a limit or contains no words.
    """
    if missing := why_no_file(path):
        raise ExtractionError("", missing, "Name a file.")
    try:
        check_size(path.stat().st_size, limits)
        data = path.read_bytes()
    except OSError as error:
        raise ExtractionError("", f"it cannot be opened ({error.strerror})", "Check its rights.") from error
    source = SourceFile(data, path, limits, ocr)
    try:
        format = recognise(source)
        content = divided(tidied(format.read(source)))
    except DAMAGED as error:
        raise damaged(error) from error
    content.warnings += doubts(content)
    source_warnings = (
        suffix_warning(source, format),
        guess_warning(source, format),
        encoding_warning(data, content.encoding, format.declares_encoding),
    )
    content.warnings[:0] = [warning for warning in source_warnings if warning]
    check_text(content)
    return format.name, hashlib.sha256(data).hexdigest(), content


def check_text(content: Content) -> None:
    """Add a warning about lost characters.

    Raises: ExtractionError if the content has no running text, or text that is not prose.
    """
    text = "\n".join(paragraph.text for section in content.sections for paragraph in section.paragraphs)
    if lost := lost_warning(text):
        content.warnings.append(lost)
    if not count_words(text):
        raise ExtractionError(
            "", "no running text was found in it", "Check that the file opens and shows text; remove it if it is blank."
        )
    if cause := is_no_prose(text):
        raise ExtractionError(
            "",
            f"its text is not prose: {cause}",
            "Check what the file holds. Where it shows prose, export it again from another program; a PDF can be run "
            "through ocrmypdf --force-ocr.",
        )


def tidied(content: Content) -> Content:
    """The content with cleaned texts: one space between words, no invisible characters, no empty paragraphs."""
    return replace(
        content,
        title=_line(content.title) or None if content.title else None,
        sections=[_tidy_section(section) for section in content.sections],
        notes=[replace(note, text=_line(note.text)) for note in content.notes],
        left_out=[replace(item, text=text) for item in content.left_out if (text := _line(item.text))],
        warnings=list(content.warnings),
    )


def _tidy_section(section: Section) -> Section:
    paragraphs = [cleaned(paragraph, _line) for paragraph in section.paragraphs]
    return replace(
        section,
        title=_line(section.title) if section.title else None,
        paragraphs=[paragraph for paragraph in paragraphs if paragraph.text],
    )


def _line(text: str) -> str:
    return " ".join(clean(text).split())
