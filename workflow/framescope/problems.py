"""Messages for a user whose study cannot run."""

from __future__ import annotations

import difflib


class StudyError(Exception):
    """A study that cannot run; `problems` has one line for each mistake to correct."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def nearest(word: str, known: list[str]) -> str:
    """A question that suggests the known word most similar to a misspelt one, or a list of the known words."""
    close = difflib.get_close_matches(str(word), known, n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else f"Known: {', '.join(known)}."
