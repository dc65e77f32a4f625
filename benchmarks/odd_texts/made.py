"""Texts of each shape and of several shapes together, from a seed."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.odd_texts import alphabets, layouts, lists, pages, speeches
from benchmarks.odd_texts.writer import SHAPES, Writer

# Each of these modules adds its shapes when it is imported.
MODULES = (alphabets, layouts, lists, pages, speeches)


@dataclass
class Odd:
    """A text, and the sentences that its body should contain."""

    text: str
    sentences: list[str] = field(default_factory=list)


def mixed(w: Writer) -> str:
    """Parts of three shapes, each under a heading."""
    titles = w.random.sample(["The Harbour", "Fisheries and Trade", "Questions of Law", "The Northern Provinces"], 3)
    parts = [_part(w) for _ in titles]
    return "\n\n".join(f"{title}\n\n{part}" for title, part in zip(titles, parts, strict=True))


def in_pages(w: Writer) -> str:
    """A text of any shape that has no pages, with a form feed at some of the blank lines."""
    text = _part(w)
    if "\f" in text:
        return text
    blocks = text.split("\n\n")
    length = w.random.randint(3, 9)
    return "\n\f".join("\n\n".join(blocks[i : i + length]) for i in range(0, len(blocks), length))


def _part(w: Writer) -> str:
    """A text of any shape, whose sentences the writer has said."""
    other = Writer(w.random.randrange(10**6))
    text = SHAPES[w.random.choice(sorted(SHAPES))](other)
    w.said += other.said
    return text


COMBINED = {"mixed": mixed, "in pages": in_pages}


def made(shape: str, seed: int) -> Odd:
    """The text of a shape that a seed gives."""
    writer = Writer(seed)
    text = (SHAPES | COMBINED)[shape](writer)
    return Odd(text + "\n", writer.said)
