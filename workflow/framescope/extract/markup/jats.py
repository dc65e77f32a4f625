"""JATS: moving elements that pandoc would misplace or ignore, before pandoc reads the article."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import lxml.etree

from framescope.document import LeftOut, LeftOutKind
from framescope.extract.content import Content
from framescope.extract.markup.pandoc import read_pandoc
from framescope.extract.source.limits import Limits
from framescope.extract.source.safe_xml import parse_xml, plain_text, remove

# Parts of the back matter that belong to the text of the article; they become sections after its body.
BACK_SECTIONS = ("ack", "app", "bio", "glossary", "notes", "sec")
LEFT_OUT: dict[str, LeftOutKind] = {
    "ref-list": "reference",
    "aff": "other",
    "kwd-group": "other",
    "table-wrap-foot": "table",
    "disp-formula": "other",
    "permissions": "other",
}


def read_jats(text: str, limits: Limits) -> Content:
    """The content of a journal article in JATS. Nothing outside the file is read.

    Raises: ExtractionError if it is not well formed.
    """
    root = parse_xml(text.encode("utf-8"))
    left_out = _take_out(root)
    body = root.find("body")
    if body is not None:
        for name in BACK_SECTIONS:
            for part in root.iterfind(f"back//{name}"):
                part.tag = "sec"
                body.append(part)
    for attribution in root.iter("attrib"):
        attribution.tag = "p"
    content = read_pandoc(lxml.etree.tostring(root, encoding="utf-8"), "jats", limits)
    return replace(content, left_out=content.left_out + left_out)


def _take_out(root: Any) -> list[LeftOut]:
    left_out = []
    for name, kind in LEFT_OUT.items():
        for element in list(root.iter(name)):
            texts = [plain_text(part) for part in element.iter("ref")] if name == "ref-list" else [plain_text(element)]
            left_out += [LeftOut(kind, text) for text in texts if text]
            remove(element)
    cited = {link.get("rid") for link in root.iter("xref")}
    for note in list(root.iterfind(".//fn-group//fn")):
        if note.get("id") not in cited:
            left_out.append(LeftOut("other", plain_text(note)))
            remove(note)
    for raised in list(root.iter("sup")):
        if any(link.get("ref-type") == "bibr" for link in raised.iter("xref")):
            remove(raised)
    return left_out
