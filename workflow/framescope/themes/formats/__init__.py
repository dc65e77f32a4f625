"""Readers and writers of lexicons: one module a file format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from framescope.themes.formats.yaml_format import read_yaml
from framescope.themes.lexicon import Lexicon, LexiconError

_READERS: dict[str, Callable[[Path], Lexicon]] = {
    "yaml": read_yaml,
    "yml": read_yaml,
    "json": read_yaml,
}


def load_lexicon(path: str | Path, format: str | None = None) -> Lexicon:
    """The lexicon of a file, its format known by the file's ending or named here.

    What cannot be kept is named, with its line, in the lexicon's `warnings`. Raises LexiconError for an unknown format,
    a file without themes, or one that breaks the rules of its format.
    """
    path = Path(path)
    name = (format or path.suffix).lower().removeprefix(".")
    if name not in _READERS:
        raise LexiconError(
            f"{path.name}: the lexicon format {name!r} is unknown; expected one of {', '.join(sorted(_READERS))}"
        )
    return _READERS[name](path)
