"""Web pages: the body of the article and its notes, separated from navigation, banners and comments."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import Any

import lxml.etree
import lxml.html
import trafilatura
from trafilatura.readability_lxml import Document as Readability

from framescope.document import ExtractionError, LeftOut
from framescope.extract.content import Content
from framescope.extract.markup.pandoc import read_pandoc
from framescope.extract.source.decoding import decode
from framescope.extract.source.limits import Limits, nested_too_deeply
from framescope.extract.source.safe_xml import plain_text, stands_apart
from framescope.extract.web.boilerplate import names, take_out_boilerplate
from framescope.extract.web.notes import mark_notes
from framescope.words import count_words

# lxml has no type hints.
Element = Any

INVISIBLE = names("""
    script style noscript template svg iframe object form button select input textarea link canvas dialog
""")
# A form with at least this many words is kept, because some sites put the whole page into a form.
FORM_WORDS = 100
MARK = "data-framescope"
BLOCKS = names("p li blockquote pre dd dt h1 h2 h3 h4 h5 h6 td div section")
# After boilerplate is removed, the article has at least this share of the running text of a page.
MOST_OF_THE_PAGE = 0.6
WHOLE_TAGS = names("p li ul ol blockquote h1 h2 h3 h4 h5 h6")
# A block with fewer words is more often an entry of a menu or a caption than running text.
RUNNING_WORDS = 10
SITE_NAME = re.compile(r"\s+(?:[|·»–—]|-|::)\s+")
# Characters that a page may contain but that lxml does not allow in a text that is set.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NO_TEXT = ("the page holds no text", "Pages that need JavaScript: print them to PDF from a browser and use the PDF.")


def read_html(data: bytes, limits: Limits) -> Content:
    """The content of a web page: the headings, paragraphs and notes of its article; all other text is left out."""
    text, encoding = decode(data, declares=True)
    page = parse_page(text)
    stated = _page_names(page)
    title = _page_title(page, stated)
    mark_notes(page)
    left_out = take_out_boilerplate(page)
    body = _article(page, stated, left_out)
    source = lxml.etree.tostring(body, encoding="utf-8", method="html", with_tail=False)
    content = read_pandoc(b"<!doctype html><meta charset=utf-8>" + source, "html", limits)
    if not any(section.paragraphs for section in content.sections):
        content = read_pandoc(_fallback(text), "html", limits)
    return replace(content, title=title or content.title, left_out=left_out + content.left_out, encoding=encoding)


def parse_page(text: str) -> Element:
    """The element tree of a page.

    Raises: ExtractionError if the page has no text or is nested too deeply.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        page = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError) as error:
        raise ExtractionError("", *NO_TEXT) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise nested_too_deeply()
    for element in page.iter():
        element.text = CONTROL.sub(" ", element.text) if element.text else None
        element.tail = CONTROL.sub(" ", element.tail) if element.tail else None
    for element in list(page.iter(*INVISIBLE)):
        if element.tag != "form" or count_words(element.text_content()) < FORM_WORDS:
            element.drop_tree()
    return page


def _page_names(page: Element) -> list[str]:
    """The titles that a page states: that for links from other pages, then that of the browser window."""
    stated = page.xpath("//meta[@property='og:title']/@content") + [
        plain_text(title) for title in page.xpath("//title")
    ]
    return [name for name in (" ".join(name.split()) for name in stated) if name]


def _page_title(page: Element, stated: list[str]) -> str | None:
    if not stated:
        return None
    for heading in (plain_text(heading) for heading in page.xpath("//h1")):
        if heading and (stated[0] == heading or SITE_NAME.match(stated[0].removeprefix(heading))):
            return heading
    parts = SITE_NAME.split(stated[0])
    return parts[0] if len(parts) > 1 and count_words(parts[-1]) <= 4 else stated[0]


def _article(page: Element, stated: list[str], left_out: list[LeftOut]) -> Element:
    """The element that contains the article with its headline; the texts outside it are added to `left_out`."""
    root = page.find("body")
    root = page if root is None else root
    body = _main_element(page, root)
    if body is not root:
        _keep_headline(page, body, stated)
        for element in _outside(root, body):
            if text := plain_text(element):
                left_out.append(LeftOut("other", text))
    return body


def _main_element(page: Element, root: Element) -> Element:
    """The element in which readability finds the article, or an ancestor of it with most of the running text."""
    for number, element in enumerate(page.iter(*BLOCKS)):
        element.set(MARK, str(number))
    chosen = set(_readable_blocks(page))
    blocks = [element for element in root.iter() if element.get(MARK)]
    words = {element: count_words(_own_text(element)) for element in blocks}
    running = {element: count for element, count in words.items() if count >= RUNNING_WORDS}
    readable = {element: count for element, count in words.items() if element.get(MARK) in chosen}
    for element in blocks:
        del element.attrib[MARK]
    if not sum(readable.values()):
        return root
    body = _innermost(root, readable)
    while body is not root and _held(body, running) < MOST_OF_THE_PAGE * sum(running.values()):
        body = body.getparent()
    articles = body.xpath("ancestor::article")
    return articles[0] if articles and not articles[0].xpath(".//article") else body


def _innermost(root: Element, words: dict[Element, int]) -> Element:
    """The smallest element below `root` that contains nearly all of the words, and no part of a list or paragraph."""
    enough, body = 0.95 * sum(words.values()), root
    while True:
        largest = max(body, key=lambda child: _held(child, words), default=None)
        if largest is None or _held(largest, words) < enough or largest.tag in WHOLE_TAGS:
            return body
        body = largest


def _held(element: Element, words: dict[Element, int]) -> int:
    return sum(words.get(inner, 0) for inner in element.iter())


def _own_text(element: Element) -> str:
    """The text of a marked element without the text of marked elements inside it."""
    pieces = [element.text or ""]
    for child in element:
        gap = " " if stands_apart(child) or child.get(MARK) else ""
        pieces += [gap, "" if child.get(MARK) else _own_text(child), gap, child.tail or ""]
    return "".join(pieces)


def _readable_blocks(page: Element) -> list[str]:
    """The marks of the blocks that readability takes for parts of the article; none if it finds no text."""
    # Readability changes the tree that it is given.
    summary = Readability(copy.deepcopy(page)).summary()
    try:
        tree = lxml.html.fromstring(summary)
    except lxml.etree.ParserError:
        return []
    return [element.get(MARK) for element in tree.iter() if isinstance(element.tag, str) and element.get(MARK)]


def _keep_headline(page: Element, body: Element, stated: list[str]) -> None:
    """Insert a headline into a body without one: the main heading with which the title of the page begins."""
    if body.xpath(".//h1"):
        return
    headings = [heading for heading in page.xpath("//h1") if plain_text(heading)]
    named = [heading for heading in headings if any(name.startswith(plain_text(heading)) for name in stated)]
    headline = next(iter(named if stated else headings), None)
    if headline is not None and body not in headline.iter():
        headline.drop_tree()
        headline.tail, body.text = body.text, None
        body.insert(0, headline)


def _outside(root: Element, body: Element) -> list[Element]:
    """The largest elements of a page that do not contain its article, in order."""
    path = {body, *body.iterancestors()}
    return [
        child
        for ancestor in root.iter()
        if ancestor in path and ancestor is not body
        for child in ancestor
        if child not in path and isinstance(child.tag, str)
    ]


def _fallback(text: str) -> bytes:
    article = trafilatura.extract(text, output_format="html", include_comments=False, favor_recall=True)
    if not article:
        raise ExtractionError("", *NO_TEXT)
    return str(article).encode("utf-8")
