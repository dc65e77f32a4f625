"""Joining printed lines: which hyphens at line ends are part of the word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framescope.extract.pages.lines import MARK, URL, Line

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+(?:['’][^\W\d_]+)*)*")
HYPHENS = "-\u2010\u00ad\ufffe\x02"
# Matched from the end of a line towards its beginning, because a match towards the end would be tried from every
# character of a long word.
BROKEN = re.compile(rf"[{HYPHENS}]([^\W_]+(?:-[^\W_]+)*)")
NEXT = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*(?:-[^\W_]+)*")

# Words that usually occur before, or after, a hyphen that is part of a compound.
HEADS = frozenset(
    {
        "self",
        "well",
        "ill",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "all",
        "half",
        "ex",
        "quasi",
        "cross",
        "vis",
    }
)
TAILS = frozenset(
    {
        "based",
        "led",
        "backed",
        "term",
        "wide",
        "oriented",
        "related",
        "driven",
        "sided",
        "range",
        "style",
        "scale",
        "level",
        "sized",
        "owned",
        "run",
        "made",
        "making",
        "maker",
        "makers",
        "called",
        "known",
        "old",
        "year",
        "century",
        "fold",
        "free",
        "rich",
        "poor",
        "friendly",
        "sharing",
        "building",
        "party",
        "way",
    }
)

# Words that are known although the text may not have them by themselves.
COMMON = frozenset(
    {"long", "short", "near", "medium", "large", "small", "high", "low", "full", "hard", "part", "whole"}
)

# Short words in the middle of a compound of three.
JOINTS = frozenset({"a", "al", "and", "by", "de", "for", "in", "of", "on", "or", "the", "to", "ul", "up"})


@dataclass
class Vocabulary:
    """The words inside the lines of a document, and whether the document hyphenates words at line ends at all."""

    words: Counter[str]
    halves: frozenset[str] = frozenset()
    breaks_words: bool = True

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Vocabulary:
        """The vocabulary of the words that are not divided at line ends."""
        texts = [line.plain for line in lines]
        words: Counter[str] = Counter()
        for before, text in zip(["", *texts], texts, strict=False):
            found = [match.group().casefold() for match in WORD.finditer(URL.sub(" ", text))]
            if text[-1:] in HYPHENS:
                found = found[:-1]
            if before[-1:] in HYPHENS:
                found = found[1:]
            words.update(found)
        compounds = [word.split("-") for word in words if "-" in word]
        words.update({part: 0 for parts in compounds for part in parts})
        halves = frozenset(half for parts in compounds for half in (f"{parts[0]}-", f"-{parts[-1]}"))
        vocabulary = cls(words, halves)
        verdicts = [vocabulary.attested(*pair) for pair in breaks(texts)]
        joined, kept = verdicts.count(False), verdicts.count(True)
        return cls(words, halves, breaks_words=joined > 0 or kept == 0 or kept < len(verdicts) / 10)

    def attested(self, head: str, tail: str) -> bool | None:
        """Whether the document elsewhere prints the hyphen (True), the joined word (False), or neither (None)."""
        with_hyphen, without = self.words[f"{head}-{tail}".casefold()], self.words[f"{head}{tail}".casefold()]
        if with_hyphen == without:
            return None
        return with_hyphen > without

    def keeps_hyphen(self, head: str, tail: str) -> bool:
        """Whether the hyphen between the end of one line and the beginning of the next is part of the word."""
        if head[-1:].islower() and tail[:1].isupper():
            return True
        seen = self.attested(head, tail)
        if seen is not None:
            return seen
        if not tail[:1].islower() or head[-1:].isdigit() or not self.breaks_words:
            return True
        first, last = tail.split("-")[0].casefold(), head.rsplit("-", 1)[-1].casefold()
        joint = last if "-" in head else first if "-" in tail else ""
        if min(len(last), len(first)) == 1 or joint in JOINTS:
            return True
        heads = last in HEADS or f"{last}-" in self.halves or (last.endswith("ly") and len(last) > 5)
        tails = first in TAILS or f"-{first}" in self.halves
        known = (last in self.words or last in HEADS or last in COMMON) and (first in self.words or first in TAILS)
        return known and (heads or tails)


def breaks(texts: Iterable[str]) -> list[tuple[str, str]]:
    """The two halves of each word that is divided by a hyphen at a line end."""
    pairs, head = [], None
    for text in texts:
        tail = NEXT.match(text.lstrip())
        if head and tail:
            pairs.append((head, tail.group()))
        ending = cut_word(text.rstrip())
        head = ending if ending and not URL.search(text.split()[-1]) else None
    return pairs


def cut_word(text: str) -> str | None:
    """The word before the hyphen at the end of a line, or None if the line does not end with a hyphen."""
    ending = BROKEN.match(text[::-1])
    return ending.group(1)[::-1] if ending else None


def join(lines: Sequence[Line], vocabulary: Vocabulary) -> str:
    """The running text of printed lines, with spaces between them and words divided at line ends joined."""
    pieces: list[str] = []
    for line in lines:
        piece = " ".join(line.text.split())
        if pieces:
            pieces[-1] = _ending(pieces[-1], piece, vocabulary)
        pieces.append(piece)
    return "".join(pieces)


def _ending(text: str, piece: str, vocabulary: Vocabulary) -> str:
    """A line with the space that follows it, or without space and, if a word is divided, with or without its hyphen."""
    last = MARK.sub("", text).split(" ")[-1]
    if not piece or not text or MARK.match(piece):
        return text
    if URL.match(last.lstrip("(<[“\"'")) and _continues_link(last, piece):
        return text
    ending = cut_word(text)
    tail = NEXT.match(piece)
    if ending and tail:
        if text[-1] not in "-\u2010" or not vocabulary.keeps_hyphen(ending, tail.group()):
            return text[:-1]
        return text[:-1] + "-"
    if re.search(r"[^\W_][–—/]$", text) and tail and re.search(r"(?:—|/|\d–)$", text):
        return text
    return f"{text} "


def _continues_link(link: str, piece: str) -> bool:
    """Whether a link continues on the next line: it ends like part of a link, or the next line looks like a path."""
    first = piece.split(" ")[0]
    if re.search(r"[-/_=&?%#.]$", link) and not re.search(r"\.$", link):
        return True
    looks_like_path = bool(re.search(r"[/_=&%?]|\.(?:pdf|html?|php|aspx?)\b", first)) and not URL.match(first)
    return looks_like_path and not link.endswith((".", ",", ";", ")"))
