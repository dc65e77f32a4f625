"""What a noun phrase does in its clauses: the verbs it is an agent, patient or partner of, by their dependencies."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

TOWARDS = frozenset({"to", "on", "upon", "against", "towards", "toward"})
RAISING = frozenset({"seem", "appear", "tend", "happen"})
GIVING = frozenset({"give", "lend", "grant", "offer", "send", "sell", "pay", "deny", "promise", "award", "hand"})
NO_DEED = frozenset({"be"})
WISHES = frozenset({"want", "let", "expect", "like", "prefer", "wish", "need", "see", "think", "believe", "say"})


def first_of(token: Token) -> Token:
    """The first member of the coordination or apposition that a noun belongs to."""
    while token.dep_ in ("conj", "appos") and token.head.pos_ in ("NOUN", "PROPN", "PRON", "ADJ"):
        token = token.head
    return token


def gift(token: Token) -> Token | None:
    """The verb of "lent Greece money", if the parser took "Greece" for a modifier of "money"."""
    verb = token.head.head
    bare = token.dep_ == "compound" and token.head.dep_ == "dobj" and token.i == verb.i + 1
    return verb if bare and verb.lemma_.lower() in GIVING else None


def deeds(token: Token) -> Iterator[tuple[Token, str]]:
    """Verbs that a noun phrase takes part in, each with its agency: agent, patient or partner."""
    token = first_of(token)
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
    agency = "partner" if word == "with" else "patient"
    if governor.pos_ == "VERB":
        yield governor, agency
    elif governor.pos_ == "NOUN" and governor.dep_ in ("dobj", "nsubjpass") and governor.head.pos_ == "VERB":
        yield governor.head, agency


def _subject(verb: Token, passive: bool) -> Iterator[tuple[Token, str]]:
    """The verbs of a subject: its own, those coordinated with it, and those below it that have no subject."""
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
            having = any(c.dep_ == "aux" for c in child.children)
            if child.tag_ == "VBN" and not having:
                yield child, "patient"
            elif having or child.tag_ == "VBG" or _is_infinitive(child):
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
