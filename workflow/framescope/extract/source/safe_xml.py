"""Parsing XML without its document type, so that nothing is fetched and no entity is expanded."""

from __future__ import annotations

from typing import Any

import lxml.etree

from framescope.document import ExtractionError
from framescope.extract.source.limits import nested_too_deeply

# Elements of HTML, TEI, JATS, OOXML and ODF whose text is separate from the text around them. Around all other
# elements, such as runs and emphasis, there is a space only if the source has one.
APART = frozenset(
    """address article aside blockquote body br button caption cell cr dd details dialog disp-quote div dl dt fieldset
    figcaption figure footer form h h1 h2 h3 h4 h5 h6 head header hr item label lb l lg li line-break list list-item
    main mixed-citation nav note ol option p pb pre quote ref row section select summary tab table tbody td tfoot th
    thead title tc tr ul""".split()  # noqa: SIM905
)


def parse_xml(data: bytes) -> Any:
    """The root element of an XML document.

    Raises: ExtractionError if it is not well formed.
    """
    parser = lxml.etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return lxml.etree.fromstring(data, parser)
    except lxml.etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise nested_too_deeply() from error
        raise ExtractionError(
            "",
            f"the XML in it is not well formed ({error})",
            "Save it again from the program that made it, or mend it where the message points.",
        ) from error


def remove(element: Any) -> None:
    """Remove an element from its tree but keep the text that follows it."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def plain_text(element: Any) -> str:
    """All text of an element, with single spaces.

    Separate elements, such as paragraphs and line breaks, end a word; other elements may be part of a word.

    >>> plain_text(lxml.etree.fromstring("<div><p>to un<b>der</b>stand</p><p>it</p></div>"))
    'to understand it'
    """
    pieces = []
    for event, node in lxml.etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if stands_apart(node):
            pieces.append(" ")
        if event == "start":
            pieces.append(node.text or "")
        elif node is not element:
            pieces.append(node.tail or "")
    return " ".join("".join(pieces).split())


def stands_apart(node: Any) -> bool:
    """Whether the text of an element is separate from the text around it and not part of the same line."""
    return isinstance(node.tag, str) and lxml.etree.QName(node).localname in APART
