"""OpenDocument texts: recognition, by their styles, of quotations and of paragraphs that are not running text."""

from __future__ import annotations

import re
import zipfile
from typing import Any

import lxml.etree

from framescope.document import LeftOut, LeftOutKind
from framescope.extract.office.packages import with_part
from framescope.extract.source.safe_xml import parse_xml, plain_text, remove

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FORMAT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
# Names of styles in files of LibreOffice, Word and pandoc.
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
    "contentsheading": "other",
}
CONTENTS = re.compile(r"(?:contents|toc)\d+")
QUOTATION = "FramescopeQuotation"


def prepare_odt(archive: zipfile.ZipFile) -> tuple[bytes, str | None, list[LeftOut]]:
    """An ODT without title block, captions, contents and tracked deletions; the title; and the texts removed.

    pandoc would read all these as running text, because it ignores the styles of paragraphs.
    """
    root = parse_xml(archive.read("content.xml"))
    parents = _style_parents(root)
    if "styles.xml" in archive.namelist():
        parents = _style_parents(parse_xml(archive.read("styles.xml"))) | parents
    title, left_out = None, []
    for box in list(root.iter(f"{DRAW}text-box")):
        captions = [plain_text(p) for p in box.iter(f"{TEXT}p") if _kind(p, parents) == "caption"]
        left_out += [LeftOut("caption", text) for text in captions if text]
        if not captions:
            left_out.append(LeftOut("other", plain_text(box)))
        remove(box)
    for element in list(root.iter(f"{TEXT}tracked-changes", f"{TEXT}table-of-content", f"{TEXT}illustration-index")):
        if element.tag != f"{TEXT}tracked-changes":
            left_out.append(LeftOut("other", plain_text(element)))
        remove(element)
    for paragraph in list(root.iter(f"{TEXT}p")):
        names = _style_chain(paragraph.get(f"{TEXT}style-name"), parents)
        kind = _kind(paragraph, parents)
        if any("quot" in name for name in names):
            paragraph.set(f"{TEXT}style-name", QUOTATION)
        if kind is None or not plain_text(paragraph):
            continue
        if "title" in names and "subtitle" not in names and title is None:
            title = plain_text(paragraph)
        else:
            left_out.append(LeftOut(kind, plain_text(paragraph)))
        remove(paragraph)
    _add_quotation_style(root)
    return with_part(archive, "content.xml", root), title, left_out


def _kind(paragraph: Any, parents: dict[str, str]) -> LeftOutKind | None:
    names = _style_chain(paragraph.get(f"{TEXT}style-name"), parents)
    if any(CONTENTS.fullmatch(name) for name in names):
        return "other"
    return next((LEFT_OUT_STYLES[name] for name in names if name in LEFT_OUT_STYLES), None)


def _add_quotation_style(root: Any) -> None:
    """Add a style with margins, by which pandoc recognises a block quotation."""
    styles = root.find(f"{OFFICE}automatic-styles")
    if styles is None:
        styles = lxml.etree.Element(f"{OFFICE}automatic-styles")
        root.insert(0, styles)
    names = {f"{STYLE}name": QUOTATION, f"{STYLE}family": "paragraph"}
    style = lxml.etree.SubElement(styles, f"{STYLE}style", names)
    margins = {f"{FORMAT}margin-left": "2cm", f"{FORMAT}margin-right": "2cm"}
    lxml.etree.SubElement(style, f"{STYLE}paragraph-properties", margins)


def _style_parents(root: Any) -> dict[str, str]:
    return {
        str(style.get(f"{STYLE}name")): str(style.get(f"{STYLE}parent-style-name") or "")
        for style in root.iter(f"{STYLE}style")
    }


def _style_chain(name: str | None, parents: dict[str, str]) -> list[str]:
    """The simplified names of a style and of its parents, up to the first that is not an automatic style."""
    chain: list[str] = []
    while name and name not in chain:
        chain.append(name)
        if not re.fullmatch(r"P\d+|[A-Z]{1,2}\d+", name):
            break
        name = parents.get(name)
    return [re.sub(r"_[0-9a-f]{2}_|[^a-z0-9]", "", style.lower()) for style in chain]
