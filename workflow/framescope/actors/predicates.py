"""What actors do: the predicates in which an actor is agent, patient, partner or possessor.

A predicate is a verb, or a noun that an actor owns or that relates two actors ("Pakistan-Russia relations"). Which part
the actor has in it is called its agency; linguists speak of semantic roles. A role is that of a section here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from spacy.tokens import Doc, Span, Token

from framescope.actor_table import ActorTable
from framescope.actors.clauses import deeds, first_of, gift
from framescope.annotate.numbering import numbered

PLACES = frozenset({"place", "event"})
# Institutions through which an actor acts: "the Indian government banned", "Russian troops entered".
INSTITUTIONS = re.compile(
    "government|army|force|forces|troop|troops|soldier|military|navy|president|minister|premier|leader|"
    "official|diplomat|ministry|parliament|administration|authority|police|delegation|envoy|ambassador|regime|"
    "leadership|policymaker|strategist|general|chancellor|king|queen|state|company|jet|warship|bomber|guard"
)
HYPHENS = ("-", "–", "—")


@dataclass(frozen=True)
class Actor:
    """An actor as the entities table names it."""

    name: str
    id: str


Frames = dict[Token, dict[str, dict[Actor, None]]]
Predicate = tuple[Token, Actor, str, str, Actor | None]


def predicate_rows(
    docs: Sequence[Doc], entities: Sequence[Mapping[str, Any]], table: ActorTable
) -> list[dict[str, Any]]:
    """A row for each actor and predicate, from all Docs of one document in order and their entity rows; body only.

    Columns: document, section, sentence, actor, actor_id, role (agent, patient, possessor, partner), verb, partner,
    partner_id. `verb` is the lemma of the verb, or of the noun that is owned or that relates two actors; `partner` is
    the other actor of the same verb or noun, empty if none. Places and events do not act. Docs without dependencies
    have no rows.
    """
    by_paragraph: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in entities:
        by_paragraph[row["paragraph"]].append(row)
    rows: list[dict[str, Any]] = []
    for doc, sentence_of in numbered(docs):
        if not doc.has_annotation("DEP"):
            continue
        actors = _acting(doc, by_paragraph[doc.user_data["paragraph"]], table)
        for token, actor, agency, verb, partner in sorted(_predicates(doc, actors, table), key=_place):
            rows.append(
                {
                    "document": doc.user_data["document"],
                    "section": doc.user_data["section"],
                    "sentence": sentence_of(token.idx),
                    "actor": actor.name,
                    "actor_id": actor.id,
                    "role": agency,
                    "verb": verb,
                    "partner": partner.name if partner else "",
                    "partner_id": partner.id if partner else "",
                }
            )
    return rows


def _acting(doc: Doc, entities: Iterable[Mapping[str, Any]], table: ActorTable) -> list[tuple[Span, Actor]]:
    """The spans of names whose actor can act, with that actor."""
    acting = []
    for row in entities:
        span = doc.char_span(row["start"], row["end"])
        kind = table.kind_of(row["actor_id"])
        place = kind in PLACES or (
            kind is None and row["label"] in ("GPE", "LOC", "FAC", "EVENT", "LAW", "WORK_OF_ART")
        )
        if span is not None and not place and row["rule"] != "seat as place":
            acting.append((span, Actor(row["actor"], row["actor_id"])))
    return acting


def _place(predicate: Predicate) -> int:
    return predicate[0].i


def _predicates(doc: Doc, actors: list[tuple[Span, Actor]], table: ActorTable) -> Iterator[Predicate]:
    """Each predicate of an actor in a Doc: its token, the actor, the agency, the verb or noun, and the other actor."""
    frames: Frames = defaultdict(lambda: {"agent": {}, "patient": {}, "partner": {}})
    relations: dict[Token, dict[Actor, None]] = defaultdict(dict)
    named = {token.i for name in doc.spans["names"] for token in name}
    for span, actor in actors:
        owner = _owned(span)
        if owner is not None and owner.i not in named:
            yield owner, actor, "possessor", owner.lemma_.lower(), None
        given = gift(span.root)
        if given is not None:
            frames[given]["patient"][actor] = None
        for head in _phrases(span):
            for verb, agency in deeds(head):
                frames[verb][agency][actor] = None
            relation = _relation(head)
            if relation is not None:
                relations[relation][actor] = None
        if owner is not None and owner in {_with_noun(other.root) for other, _ in actors}:
            relations[owner][actor] = None
    for first, second, noun in _compounds(doc, actors, table):
        relations[noun][first] = None
        relations[noun][second] = None
    for verb, frame in frames.items():
        yield from _pairs(verb, frame)
    for noun, sides in relations.items():
        for one, other in product(sides, sides):
            if one != other:
                yield noun, one, "partner", noun.lemma_.lower(), other


def _pairs(verb: Token, frame: dict[str, dict[Actor, None]]) -> Iterator[Predicate]:
    lemma = verb.lemma_.lower()
    others: list[Actor | None] = [*frame["patient"], *(a for a in frame["partner"] if a not in frame["patient"])]
    agents: list[Actor | None] = list(frame["agent"])
    for actor, other in product(frame["agent"], [o for o in others if o not in frame["agent"]] or [None]):
        yield verb, actor, "agent", lemma, other
    for agency in ("patient", "partner"):
        for actor in frame[agency]:
            for other in [a for a in agents if a != actor] or [None]:
                yield verb, actor, agency, lemma, other


def _phrases(span: Span) -> list[Token]:
    """The heads of the noun phrases through which an actor takes part: its name, and an institution of the actor."""
    root = span.root
    heads = [root] if root.dep_ not in ("amod", "compound", "nmod", "poss", "npadvmod") else []
    if root.dep_ in ("amod", "compound", "nmod", "poss") and INSTITUTIONS.fullmatch(root.head.lemma_.lower()):
        heads.append(root.head)
    return heads


def _owned(span: Span) -> Token | None:
    """The noun that belongs to an actor: after a possessive ("Peru's aid") or before "by" ("a decision by Peru")."""
    root = span.root
    first = first_of(root)
    if root.dep_ == "poss" and root.head.pos_ in ("NOUN", "PROPN"):
        return root.head
    preposition = first.head
    if first.dep_ == "pobj" and preposition.lower_ == "by" and preposition.head.pos_ == "NOUN":
        return preposition.head
    return None


def _with_noun(token: Token) -> Token | None:
    """The noun of "trade with India"."""
    token = first_of(token)
    if token.dep_ == "pobj" and token.head.lower_ == "with" and token.head.head.pos_ == "NOUN":
        return token.head.head
    return None


def _relation(token: Token) -> Token | None:
    """The noun or verb that relates two actors: before "between", or before "with" if the other actor owns it."""
    first = first_of(token)
    if first.dep_ == "pobj" and first.head.lower_ == "between":
        return first.head.head
    noun = _with_noun(token)
    return noun if noun is not None and any(child.dep_ == "poss" for child in noun.children) else None


def _compounds(doc: Doc, actors: list[tuple[Span, Actor]], table: ActorTable) -> Iterator[tuple[Actor, Actor, Token]]:
    """Two actors joined by a hyphen before a noun, or inside the name of an agreement."""
    by_start = {span.start: (span, actor) for span, actor in actors}
    for span, actor in actors:
        if span.end < len(doc) and doc[span.end].text in HYPHENS and span.end + 1 in by_start:
            other, second = by_start[span.end + 1]
            noun = _noun_after(doc, other.end)
            if noun is not None:
                yield actor, second, noun
    for span in doc.spans["names"]:
        for i in range(span.start + 1, span.end - 1):
            if doc[i].text in HYPHENS:
                sides = [table.find(doc[i - 1].text), table.find(doc[i + 1].text)]
                named = [Actor(table.name_of(row.id), row.id) for row in sides if row is not None]
                if len(named) == 2 and table.find(span.text) is None:
                    yield named[0], named[1], doc[span.end - 1]


def _noun_after(doc: Doc, i: int) -> Token | None:
    """The head of the noun phrase that continues at a token."""
    noun = None
    while i < len(doc) and doc[i].pos_ in ("NOUN", "ADJ", "PROPN"):
        noun = doc[i] if doc[i].pos_ in ("NOUN", "PROPN") else noun
        if noun is not None and noun.dep_ != "compound":
            return noun
        i += 1
    return noun
