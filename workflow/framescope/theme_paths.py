"""Themes by their dotted paths: which lie within which, and with which others each counts."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd


def is_within(theme: str, *wholes: str) -> bool:
    """Whether a theme is one of others or lies below one: what it counts, they count.

    >>> is_within("defence.threat", "economy", "defence"), is_within("defences", "defence")
    (True, False)
    """
    return any(theme == whole or theme.startswith(f"{whole}.") for whole in wholes)


def lineage(theme: str) -> list[str]:
    """A theme's ancestors from the top, and the theme.

    >>> lineage("defence.threat.nuclear")
    ['defence', 'defence.threat', 'defence.threat.nuclear']
    """
    steps = theme.split(".")
    return [".".join(steps[:depth]) for depth in range(1, len(steps) + 1)]


def with_parents(themes: Iterable[str]) -> list[str]:
    """Theme paths in the given order, each parent that is not listed put before its first child.

    >>> with_parents(["defence.threat", "economy"])
    ['defence', 'defence.threat', 'economy']
    """
    return list(dict.fromkeys(each for theme in themes for each in lineage(theme)))


def with_ancestors(rows: pd.DataFrame) -> pd.DataFrame:
    """Each row once for its theme and each ancestor of it, without repetition; a row without a theme stays.

    >>> with_ancestors(pd.DataFrame({"sentence": [1, 1], "theme": ["defence.threat", "defence"]}))["theme"].tolist()
    ['defence', 'defence.threat']
    """
    lines = {theme: lineage(theme) for theme in rows["theme"].unique()}
    return rows.assign(theme=rows["theme"].map(lines)).explode("theme").drop_duplicates()
