"""Where the sentences of a text are in its reading."""

from __future__ import annotations

import re
from collections import Counter

from benchmarks.odd_texts.made import Odd

from framescope.extract.content import Content
from framescope.extract.doubts import doubts
from framescope.extract.pages.lines import letters
from framescope.extract.pages.text.read import read_plain
from framescope.extract.parse import tidied


def reading(odd: Odd) -> Content:
    """The content of a text as the reader of plain texts returns it, with its doubts."""
    content = tidied(read_plain(odd.text))
    content.warnings += doubts(content)
    return content


def pieces(content: Content) -> dict[str, list[str]]:
    """The texts of a reading by the kind that they were taken for."""
    found: dict[str, list[str]] = {
        "body": [" ".join(p.text for section in content.sections for p in section.paragraphs)],
        "heading": [content.title or "", *(section.title or "" for section in content.sections)],
        "note": [f"{note.number} {note.text}" for note in content.notes],
    }
    for item in content.left_out:
        found.setdefault(item.kind, []).append(item.text)
    return found


def lost_words(text: str, content: Content) -> Counter[str]:
    """The words of a text that no part of its reading contains."""
    read = Counter(words(" ".join(piece for kind in pieces(content).values() for piece in kind)))
    return Counter(words(text)) - read


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def places(odd: Odd, content: Content) -> list[str]:
    """Where each sentence is: body, heading, note, a kind left out, or "cut" where no one piece contains it whole."""
    found = {kind: " ".join(letters(text) for text in texts) for kind, texts in pieces(content).items()}
    unused = {kind: Counter({s: text.count(s) for s in map(letters, odd.sentences)}) for kind, text in found.items()}
    result = []
    for sentence in map(letters, odd.sentences):
        place = next((kind for kind, counts in unused.items() if counts[sentence]), "cut")
        if place != "cut":
            unused[place][sentence] -= 1
        result.append(place)
    return result
