"""The measures of themes: the hits of one document, with its names resolved, and those of its notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import Any

from spacy.tokens import Doc

from framescope.actor_table import ActorTable
from framescope.actors.identity import resolve
from framescope.annotate.docs import Token
from framescope.annotate.names.actors_by_words import actors_by_words
from framescope.annotate.stored import Dependence
from framescope.themes.hits import Row, hit_rows
from framescope.themes.matching import Matcher
from framescope.themes.notes import note_works

Works = dict[str, Callable[[Sequence[Doc]], list[Row]]]


def match_works(matcher: Matcher, actors: ActorTable, settings: dict[str, Any]) -> Works:
    """The functions that find the rows of the measures of themes in the Docs of one document, by the measure's name.

    `settings` are further arguments of `hit_rows`.
    """

    def matches(docs: Sequence[Doc]) -> list[Row]:
        return hit_rows(docs, matcher, resolve(docs, actors), actors, **settings)

    return note_works(matcher) | {"matches": matches}


def matches_depend_on(code: str, matcher: Matcher, actors: ActorTable, settings: dict[str, Any]) -> Dependence:
    """What the rows of these measures depend on; `code` is that of a `Dependence`."""
    by_words = actors_by_words(actors)

    def facts(document: str) -> list[Any]:
        return [*(settings[key].get(document) for key in ("titles", "published")), settings["subject_above_share"]]

    def concerning(tokens: Set[Token]) -> list[str]:
        return [matcher.digest(tokens), by_words.concerning(tokens)]

    return Dependence(code, facts, [matcher.of_all, by_words.of_all], concerning, matcher.attributes)
