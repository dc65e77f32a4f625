"""The measures of themes: the hits of one document, with its names resolved, and those of its notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from spacy.tokens import Doc, DocBin

from framescope.actor_table import ActorTable
from framescope.actors.identity import resolve
from framescope.annotate.docs import tokens_in
from framescope.annotate.names.actors_by_words import ActorsByWords
from framescope.themes.hits import Row, hit_rows
from framescope.themes.matching import Matcher
from framescope.themes.notes import note_works

Works = dict[str, Callable[[Sequence[Doc]], list[Row]]]


def match_works(
    matcher: Matcher, actors: ActorTable, settings: dict[str, Any]
) -> tuple[Works, Callable[[str, DocBin], list[Any]]]:
    """The functions that find the rows of the measures of themes in one document, and one for what these depend on.

    The first are by the name of the measure, and are given the Docs of a document in order. The second is given the id
    of a document and its Docs in a store of `by_document`. `settings` are further arguments of `hit_rows`.
    """
    by_words = ActorsByWords(actors)

    def matches(docs: Sequence[Doc]) -> list[Row]:
        return hit_rows(docs, matcher, resolve(docs, actors), actors, **settings)

    def depends(document: str, store: DocBin) -> list[Any]:
        of_document = [settings[key].get(document) for key in ("titles", "published")]
        tables = [matcher.digest(tokens_in(store, *matcher.attributes)), by_words.of_document(document, store)]
        return [*of_document, settings["subject_above_share"], *tables]

    return note_works(matcher) | {"matches": matches}, depends
