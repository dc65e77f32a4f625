"""The boilerplate of a web page: navigation, banners, bylines, comments and footers around the article."""

from __future__ import annotations

import re
from typing import Any

from framescope.document import LeftOut, LeftOutKind
from framescope.extract.source.safe_xml import plain_text
from framescope.words import count_words

# lxml has no type hints.
Element = Any


def names(text: str) -> frozenset[str]:
    """The set of names in a text, in which they are separated by spaces or lines."""
    return frozenset(text.split())


BOILERPLATE_TAGS: dict[str, LeftOutKind] = {"nav": "header", "aside": "other", "footer": "footer", "menu": "header"}
BOILERPLATE_ROLES: dict[str, LeftOutKind] = {
    "navigation": "header",
    "banner": "header",
    "search": "header",
    "contentinfo": "footer",
    "complementary": "other",
    "dialog": "other",
    "alertdialog": "other",
}
# Words in classes and ids by which content management systems name boilerplate.
BOILERPLATE_WORDS = names("""
    ad ads advert advertisement alert banner breadcrumb breadcrumbs comment commenting comments cookie cookies consent
    disqus editsection feedback footer gdpr hidden masthead menu modal nav navbar navigation newsletter noprint outbrain
    overlay pager pagination paywall popup promo promotion readmore recirc recommended related respond share sharedaddy
    sharing sidebar signup skip skiplink social sponsor sponsored subscribe subscription taboola tags teaser toc toolbar
    trending widget
""")
# Those of them that never name an element that contains the article.
CERTAIN_WORDS = names("comment comments cookie cookies consent disqus footer respond sidebar")
# Names of elements for layout, which may contain the article as well.
STRUCTURE_WORDS = names("article body col container content grid has layout main page row with wrap wrapper")
LARGE_SHARE = 0.4
BYLINE_WORDS = names("author authors byline date dateline datetime meta posted published subtitle timestamp")
LONGEST_BYLINE = 40
POINTER = re.compile(r"(?:also read|related|read (?:more|also|next)|see also|more (?:on|from)|watch|listen)\b", re.I)
PERMALINKS = names("¶ # § 🔗")
TEXT_TAGS = names("p h1 h2 h3 h4 h5 h6 blockquote em strong b i")
LIST_TAGS = names("ul ol td div table p")
MENU_LINKS = 4
CLASS_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
KEPT_TAGS = names("html body main")


def take_out_boilerplate(page: Element) -> list[LeftOut]:
    """Remove the boilerplate of a page and return its texts in order."""
    left_out = []
    total = count_words(plain_text(page))
    waiting = [page]
    while waiting:
        element = waiting.pop()
        text = plain_text(element)
        kind = _boilerplate_kind(element, count_words(text), total)
        if kind is None:
            waiting += [child for child in reversed(element) if isinstance(child.tag, str)]
            continue
        if text:
            left_out.append(LeftOut(kind, text))
        element.drop_tree()
    return left_out


def _boilerplate_kind(element: Element, held: int, total: int) -> LeftOutKind | None:
    """The kind of boilerplate that an element is, by its tag, role and names; None if it may belong to the article.

    `held` and `total` are the numbers of words of the element and of the page.
    """
    tag, role = element.tag, element.get("role")
    if tag in KEPT_TAGS:
        return None
    large = held > LARGE_SHARE * total
    words = _name_words(element)
    if tag == "article" and large:
        return None
    if large and (words & STRUCTURE_WORDS or element.xpath(".//h1|.//main")):
        return None
    if tag == "header" and not element.xpath("ancestor::article|ancestor::main|.//h1"):
        return "header"
    if tag in BOILERPLATE_TAGS or role in BOILERPLATE_ROLES:
        return BOILERPLATE_TAGS.get(tag) or BOILERPLATE_ROLES[role]
    style = (element.get("style") or "").replace(" ", "").lower()
    if element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style:
        return None if large else "other"
    if words & BYLINE_WORDS and held <= LONGEST_BYLINE and not element.xpath("ancestor::p|ancestor::li"):
        return "other"
    if (tag == "p" and _is_pointer(element)) or (tag == "a" and plain_text(element) in PERMALINKS):
        return "link"
    if tag in LIST_TAGS and _is_menu(element, held):
        return "link"
    if tag in TEXT_TAGS or not words & BOILERPLATE_WORDS:
        return None
    return "other" if not large or words & CERTAIN_WORDS else None


def _name_words(element: Element) -> set[str]:
    """The words in the classes and the id of an element, except in an id that repeats the heading of a section."""
    classes, identifier = _split(element.get("class")), _split(element.get("id"))
    heading = next(iter(element.xpath("self::h1|self::h2|self::h3|self::h4|.//h1|.//h2|.//h3|.//h4")), None)
    titled = heading is not None and identifier and identifier <= set(re.findall(r"\w+", plain_text(heading).lower()))
    return classes | (identifier & CERTAIN_WORDS if titled else identifier)


def _split(names: str | None) -> set[str]:
    return {word.lower() for word in CLASS_WORD.findall(names or "")}


def _is_menu(element: Element, held: int) -> bool:
    """Whether an element consists almost entirely of short links."""
    links = [count_words(plain_text(link)) for link in element.xpath(".//a")]
    return len(links) >= MENU_LINKS and sum(links) >= 0.8 * held and sum(links) <= 6 * len(links)


def _is_pointer(paragraph: Element) -> bool:
    text = plain_text(paragraph)
    return bool(POINTER.match(text)) and text == " ".join(plain_text(link) for link in paragraph.xpath(".//a"))
