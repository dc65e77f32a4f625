"""Notes of web pages: a marker that links to its note is replaced by an element with number and text of the note."""

from __future__ import annotations

import re
from typing import Any

import lxml.html

from framescope.extract.markup.syntax_tree import NOTE_CLASS
from framescope.extract.source.safe_xml import plain_text

# lxml has no type hints.
Element = Any

MARKER = re.compile(
    r"[\[(]?\s*(?:(?:fn|note|n)\.?\s*)?(\d{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§¶#]{1,4})\s*[\])]?", re.IGNORECASE
)
NOTE_NAME = re.compile(
    r"(?:^|[^a-z])_?(?:fn|ftn|edn|en|note|footnote|endnote|cite_note|cite-note|ref)s?(?:[^a-z]|$)", re.IGNORECASE
)
NOTE_BLOCKS = frozenset(["li", "p", "div", "aside", "dd", "td", "section", "tr"])
BACK_LINK = re.compile(r"[\s↩︎↑^⇑←\u21a9\ufe0e]*|back|return|jump up|\[?\d{1,4}\]?\.?|[a-z]", re.IGNORECASE)
MARGIN_NOTE = re.compile(r"\b(?:side|margin)-?note\b", re.IGNORECASE)
# An element with at least this many children is not a single note but the article.
LONGEST_NOTE = 8
LEADING_NUMBER = re.compile(r"^\s*[\[(]?(?:\d{1,4}|[*†‡§])[\]).:]?\s*")


def mark_notes(page: Element) -> None:
    """Replace the marker that first cites a note by the note, as a `span` of class `framescope-note`.

    A marker is a short link within the page whose target is a block that links back to it, or that the page itself
    names as a note. Later markers of the same note are removed. Notes in the margin, which are already at their place
    in the text, are only marked.
    """
    for aside in list(page.iter("span", "small", "aside")):
        if MARGIN_NOTE.search(aside.get("class") or ""):
            _replace(aside, _marker("", plain_text(aside)))
    targets = {element.get(name): element for name in ("name", "id") for element in page.iter() if element.get(name)}
    links = [link for link in page.iter("a") if "#" in (link.get("href") or "") and MARKER.fullmatch(plain_text(link))]
    blocks = {link: block for link in links if (block := _note_block(link, targets)) is not None}
    notes = {link: _whole_note(block, set(blocks.values())) for link, block in blocks.items()}
    placed: set[Element] = set()
    for link, note in notes.items():
        first = note not in placed
        placed.add(note)
        marker = _marker(_number(link), _note_text(note, link)) if first else lxml.html.Element("span")
        _replace(_whole_marker(link), marker)
    for note in placed:
        _remove_with_empty_parents(note)


def _marker(number: str, text: str) -> Element:
    marker = lxml.html.Element("span")
    marker.set("class", NOTE_CLASS)
    marker.set("data-number", number)
    marker.text = text
    return marker


def _note_block(link: Element, targets: dict[str, Element]) -> Element | None:
    """The block that a link cites as a note; None if the link is not the marker of a note."""
    target = targets.get(_fragment(link))
    block = target
    while block is not None and block.tag not in NOTE_BLOCKS:
        block = block.getparent()
    if target is None or block is None or block in link.iterancestors() or _order(block) < _order(link):
        return None
    names = (target.get("id") or "", target.get("name") or "", link.get("class") or "")
    says_note = _is_reference(link) or any(NOTE_NAME.search(name) for name in names)
    names_of_link = {
        name
        for element in (link, *link.iterancestors("sup", "span"))
        for name in (element.get("id"), element.get("name"))
    }
    links_back = any(_fragment(back) in names_of_link for back in block.xpath(".//a[contains(@href, '#')]"))
    return block if links_back or (says_note and _is_raised(link)) else None


def _whole_note(block: Element, blocks: set[Element]) -> Element:
    """The element that contains all paragraphs of a note and no other note; otherwise the block itself."""
    around = block.getparent()
    if block.tag != "p" or around is None or around.tag not in ("li", "div", "aside", "dd"):
        return block
    begins = plain_text(around).startswith(plain_text(block))
    alone = not any(other is not block and around in other.iterancestors() for other in blocks)
    plain = all(child.tag in ("p", "ul", "ol", "blockquote") for child in around) and len(around) < LONGEST_NOTE
    return around if begins and alone and plain else block


def _fragment(link: Element) -> str:
    return str(link.get("href")).partition("#")[2]


def _is_raised(link: Element) -> bool:
    return bool(link.xpath("ancestor::sup|.//sup")) or _is_reference(link) or plain_text(link)[:1] in "[("


def _is_reference(link: Element) -> bool:
    return "noteref" in f"{link.get('role')} {link.get('epub:type')}"


def _order(element: Element) -> list[int]:
    order: list[int] = []
    while (parent := element.getparent()) is not None:
        order.insert(0, parent.index(element))
        element = parent
    return order


def _number(link: Element) -> str:
    match = MARKER.fullmatch(plain_text(link))
    return match[1] if match else ""


def _whole_marker(link: Element) -> Element:
    element = link
    while (parent := element.getparent()) is not None and parent.tag in ("sup", "span"):
        if plain_text(parent).strip("[]() ") != plain_text(link).strip("[]() "):
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
    number = re.escape(_number(link))
    return bool(re.match(rf"[\[(]?{number}(?:[\]).:]|\s)", plain_text(note)))


def _gather(element: Element, pieces: list[str]) -> None:
    is_link = element.tag == "a" and "#" in (element.get("href") or "")
    if not (is_link and BACK_LINK.fullmatch(plain_text(element))):
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
