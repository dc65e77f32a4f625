"""Notes of web pages: a marker that links to its note becomes one element that carries both."""

from __future__ import annotations

import re
from typing import Any

import lxml.etree
import lxml.html

from framescope.extract.syntax_tree import NOTE_CLASS

# lxml ships no types.
Element = Any

MARKER = re.compile(
    r"[\[(]?\s*(?:(?:fn|note|n)\.?\s*)?(\d{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§¶#]{1,4})\s*[\])]?", re.IGNORECASE
)
NOTE_NAME = re.compile(
    r"(?:^|[^a-z])_?(?:fn|ftn|edn|en|note|footnote|endnote|cite_note|cite-note|ref)s?(?:[^a-z]|$)", re.IGNORECASE
)
NOTE_BLOCKS = frozenset(["li", "p", "div", "aside", "dd", "td", "section", "tr"])
BACK_LINK = re.compile(r"[\s↩︎↑^⇑←\u21a9\ufe0e]*|back|return|jump up|\[?\d{1,4}\]?\.?|[a-z]", re.IGNORECASE)
LEADING_NUMBER = re.compile(r"^\s*[\[(]?(?:\d{1,4}|[*†‡§])[\]).:]?\s*")


def mark_notes(page: Element) -> None:
    """Put each note in place of the marker that first cites it, as a `span` of class `framescope-note`.

    A marker is a short link inside the page whose target is a block that links back to it, or that the page itself
    calls a note. Later markers of the same note are removed.
    """
    targets = {element.get(name): element for name in ("name", "id") for element in page.xpath(f"//*[@{name}]")}
    done: dict[Element, str] = {}
    for link in page.xpath("//a[starts-with(@href, '#')]"):
        note = _note_of(link, targets)
        if note is None:
            continue
        number = _marker_number(link)
        marker = lxml.html.Element("span")
        if note not in done:
            done[note] = number
            marker.set("class", NOTE_CLASS)
            marker.set("data-number", number)
            marker.text = _note_text(note, link)
        _replace(_whole_marker(link), marker)
    for note in done:
        _remove_with_empty_parents(note)


def _note_of(link: Element, targets: dict[str, Element]) -> Element | None:
    text = "".join(link.itertext()).strip()
    target = targets.get(link.get("href")[1:])
    if target is None or not MARKER.fullmatch(text):
        return None
    note = target
    while note is not None and note.tag not in NOTE_BLOCKS:
        note = note.getparent()
    if note is None or note in link.iterancestors():
        return None
    says_note = _is_reference(link) or any(
        NOTE_NAME.search(name) for name in (target.get("id") or "", target.get("name") or "", link.get("class") or "")
    )
    own = {
        name
        for element in (link, *link.iterancestors("sup", "span"))
        for name in (element.get("id"), element.get("name"))
    }
    links_back = any(back.get("href")[1:] in own for back in note.xpath(".//a[starts-with(@href, '#')]"))
    follows = _follows(note, link)
    return note if follows and (links_back or (says_note and _is_raised(link, text))) else None


def _is_raised(link: Element, text: str) -> bool:
    return bool(link.xpath("ancestor::sup|.//sup")) or _is_reference(link) or text[:1] in "[("


def _is_reference(link: Element) -> bool:
    return "noteref" in f"{link.get('role')} {link.get('epub:type')}"


def _follows(note: Element, link: Element) -> bool:
    return _order(note) > _order(link)


def _order(element: Element) -> list[int]:
    order: list[int] = []
    while (parent := element.getparent()) is not None:
        order.insert(0, parent.index(element))
        element = parent
    return order


def _marker_number(link: Element) -> str:
    match = MARKER.fullmatch("".join(link.itertext()).strip())
    return match[1] if match else ""


def _whole_marker(link: Element) -> Element:
    text = "".join(link.itertext()).strip()
    element = link
    while (parent := element.getparent()) is not None and parent.tag in ("sup", "span"):
        if "".join(parent.itertext()).strip("[]() \n\t") != text.strip("[]() \n\t"):
            break
        element = parent
    return element


def _note_text(note: Element, link: Element) -> str:
    pieces: list[str] = []
    _gather(note, pieces)
    text = " ".join("".join(pieces).split())
    text = LEADING_NUMBER.sub("", text, count=1) if _numbered(note, link) else text
    return text.lstrip(" .:)]")


def _numbered(note: Element, link: Element) -> bool:
    text = " ".join(" ".join(note.itertext()).split())
    number = re.escape(_marker_number(link))
    return bool(re.match(rf"[\[(]?{number}(?:[\]).:]|\s)", text))


def _gather(element: Element, pieces: list[str]) -> None:
    is_back_link = element.tag == "a" and (element.get("href") or "").startswith("#")
    if not (is_back_link and BACK_LINK.fullmatch("".join(element.itertext()).strip())):
        pieces.append(element.text or "")
        for child in element:
            _gather(child, pieces)
            pieces.append(child.tail or "")
        if element.tag in ("p", "li", "div", "br"):
            pieces.append(" ")


def _replace(element: Element, marker: Element) -> None:
    parent = element.getparent()
    marker.tail = element.tail
    element.tail = None
    parent.replace(element, marker)


def _remove_with_empty_parents(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    element.drop_tree()
    while parent.tag not in ("body", "html") and not "".join(parent.itertext()).strip():
        above = parent.getparent()
        if above is None:
            return
        parent.drop_tree()
        parent = above
