"""The table of source formats: how each is recognised, its suffixes and its reader; and files that are not read."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from framescope.corpora.parts import LATEX, with_parts
from framescope.document import ExtractionError, LeftOut
from framescope.extract.content import Content
from framescope.extract.pages.text.read import read_plain
from framescope.extract.source.decoding import decode
from framescope.extract.source.limits import Limits, check_entities, open_archive
from framescope.extract.source.source_file import Recogniser, SourceFile, begins_with, contains_member

LATEX_START = re.compile(r"^[ \t]*\\(?:documentclass|begin\{document\})", re.MULTILINE)
USE_INSTEAD = "Save or export it as PDF, DOCX, HTML or plain text."
# The functions that read a format import its modules, most of which load large libraries. A process that reads plain
# text then starts in half of the time.
Reader = Callable[[SourceFile], Content]


@dataclass(frozen=True)
class Format:
    """A format of sources.

    `recognised` recognises it by its content, and `by_suffix` says that one of its suffixes is sufficient as well.
    `declares_encoding` says that texts of the format may state their own encoding.
    """

    name: str
    recognised: Recogniser
    read: Reader
    suffixes: tuple[str, ...] = ()
    by_suffix: bool = False
    declares_encoding: bool = False


@dataclass(frozen=True)
class NotRead:
    """Files that are not read, with the reason, in which {source} is the file, and the remedy."""

    reason: str
    recognised: Recogniser
    remedy: str = USE_INSTEAD


def recognise(source: SourceFile) -> Format:
    """The format of a source.

    Raises: ExtractionError if it is not read.
    """
    for row in FORMATS:
        if isinstance(row, NotRead):
            if row.recognised(source):
                raise ExtractionError("", row.reason.format(source=source), row.remedy)
        elif row.recognised(source) or (row.by_suffix and source.suffix in row.suffixes):
            return row
    return TEXT


def suffix_warning(source: SourceFile, format: Format) -> str | None:
    """A warning if the suffix of a file belongs to another format than its content; otherwise None."""
    suffix = source.suffix
    if suffix in KNOWN_SUFFIXES and suffix not in format.suffixes:
        return f"The name ends in {suffix}, but the content is {format.name}; it was read as {format.name}."
    return None


def guess_warning(source: SourceFile, format: Format) -> str | None:
    """A warning if neither the suffix of a file nor its content shows that it is plain text; otherwise None."""
    suffix = source.suffix
    if format.name != TEXT.name or suffix in KNOWN_SUFFIXES:
        return None
    ending = f"Its ending {suffix} does not tell its format" if suffix else "Its name has no ending"
    return f"{ending}; it was read by guess, as plain text."


def _decoded(read: Callable[[str, Limits], Content], *, declares: bool = False) -> Reader:
    """A reader of sources that are text; with `declares` the text may state its own encoding."""

    def read_decoded(source: SourceFile) -> Content:
        text, encoding = decode(source.data, declares=declares)
        return replace(read(text, source.limits), encoding=encoding)

    return read_decoded


def _read_html(source: SourceFile) -> Content:
    from framescope.extract.web.article import read_html

    return read_html(source.data, source.limits)


def _read_markdown(source: SourceFile) -> Content:
    from framescope.extract.markup.markdown_latex import read_markup

    return _decoded(lambda text, limits: read_markup(text, "markdown", limits))(source)


def _read_latex(source: SourceFile) -> Content:
    from framescope.extract.markup.markdown_latex import read_markup

    folder = source.path.parent
    return _decoded(lambda text, limits: read_markup(with_parts(text, folder), "latex", limits))(source)


def _read_tei(source: SourceFile) -> Content:
    from framescope.extract.markup.tei import read_tei

    check_entities(source.data)
    return read_tei(source.data, source.limits)


def _read_jats(source: SourceFile) -> Content:
    from framescope.extract.markup.jats import read_jats

    check_entities(source.data)
    return _decoded(read_jats, declares=True)(source)


def _read_pdf(source: SourceFile) -> Content:
    from framescope.extract.pages.pdf.read import read_pdf
    from framescope.extract.pages.pdf.scans import pictured_pages
    from framescope.extract.pages.pdf.scans import recognise as recognise_text

    data, limits = source.data, source.limits
    pictured = pictured_pages(data, limits.pages) if source.ocr else []
    if not pictured:
        return read_pdf(data, limits.pages)
    content = read_pdf(recognise_text(data, limits), limits.pages)
    numbers = ", ".join(map(str, pictured))
    return replace(content, warnings=[f"Recognised from pictures of pages: {numbers}.", *content.warnings])


def _read_converted(format: str, source: SourceFile) -> Content:
    from framescope.extract.office.legacy import to_docx

    return _read_package("docx", replace(source, data=to_docx(source.data, format, source.limits)))


def _read_package(format: str, source: SourceFile) -> Content:
    from framescope.extract.markup.pandoc import read_pandoc
    from framescope.extract.markup.printed_notes import with_printed_notes
    from framescope.extract.markup.printed_pages import with_whole_paragraphs, without_page_marks
    from framescope.extract.office.docx import prepare_docx
    from framescope.extract.office.odt import prepare_odt
    from framescope.extract.office.packages import property_title
    from framescope.extract.web.epub import read_epub

    archive = open_archive(source.data)
    _check_members(archive)
    title: str | None = None
    left_out: list[LeftOut] = []
    if format == "epub":
        content = read_epub(archive, source.limits)
    elif format == "odt":
        data, title, left_out = prepare_odt(archive)
        content = read_pandoc(data, format, source.limits)
    else:
        data, left_out = prepare_docx(archive)
        content = read_pandoc(data, format, source.limits)
        content = with_whole_paragraphs(with_printed_notes(without_page_marks(content)))
    title = title or content.title or property_title(archive)
    return replace(content, title=title, left_out=left_out + content.left_out)


def _check_members(archive: zipfile.ZipFile) -> None:
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".xhtml", ".opf", ".ncx", ".rels")):
            with archive.open(member) as part:
                check_entities(part.read(4096))


def _is_docx(source: SourceFile) -> bool:
    in_folder = "[Content_Types].xml" in source.members and contains_member("word/")(source)
    return in_folder or "word/document.xml" in source.members


def _is_locked(source: SourceFile) -> bool:
    locks = {"META-INF/rights.xml", "META-INF/license.lcpl"}
    return "META-INF/container.xml" in source.members and bool(source.members & locks)


def _is_encrypted(source: SourceFile) -> bool:
    return bool(source.opendocument) and b"encryption-data" in source.member("META-INF/manifest.xml")


def _is_compound(name: str) -> Recogniser:
    """Recognises old Office files, which are compound files, with an entry of this name."""
    return lambda source: (
        begins_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")(source) and name.encode("utf-16-le") in source.data
    )


def _is_tei(source: SourceFile) -> bool:
    root, attributes = source.element or ("", "")
    return root.lower() in ("tei", "tei.2", "teicorpus") or "tei-c.org" in attributes


def _is_jats(source: SourceFile) -> bool:
    return source.element is not None and source.element[0] == "article" and "docbook" not in source.element[1]


# Files that are likely to be in a folder of sources but contain no text that can be read, with bytes at a place.
SIGNATURES = (
    (0, b"\x89PNG", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"II*\x00", "a TIFF image"),
    (0, b"MM\x00*", "a TIFF image"),
    (0, b"GIF8", "a GIF image"),
    (8, b"WEBP", "a WebP image"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!", "a RAR archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ", "an xz archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"ID3", "a sound recording"),
    (0, b"OggS", "a sound recording"),
    (8, b"WAVE", "a sound recording"),
    (4, b"ftyp", "a film"),
    (0, b"%!PS", "a PostScript file"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90\x00", "a program"),
    (0, b"SQLite format 3", "a database"),
    (0, b"AT&TFORM", "a DjVu file"),
    (0, b"ITOLITLS", "a Microsoft Reader book"),
)
HTML = Format(
    "html",
    lambda source: source.begins_as_html or source.root == "html",
    _read_html,
    (".htm", ".html", ".xhtml", ".xml"),
    declares_encoding=True,
)
TEXT = Format("text", lambda source: True, _decoded(lambda text, limits: read_plain(text)), (".txt", ".text"))
OTHER_XML = "XML is read as JATS (article) or TEI; save or export it as PDF, DOCX, HTML or plain text."
PASSWORD = "the file is encrypted with a password"
WITHOUT_PASSWORD = "Save a copy without a password."
# The first row that recognises a source determines how it is read; other sources are plain text.
FORMATS: tuple[Format | NotRead, ...] = (
    Format("pdf", lambda source: b"%PDF-" in source.data[:1024], _read_pdf, (".pdf",)),
    Format("docx", _is_docx, partial(_read_package, "docx"), (".docx",)),
    NotRead("the book is locked by its seller (DRM)", _is_locked, "Use a copy without the lock."),
    Format("epub", contains_member("META-INF/container.xml"), partial(_read_package, "epub"), (".epub",)),
    NotRead(PASSWORD, _is_encrypted, WITHOUT_PASSWORD),
    Format("odt", lambda source: "opendocument.text" in source.opendocument, partial(_read_package, "odt"), (".odt",)),
    NotRead("the file is of type {source.opendocument}, which is not read", lambda source: bool(source.opendocument)),
    NotRead("the file is a spreadsheet, which is not read", contains_member("xl/")),
    NotRead("the file is a presentation, which is not read", contains_member("ppt/")),
    NotRead("the file is a ZIP archive, which is not read", lambda source: source.is_archive, "Unpack it."),
    NotRead(PASSWORD, _is_compound("EncryptedPackage"), WITHOUT_PASSWORD),
    Format("doc", _is_compound("WordDocument"), partial(_read_converted, "doc"), (".doc",)),
    NotRead("the file is an old Office file but not a Word document", _is_compound("")),
    Format(
        "rtf", lambda source: source.data.lstrip().startswith(b"{\\rtf"), partial(_read_converted, "rtf"), (".rtf",)
    ),
    *(
        NotRead(f"the file is {description}, which is not read", begins_with(signature, place))
        for place, signature, description in SIGNATURES
    ),
    Format("jats", _is_jats, _read_jats, (".xml", ".nxml"), declares_encoding=True),
    Format("tei", _is_tei, _read_tei, (".xml", ".tei")),
    HTML,
    NotRead("the file is XML without an element", lambda source: source.root == "", OTHER_XML),
    NotRead(
        "the file is XML of a kind that is not read (its outermost element is {source.root})",
        lambda source: source.root is not None,
        OTHER_XML,
    ),
    Format("latex", lambda source: bool(LATEX_START.search(source.head)), _read_latex, LATEX, by_suffix=True),
    Format(
        "markdown",
        lambda source: source.has_markdown_headings,
        _read_markdown,
        (".md", ".markdown"),
        by_suffix=True,
    ),
    replace(HTML, recognised=lambda source: source.has_html_tags, by_suffix=True),
)
KNOWN_SUFFIXES = {suffix for row in (*FORMATS, TEXT) if isinstance(row, Format) for suffix in row.suffixes}
