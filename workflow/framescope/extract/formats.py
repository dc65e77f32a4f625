"""From a file to its Content, by the reader of its format."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path

from framescope.contents import why_no_file
from framescope.document import ExtractionError, LeftOut, Section
from framescope.extract.content import Content
from framescope.extract.doubts import doubts
from framescope.extract.markup.jats import read_jats
from framescope.extract.markup.markdown_latex import read_markup
from framescope.extract.markup.pandoc import read_pandoc
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

    Its texts are clean (`decoding.clean`), with one space between words. Raises ExtractionError when the file
    cannot be read, breaks a limit or holds no words.
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
        content = divided(tidied(_read(data, format, limits, ocr)))
    except DAMAGED as error:
        raise damaged(error) from error
    content.warnings += doubts(content)
    declares = format in ("html", "jats")
    told = (
        suffix_warning(path.name, format),
        guess_warning(path.name, format),
        encoding_warning(data, content.encoding, declares),
    )
    content.warnings[:0] = [doubt for doubt in told if doubt]
    check_text(content)
    return format, hashlib.sha256(data).hexdigest(), content


def check_text(content: Content) -> None:
    """Refuse content without running text, and text that is no prose; warn of characters that were lost."""
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
            f"its text is no prose: {cause}",
            "Check what the file holds. Where it shows prose, export it again from another program; a PDF can be run "
            "through ocrmypdf --force-ocr.",
        )


def _read(data: bytes, format: str, limits: Limits, ocr: bool) -> Content:
    if format == "pdf":
        return _read_pdf(data, limits, ocr)
    if format == "html":
        return read_html(data, limits)
    if format == "tei":
        check_entities(data)
        return read_tei(data, limits)
    if format in ("rtf", "doc"):
        return _read_package(to_docx(data, format, limits), "docx", limits)
    if format in ("docx", "odt", "epub"):
        return _read_package(data, format, limits)
    if format == "jats":
        check_entities(data)
    text, encoding = decode(data, declares=format == "jats")
    return replace(_read_text(text, format, limits), encoding=encoding)


def _read_text(text: str, format: str, limits: Limits) -> Content:
    if format == "text":
        return read_plain(text)
    if format == "jats":
        return read_jats(text, limits)
    return read_markup(text, format, limits)


def _read_pdf(data: bytes, limits: Limits, ocr: bool) -> Content:
    pictured = pictured_pages(data, limits.pages) if ocr else []
    if not pictured:
        return read_pdf(data, limits.pages)
    content = read_pdf(recognise(data, limits), limits.pages)
    numbers = ", ".join(map(str, pictured))
    return replace(content, warnings=[f"Recognised from pictures of pages: {numbers}.", *content.warnings])


def _read_package(data: bytes, format: str, limits: Limits) -> Content:
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
        content = read_pandoc(data, format, limits)
    title = title or content.title or property_title(archive)
    return replace(content, title=title, left_out=left_out + content.left_out)


def _check_members(archive: zipfile.ZipFile) -> None:
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".xhtml", ".opf", ".ncx", ".rels")):
            with archive.open(member) as part:
                check_entities(part.read(4096))


def tidied(content: Content) -> Content:
    """The content with clean texts: one space between words, no invisible characters, no empty paragraphs."""
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
