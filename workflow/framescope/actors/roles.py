"""What actors do: agents, patients and partners of verbs, possessors, and dyads such as "Pakistan-Russia relations"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from spacy.tokens import Doc, Span, Token

from framescope.actor_table import ActorTable

PLACES = frozenset({"place", "event"})
# Bodies through which an actor acts: "the Indian government banned", "Russian troops entered".
INSTITUTIONS = re.compile(
    "government|army|force|forces|troop|troops|soldier|military|navy|president|minister|premier|leader|"
    "official|diplomat|ministry|parliament|administration|authority|police|delegation|envoy|ambassador|regime|"
    "leadership|policymaker|strategist|general|chancellor|king|queen|state|company|jet|warship|bomber|guard"
)
TOWARDS = frozenset({"to", "on", "upon", "against", "towards", "toward"})
RAISING = frozenset({"seem", "appear", "tend", "happen"})
NO_DEED = frozenset({"be"})
WISHES = frozenset({"want", "let", "expect", "like", "prefer", "wish", "need", "see", "think", "believe", "say"})
HYPHENS = ("-", "–", "—")


@dataclass(frozen=True)
class Actor:
    """An actor as the entities table names it."""

    name: str
    id: str


Frames = dict[Token, dict[str, dict[Actor, None]]]


def role_rows(docs: Sequence[Doc], entities: Sequence[Mapping[str, Any]], table: ActorTable) -> list[dict[str, Any]]:
    """A row for each actor in a role, from all Docs of one document in order and their entity rows; body only.

    Columns: document, section, sentence, actor, actor_id, role (agent, patient, possessor, partner), verb, partner,
    partner_id. `verb` is the lemma of the verb, or of the noun that is owned or that relates two actors; `partner` is
    the other actor of the same verb or noun, empty if none. Places and events have no roles.
    """
    by_paragraph: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in entities:
        by_paragraph[row["paragraph"]].append(row)
    rows: list[dict[str, Any]] = []
    before = 0
    for doc in docs:
        if doc.user_data["part"] != "body":
            continue
        actors = _acting(doc, by_paragraph[doc.user_data["paragraph"]], table)
        ends = [sentence.end for sentence in doc.sents]
        for token, actor, role, verb, partner in sorted(_roles(doc, actors, table), key=lambda found: found[0].i):
            rows.append(
                {
                    "document": doc.user_data["document"],
                    "section": doc.user_data["section"],
                    "sentence": before + 1 + sum(end <= token.i for end in ends),
                    "actor": actor.name,
                    "actor_id": actor.id,
                    "role": role,
                    "verb": verb,
                    "partner": partner.name if partner else "",
                    "partner_id": partner.id if partner else "",
                }
            )
        before += len(ends)
    return rows


def _acting(doc: Doc, entities: Iterable[Mapping[str, Any]], table: ActorTable) -> list[tuple[Span, Actor]]:
    """The spans of those who can act."""
    found = []
    for row in entities:
        span = doc.char_span(row["start"], row["end"])
        kind = table.kind_of(row["actor_id"])
        place = kind in PLACES or (
            kind is None and row["label"] in ("GPE", "LOC", "FAC", "EVENT", "LAW", "WORK_OF_ART")
        )
        if span is not None and not place and row["rule"] != "seat as place":
            found.append((span, Actor(row["actor"], row["actor_id"])))
    return found


def _roles(
    doc: Doc, actors: list[tuple[Span, Actor]], table: ActorTable
) -> Iterator[tuple[Token, Actor, str, str, Actor | None]]:
    """Each role in a Doc: the token it hangs on, the actor, the role, the verb or noun, and the other actor."""
    frames: Frames = defaultdict(lambda: {"agent": {}, "patient": {}, "partner": {}})
    relations: dict[Token, dict[Actor, None]] = defaultdict(dict)
    named = {token.i for name in doc.spans["names"] for token in name}
    for span, actor in actors:
        owner = _owned(span)
        if owner is not None and owner.i not in named:
            yield owner, actor, "possessor", owner.lemma_.lower(), None
        for head in _phrases(span):
            for verb, role in _deeds(head):
                frames[verb][role][actor] = None
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


def _pairs(verb: Token, frame: dict[str, dict[Actor, None]]) -> Iterator[tuple[Token, Actor, str, str, Actor | None]]:
    lemma = verb.lemma_.lower()
    others: list[Actor | None] = [*frame["patient"], *(a for a in frame["partner"] if a not in frame["patient"])]
    agents: list[Actor | None] = list(frame["agent"])
    for actor, other in product(frame["agent"], [o for o in others if o not in frame["agent"]] or [None]):
        yield verb, actor, "agent", lemma, other
    for role in ("patient", "partner"):
        for actor in frame[role]:
            for other in [a for a in agents if a != actor] or [None]:
                yield verb, actor, role, lemma, other


def _phrases(span: Span) -> list[Token]:
    """The heads of the noun phrases by which an actor takes part: itself, and an institution it has."""
    root = span.root
    heads = [root] if root.dep_ not in ("amod", "compound", "nmod", "poss", "npadvmod") else []
    if root.dep_ in ("amod", "compound", "nmod", "poss") and INSTITUTIONS.fullmatch(root.head.lemma_.lower()):
        heads.append(root.head)
    return heads


def _first_of(token: Token) -> Token:
    """The first member of the coordination or apposition that a noun belongs to."""
    while token.dep_ in ("conj", "appos") and token.head.pos_ in ("NOUN", "PROPN", "PRON", "ADJ"):
        token = token.head
    return token


def _deeds(token: Token) -> Iterator[tuple[Token, str]]:
    """Verbs that a noun phrase takes part in, with its role."""
    token = _first_of(token)
    head = token.head
    for clause in token.children:
        if clause.dep_ == "relcl":
            yield from _relative(clause)
        elif clause.dep_ == "acl" and clause.tag_ == "VBN":
            yield clause, "patient"
    if token.dep_ in ("nsubj", "nsubjpass"):
        yield from _subject(head, token.dep_ == "nsubjpass")
        if token.dep_ == "nsubj" and head.dep_ == "ccomp" and _is_infinitive(head):
            governor = head.head
            if governor.lemma_.lower() not in WISHES and governor.pos_ == "VERB":
                yield governor, "patient"
    elif token.dep_ in ("dobj", "obj", "dative", "iobj") and head.pos_ == "VERB":
        for verb in _coordinated(head, "dobj"):
            yield verb, "patient"
        for below in head.children:
            if below.dep_ == "xcomp" and _is_infinitive(below):
                yield from _subject(below, False)
    elif token.dep_ == "pobj":
        yield from _prepositional(token, head)
    elif token.dep_ == "attr":
        for clause in head.children:
            if clause.dep_ == "ccomp":
                yield from _relative(clause)


def _prepositional(token: Token, preposition: Token) -> Iterator[tuple[Token, str]]:
    word, governor = preposition.lower_, preposition.head
    if preposition.dep_ == "agent" and governor.pos_ in ("VERB", "AUX"):
        yield governor, "agent"
        return
    if word not in TOWARDS and word != "with":
        return
    role = "partner" if word == "with" else "patient"
    if governor.pos_ == "VERB":
        yield governor, role
    elif governor.pos_ == "NOUN" and governor.dep_ in ("dobj", "nsubjpass") and governor.head.pos_ == "VERB":
        yield governor.head, role


def _subject(verb: Token, passive: bool) -> Iterator[tuple[Token, str]]:
    """What the subject of a verb does, with the verbs coordinated with it or left without a subject below it."""
    if verb.pos_ not in ("VERB", "AUX"):
        return
    if passive:
        yield verb, "patient"
    elif verb.lemma_.lower() not in NO_DEED | RAISING and verb.pos_ == "VERB":
        yield verb, "agent"
    for child in verb.children:
        shared = child.dep_ == "conj" and not _has_subject(child)
        controlled = child.dep_ == "xcomp" and not _has_object_controller(verb)
        if child.pos_ == "VERB" and (shared or controlled):
            yield from _subject(child, _is_passive(child))
        elif child.dep_ == "advcl" and child.pos_ == "VERB" and not _has_subject(child):
            if child.tag_ == "VBN" and not any(c.dep_ == "aux" for c in child.children):
                yield child, "patient"
            elif child.tag_ == "VBG" or _is_infinitive(child):
                yield from _subject(child, False)
        elif child.dep_ == "prep" and not passive:
            for gerund in child.children:
                if gerund.dep_ == "pcomp" and gerund.tag_ == "VBG" and not _has_subject(gerund):
                    yield from _subject(gerund, False)


def _relative(clause: Token) -> Iterator[tuple[Token, str]]:
    for child in clause.children:
        if child.lower_ in ("who", "which", "that") and child.dep_ in ("nsubj", "nsubjpass"):
            yield from _subject(clause, child.dep_ == "nsubjpass")


def _coordinated(verb: Token, dependency: str) -> Iterator[Token]:
    """A verb and the verbs before it in a coordination that share its object."""
    yield verb
    while verb.dep_ == "conj" and not any(child.dep_ == dependency for child in verb.head.children):
        verb = verb.head
        if verb.pos_ != "VERB":
            return
        yield verb


def _is_infinitive(verb: Token) -> bool:
    finite = any(child.tag_ in ("MD", "VBD", "VBZ", "VBP") for child in verb.children if child.dep_ == "aux")
    return verb.tag_ == "VB" and not finite and not any(child.dep_ == "mark" for child in verb.children)


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for child in verb.children)


def _has_object_controller(verb: Token) -> bool:
    """Whether the verb's object, not its subject, does what the verb below says: "forced Iran to negotiate"."""
    return any(child.dep_ == "dobj" for child in verb.children)


def _owned(span: Span) -> Token | None:
    """The noun an actor owns by possessive or did by a "by"-phrase."""
    root = span.root
    first = _first_of(root)
    if root.dep_ == "poss" and root.head.pos_ in ("NOUN", "PROPN"):
        return root.head
    preposition = first.head
    if first.dep_ == "pobj" and preposition.lower_ == "by" and preposition.head.pos_ == "NOUN":
        return preposition.head
    return None


def _with_noun(token: Token) -> Token | None:
    """The noun of "trade with India"."""
    token = _first_of(token)
    if token.dep_ == "pobj" and token.head.lower_ == "with" and token.head.head.pos_ == "NOUN":
        return token.head.head
    return None


def _relation(token: Token) -> Token | None:
    """The noun or verb that holds "between" or, owned by another, "with" an actor."""
    first = _first_of(token)
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
    """The head of the noun phrase that goes on at a token."""
    noun = None
    while i < len(doc) and doc[i].pos_ in ("NOUN", "ADJ", "PROPN"):
        noun = doc[i] if doc[i].pos_ in ("NOUN", "PROPN") else noun
        if noun is not None and noun.dep_ != "compound":
            return noun
        i += 1
    return noun
