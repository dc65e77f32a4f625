"""Office packages: the title in their properties, and copies in which one part is replaced."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import lxml.etree

from framescope.extract.source.safe_xml import parse_xml

DUBLIN_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"
NO_TITLE = re.compile(r"microsoft word\b.*|document\d*|untitled.*|.*\.(?:docx?|odt|rtf|tmp|pdf)", re.IGNORECASE)


def property_title(archive: zipfile.ZipFile) -> str | None:
    """The title in the properties of a DOCX or ODT; None if it is missing or only the name of a file."""
    for name in ("docProps/core.xml", "meta.xml"):
        if name in archive.namelist():
            title = parse_xml(archive.read(name)).find(f".//{DUBLIN_CORE_TITLE}")
            text = " ".join((title.text or "").split()) if title is not None else ""
            if text and not NO_TITLE.fullmatch(text):
                return text
    return None


def with_part(archive: zipfile.ZipFile, part: str, root: Any) -> bytes:
    """The bytes of a copy of a package in which one part is replaced by an XML tree."""
    content = lxml.etree.tostring(root, encoding="utf-8", xml_declaration=True)
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as package:
        for name in archive.namelist():
            package.writestr(name, content if name == part else archive.read(name))
    return copy.getvalue()
