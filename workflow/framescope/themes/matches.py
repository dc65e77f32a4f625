"""The measure `matches`: the hits of one document, with its names resolved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc

from framescope.actor_table import ActorTable
from framescope.actors.identity import resolve
from framescope.themes.hits import Row, hit_rows
from framescope.themes.matching import Matcher


def match_rows(docs: Sequence[Doc], matcher: Matcher, actors: ActorTable, settings: dict[str, Any]) -> list[Row]:
    """The rows of `hit_rows` for one document, given as its Docs in order; `settings` are further arguments of it."""
    return hit_rows(docs, matcher, resolve(docs, actors), actors, **settings)
