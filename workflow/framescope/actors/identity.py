"""The actor that a name refers to, by the document's acronyms, the actors table and the document's persons."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span, Token

from framescope.actor_table import ActorRow, ActorTable, stated_days, surface_key
from framescope.actors.contexts import Contexts, plays
from framescope.actors.times import Time, Times
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
# Of these, the nouns before "of" that a city does not have: "the policy of Moscow", but not "the security of Kabul".
POLICY_OF = re.compile(
    "policy|strategy|stance|decision|government|diplomacy|alliance|attitude|ambition|demand|offer|intention|aim|goal|objective|"
    "leadership|ally|proposal|refusal|overture|concern|pressure|support|influence|approach|response|reaction|behest|consent|approval"
)
# Verbs whose object can answer: a government, not a city.
ADDRESSING = re.compile(
    "tell|inform|ask|urge|warn|assure|notify|persuade|convince|accuse|blame|criticise|criticize|pressure|press|threaten|"
    "cable|thank|congratulate|reassure|remind|advise|request|oppose|support|join|help|assist|anger|provoke|deter|appease"
)
STATIVE = frozenset(
    {"be", "lie", "sit", "stand", "have", "contain", "become", "grow", "border", "remain", "look", "seem"}
)
# Verbs for the end of an actor: what they say of it is not an act of its successor.
ENDING = re.compile("split|dissolve|collapse|break|cease|end|disappear|fall|disintegrate|vanish|expire|exist")
INSIDE = frozenset({"in", "at", "over", "inside", "outside", "near", "within", "around", "above", "across", "through"})


@dataclass(frozen=True)
class Referent:
    """The actor that a name refers to: the form to show, its id (empty if unknown) and the rule that decided.

    `years` are those by which one of several actors of the name was chosen, and `years_from` says where they are
    stated; both are empty where time decided nothing.
    """

    actor: str
    actor_id: str
    rule: str
    years: str = ""
    years_from: str = ""


def resolve(docs: Sequence[Doc], table: ActorTable) -> list[dict[str, Any]]:
    """Rows of the entities table from all Docs of one document in order, names and dates already annotated; body only.

    Rules: acronym, acronym of the document, acronym despite its long form, known name, demonym, prefix, organ of a
    state, official name, seat of power, seat as place, capital as government, capital as place, successor, team, full
    name, surname, own name (unresolved: the id is empty).
    """
    names = list(body(docs))
    people = _people(span.text for doc in names for span in doc.spans["names"] if span.label_ == "PERSON")
    defined = _defined(names, table)
    times, contexts = Times(docs), Contexts(names, table)
    rows: list[dict[str, Any]] = []
    for doc, sentence_of in numbered(names):
        for span, fact in zip(doc.spans["names"], doc.user_data["names"], strict=True):
            referent = _referent(span, fact["stands_for"], table, people, defined, times, contexts)
            rows.append(
                {
                    **{key: doc.user_data[key] for key in ("document", "section", "paragraph")},
                    "sentence": sentence_of(span.start_char),
                    "start": span.start_char,
                    "end": span.end_char,
                    "text": span.text,
                    "label": span.label_,
                    **vars(referent),
                }
            )
    return rows


def _referent(
    span: Span,
    stands_for: str,
    table: ActorTable,
    people: dict[str, str],
    defined: dict[str, Referent],
    times: Times,
    contexts: Contexts,
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
        return _known(span, text, "", table, times, contexts)
    organ = ORGAN.fullmatch(surface_key(text))
    if organ is not None and _is_state(organ.group(1), table):
        return _known(span, organ.group(1), "organ of a state", table, times, contexts)
    official = STATE_FORMS.fullmatch(surface_key(text))
    if official is not None and _is_state(official.group(1), table):
        return _known(span, official.group(1), "official name", table, times, contexts)
    return Referent(re.sub(r"^[Tt]he\s+", "", " ".join(text.split())), "", "own name")


def _is_state(surface: str, table: ActorTable) -> bool:
    row = table.find(surface)
    return row is not None and table.kind_of(row.id) in STATES


def _joins_a_known(span: Span, table: ActorTable) -> bool:
    """Whether a prefix stands before a known name: "Anglo-American", not "Anglo-Saxon"."""
    after = span.doc[span.end + 1 : span.end + 2].text
    return span.doc[span.end : span.end + 1].text in HYPHENS and table.find(after) is not None


def _known(span: Span, surface: str, rule: str, table: ActorTable, times: Times, contexts: Contexts) -> Referent:
    """The referent of a name of which the part `surface` is in the table; `rule` names the form of a longer name."""
    time = times.of(span) if table.depends_on_time(surface) else Time(None, "")
    years = {"years": time.years, "years_from": time.source if time.days else ""}
    row = table.find(surface, time.days, contexts.of(span, surface))
    assert row is not None, f"{surface!r} was found before"
    government = table.government(surface, time.days)
    if government is not None and not row.context:
        return _of_seat(span, table.find(surface) or row, government, rule, years, table)
    if time.days is not None and _named_apart(span, row.id, table):
        row, years = table.find(surface) or row, {}
    if plays(span, table.kind_of(row.id) in STATES):
        return Referent(span.text, "", "team")
    heir = _successor(span, row, table, times)
    if heir is not None:
        return heir
    return Referent(table.name_of(row.id), row.id, rule or RULES.get(row.kind, "known name"), **years)


def _of_seat(
    span: Span, place: ActorRow, government: ActorRow, rule: str, years: dict[str, str], table: ActorTable
) -> Referent:
    """A capital or a seat of power: a government where it acts, and a place elsewhere."""
    if place.kind == "government":
        before = [token.lower_ for token in span.doc[max(span.start - 2, 0) : span.start] if token.lower_ != "the"]
        if before and before[-1] in INSIDE:
            return Referent(span.text, slug(span.text).upper(), "seat as place")
        return Referent(table.name_of(government.id), government.id, rule or "seat of power", **years)
    if rule or acts(span.root):
        return Referent(table.name_of(government.id), government.id, rule or "capital as government", **years)
    return Referent(table.name_of(place.id), place.id, "capital as place")


def _named_apart(span: Span, actor_id: str, table: ActorTable) -> bool:
    """Whether the sentence has another name that always means this actor, so that the name in the span does not.

    In "Russia took over the Soviet seat of 1945" the first name is not that of the Soviet Union.
    """
    others = (name.text for name in span.doc.spans["names"] if name.sent == span.sent and name.text != span.text)
    rows = (table.find(text) for text in others if not table.depends_on_time(text))
    return any(row is not None and row.id == actor_id and row.kind != "government" for row in rows)


def _successor(span: Span, row: ActorRow, table: ActorTable, times: Times) -> Referent | None:
    """The successor of an actor in whose name something is done after its end, by a date of the same clause."""
    heir, last = table.successor_of(row.id), table.years_of(row.id)[1]
    if heir is None or not last or row.kind in RULES or not acts(span.root):
        return None
    if ENDING.fullmatch(span.root.head.lemma_.lower()):
        return None
    time = times.of(span)
    if not time.clause or time.days is None or time.days[0] <= stated_days(last)[1]:
        return None
    return Referent(table.name_of(heir), heir, "successor", time.years, time.source)


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
        if head.lower_ == "of" and POLICY_OF.fullmatch(head.head.lemma_.lower()):
            return True
        relied_on = head.lower_ in ("on", "upon") and head.head.lemma_.lower() in ("depend", "rely")
        return relied_on or head.dep_ in ("agent", "dative") or head.lower_ in ("between", "with")
    if token.dep_ == "dative":
        return True
    modifies = token.dep_ in ("poss", "compound", "nmod", "amod")
    return modifies and POLICY_NOUNS.fullmatch(head.lemma_.lower()) is not None


def _people(names: Iterable[str]) -> dict[str, str]:
    """The fullest name in the document for each name of a person, by its key (`surface_key`).

    A name that fits two persons of the document is its own fullest name ("Keynes" beside John and Geoffrey Keynes).
    """
    fullest: dict[str, str] = {}
    by_surname: dict[str, list[str]] = defaultdict(list)
    for name in sorted(dict.fromkeys(names), key=lambda name: -len(name.split())):
        words = name.split()
        fuller = [full for full in by_surname[words[-1]] if set(words) <= set(full.split())]
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
    """The number of words that two names share, divided by that of the longer name."""
    a, b = (set(surface_key(name).lower().split()) for name in (first, second))
    return len(a & b) / max(len(a), len(b))
