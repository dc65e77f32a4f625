"""The themes that a cell or a label of a file of codes names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from framescope.problems import nearest
from framescope.theme_paths import with_parents

# Answers of coders for a sentence that has none of the themes.
NONE = {"none", "no theme", "no themes", "no code", "nothing", "neither", "-", "\N{EN DASH}", "\N{EM DASH}", "0"}
SURE_SEPARATORS = re.compile(r"[;,|#\n]")
LIKELY_SEPARATORS = re.compile(r"[/+&]")
# The keys under which JSON has the themes.
LABELLED = ("choices", "labels", "taxonomy", "label")


class ThemeNames:
    """The known themes, by which names in a file are recognised; without known themes every name is taken as it is.

    A theme may be written in other case, with blanks for hyphens or underscores, or by the last part of its path where
    only one path ends so.
    """

    def __init__(self, themes: Iterable[str] | None) -> None:
        self.known = with_parents(themes) if themes is not None else []
        endings: dict[str, set[str]] = {}
        for theme in self.known:
            endings.setdefault(_plain(theme.rpartition(".")[2]), set()).add(theme)
        self._paths = {ending: next(iter(paths)) for ending, paths in endings.items() if len(paths) == 1}
        self._paths |= {_plain(theme): theme for theme in self.known}

    def find(self, name: str) -> str | None:
        """The known theme of a name, or None."""
        return self._paths.get(_plain(name))

    def in_cell(self, cell: Any) -> tuple[tuple[str, ...] | None, list[str]]:
        """The themes of a cell, in order and without repetition, and those of them that are not known.

        The themes are None for a cell without an answer, and empty for an answer such as "none".

        >>> ThemeNames(["defence.threat", "economy"]).in_cell("Economy; threat, econmy")
        (('economy', 'defence.threat', 'econmy'), ['econmy'])
        >>> ThemeNames(["defence"]).in_cell("None"), ThemeNames(["defence"]).in_cell(" ")
        (((), []), (None, []))
        """
        names = list(dict.fromkeys(self._names(cell)))
        if not names:
            return None, []
        themes = [self.find(name) or name for name in names if name.casefold() not in NONE]
        unknown = [theme for theme in themes if self.known and theme not in self.known]
        return tuple(dict.fromkeys(themes)), unknown

    def _names(self, cell: Any) -> list[str]:
        if isinstance(cell, dict):
            return self._names(next((cell[key] for key in LABELLED if key in cell), ""))
        if isinstance(cell, list):
            # A path of a taxonomy is a list of names, and a labelled passage is [start, end, name].
            if len(cell) == 3 and all(type(part) is int for part in cell[:2]):
                return self._names(cell[2])
            return [
                name for part in cell for name in (self._path(part) if isinstance(part, list) else self._names(part))
            ]
        text = "" if cell is None else str(cell).strip()
        if text[:1] in ("{", "["):
            try:
                return self._names(json.loads(text))
            except ValueError:
                pass
        if self.find(text):
            return [text]
        return [name for part in SURE_SEPARATORS.split(text) if part.strip() for name in self._parts(part.strip())]

    def _path(self, part: list[Any]) -> list[str]:
        joined = ".".join(str(name) for name in part)
        return [joined] if part and self.find(joined) else self._names(part)

    def _parts(self, name: str) -> list[str]:
        """The parts of a name with separators, if only the parts are known themes; otherwise the whole name."""
        parts = [part.strip() for part in LIKELY_SEPARATORS.split(name)]
        return parts if not self.find(name) and all(self.find(part) for part in parts) else [name]

    def advice(self, theme: str) -> str:
        """What to do about a theme that is not known."""
        return f"It is kept as a theme of its own, which the lexicon never finds. {nearest(theme, self.known)}"


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).strip().casefold()
