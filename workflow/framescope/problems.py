"""What is said to a user whose study cannot run."""

from __future__ import annotations

import difflib


class StudyError(Exception):
    """A study that cannot run: one line for each thing to mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def nearest(word: str, known: list[str]) -> str:
    """A question that names the known word nearest to a misspelt one, or the known words where none is near."""
    close = difflib.get_close_matches(str(word), known, n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else f"Known: {', '.join(known)}."
