"""Readers of lexicons, with one module for each family of file formats."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from framescope.problems import nearest
from framescope.themes.formats.lexicoder import read_lc3, read_lcd, read_ykd
from framescope.themes.formats.liwc import read_dic
from framescope.themes.formats.nested import read_json, read_quanteda, read_yaml
from framescope.themes.formats.reading import DEEPEST
from framescope.themes.formats.table import read_csv
from framescope.themes.formats.wordstat import read_cat
from framescope.themes.lexicon import Lexicon, LexiconError

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
    """The lexicon in a file whose format is given by `format` ("quanteda" for its YAML) or by the file's suffix.

    Anything that cannot be kept is named with its line in the `warnings` of the lexicon.

    Raises: LexiconError if the format is unknown, or the file cannot be read, has no themes or violates its format;
    FileNotFoundError if there is no such file.
    """
    path = Path(path)
    name = (format or path.suffix).lower().removeprefix(".")
    if name not in _READERS:
        known = sorted(_READERS)
        hint = f"{nearest(name, known)} Name it as lexicon_format in config.yaml, or by the file's ending."
        raise LexiconError(
            f"{path.name}: the lexicon format {name!r} is unknown; expected one of {', '.join(known)}. {hint}"
        )
    try:
        return _lexicon(name, path, hashlib.sha256(path.read_bytes()).digest())
    except RecursionError as error:
        raise LexiconError(f"{path.name}: expected themes nested at most {DEEPEST} deep, found far more") from error
    except FileNotFoundError:
        raise
    except OSError as error:
        raise LexiconError(f"{path.name}: expected a file that may be read, found that it may not ({error})") from error


# Remembered by content: eight jobs of a run read the lexicon.
@lru_cache(maxsize=4)
def _lexicon(name: str, path: Path, content: bytes) -> Lexicon:
    return _READERS[name](path)
