"""Recognition of the format of a source from its content or, if that is not enough, from its suffix."""

from __future__ import annotations

import re
from pathlib import PurePath

from framescope.document import ExtractionError
from framescope.extract.source.limits import Limits, check_archive, open_archive

SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".tex": "latex",
    ".latex": "latex",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".text": "text",
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".epub": "epub",
    ".rtf": "rtf",
    ".doc": "doc",
}
# Formats of text that cannot always be recognised by their content.
TOLD_BY_SUFFIX = {"markdown", "latex"}
XML_SUFFIXES = {"jats": (".xml", ".nxml"), "tei": (".xml", ".tei")}
# Formats that are likely to be in a folder of sources but contain no text that can be read here.
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
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
USE_INSTEAD = "Save or export it as PDF, DOCX, HTML or plain text."
HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
HTML_TAG = re.compile(r"</?(?:p|div|h[1-6]|article|section|ul|ol|table|span|br)\b[^>]*>", re.IGNORECASE)
ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([^>]*)>")
XML_START = re.compile(r"<[A-Za-z][^>]*\sxmlns(?::\w+)?\s*=")
XML_MATTER = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>", re.DOTALL | re.IGNORECASE)
LATEX_START = re.compile(r"^[ \t]*\\(?:documentclass|begin\{document\})", re.MULTILINE)


def sniff(data: bytes, name: str, limits: Limits) -> str:
    """The format of a source: pdf, docx, odt, epub, doc, rtf, html, jats, tei, latex, markdown or text.

    `name` is the name of the file.

    Raises: ExtractionError if the format is not supported.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive_format(data, limits)
    if data.startswith(COMPOUND):
        return _compound_format(data)
    if data.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    for place, signature, description in SIGNATURES:
        if data.startswith(signature, place):
            raise ExtractionError("", f"the file is {description}, which is not read", USE_INSTEAD)
    return _text_format(data, name)


def suffix_warning(name: str, format: str) -> str | None:
    """A warning if the suffix of a file belongs to another format than its content; otherwise None."""
    suffix = PurePath(name).suffix.lower()
    promised = SUFFIXES.get(suffix)
    if promised and promised != format:
        return f"The name ends in {suffix}, but the content is {format}; it was read as {format}."
    return None


def guess_warning(name: str, format: str) -> str | None:
    """A warning if neither the suffix of a file nor its content shows that it is plain text; otherwise None."""
    suffix = PurePath(name).suffix.lower()
    if format != "text" or suffix in SUFFIXES:
        return None
    ending = f"Its ending {suffix} does not tell its format" if suffix else "Its name has no ending"
    return f"{ending}; it was read by guess, as plain text."


def _archive_format(data: bytes, limits: Limits) -> str:
    archive = open_archive(data)
    check_archive(archive, len(data), limits)
    names = set(archive.namelist())
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return "docx"
    if "META-INF/container.xml" in names:
        if names & {"META-INF/rights.xml", "META-INF/license.lcpl"}:
            raise ExtractionError("", "the book is locked by its seller (DRM)", "Use a copy without the lock.")
        return "epub"
    if "content.xml" in names and "mimetype" in names:
        kind = archive.read("mimetype")[:80].decode("ascii", errors="replace").strip()
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise ExtractionError("", "the file is encrypted with a password", "Save a copy without a password.")
        if "opendocument.text" in kind:
            return "odt"
        raise ExtractionError("", f"the file is of type {kind}, which is not read", USE_INSTEAD)
    kind = next(
        (
            words
            for start, words in (("xl/", "a spreadsheet"), ("ppt/", "a presentation"))
            if any(n.startswith(start) for n in names)
        ),
        "a ZIP archive",
    )
    raise ExtractionError("", f"the file is {kind}, which is not read", "Unpack it." if "ZIP" in kind else USE_INSTEAD)


def _compound_format(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ExtractionError("", "the file is encrypted with a password", "Save a copy without a password.")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    raise ExtractionError("", "the file is an old Office file but not a Word document", USE_INSTEAD)


def _text_format(data: bytes, name: str) -> str:
    head = data[:20_000].replace(b"\x00", b"").decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    suffix = PurePath(name).suffix.lower()
    if HTML_START.match(XML_MATTER.sub("", head).lstrip()) or HTML_START.match(head):
        return "html"
    if head.startswith(("<?xml", "<!DOCTYPE")) or suffix in (".xml", ".nxml", ".tei") or XML_START.match(head):
        return _xml_format(head)
    if LATEX_START.search(head):
        return "latex"
    promised = SUFFIXES.get(suffix)
    if promised in TOLD_BY_SUFFIX:
        return promised
    if promised == "html" or (head.startswith("<") and len(HTML_TAG.findall(head)) > 4):
        return "html"
    return "text"


def _xml_format(head: str) -> str:
    match = ROOT.search(XML_MATTER.sub("", head))
    root, attributes = (match[1], match[2]) if match else ("", "")
    if root == "article" and "docbook" not in attributes:
        return "jats"
    if root.lower() in ("tei", "tei.2", "teicorpus") or "tei-c.org" in attributes:
        return "tei"
    if root == "html":
        return "html"
    raise ExtractionError(
        "",
        f"the file is XML of a kind that is not read (its outermost element is {root or 'missing'})",
        "XML is read as JATS (article) or TEI; " + USE_INSTEAD[0].lower() + USE_INSTEAD[1:],
    )
