"""Printed lines and blocks of lines, from which pages are analysed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from framescope.document import LeftOutKind, ParagraphKind
from framescope.extract.private_marks import MARKER_CLOSES, MARKER_OPENS

# A note marker in running text, before sections are assembled.
MARK = re.compile(f"{MARKER_OPENS}([^{MARKER_CLOSES}]*){MARKER_CLOSES}")

# A list's bullet at the beginning of an item.
BULLET = re.compile(r"^(?:[•●▪■◦‣⁃∙·○▸►–—*-]\s+(?=\S)|[•●▪■◦‣▸►])")

MOST_DIGITS = 10

BlockKind = ParagraphKind | LeftOutKind | Literal["heading"]

# fmt: off
FUNCTION_WORDS = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "if", "in", "into", "is", "nor",
        "of", "on", "or", "per", "than", "that", "the", "their", "this", "to", "upon", "via", "vs", "was",
        "were", "which", "who", "whose", "with"
    }
)
# fmt: on
# Characters in TeX's own font encodings at codes of control characters, which appear in texts from fonts without a
# Unicode map: those of the Cork encoding from 16 on, and of the older TeX text encoding below.
TEX = (
    dict(zip(range(0x0B, 0x10), ("ff", "fi", "fl", "ffi", "ffl"), strict=True))
    | dict(zip(range(0x10, 0x17), "“”„«»–—", strict=True))
    | dict(zip(range(0x1B, 0x20), ("ff", "fi", "fl", "ffi", "ffl"), strict=True))
    | {0x84: "†", 0x85: "‡", 0x86: "‖"}
)
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
# The last marks are those of Chinese and Japanese, Urdu, Arabic, Hindi and Amharic. Note signs may follow.
FINISHED = re.compile(r"[.!?…:;。！？｡۔؟।॥።][\"'”’»)\]」』*†‡§¶‖]*$")
SENTENCE_END = re.compile(r"[.!?…。！？｡۔؟।॥።][\"'”’»)\]」』*†‡§¶‖]*$")
# Two characters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2}")
URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
LINK_LINE = re.compile(r"(?:(?:https?://|www\.)\S+|mailto:\S+)", re.IGNORECASE)


@dataclass
class Line:
    """One printed line.

    `left` and `right` are its edges and `size` its type size: in points, or in plain text in characters and 1.
    `gap` is the space above it beyond the usual, in lines, or None for the first line of a page or column.
    `top` orders the lines of a page, `slot` is the place to compare between pages, `width` the column's, `cells`
    the edges of the pieces that follow wide gaps in it, `isolated` whether it stands apart from all others.
    `closed` says that the page leaves space below it before the notes begin, as after a paragraph's end, `fragment`
    that it is the rest of a printed line that a raised number cut. `level` is that of a heading that the text itself
    marks as one, by underlining it; 0 for all other lines. `first` and `last` are the sizes of its first and last
    words and whether they are bold.
    `table` says that a ruled table is directly above or below the line.
    """

    text: str
    page: int = 1
    left: float = 0.0
    right: float = 0.0
    gap: float | None = 0.0
    size: float = 1.0
    bold: bool = False
    italic: bool = False
    top: float = 0.0
    slot: float = 0.0
    column: int = 0
    width: float = 0.0
    cells: tuple[tuple[float, float], ...] = ()
    isolated: bool = False
    closed: bool = False
    fragment: bool = False
    level: int = 0
    first: tuple[float, bool] | None = None
    last: tuple[float, bool] | None = None
    table: Literal["", "above", "below"] = ""

    @property
    def ends_otherwise(self) -> bool:
        """Whether the last word has another size or weight than most of the line, as after bold words run in."""
        return self.last is not None and (abs(self.last[0] - self.size) > 0.04 * self.size or self.last[1] != self.bold)

    @property
    def plain(self) -> str:
        """The text without note markers and outer spaces."""
        return MARK.sub("", self.text).strip()

    def with_text(self, text: str) -> Line:
        """The same line with another text."""
        return replace(self, text=text)


@dataclass
class Block:
    """Lines that belong together: a heading, a paragraph, or something left out; `level` is a heading's."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    level: int = 1

    @property
    def plain(self) -> str:
        """The text of all lines, without note markers, joined by spaces."""
        return " ".join(line.plain for line in self.lines)


def mark(number: str) -> str:
    """A note marker in running text, before sections are assembled."""
    return f"{MARKER_OPENS}{number}{MARKER_CLOSES}"


def letters(text: str) -> str:
    """The letters and digits of a text, by which titles are compared."""
    return "".join(re.findall(r"[^\W_]", text.casefold()))


def number_of(text: str) -> int | None:
    """The number written in digits of any script; None for other text and for more digits than pages or notes have."""
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS else None


def finished(text: str) -> bool:
    """Whether a line ends like a sentence or clause, apart from note markers."""
    return bool(FINISHED.search(MARK.sub("", text).rstrip()))


def ends_sentence(text: str) -> bool:
    """Whether a line ends like a sentence, apart from note markers."""
    return bool(SENTENCE_END.search(MARK.sub("", text).rstrip()))


def length_in_words(text: str) -> int:
    """The approximate number of words of a text, also in a script without spaces between them.

    >>> length_in_words("our common work"), length_in_words("我们的共同工作")
    (3, 4)
    """
    return len(text.split()) + len(UNSPACED.findall(text))


def begins_low(text: str) -> bool:
    """Whether a line begins like the middle of a sentence, with a small letter."""
    first = MARK.sub("", text).lstrip(" \"'“‘(")[:1]
    return first.islower()
