"""Identifiers that are safe in paths, tables and links."""

from __future__ import annotations

import re

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
