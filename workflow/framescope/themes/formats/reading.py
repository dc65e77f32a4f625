"""Functions that the readers of all lexicon formats share: collecting terms and warnings, and decoding files."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from framescope.themes.lexicon import Lexicon, LexiconError
from framescope.themes.terms import Term, TermError, parse_term

DEEPEST = 20
MOST_MEGABYTES = 10
# The limit for all names and terms after references are followed. No real lexicon reaches it.
MOST_CHARACTERS = 5_000_000


@dataclass
class Draft:
    """The pairs of dotted path and term, and the warnings, that a reader collects from its file."""

    file: str
    terms: list[tuple[str, Term | None]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    characters: int = 0

    def warn(self, line: int, message: str) -> None:
        """Record a warning about something that could not be kept, with its line counted from 1."""
        self.warnings.append(f"{self.file}, line {line}: {message}")

    def error(self, line: int, message: str) -> LexiconError:
        """The error to raise where reading cannot go on."""
        return LexiconError(f"{self.file}, line {line}: {message}")

    def grow(self, characters: int, line: int) -> None:
        """Count the characters that have been read.

        Raises: LexiconError if a file expands to far more text than a lexicon has.
        """
        self.characters += characters
        if self.characters > MOST_CHARACTERS:
            size = f"more than {MOST_CHARACTERS:,} characters of terms"
            raise self.error(line, f"expected a lexicon, found {size}; does the file repeat itself by references?")

    def theme(self, path: tuple[str, ...], line: int) -> str:
        """Record a theme and return its dotted path; dots inside a name, which would nest it, become underscores."""
        if len(path) > DEEPEST:
            raise self.error(line, f"themes are nested more than {DEEPEST} deep; does the file refer to itself?")
        names = [name.strip().replace(".", "_") for name in path]
        if not all(names):
            raise self.error(line, "a theme has an empty name; give it one")
        if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in names[-1]):
            raise self.error(line, f"expected the name of a theme, found {names[-1]!r}, which cannot be shown")
        self.grow(len(names[-1]), line)
        if names[-1] != path[-1].strip():
            self.warn(line, f"the theme {path[-1].strip()!r} is called {names[-1]!r}, since dots separate levels")
        dotted = ".".join(names)
        self.terms.append((dotted, None))
        return dotted

    def add(self, theme: str, text: str, line: int, weight: float = 1.0) -> None:
        """Add a term written in the project's own notation, or warn why it cannot be understood."""
        self.grow(len(text), line)
        if not math.isfinite(weight):
            self.warn(line, f"expected a number as weight of {text!r}, found {weight}; 1 is used")
            weight = 1.0
        try:
            self.terms.append((theme, parse_term(text, weight)))
        except TermError as error:
            self.warn(line, f"the term {text!r} of {theme} is left out: {error}")

    def add_foreign(self, theme: str, text: str, line: int, weight: float = 1.0) -> None:
        """Add a term of another program, in lower case: words in capitals are operators only in our notation."""
        self.add(theme, text.lower(), line, weight)

    def lexicon(self) -> Lexicon:
        """The finished lexicon.

        Raises: LexiconError if no theme has a term.
        """
        if not any(term for _, term in self.terms):
            reasons = "; ".join(self.warnings) or "no terms were found"
            raise LexiconError(f"{self.file}: expected at least one theme with terms: {reasons}")
        return Lexicon.build(self.terms, self.warnings)


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, in UTF-16 with a byte order mark, or else in Windows-1252; lines end in newlines.

    Raises: LexiconError if the file is far larger than a lexicon, or has the mark of UTF-16 but is not valid UTF-16.
    """
    data = path.read_bytes()
    if len(data) > MOST_MEGABYTES * 1_000_000:
        size = f"{len(data) / 1_000_000:.1f}"
        raise LexiconError(f"{path.name}: expected a lexicon of at most {MOST_MEGABYTES} megabytes, found {size}")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as error:
            place = f"{path.name}, byte {error.start}"
            raise LexiconError(f"{place}: expected UTF-16 as the file's first bytes say; save it as UTF-8") from error
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
