"""What the readers of all lexicon formats share: a list of terms under construction, and its warnings by line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from framescope.themes.lexicon import Lexicon, LexiconError
from framescope.themes.terms import Term, TermError, parse_term


@dataclass
class Draft:
    """Pairs (dotted path, term) and warnings, as a reader finds them in its file."""

    file: str
    terms: list[tuple[str, Term | None]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def warn(self, line: int, message: str) -> None:
        """Note what could not be kept, by line counted from 1."""
        self.warnings.append(f"{self.file}, line {line}: {message}")

    def error(self, line: int, message: str) -> LexiconError:
        """The error to raise where reading cannot go on."""
        return LexiconError(f"{self.file}, line {line}: {message}")

    def theme(self, path: tuple[str, ...], line: int) -> str:
        """The dotted path of these names, noted as a theme; dots inside a name would nest it and become underscores."""
        names = [name.strip().replace(".", "_") for name in path]
        if not all(names):
            raise self.error(line, "a theme has an empty name; give it one")
        if names[-1] != path[-1].strip():
            self.warn(line, f"the theme {path[-1].strip()!r} is called {names[-1]!r}, since dots separate levels")
        dotted = ".".join(names)
        self.terms.append((dotted, None))
        return dotted

    def add(self, theme: str, text: str, line: int, weight: float = 1.0) -> None:
        """Keep a term written in our own notation, or warn why it has no meaning."""
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
    """A file's text: UTF-8, UTF-16 with its mark, else Windows' western code page; line ends are newlines."""
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
