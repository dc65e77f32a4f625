"""A source before it is read: its bytes and name, and what they show of its format."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from framescope.extract.source.limits import Limits, check_archive, open_archive

HEAD_BYTES = 20_000
HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
HTML_TAG = re.compile(r"</?(?:p|div|h[1-6]|article|section|ul|ol|table|span|br)\b[^>]*>", re.IGNORECASE)
FEWEST_TAGS = 5
MARKDOWN_HEADING = re.compile(r"(?<=\n\n)#{1,6} +[^\s#].{0,150}(?=\r?\n|\Z)")
FEWEST_HEADINGS = 3
ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([^>]*)>")
XML_START = re.compile(r"<\?xml|<!DOCTYPE|<[A-Za-z][^>]*\sxmlns(?::\w+)?\s*=")
XML_SUFFIXES = (".xml", ".nxml", ".tei")
XML_MATTER = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class SourceFile:
    """The bytes and the path of a source, the limits on reading it, and whether text is recognised in images.

    Properties of archives raise ExtractionError if the archive is damaged, encrypted or exceeds a limit.
    """

    data: bytes
    path: Path
    limits: Limits
    ocr: bool = False

    @property
    def suffix(self) -> str:
        """The suffix of the name in lower case, with its dot."""
        return self.path.suffix.lower()

    @property
    def is_archive(self) -> bool:
        """Whether the source is a ZIP archive."""
        return self.data.startswith((b"PK\x03\x04", b"PK\x05\x06"))

    @cached_property
    def members(self) -> frozenset[str]:
        """The names of the members of a ZIP archive; empty for other sources."""
        if not self.is_archive:
            return frozenset()
        archive = open_archive(self.data)
        check_archive(archive, len(self.data), self.limits)
        return frozenset(archive.namelist())

    def member(self, name: str) -> bytes:
        """The content of a member of a ZIP archive, or nothing if there is no such member."""
        return open_archive(self.data).read(name) if name in self.members else b""

    @property
    def opendocument(self) -> str:
        """The media type that an OpenDocument archive states; empty for other sources."""
        stated = self.member("mimetype") if "content.xml" in self.members else b""
        return stated[:80].decode("ascii", errors="replace").strip()

    @cached_property
    def head(self) -> str:
        """The beginning of the source as text, whatever its encoding; null bytes of UTF-16 are removed."""
        beginning = self.data[:HEAD_BYTES].replace(b"\x00", b"")
        return beginning.decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")

    @property
    def begins_as_html(self) -> bool:
        """Whether a text begins with the document type of HTML or one of its outermost elements."""
        return bool(HTML_START.match(XML_MATTER.sub("", self.head).lstrip()) or HTML_START.match(self.head))

    @property
    def has_html_tags(self) -> bool:
        """Whether a text begins with a tag and has several tags of HTML."""
        return self.head.startswith("<") and len(HTML_TAG.findall(self.head)) >= FEWEST_TAGS

    @property
    def has_markdown_headings(self) -> bool:
        """Whether a text has several lines that Markdown marks as headings, each below an empty line."""
        return len(MARKDOWN_HEADING.findall("\n\n" + self.head.replace("\r", ""))) >= FEWEST_HEADINGS

    @cached_property
    def element(self) -> tuple[str, str] | None:
        """The name and the attributes of the outermost element of XML, empty if there is none; None for other texts."""
        if self.begins_as_html or not (XML_START.match(self.head) or self.suffix in XML_SUFFIXES):
            return None
        match = ROOT.search(XML_MATTER.sub("", self.head))
        return (match[1], match[2]) if match else ("", "")

    @property
    def root(self) -> str | None:
        """The name of the outermost element of XML, as in `element`."""
        return self.element and self.element[0]


Recogniser = Callable[[SourceFile], bool]
"""Whether a source is of one format, according to its content."""


def begins_with(signature: bytes, place: int = 0) -> Recogniser:
    """Recognises sources with these bytes at a place."""
    return lambda source: source.data.startswith(signature, place)


def contains_member(name: str) -> Recogniser:
    """Recognises archives with a member of this name, or, if the name ends in a slash, with members in this folder."""
    if name.endswith("/"):
        return lambda source: any(member.startswith(name) for member in source.members)
    return lambda source: name in source.members
