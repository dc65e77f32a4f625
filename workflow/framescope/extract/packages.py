"""What Office packages say that pandoc passes over: titles in their properties, styles of OpenDocument paragraphs."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import lxml.etree

from framescope.document import LeftOut, LeftOutKind
from framescope.extract.xml import parse_xml, plain_text, remove

DUBLIN_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
# Style names of LibreOffice, Word's export and pandoc.
LEFT_OUT_STYLES: dict[str, LeftOutKind] = {
    "title": "other",
    "subtitle": "other",
    "author": "other",
    "date": "other",
    "caption": "caption",
    "tablecaption": "caption",
    "figurecaption": "caption",
    "illustration": "caption",
    "figure": "caption",
    "table": "caption",
    "drawing": "caption",
    "header": "header",
    "footer": "footer",
    "bibliography1": "reference",
    "bibliography": "reference",
}
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


def prepare_odt(archive: zipfile.ZipFile) -> tuple[bytes, str | None, list[LeftOut]]:
    """An ODT whose title block, captions, contents and tracked deletions are taken out, the title, what was taken out.

    pandoc reads these as running text, because it does not look at the styles of paragraphs.
    """
    root = parse_xml(archive.read("content.xml"))
    parents = _style_parents(root)
    if "styles.xml" in archive.namelist():
        parents = _style_parents(parse_xml(archive.read("styles.xml"))) | parents
    title, left_out = None, []
    for element in list(root.iter(f"{TEXT}tracked-changes", f"{TEXT}table-of-content", f"{TEXT}illustration-index")):
        if element.tag != f"{TEXT}tracked-changes":
            left_out.append(LeftOut("other", plain_text(element)))
        remove(element)
    for paragraph in list(root.iter(f"{TEXT}p")):
        names = _style_chain(paragraph.get(f"{TEXT}style-name"), parents)
        kind = next((LEFT_OUT_STYLES[name] for name in names if name in LEFT_OUT_STYLES), None)
        if kind is None or not plain_text(paragraph):
            continue
        if "title" in names and "subtitle" not in names and title is None:
            title = plain_text(paragraph)
        else:
            left_out.append(LeftOut(kind, plain_text(paragraph)))
        remove(paragraph)
    return _with_content(archive, lxml.etree.tostring(root, encoding="utf-8", xml_declaration=True)), title, left_out


def _style_parents(root: Any) -> dict[str, str]:
    return {
        str(style.get(f"{STYLE}name")): str(style.get(f"{STYLE}parent-style-name") or "")
        for style in root.iter(f"{STYLE}style")
    }


def _style_chain(name: str | None, parents: dict[str, str]) -> list[str]:
    """A style's name and those it derives from, as far as these are automatic, in plain letters."""
    chain: list[str] = []
    while name and name not in chain:
        chain.append(name)
        if not re.fullmatch(r"P\d+|[A-Z]{1,2}\d+", name):
            break
        name = parents.get(name)
    return [re.sub(r"_[0-9a-f]{2}_|[^a-z0-9]", "", style.lower()) for style in chain]


def _with_content(archive: zipfile.ZipFile, content: bytes) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as package:
        for name in archive.namelist():
            package.writestr(name, content if name == "content.xml" else archive.read(name))
    return copy.getvalue()
