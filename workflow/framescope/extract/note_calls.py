"""Where paragraphs cite notes, while the markers are removed from their texts and the texts are cleaned."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from framescope.document import Call, Paragraph

Clean = Callable[[str], str]


def taken_out(pattern: re.Pattern[str], text: str, clean: Clean) -> tuple[str, list[tuple[int, re.Match[str]]]]:
    """The cleaned text without what the pattern finds, and each match with the number of characters before its place.

    >>> text, found = taken_out(re.compile("#[0-9]"), "a  toll#1  rose.#2", lambda text: " ".join(text.split()))
    >>> text, [at for at, _ in found]
    ('a toll rose.', [6, 12])
    """
    without = clean(pattern.sub("", text))
    found = [(_before(text[: each.start()], pattern, clean), each) for each in pattern.finditer(text)]
    return without, [(min(at, len(without)), each) for at, each in found]


def _before(text: str, pattern: re.Pattern[str], clean: Clean) -> int:
    return len(clean(pattern.sub("", text)))


def cleaned(paragraph: Paragraph, clean: Clean) -> Paragraph:
    """The paragraph with a cleaned text, and its notes cited at the same places of it."""
    text = clean(paragraph.text)
    calls = [Call(min(len(clean(paragraph.text[: call.at])), len(text)), call.note) for call in paragraph.calls]
    return replace(paragraph, text=text, calls=calls)
