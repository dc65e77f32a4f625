"""Reading a file into its Content with the reader of its format."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from framescope.contents import why_no_file
from framescope.corpora.parts import with_parts
from framescope.document import ExtractionError, LeftOut, Section
from framescope.extract.content import Content
from framescope.extract.doubts import doubts
from framescope.extract.markup.jats import read_jats
from framescope.extract.markup.markdown_latex import read_markup
from framescope.extract.markup.pandoc import read_pandoc
from framescope.extract.markup.printed_notes import with_printed_notes
from framescope.extract.markup.tei import read_tei
from framescope.extract.office.docx import prepare_docx
from framescope.extract.office.legacy import to_docx
from framescope.extract.office.odt import prepare_odt
from framescope.extract.office.packages import property_title
from framescope.extract.overlong import divided
from framescope.extract.pages.pdf.read import read_pdf
from framescope.extract.pages.pdf.scans import pictured_pages, recognise
from framescope.extract.pages.text.read import read_plain
from framescope.extract.prose import is_no_prose
from framescope.extract.source.decoding import clean, decode, encoding_warning, lost_warning
from framescope.extract.source.limits import DAMAGED, Limits, check_entities, check_size, damaged, open_archive
from framescope.extract.source.sniff import guess_warning, sniff, suffix_warning
from framescope.extract.web.article import read_html
from framescope.extract.web.epub import read_epub
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
    try:
        format = sniff(data, path.name, limits)
        content = divided(tidied(_read(data, path, format, limits, ocr)))
    except DAMAGED as error:
        raise damaged(error) from error
    content.warnings += doubts(content)
    declares = format in ("html", "jats")
    source_warnings = (
        suffix_warning(path.name, format),
        guess_warning(path.name, format),
        encoding_warning(data, content.encoding, declares),
    )
    content.warnings[:0] = [warning for warning in source_warnings if warning]
    check_text(content)
    return format, hashlib.sha256(data).hexdigest(), content


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


def _read(data: bytes, path: Path, format: str, limits: Limits, ocr: bool) -> Content:
    if format == "pdf":
        return _read_pdf(data, limits, ocr)
    if format == "latex":
        return _read_decoded(partial(_read_latex, path.parent), data, limits)
    return READERS[format](data, limits)


def _read_latex(folder: Path, text: str, limits: Limits) -> Content:
    return read_markup(with_parts(text, folder), "latex", limits)


def _read_tei(data: bytes, limits: Limits) -> Content:
    check_entities(data)
    return read_tei(data, limits)


def _read_jats(data: bytes, limits: Limits) -> Content:
    check_entities(data)
    return _read_decoded(read_jats, data, limits, declares=True)


def _read_decoded(
    read: Callable[[str, Limits], Content], data: bytes, limits: Limits, *, declares: bool = False
) -> Content:
    """The content that a reader of text finds in bytes; with `declares` the text may name its encoding itself."""
    text, encoding = decode(data, declares=declares)
    return replace(read(text, limits), encoding=encoding)


def _read_converted(format: str, data: bytes, limits: Limits) -> Content:
    return _read_package("docx", to_docx(data, format, limits), limits)


def _read_pdf(data: bytes, limits: Limits, ocr: bool) -> Content:
    pictured = pictured_pages(data, limits.pages) if ocr else []
    if not pictured:
        return read_pdf(data, limits.pages)
    content = read_pdf(recognise(data, limits), limits.pages)
    numbers = ", ".join(map(str, pictured))
    return replace(content, warnings=[f"Recognised from pictures of pages: {numbers}.", *content.warnings])


def _read_package(format: str, data: bytes, limits: Limits) -> Content:
    archive = open_archive(data)
    _check_members(archive)
    title: str | None = None
    left_out: list[LeftOut] = []
    if format == "epub":
        content = read_epub(archive, limits)
    elif format == "odt":
        data, title, left_out = prepare_odt(archive)
        content = read_pandoc(data, format, limits)
    else:
        data, left_out = prepare_docx(archive)
        content = with_printed_notes(read_pandoc(data, format, limits))
    title = title or content.title or property_title(archive)
    return replace(content, title=title, left_out=left_out + content.left_out)


def _check_members(archive: zipfile.ZipFile) -> None:
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".xhtml", ".opf", ".ncx", ".rels")):
            with archive.open(member) as part:
                check_entities(part.read(4096))


# The reader of each format that `sniff` returns, except PDF, whose reader may recognise text in images, and LaTeX,
# whose reader also needs the folder of the source.
READERS: dict[str, Callable[[bytes, Limits], Content]] = {
    "docx": partial(_read_package, "docx"),
    "odt": partial(_read_package, "odt"),
    "epub": partial(_read_package, "epub"),
    "doc": partial(_read_converted, "doc"),
    "rtf": partial(_read_converted, "rtf"),
    "html": read_html,
    "jats": _read_jats,
    "tei": _read_tei,
    "markdown": partial(_read_decoded, lambda text, limits: read_markup(text, "markdown", limits)),
    "text": partial(_read_decoded, lambda text, limits: read_plain(text)),
}


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
    paragraphs = [replace(paragraph, text=_line(paragraph.text)) for paragraph in section.paragraphs]
    return replace(
        section,
        title=_line(section.title) if section.title else None,
        paragraphs=[paragraph for paragraph in paragraphs if paragraph.text],
    )


def _line(text: str) -> str:
    return " ".join(clean(text).split())
