"""What the readers of all lexicon formats share: a list of terms under construction, and its warnings by line."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from framescope.themes.lexicon import Lexicon, LexiconError
from framescope.themes.terms import Term, TermError, parse_term

DEEPEST = 20
MOST_MEGABYTES = 10
# All names and terms together, once references are followed: far more than anyone writes, and read in seconds.
MOST_CHARACTERS = 5_000_000


@dataclass
class Draft:
    """Pairs (dotted path, term) and warnings, as a reader finds them in its file."""

    file: str
    terms: list[tuple[str, Term | None]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    characters: int = 0

    def warn(self, line: int, message: str) -> None:
        """Note what could not be kept, by line counted from 1."""
        self.warnings.append(f"{self.file}, line {line}: {message}")

    def error(self, line: int, message: str) -> LexiconError:
        """The error to raise where reading cannot go on."""
        return LexiconError(f"{self.file}, line {line}: {message}")

    def grow(self, characters: int, line: int) -> None:
        """Count what has been read; raises LexiconError where a small file stands for far more than a lexicon."""
        self.characters += characters
        if self.characters > MOST_CHARACTERS:
            many = f"more than {MOST_CHARACTERS:,} characters of terms"
            raise self.error(line, f"expected a lexicon, found {many}; does the file repeat itself by references?")

    def theme(self, path: tuple[str, ...], line: int) -> str:
        """The dotted path of these names, noted as a theme; dots inside a name would nest it and become underscores."""
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
        """Keep a term written in our own notation, or warn why it has no meaning."""
        self.grow(len(text), line)
        if not math.isfinite(weight):
            self.warn(line, f"expected a number as weight of {text!r}, found {weight}; 1 is used")
            weight = 1.0
        try:
            self.terms.append((theme, parse_term(text, weight)))
        except TermError as error:
            self.warn(line, f"the term {text!r} of {theme} is left out: {error}")

    def add_foreign(self, theme: str, text: str, line: int, weight: float = 1.0) -> None:
        """Keep a term of another program: capitals, which our operators are written in, mean nothing there."""
        self.add(theme, text.lower(), line, weight)

    def lexicon(self) -> Lexicon:
        """The finished lexicon; raises LexiconError where no theme has a term."""
        if not any(term for _, term in self.terms):
            reasons = "; ".join(self.warnings) or "no terms were found"
            raise LexiconError(f"{self.file}: expected at least one theme with terms: {reasons}")
        return Lexicon.build(self.terms, self.warnings)


def read_text(path: Path) -> str:
    """A file's text: UTF-8, UTF-16 with its mark, else Windows' western code page; line ends are newlines.

    Raises LexiconError for a file that is far larger than a lexicon, or that begins as UTF-16 and does not go on so.
    """
    data = path.read_bytes()
    if len(data) > MOST_MEGABYTES * 1_000_000:
        found = f"found {len(data) / 1_000_000:.1f}"
        raise LexiconError(f"{path.name}: expected a lexicon of at most {MOST_MEGABYTES} megabytes, {found}")
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
