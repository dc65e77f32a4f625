"""Web pages: the article's body and its notes, apart from navigation, banners and comments."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import lxml.etree
import lxml.html
import readability
import trafilatura

from framescope.document import ExtractionError, LeftOut, LeftOutKind
from framescope.extract.content import Content
from framescope.extract.decoding import decode
from framescope.extract.limits import Limits
from framescope.extract.pandoc import read_pandoc
from framescope.extract.web_notes import mark_notes
from framescope.words import count_words

# lxml ships no types.
Element = Any

INVISIBLE = "script|style|noscript|template|svg|iframe|object|form|button|select|input|textarea|link|canvas|dialog"
# Some sites wrap a whole page into a form.
FORM_WORDS = 100
FURNITURE_TAGS: dict[str, LeftOutKind] = {"nav": "header", "aside": "other", "footer": "footer", "menu": "header"}
FURNITURE_ROLES: dict[str, LeftOutKind] = {
    "navigation": "header",
    "banner": "header",
    "search": "header",
    "contentinfo": "footer",
    "complementary": "other",
    "dialog": "other",
    "alertdialog": "other",
}
# Whole words of class names and ids, in the vocabulary of content management systems.
FURNITURE_WORDS = frozenset(
    re.findall(
        r"\w+",
        """ad ads advert advertisement alert banner breadcrumb breadcrumbs comment commenting comments cookie cookies
        consent disqus feedback footer gdpr hidden masthead menu modal nav navbar navigation newsletter noprint outbrain
        overlay pager pagination paywall popup promo promotion readmore recirc recommended related respond share
        sharedaddy sharing sidebar signup skip skiplink social sponsor sponsored subscribe subscription taboola tags
        teaser toc toolbar trending widget""",
    )
)
CLASS_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
KEPT_TAGS = frozenset(["html", "body", "main", "article"])
MARK = "data-framescope"
BLOCKS = "p|li|blockquote|pre|dd|dt|h1|h2|h3|h4|h5|h6|td|div|section"
# A page is more than one article when the body found holds less than this share of its running text.
ENOUGH_OF_THE_PAGE = 0.25
SITE_NAME = re.compile(r"\s+(?:[|·»–—]|-|::)\s+")
NO_TEXT = ("the page holds no text", "Pages that need JavaScript: print them to PDF from a browser and use the PDF.")


def read_html(data: bytes, limits: Limits) -> Content:
    """The article of a web page: its headings and paragraphs, its notes, and the rest of the page as left out."""
    text, encoding = decode(data, declares=True)
    page = parse_page(text)
    title = _page_title(page)
    mark_notes(page)
    left_out = _take_out_furniture(page)
    body = _article(page, left_out)
    source = lxml.etree.tostring(body, encoding="utf-8", method="html", with_tail=False)
    content = read_pandoc(b"<!doctype html><meta charset=utf-8>" + source, "html", limits)
    if not any(section.paragraphs for section in content.sections):
        content = read_pandoc(_fallback(text), "html", limits)
    return replace(content, title=title or content.title, left_out=left_out + content.left_out, encoding=encoding)


def parse_page(text: str) -> Element:
    """The element tree of a page; raises ExtractionError when it has none."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError) as error:
        raise ExtractionError("", *NO_TEXT) from error
    for element in page.xpath("|".join(f"//{tag}" for tag in INVISIBLE.split("|"))):
        if element.tag != "form" or count_words(element.text_content()) < FORM_WORDS:
            element.drop_tree()
    return page


def _page_title(page: Element) -> str | None:
    first_headings = [_text(heading) for heading in page.xpath("//h1") if _text(heading)]
    named = page.xpath("//meta[@property='og:title']/@content") + [_text(title) for title in page.xpath("//title")]
    for name in (" ".join(name.split()) for name in named):
        if not name:
            continue
        parts = SITE_NAME.split(name)
        for heading in first_headings:
            if name.startswith(heading):
                return heading
        return parts[0] if len(parts) > 1 and count_words(parts[-1]) <= 4 else name
    return None


def _take_out_furniture(page: Element) -> list[LeftOut]:
    left_out = []
    total = count_words(" ".join(_text(paragraph) for paragraph in page.xpath("//p")))
    for element in list(page.iter()):
        if not isinstance(element.tag, str) or element.getroottree().getroot() is not page:
            continue
        kind = _furniture_kind(element)
        if kind is None:
            continue
        held = count_words(" ".join(_text(paragraph) for paragraph in element.xpath(".//p")))
        if total and held > 0.4 * total:
            continue
        if text := _text(element):
            left_out.append(LeftOut(kind, text))
        element.drop_tree()
    return left_out


def _furniture_kind(element: Element) -> LeftOutKind | None:
    tag = element.tag
    if tag in KEPT_TAGS:
        return None
    if tag in FURNITURE_TAGS:
        return FURNITURE_TAGS[tag]
    if tag == "header" and not element.xpath("ancestor::article|ancestor::main|.//h1"):
        return "header"
    if element.get("role") in FURNITURE_ROLES:
        return FURNITURE_ROLES[element.get("role")]
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return "other"
    if "display:none" in (element.get("style") or "").replace(" ", "").lower():
        return "other"
    if tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "em", "strong", "b", "i"):
        return None
    words = {word.lower() for word in CLASS_WORD.findall(f"{element.get('class') or ''} {element.get('id') or ''}")}
    return "other" if words & FURNITURE_WORDS else None


def _article(page: Element, left_out: list[LeftOut]) -> Element:
    """The element that holds the article, its title included; what stands outside it joins `left_out`."""
    root = page.find("body")
    root = page if root is None else root
    body = _main_element(page, root)
    if body is not root:
        _keep_headline(page, body)
        for element in _outside(root, body):
            if text := _text(element):
                left_out.append(LeftOut("other", text))
    return body


def _main_element(page: Element, root: Element) -> Element:
    for number, element in enumerate(page.xpath("|".join(f"//{tag}" for tag in BLOCKS.split("|")))):
        element.set(MARK, str(number))
    chosen = _readable_blocks(page)
    blocks = {element.get(MARK): element for element in root.iter() if element.get(MARK)}
    found = [blocks[mark] for mark in chosen if mark in blocks and blocks[mark].tag in ("p", "li", "blockquote", "dd")]
    words = {element: count_words(_text(element)) for element in found}
    total = sum(words.values())
    for element in blocks.values():
        del element.attrib[MARK]
    everything = sum(count_words(_text(paragraph)) for paragraph in root.xpath(".//p"))
    if not total or total < ENOUGH_OF_THE_PAGE * everything:
        return root
    body = root
    while True:
        held = {child: sum(words.get(element, 0) for element in child.iter()) for child in body}
        largest = max(held, key=lambda child: held[child], default=None)
        if largest is None or held[largest] < 0.95 * total or largest.tag in ("p", "li", "ul", "ol", "blockquote"):
            break
        body = largest
    articles = body.xpath("ancestor::article")
    return articles[0] if articles and len(articles[0].xpath(".//article")) == 0 else body


def _readable_blocks(page: Element) -> list[str]:
    try:
        summary = readability.Document(lxml.html.tostring(page, encoding="unicode")).summary(html_partial=True)
        tree = lxml.html.fromstring(summary)
    except (readability.readability.Unparseable, lxml.etree.ParserError):
        return []
    return [element.get(MARK) for element in tree.iter() if isinstance(element.tag, str) and element.get(MARK)]


def _keep_headline(page: Element, body: Element) -> None:
    if body.xpath(".//h1"):
        return
    before = [heading for heading in page.xpath("//h1") if _text(heading)]
    if len(before) == 1:
        body.insert(0, before[0])


def _outside(root: Element, body: Element) -> list[Element]:
    """The largest elements of a page that do not hold its article, in order."""
    path = {body, *body.iterancestors()}
    return [
        child
        for ancestor in root.iter()
        if ancestor in path and ancestor is not body
        for child in ancestor
        if child not in path and isinstance(child.tag, str)
    ]


def _fallback(text: str) -> bytes:
    found = trafilatura.extract(text, output_format="html", include_comments=False, favor_recall=True)
    if not found:
        raise ExtractionError("", *NO_TEXT)
    return str(found).encode("utf-8")


def _text(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())
