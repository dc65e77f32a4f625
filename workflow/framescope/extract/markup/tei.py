"""TEI, the XML of text editions, converted into HTML because pandoc cannot read TEI."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

import lxml.etree

from framescope.extract.content import Content
from framescope.extract.markup.pandoc import read_pandoc
from framescope.extract.markup.syntax_tree import KIND_KEY, LEFT_OUT_CLASS, NOTE_CLASS
from framescope.extract.source.limits import Limits
from framescope.extract.source.safe_xml import parse_xml, plain_text

NAMESPACE = "{http://www.tei-c.org/ns/1.0}"
LEFT_OUT = {
    "figure": "caption",
    "table": "table",
    "listBibl": "reference",
    "biblStruct": "reference",
    "biblFull": "reference",
    "fw": "header",
    "titlePage": "other",
    "docTitle": "other",
    "byline": "other",
    "dateline": "other",
    "speaker": "other",
    "stage": "other",
}
# Elements that are not read, such as the original form of a passage for which an edition also gives a corrected one.
PASSED_OVER = ("sic", "orig", "expan", "teiHeader", "facsimile")
QUOTATION_MARKS = ("“", "‘", '"', "'", "«", "„")
AS_HTML = {"p": "p", "ab": "p", "lg": "blockquote", "l": "p", "sp": "div", "u": "p", "list": "ul", "item": "li"}


def read_tei(data: bytes, limits: Limits) -> Content:
    """The content of a TEI document: divisions with headings, paragraphs, items, quotations and notes.

    Nothing outside the file is read, neither a document type nor entities.

    Raises: ExtractionError if it is not well formed.
    """
    root = parse_xml(data)
    titles = (plain_text(title) for title in root.iterfind(".//{*}titleStmt/{*}title"))
    texts = list(root.iter(f"{NAMESPACE}text", "text"))
    # An edition may be divided into files, each of which contains only a division of the text.
    body = "".join(_html(text, 0) for text in texts or [root])
    page = f"<!doctype html><meta charset=utf-8><body>{body}</body>"
    content = read_pandoc(page.encode("utf-8"), "html", limits)
    return replace(content, title=next((title for title in titles if title), None), encoding="utf-8")


def _html(element: Any, level: int) -> str:
    """An element of TEI as HTML; `level` is the depth of the division that contains it."""
    name = _name(element)
    if name in PASSED_OVER:
        return ""
    if name in LEFT_OUT:
        return f'<div class="{LEFT_OUT_CLASS}" data-{KIND_KEY}="{LEFT_OUT[name]}">{escape(plain_text(element))}</div>'
    if name == "note":
        number = escape(element.get("n") or "")
        return f'<span class="{NOTE_CLASS}" data-number="{number}">{escape(plain_text(element))}</span>'
    if name == "lb":
        return "" if element.get("break") == "no" else " "
    if name == "head":
        tag = f"h{min(max(level, 1), 6)}" if _name(element.getparent()).startswith(("div", "body")) else "p"
    elif name in ("quote", "cit", "q") and _stands_alone(element):
        tag = "blockquote"
    elif name == "del" or "strike" in (element.get("rendition") or element.get("rend") or ""):
        tag = "s"
    else:
        tag = AS_HTML.get(name, "")
    inside = level + 1 if name.startswith("div") else level
    content = escape(element.text or "") + "".join(_html(child, inside) + escape(child.tail or "") for child in element)
    if name in ("quote", "q", "soCalled") and not tag and not content.lstrip().startswith(QUOTATION_MARKS):
        return f"“{content.strip()}”"
    return f"<{tag}>{content}</{tag}>" if tag else content


def _stands_alone(element: Any) -> bool:
    """Whether a quotation is a separate block and not part of a sentence."""
    parent = _name(element.getparent())
    return (
        parent in ("body", "front", "back", "sp", "epigraph")
        or parent.startswith("div")
        or any(_name(child) in AS_HTML for child in element)
    )


def _name(element: Any) -> str:
    return str(lxml.etree.QName(element).localname) if isinstance(element.tag, str) else ""
