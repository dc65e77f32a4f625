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
    """A text as lower-case ASCII words joined by hyphens, at most 60 characters, never empty.

    >>> slug("Pakistan's “New” Directions: Россия")
    'pakistans-new-directions-rossiya'
    """
    words = re.findall(r"[a-z0-9]+", anyascii(text).lower().replace("'", ""))
    return "-".join(words)[:LONGEST].strip("-") or "untitled"


def section_id(ordinal: int, title: str | None) -> str:
    """The id of a document's section: its place, counted from 1, and its title.

    >>> section_id(2, "Introduction")
    '02-introduction'
    """
    return f"{ordinal:02d}-{slug(title) if title else 'untitled'}"


def document_ids(files: Iterable[str], stated: Collection[str] = ()) -> dict[str, str]:
    """The id of each file, by its path: its stem; of files that would share one, the first of these that tells all
    of them apart and is no other file's id: stem and ending, folder and stem, all three, stem and a digest of the path.

    Every other file's id is its stem alone, whatever there is beside it. Ids that are `stated` for still other files
    are taken.

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
