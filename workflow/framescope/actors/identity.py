"""The actor that a name refers to, by the document's acronyms, the actors table and the document's persons."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span, Token

from framescope.actor_table import ActorRow, ActorTable, surface_key
from framescope.annotate.docs import body
from framescope.annotate.numbering import numbered
from framescope.identifiers import slug

HYPHENS = ("-", "–")
RULES = {"demonym": "demonym", "prefix": "prefix"}
STATE_FORMS = re.compile(
    r"(?:Government|Republic|Kingdom|State|Federation|Commonwealth|Islamic Republic) of (?:the )?(.+)"
)
ORGAN = re.compile(
    r"(.+?) (?:(?:[Nn]ational|[Ff]ederal|[Cc]entral|[Mm]ilitary) )?(?:[Gg]overnment|[Aa]rmy|[Nn]avy|[Aa]ir [Ff]orce|"
    r"[Aa]rmed [Ff]orces|[Mm]ilitary|[Cc]abinet|[Pp]arliament|[Ff]oreign (?:[Mm]inistry|[Oo]ffice)|"
    r"(?:[Dd]efen[cs]e|[Ff]inance|[Tt]rade) [Mm]inistry|[Mm]inistry of .+|[Ee]mbassy)"
)
STATES = ("state", "former state")
# Nouns for what belongs to a government and not to a city, or exists between two governments.
POLICY_NOUNS = re.compile(
    "policy|strategy|stance|position|decision|government|diplomacy|interest|relation|relations|tie|"
    "relationship|alliance|attitude|approach|role|influence|ambition|demand|offer|support|response|security|"
    "concern|intention|aim|goal|objective|army|military|leadership|foreign|ally|partner|partnership|pressure|"
    "proposal|reaction|refusal|cooperation|consensus|move|overture|rivalry|trade|dispute|negotiation|talk|agreement|treaty|pact|"
    "dialogue|rapprochement"
)
# Verbs whose object can answer: a government, not a city.
ADDRESSING = re.compile(
    "tell|inform|ask|urge|warn|assure|notify|persuade|convince|accuse|blame|criticise|criticize|pressure|press|threaten|"
    "cable|thank|congratulate|reassure|remind|advise|request|oppose|support|join|help|assist|anger|provoke|deter|appease"
)
STATIVE = frozenset(
    {"be", "lie", "sit", "stand", "have", "contain", "become", "grow", "border", "remain", "look", "seem"}
)
INSIDE = frozenset({"in", "at", "over", "inside", "outside", "near", "within", "around", "above", "across", "through"})


@dataclass(frozen=True)
class Referent:
    """The actor that a name refers to: the form to show, its id (empty if unknown) and the rule that decided."""

    actor: str
    actor_id: str
    rule: str


def resolve(docs: Sequence[Doc], table: ActorTable) -> list[dict[str, Any]]:
    """Rows of the entities table from all Docs of one document in order, names already annotated; body only.

    Rules: acronym, acronym of the document, acronym despite its long form, known name, demonym, prefix, organ of a
    state, official name, seat of power, seat as place, capital as government, capital as place, full name, surname,
    own name (unresolved: the id is empty).
    """
    names = list(body(docs))
    people = _people(span.text for doc in names for span in doc.spans["names"] if span.label_ == "PERSON")
    defined = _defined(names, table)
    rows: list[dict[str, Any]] = []
    for doc, sentence_of in numbered(names):
        for span, fact in zip(doc.spans["names"], doc.user_data["names"], strict=True):
            referent = _referent(span, fact["stands_for"], table, people, defined)
            rows.append(
                {
                    **{key: doc.user_data[key] for key in ("document", "section", "paragraph")},
                    "sentence": sentence_of(span.start_char),
                    "start": span.start_char,
                    "end": span.end_char,
                    "text": span.text,
                    "label": span.label_,
                    "actor": referent.actor,
                    "actor_id": referent.actor_id,
                    "rule": referent.rule,
                }
            )
    return rows


def _referent(
    span: Span, stands_for: str, table: ActorTable, people: dict[str, str], defined: dict[str, Referent]
) -> Referent:
    text = span.text
    if stands_for or surface_key(text) in defined:
        return defined[surface_key(stands_for or text)]
    if span.label_ == "PERSON" and surface_key(text) in people:
        name = people[surface_key(text)]
        row = table.find(name)
        if row is not None and row.kind == "person":
            return Referent(table.name_of(row.id), row.id, "known name")
        if " " in name:
            return Referent(name, slug(name), "full name" if name == text else "surname")
        return Referent(name, "", "own name")
    row = table.find(text)
    if row is not None and (row.kind != "prefix" or _joins_a_known(span, table)):
        return _known(span, row, table)
    organ = ORGAN.fullmatch(surface_key(text))
    owner = table.find(organ.group(1)) if organ else None
    if owner is not None and table.kind_of(owner.id) in STATES:
        return Referent(table.name_of(owner.id), owner.id, "organ of a state")
    official = STATE_FORMS.fullmatch(surface_key(text))
    state = table.find(official.group(1)) if official else None
    if state is not None and table.kind_of(state.id) in STATES:
        return Referent(table.name_of(state.id), state.id, "official name")
    return Referent(re.sub(r"^[Tt]he\s+", "", " ".join(text.split())), "", "own name")


def _joins_a_known(span: Span, table: ActorTable) -> bool:
    """Whether a prefix stands before a known name: "Anglo-American", not "Anglo-Saxon"."""
    after = span.doc[span.end + 1 : span.end + 2].text
    return span.doc[span.end : span.end + 1].text in HYPHENS and table.find(after) is not None


def _known(span: Span, row: ActorRow, table: ActorTable) -> Referent:
    """A name of the table; a capital is a government where it acts and a place elsewhere."""
    government = table.government(row.surface)
    if government is None:
        return Referent(table.name_of(row.id), row.id, RULES.get(row.kind, "known name"))
    state = Referent(table.name_of(government.id), government.id, "capital as government")
    if row.kind == "government":
        before = [token.lower_ for token in span.doc[max(span.start - 2, 0) : span.start] if token.lower_ != "the"]
        inside = bool(before) and before[-1] in INSIDE
        place = Referent(span.text, slug(span.text).upper(), "seat as place")
        return place if inside else Referent(state.actor, state.actor_id, "seat of power")
    return state if acts(span.root) else Referent(table.name_of(row.id), row.id, "capital as place")


def acts(token: Token) -> bool:
    """Whether a place stands for its government: subject or agent of a deed, owner of a policy, side of a relation."""
    while token.dep_ == "conj" and token.head.pos_ in ("PROPN", "NOUN"):
        token = token.head
    if token.i + 2 < len(token.doc) and token.nbor(1).text in HYPHENS and token.head == token.nbor(2):
        token = token.head
    head = token.head
    if token.dep_ == "dobj":
        return ADDRESSING.fullmatch(head.lemma_.lower()) is not None
    if token.dep_ == "nsubj":
        return head.pos_ == "VERB" and head.lemma_.lower() not in STATIVE
    if token.dep_ == "pobj":
        relied_on = head.lower_ in ("on", "upon") and head.head.lemma_.lower() in ("depend", "rely")
        return relied_on or head.dep_ in ("agent", "dative") or head.lower_ in ("between", "with")
    if token.dep_ == "dative":
        return True
    modifies = token.dep_ in ("poss", "compound", "nmod", "amod")
    return modifies and POLICY_NOUNS.fullmatch(head.lemma_.lower()) is not None


def _people(names: Iterable[str]) -> dict[str, str]:
    """For each way a document writes a person, the fullest name it gives.

    A surname alone stays by itself where two persons share it or where it stands before any full name with it.
    """
    written = list(dict.fromkeys(names))
    fullest: dict[str, str] = {}
    by_surname: dict[str, list[str]] = defaultdict(list)
    for name in sorted(written, key=lambda name: (-len(name.split()), name)):
        words = name.split()
        fuller = [full for full in by_surname[words[-1]] if set(words) <= set(full.split())]
        if len(words) == 1 and not (fuller and written.index(fuller[0]) < written.index(name)):
            fuller = []
        fullest[surface_key(name)] = fuller[0] if len(fuller) == 1 else name
        if not fuller and len(words) > 1:
            by_surname[words[-1]].append(name)
    return fullest


def _defined(docs: Sequence[Doc], table: ActorTable) -> dict[str, Referent]:
    """The referent of each long form that the document gives an acronym, by its key."""
    referents: dict[str, Referent] = {}
    for doc in docs:
        for span, fact in zip(doc.spans["names"], doc.user_data["names"], strict=True):
            long = fact["stands_for"]
            if long and surface_key(long) not in referents:
                referents[surface_key(long)] = _of_acronym(span.text, long, table)
    return referents


def _of_acronym(short: str, long: str, table: ActorTable) -> Referent:
    row = table.find(long)
    if row is not None:
        return Referent(table.name_of(row.id), row.id, "acronym")
    row = table.find(short)
    if row is not None and (row.own or _share_of_words(long, table.name_of(row.id)) > 0.5):
        return Referent(table.name_of(row.id), row.id, "acronym despite its long form")
    return Referent(long, slug(long).upper(), "acronym of the document")


def _share_of_words(first: str, second: str) -> float:
    """Words that two names share, over the longer name's."""
    a, b = (set(surface_key(name).lower().split()) for name in (first, second))
    return len(a & b) / max(len(a), len(b))
