"""Identifiers that are safe in paths, tables and links."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from anyascii import anyascii

LONGEST = 60


def slug(text: str) -> str:
    """The words of a text in lower-case ASCII, joined by hyphens: at most 60 characters, never empty.

    >>> slug("Pakistan's “New” Directions: Россия")
    'pakistans-new-directions-rossiya'
    """
    text = text if text.isascii() else anyascii(text)
    words = re.findall(r"[a-z0-9]+", text.lower().replace("'", ""))
    return "-".join(words)[:LONGEST].strip("-") or "untitled"


def section_id(ordinal: int, title: str | None) -> str:
    """The id of a section: its position in the document, counted from 1, and its title.

    >>> section_id(2, "Introduction")
    '02-introduction'
    """
    return f"{ordinal:02d}-{slug(title) if title else 'untitled'}"


def document_ids(files: Iterable[str], stated: Collection[str] = ()) -> dict[str, str]:
    """The id of each file, by its path.

    The id is the stem of the file's name. If several files have the same stem, their ids are built in the first of the
    following ways that gives each a different id, and none the id of another file: stem and suffix; folder and stem;
    folder, stem and suffix; stem and a digest of the path. `stated` are ids that other files already have.

    >>> document_ids(["paper.pdf", "paper.docx", "speech.txt"])
    {'paper.pdf': 'paper-pdf', 'paper.docx': 'paper-docx', 'speech.txt': 'speech'}
    """
    paths = {file: Path(file) for file in files}
    stems = {file: slug(path.stem) for file, path in paths.items()}
    sharing = Counter([*stems.values(), *stated])
    ids = {file: stem for file, stem in stems.items() if sharing[stem] == 1}
    groups: dict[str, list[str]] = defaultdict(list)
    for file, stem in stems.items():
        if sharing[stem] > 1:
            groups[stem].append(file)
    for _, group in sorted(groups.items()):
        taken = {*ids.values(), *groups, *stated}
        named = ({file: way(paths[file]) for file in group} for way in WAYS)
        ids |= next(ways for ways in named if len(set(ways.values()) - taken) == len(group))
    return {file: ids[file] for file in paths}


WAYS: tuple[Callable[[Path], str], ...] = (
    lambda path: slug(f"{path.stem} {path.suffix}"),
    lambda path: slug(f"{path.parent} {path.stem}"),
    lambda path: slug(f"{path.parent} {path.stem} {path.suffix}"),
    lambda path: f"{slug(path.stem)[:47].strip('-')}-{hashlib.sha256(str(path).encode()).hexdigest()[:12]}",
)
