"""The role of a section in its document, such as introduction or analysis, determined from its title."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from framescope.document import Section
from framescope.resources import LEXICONS

Patterns = Mapping[str, Sequence[str]]

ROLES = ("abstract", "introduction", "theory", "background", "analysis", "recommendations", "conclusion", "body")
DEFAULT_ROLE = "body"
LEXICON = LEXICONS / "roles.yaml"
NUMBER = re.compile(
    r"^(?:(?:chapter|section|part|annex)\s+)?(?:\d+(?:\.\d+)*|[ivxlc]+|[a-h])\s*[.):–—-]\s*|^\d+(?:\.\d+)*\s+",
    re.IGNORECASE,
)


def load_roles(path: str | Path = LEXICON, additions: Patterns | None = None) -> dict[str, list[str]]:
    """The title patterns of each role, from a YAML file of roles with lists of patterns.

    `additions` are patterns of the study in the same form; they take precedence over those of the file.

    Raises: ValueError if a role is not in `ROLES`, or its patterns are not a list of texts.
    """
    patterns = yaml.safe_load(Path(path).read_text(encoding="utf-8")) or {}
    _check(patterns, str(path))
    _check(additions or {}, "roles")
    added = {role: list(titles) for role, titles in (additions or {}).items()}
    return {role: added.get(role, []) + list(patterns.get(role, [])) for role in dict.fromkeys([*added, *patterns])}


def _check(patterns: Patterns, where: str) -> None:
    if not isinstance(patterns, Mapping):
        raise ValueError(f"{where}: expected roles with lists of title patterns, found {patterns!r}")
    for role, titles in patterns.items():
        if role not in ROLES:
            raise ValueError(f"{where}: {role} is not a role; the roles are {', '.join(ROLES)}")
        if not isinstance(titles, list) or not all(isinstance(title, str) for title in titles):
            raise ValueError(f"{where}, {role}: expected a list of title patterns, found {titles!r}")


def assign_roles(sections: Sequence[Section], patterns: Patterns, overrides: Mapping[str, str] | None = None) -> None:
    """Set the role of each section, and the source of the role, in place.

    `overrides` maps ids or titles of sections to roles and takes precedence (`role_source` "config"). `patterns` maps
    roles to patterns of titles ("heading"). If neither applies, a subsection has the role of the section that contains
    it, unless that section is the heading of the whole document. Otherwise the role is body ("default").
    """
    stated = {plain_title(key): role for key, role in (overrides or {}).items()} | dict(overrides or {})
    for place, section in enumerate(sections):
        override = stated.get(section.id) or stated.get(plain_title(section.title))
        parent = _parent(section, sections[:place])
        if override:
            section.role, section.role_source = override, "config"
        elif role := role_of(section.title, patterns):
            section.role, section.role_source = role, "heading"
        elif parent is not None and not _heads_all(parent, sections):
            section.role, section.role_source = parent.role, parent.role_source
        else:
            section.role, section.role_source = DEFAULT_ROLE, "default"


def role_of(title: str | None, patterns: Patterns) -> str | None:
    """The first role with a pattern that matches a title or its part before a colon; None if there is none."""
    whole = plain_title(title)
    for plain in dict.fromkeys([whole, whole.partition(":")[0].strip()]):
        for role, titles in patterns.items():
            if plain and any(fnmatch.fnmatchcase(plain, " ".join(pattern.casefold().split())) for pattern in titles):
                return role
    return None


def plain_title(title: str | None) -> str:
    """A title prepared for patterns: in lower case, without number and final punctuation, with single spaces."""
    words = " ".join((title or "").casefold().split())
    return NUMBER.sub("", words).rstrip(" .:").replace("’", "'")


def _parent(section: Section, before: Sequence[Section]) -> Section | None:
    return next((earlier for earlier in reversed(before) if earlier.level < section.level and earlier.title), None)


def _heads_all(parent: Section, sections: Sequence[Section]) -> bool:
    titled = [section for section in sections if section.title]
    return bool(titled) and titled[0].id == parent.id and all(other.level > parent.level for other in titled[1:])
