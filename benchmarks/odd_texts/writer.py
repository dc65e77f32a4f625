"""Sentences and paragraphs that are made from a seed, and the shapes of texts that are made of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from textwrap import fill

WHO = (
    "the ministry", "our delegation", "the harbour council", "the assembly", "every member state", "the commission",
    "the people of the coast", "a joint committee", "the river authority", "the trade union",
)  # fmt: skip
DOES = (
    "has accepted", "will review", "cannot ignore", "did support", "must defend", "has always respected",
    "should publish", "will pay for", "once opposed", "has now repaired",
)  # fmt: skip
WHAT = (
    "the treaty on fisheries", "the northern bridges", "a fair tariff", "its debts to the villages",
    "the new grain stores", "the rights of seafarers", "an open register of ships", "the school fund",
    "the price of bread", "the border posts",
)  # fmt: skip
WHEN = (
    "before the winter", "without delay", "after long talks", "in every province", "for the sake of peace",
    "as it promised", "although money is short", "with the help of its neighbours", "under the law of the sea",
    "until the next session",
)  # fmt: skip


class Writer:
    """Sentences and paragraphs from a seed; `said` keeps every sentence that was written."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        # Characters to a line; with 0 each paragraph is one line.
        self.width = self.random.choice([0, 64, 78])
        self.said: list[str] = []

    def clause(self) -> str:
        """A clause in small letters, without a full stop."""
        times = self.random.randrange(3)
        parts = [self.random.choice(words) for words in (WHO, DOES, WHAT)]
        return " ".join([*parts, *(self.random.choice(WHEN) for _ in range(times))])

    def sentence(self, opening: str = "", end: str = ".") -> str:
        """A sentence; `opening` comes before its first clause."""
        text = f"{opening} {self.clause()}".strip()
        if self.random.random() < 0.3:
            text += f", and {self.clause()}"
        text = text[0].upper() + text[1:] + end
        self.said.append(text)
        return text

    def paragraph(self, opening: str = "", fewest: int = 1, most: int = 5) -> str:
        """Sentences in one line; `opening` comes before the first."""
        number = self.random.randint(fewest, most)
        return " ".join([self.sentence(opening), *(self.sentence() for _ in range(number - 1))])

    def lines(self, paragraph: str, first: str = "", later: str = "") -> str:
        """A paragraph as it is printed; `first` and `later` are the indents of its lines."""
        if not self.width:
            return first + paragraph
        return fill(paragraph, self.width, initial_indent=first, subsequent_indent=later)

    def stretched(self, line: str) -> str:
        """A line made as long as this writer's lines are, with blanks between its words."""
        words = line.split(" ")
        for _ in range(self.width - len(line) if len(words) > 1 else 0):
            words[self.random.randrange(len(words) - 1)] += " "
        return " ".join(words)

    def opened(self, openings: Sequence[str], most: int = 5) -> str:
        """A paragraph for each opening, with blank lines between them."""
        return "\n\n".join(self.lines(self.paragraph(opening, most=most)) for opening in openings)


# The function that writes each shape, by name.
SHAPES: dict[str, Callable[[Writer], str]] = {}


def shape(write: Callable[[Writer], str]) -> Callable[[Writer], str]:
    """Add a shape, which has the name of the function that writes it."""
    SHAPES[write.__name__.replace("_", " ")] = write
    return write
