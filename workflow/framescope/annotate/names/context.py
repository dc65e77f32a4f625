"""Labels and limits of names that the words around them decide: "the riding of Galway", "candidate Jane Smith"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from framescope.actor_table import ActorTable
from framescope.annotate.names.model import Name
from framescope.annotate.names.patterns import ORGANISATION_HEADS, word_set

TITLES = word_set(
    "Mr Mrs Ms Dr Sir Lord Lady King Queen Prince Princess Prof Professor President Minister Secretary Senator "
    "Ambassador Colonel Marshal Chancellor Premier Governor Congressman Comrade Judge Admiral Captain"
)
# A title may be the first word of a name as well, but these are also first words of the names of bodies.
ALSO_OF_BODIES = word_set("President Minister Secretary Chancellor Governor Marshal Premier")
# What stands before the name of a person and is not part of it ("Liberal Jane Smith"), and what follows it.
BEFORE_PERSON = word_set(
    "Liberal Conservative Democrat Democratic Republican Labour Independent Socialist Communist Nationalist Incumbent "
    "Prof Professor Rep Sen Representative Congressman Congresswoman Councillor Datuk"
)
AFTER_PERSON = word_set("MP MEP MSP MLA MPP TD QC KC OBE CBE MBE")
ROLES = word_set(
    "candidate nominee incumbent senator councillor mayor activist journalist author historian actor actress wife "
    "husband son daughter brother sister father mother spokesman spokeswoman lawyer economist philosopher poet "
    "novelist politician minister premier colleague rival"
)
PLACES_OF = word_set(
    "riding seat constituency electorate district division town city village province county island port suburb"
)
SEATS = word_set("riding seat constituency electorate by-election")
PRONOUNS = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
# A longer name before "seat" is that of a chamber: "the House of Representatives seat".
LONGEST_SEAT = 2
# Verbs whose subjects are persons.
PERSONAL_VERBS = word_set("marry graduate retire resign volunteer reelect")
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# Marks of members of parliaments, which the model takes for persons.
NO_NAME = word_set("MP MPs MEP MEPs MSP MLA MLAs TD TDs")


def in_context(doc: Doc, names: Sequence[Name], table: ActorTable) -> list[Name]:
    """The names that the model gave in one Doc, with the labels and limits that the words around them require."""
    persons = [name.start for name in names if name.label == "PERSON"]
    return [
        _labelled(doc, trimmed, table, persons)
        for trimmed in (_trimmed(doc, name) for name in names)
        if trimmed is not None
    ]


def _trimmed(doc: Doc, name: Name) -> Name | None:
    """A name of a person without party, rank and marks of office; None for the marks alone."""
    if name.label != "PERSON" or name.rule != "model":
        return name
    start, end = name.start, name.end
    if end - start == 1 and doc[start].text in NO_NAME:
        return None
    if end - start > 2 and doc[end - 1].text in AFTER_PERSON:
        end -= 1
    if end - start > 2 and doc[start].text.rstrip(".") in BEFORE_PERSON:
        start += 1
    return replace(name, start=start, end=end)


def _labelled(doc: Doc, name: Name, table: ActorTable, persons: Sequence[int]) -> Name:
    """A name of the model with another label, if the words before or after it show what it names."""
    if name.rule != "model" or name.label not in ("PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT"):
        return name
    words = [token.text for token in doc[name.start : name.end]]
    label = _shown_label(doc, name, words, persons)
    if not label or not ORGANISATION_HEADS.isdisjoint(words) or table.find(doc[name.start : name.end].text):
        return name
    return replace(name, label=label, rule="context")


def _shown_label(doc: Doc, name: Name, words: Sequence[str], persons: Sequence[int]) -> str:
    """The label that the words around a name show, or an empty string if they show no other one."""
    if name.label != "PERSON" and _is_person(doc, name, words, persons):
        return "PERSON"
    if name.label in ("PERSON", "ORG") and _is_seat(doc, name):
        return "GPE"
    followed = name.end < len(doc) and doc[name.end].text == "party"
    return "ORG" if followed and name.label in ("PERSON", "GPE", "LOC") else ""


def _is_person(doc: Doc, name: Name, words: Sequence[str], persons: Sequence[int]) -> bool:
    """Whether a title, a role, a verb or a later "he" or "she" shows that a name is that of a person."""
    if len(words) > 3 or words[0].isupper() or not words[-1].istitle() or not all(word[0].isupper() for word in words):
        return False
    if len(words) > 1 and words[0] in TITLES - ALSO_OF_BODIES:
        return True
    before = doc[name.start - 1] if name.start else None
    if before is not None and (before.text.rstrip(".") in TITLES or before.text in ROLES):
        return True
    return _is_personal_subject(doc, name, before, persons)


def _is_personal_subject(doc: Doc, name: Name, before: Token | None, persons: Sequence[int]) -> bool:
    """Whether a name without an article is a subject whose verb or later pronoun in the sentence speaks of a person."""
    root = doc[name.start : name.end].root
    if name.label not in ("ORG", "GPE") or root.dep_ not in SUBJECTS or (before is not None and before.pos_ == "DET"):
        return False
    if root.head.lemma_ in PERSONAL_VERBS:
        return True
    sentence = root.sent
    alone = not any(sentence.start <= start < name.start for start in persons)
    return alone and any(token.lower_ in PRONOUNS for token in doc[name.end : sentence.end])


def _is_seat(doc: Doc, name: Name) -> bool:
    """Whether a name follows "the riding of" or "Member of Parliament for", or is itself followed by "constituency"."""
    if name.start > 1 and doc[name.start - 1].lower_ == "of" and doc[name.start - 2].lower_ in PLACES_OF:
        return True
    if name.end < len(doc) and doc[name.end].text in SEATS:
        return name.end - name.start <= LONGEST_SEAT
    if name.start > 1 and doc[name.start - 1].lower_ == "for":
        member = doc[max(name.start - 4, 0) : name.start - 1]
        return any(token.text in ("MP", "Parliament", "MLA", "TD") for token in member)
    return False
