"""The content of a file of codes, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

# The name under which the page for coding saves the decisions on differences between coders.
ADJUDICATED = "adjudicated"


class Code(NamedTuple):
    """The themes that one coder gave one unit, none of them if `themes` is empty.

    `place` is the file and line. A unit is named by its document and its number as `sentence` or `paragraph`, or by its
    text; a `passage` is a text that may be a part of a sentence or longer than one. Without `weight` it is None.
    `round` is the number of the sample: a later one is drawn when the earlier ones are coded.
    """

    place: str
    document: str
    sentence: int | None
    paragraph: int | None
    text: str
    coder: str
    themes: tuple[str, ...]
    weight: float | None = None
    passage: bool = False
    round: int = 1


class Problem(NamedTuple):
    """A place in a file of codes, what is wrong there, and what to do about it."""

    place: str
    problem: str
    remedy: str


@dataclass
class Reading:
    """The codes of a file, and the problems in it; `weights` are codes that give only a weight."""

    codes: list[Code] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    weights: list[Code] = field(default_factory=list)

    def add(self, other: Reading) -> None:
        """Append the codes, problems and weights of another reading."""
        self.codes += other.codes
        self.problems += other.problems
        self.weights += other.weights


class CodesError(ValueError):
    """A file of codes that cannot be read at all; the message names the file, what was expected and what was found."""
