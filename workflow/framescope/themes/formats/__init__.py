"""Readers and writers of lexicons: one module a family of file formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from framescope.themes.formats.lexicoder import read_lc3, read_lcd, read_ykd
from framescope.themes.formats.liwc import read_dic
from framescope.themes.formats.nested import read_json, read_quanteda, read_yaml
from framescope.themes.formats.table import read_csv
from framescope.themes.formats.wordstat import read_cat
from framescope.themes.formats.writing import to_quanteda, to_yaml
from framescope.themes.lexicon import Lexicon, LexiconError

__all__ = ["load_lexicon", "to_quanteda", "to_yaml"]

_READERS: dict[str, Callable[[Path], Lexicon]] = {
    "yaml": read_yaml,
    "yml": read_yaml,
    "quanteda": read_quanteda,
    "json": read_json,
    "csv": read_csv,
    "lcd": read_lcd,
    "lc3": read_lc3,
    "dic": read_dic,
    "ykd": read_ykd,
    "cat": read_cat,
}


def load_lexicon(path: str | Path, format: str | None = None) -> Lexicon:
    """The lexicon of a file, its format known by the file's ending or named here (also "quanteda" for its YAML).

    What cannot be kept is named, with its line, in the lexicon's `warnings`. Raises LexiconError for an unknown format,
    a file without themes, or one that breaks the rules of its format; FileNotFoundError where there is no such file.
    """
    path = Path(path)
    name = (format or path.suffix).lower().removeprefix(".")
    if name not in _READERS:
        known = ", ".join(sorted(_READERS))
        raise LexiconError(f"{path.name}: the lexicon format {name!r} is unknown; expected one of {known}")
    return _READERS[name](path)
