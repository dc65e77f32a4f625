"""A lexicon: themes, which may be nested to any depth, and the terms of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from framescope.annotate.levels import FULL
from framescope.theme_paths import lineage
from framescope.themes.terms import Term


class LexiconError(ValueError):
    """A lexicon that cannot be used: which file, where, and what was expected."""


@dataclass(frozen=True)
class Theme:
    """A theme, named by its dotted path ("defence.threat"), with its own terms but not those of its children."""

    path: str
    terms: tuple[Term, ...]

    @property
    def top(self) -> str:
        """The first part of the path."""
        return self.path.partition(".")[0]


@dataclass(frozen=True)
class Lexicon:
    """Themes in the order of their file; `warnings` name the line of everything that could not be kept."""

    entries: tuple[Theme, ...]
    warnings: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def build(cls, terms: Iterable[tuple[str, Term | None]], warnings: Iterable[str] = ()) -> Lexicon:
        """The lexicon made from pairs of a dotted path and a term, which is None for a theme without terms of its own.

        Parents are placed before their children.
        """
        gathered: dict[str, dict[Term, None]] = {}
        for path, term in terms:
            for theme in lineage(path):
                gathered.setdefault(theme, {})
            if term is not None:
                gathered[path].setdefault(term)
        return cls(
            tuple(Theme(path, tuple(terms_of_path)) for path, terms_of_path in _in_order(gathered)), tuple(warnings)
        )

    @property
    def themes(self) -> list[str]:
        """The dotted path of every theme, parents before their children."""
        return [theme.path for theme in self.entries]

    def __iter__(self) -> Iterator[tuple[str, Term]]:
        """Pairs of a theme's path and one of its terms, in order."""
        return ((theme.path, term) for theme in self.entries for term in theme.terms)

    @property
    def counted_terms(self) -> list[tuple[str, str]]:
        """Pairs of a theme's path and a term's text, without the exclusions, which never produce a hit."""
        return [(theme, term.text) for theme, term in self if not term.exclusion]

    def at_level(self, level: str) -> Lexicon:
        """This lexicon without the terms that ask for what texts at this level of annotation do not have.

        Only fully annotated texts have lemmas and parts of speech. The `warnings` name each term that is left out.
        """
        without = [(theme, term) for theme, term in self if level != FULL and term.needs_annotation]
        if not without:
            return self
        warnings = [
            f"annotate: {level}: {theme}: {term.text!r} asks for a lemma or a part of speech and is not counted."
            for theme, term in without
        ]
        kept = [pair for pair in self if pair not in set(without)]
        return Lexicon.build([*((theme, None) for theme in self.themes), *kept], [*self.warnings, *warnings])

    def nearest(self, path: str) -> str | None:
        """The theme with this path or, if the lexicon lacks it, its closest ancestor; None if there is no ancestor."""
        known = set(self.themes)
        while path and path not in known:
            path = path.rpartition(".")[0]
        return path or None

    def flatten(self, levels: int) -> Lexicon:
        """This lexicon with every theme below the given depth merged into its ancestor at that depth."""
        return Lexicon.build(
            (".".join(theme.path.split(".")[:levels]), term) for theme in self.entries for term in (*theme.terms, None)
        )


def _in_order(gathered: dict[str, dict[Term, None]]) -> Iterator[tuple[str, dict[Term, None]]]:
    """Themes in an order in which children follow their parent, even if the file returns to a parent later."""
    rank = {path: number for number, path in enumerate(gathered)}

    def key(path: str) -> tuple[int, ...]:
        return tuple(rank[theme] for theme in lineage(path))

    return ((path, gathered[path]) for path in sorted(gathered, key=key))
