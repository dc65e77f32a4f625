"""What was compared, and what differed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

# How many significant digits a cell of a table has.
DIGITS = 6
# The most standard errors between two shares of random permutations: less than one of ten thousand pairs has more.
SPREAD = 4.5


@dataclass(frozen=True)
class Chance:
    """The share of random permutations that were as extreme; another set of them gives another share near it.

    `permutations` is their number, 0 if the share is exact.
    """

    share: float
    permutations: int

    def agrees(self, shown: float, permutations: int) -> bool:
        """Whether the share `shown`, of this number of other permutations, may have the same expectation."""
        if not self.permutations:
            return math.isclose(shown, self.share, rel_tol=1e-5)
        pooled = (self.share * self.permutations + shown * permutations) / (self.permutations + permutations)
        error = math.sqrt(max(pooled * (1 - pooled), 0) * (1 / self.permutations + 1 / permutations))
        return 0 < shown <= 1 and abs(shown - self.share) <= SPREAD * error + 2 / min(self.permutations, permutations)

    def __str__(self) -> str:
        return f"{self.share:.4g} of {self.permutations:,} permutations" if self.permutations else f"{self.share:.6g}"


@dataclass(frozen=True)
class Near:
    """A number that follows from one shown in rounded form, and how far off that rounding may leave it."""

    value: float
    slack: float

    def __str__(self) -> str:
        return f"{self.value:.6g}"


@dataclass(frozen=True)
class OneOf:
    """One of several numbers."""

    values: tuple[float, ...]

    def __str__(self) -> str:
        return " or ".join(f"{value:.6g}" for value in sorted(self.values))


@dataclass
class Checks:
    """Numbers compared by place, and a line for each that differs."""

    counted: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def compare(self, table: str, place: str, shown: Any, expected: Any, permutations: int = 0) -> None:
        """Count one number or word of a table or text, and note it where it is not what was expected.

        `permutations` is the number of random permutations for the one shown, if the other is expected as `Chance`.
        """
        self.fits(table, place, same(shown, expected, permutations), shown, expected)

    def fits(self, table: str, place: str, fits: bool, shown: Any, expected: Any) -> None:
        """Count one number or word that the caller has compared."""
        self.counted[table] = self.counted.get(table, 0) + 1
        if not fits:
            self.note(table, place, shown, expected)

    def note(self, table: str, place: str, shown: Any, expected: Any) -> None:
        """Note a difference that no comparison of two values has found."""
        self.differences.append(f"{table}, {place}: shown {_written(shown)}, recomputed {_written(expected)}")


def same(shown: Any, expected: Any, permutations: int = 0) -> bool:
    """Whether a cell shows what was expected; numbers to the last of their six significant digits.

    >>> same(0.333333, 1 / 3), same(0.333334, 1 / 3), same(None, float("nan")), same(3, 3.0), same("a", "b")
    (True, False, True, True, False)
    """
    if absent(expected) or absent(shown):
        return absent(expected) and absent(shown)
    if isinstance(expected, Chance):
        return expected.agrees(float(shown), permutations)
    if isinstance(expected, OneOf):
        return any(same(shown, value) for value in expected.values)
    value, slack = (expected.value, expected.slack) if isinstance(expected, Near) else (expected, 0.0)
    if isinstance(value, str):
        return bool(shown == value)
    unit = 0.0 if value == 0 else 10.0 ** (math.floor(math.log10(abs(float(value)))) - DIGITS + 1)
    return abs(float(shown) - float(value)) <= 0.5 * unit * (1 + 1e-3) + slack + 1e-12


def absent(value: Any) -> bool:
    """Whether a cell is empty."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _written(value: Any) -> str:
    return "nothing" if absent(value) else f"{value:.6g}" if isinstance(value, float) else str(value)
