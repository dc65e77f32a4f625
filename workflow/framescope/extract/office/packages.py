"""Office packages: titles in their properties, copies with one part exchanged."""

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
    """The title in a DOCX's or ODT's properties, None where it is missing or only a file's name."""
    for name in ("docProps/core.xml", "meta.xml"):
        if name in archive.namelist():
            title = parse_xml(archive.read(name)).find(f".//{DUBLIN_CORE_TITLE}")
            text = " ".join((title.text or "").split()) if title is not None else ""
            if text and not NO_TITLE.fullmatch(text):
                return text
    return None


def with_part(archive: zipfile.ZipFile, part: str, root: Any) -> bytes:
    """The bytes of a package in which one part has another XML tree."""
    content = lxml.etree.tostring(root, encoding="utf-8", xml_declaration=True)
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as package:
        for name in archive.namelist():
            package.writestr(name, content if name == part else archive.read(name))
    return copy.getvalue()
