"""Sources that consist of several files: LaTeX that includes others from its own folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

LATEX = (".tex", ".latex")
TAKEN_IN = re.compile(r"^([^%\n]*?)\\(?:input|include|subfile)\s*\{([^}\n]+)\}", re.MULTILINE)
DEEPEST = 8


def parts_of(source: Path) -> list[Path]:
    """The files that a LaTeX source includes, directly or indirectly, in order; none for other sources.

    Only files in the folder of the source or below it are used, and links that lead elsewhere are not followed.
    """
    if not source.name.lower().endswith(LATEX) or not source.is_file():
        return []
    return list(dict.fromkeys(_parts(source, source.parent, 0)))


def with_parts(text: str, folder: Path) -> str:
    """A LaTeX text in which commands that include files of a folder are replaced by the content of the files."""
    return _with_parts(text, folder, 0)


def owners(names: Iterable[str], raw: Path) -> dict[str, str]:
    """The file to which each file in raw/ belongs, for those that are a part of another."""
    named = list(names)
    if not any(name.lower().endswith(LATEX) for name in named):
        return {}
    known = {(raw / name).resolve(): name for name in named}
    owner: dict[str, str] = {}
    for name in sorted(known.values()):
        if name not in owner:
            owner |= {known[part]: name for part in parts_of(raw / name) if known.get(part, name) not in (name, *owner)}
    return owner


def _parts(source: Path, folder: Path, depth: int) -> Iterator[Path]:
    for match in TAKEN_IN.finditer(_text(source)):
        part = _place(match[2], folder)
        if part and depth < DEEPEST:
            yield part
            yield from _parts(part, folder, depth + 1)


def _with_parts(text: str, folder: Path, depth: int) -> str:
    def taken(match: re.Match[str]) -> str:
        part = _place(match[2], folder)
        if part is None or depth >= DEEPEST:
            return match[0]
        return f"{match[1]}\n{_with_parts(_text(part), folder, depth + 1)}\n"

    return TAKEN_IN.sub(taken, text)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")


def _place(name: str, folder: Path) -> Path | None:
    """The file with a name, in the folder of the source or below it; None if it is elsewhere or does not exist."""
    name = name.strip()
    for ending in ("", ".tex"):
        place = (folder / f"{name}{ending}").resolve()
        if folder.resolve() in place.parents and place.suffix.lower() in LATEX and place.is_file():
            return place
    return None
