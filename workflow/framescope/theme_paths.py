"""The dotted paths of themes: which themes lie within others, and which ancestors a theme has."""

from __future__ import annotations

from collections.abc import Iterable


def is_within(theme: str, *wholes: str) -> bool:
    """Whether a theme is one of `wholes` or lies below one of them, so that its hits count for that theme too.

    >>> is_within("defence.threat", "economy", "defence"), is_within("defences", "defence")
    (True, False)
    """
    return any(theme == whole or theme.startswith(f"{whole}.") for whole in wholes)


def lineage(theme: str) -> list[str]:
    """The ancestors of a theme from the top down, followed by the theme itself.

    >>> lineage("defence.threat.nuclear")
    ['defence', 'defence.threat', 'defence.threat.nuclear']
    """
    steps = theme.split(".")
    return [".".join(steps[:depth]) for depth in range(1, len(steps) + 1)]


def with_parents(themes: Iterable[str]) -> list[str]:
    """The paths in the given order, with each parent that is not listed inserted before its first child.

    >>> with_parents(["defence.threat", "economy"])
    ['defence', 'defence.threat', 'economy']
    """
    return list(dict.fromkeys(path for theme in themes for path in lineage(theme)))
