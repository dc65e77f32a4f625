"""The model's entities as names: without articles, list numbers and brackets, and split where they join two names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from framescope.actor_table import ActorRow, ActorTable
from framescope.annotate.names.patterns import LINKS, MEMBERS, MONTH, ORGANISATION_HEADS, word_set

LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
# The labels that agree with a kind of actor; the first is given where the model has none of them.
LABELS_OF_KIND = {
    "state": ("GPE", "LOC"),
    "former state": ("GPE", "LOC"),
    "place": ("GPE", "LOC", "FAC"),
    "government": ("ORG", "GPE", "FAC", "LOC"),
    "organisation": ("ORG",),
    "pact": ("ORG", "LAW"),
    "corridor": ("FAC", "LOC"),
    "programme": ("ORG", "LAW"),
    "group": ("NORP", "ORG"),
    "person": ("PERSON",),
    "event": ("EVENT",),
    "demonym": ("NORP",),
    "prefix": ("NORP", "GPE"),
}
HYPHENS = ("-", "–", "—", "‑")
BREAKS = ("(", ")", "[", "]", "/", ";", ",")
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "their", "our", "both", "s"})
# Words that join or precede a name and are not part of it.
LOOSE_ENDS = frozenset({"of", "and", "or", "the", "for", "in", "to", "at", "by", "on", "&", "Also", "Though", "While"})
BEFORE_HYPHEN = frozenset({"anti", "pro", "non", "post", "pre", "ex", "trans", "inter", "neo", "mid", "un"})
PARTICLES = re.compile("al|el|bin|ibn|de|du|da|di|del|della|des|van|von|der|den|ten|la|le")
LIST_NUMBER = re.compile(r"(?:[ivx]+|[a-z]|\d+)[.)]")
MONTH_ALONE = re.compile(rf"(?:\d+ )?(?:{MONTH})(?: \d+)?")
HONORIFICS = frozenset({"Retd", "Rtd", "Gen", "Lt", "Col", "Maj", "Brig", "Capt", "Sr", "Jr", "Mr", "Mrs", "Ms", "Dr"})
# Alone these words name no actor: "State and local governments", "each Territory", "Federal aid".
CLASSES_OF_STATES = word_set(
    "State States Nation Nations Territory Territories Province Provinces Federal National Congressional"
)
TREATY = re.compile(r"Agreement|Treaty|Accords?|Pact|Protocol|Convention|Charter|Declaration|Act|Constitution")
# Words of up to four letters may be in small letters in a title, which has at least this number of words.
LONG_SMALL_WORD = re.compile(
    r"\b(?!(?:about|above|after|against|along|among|around|before|behind|below|beneath|between|beyond|during|except|"
    r"inside|outside|since|through|throughout|toward|towards|under|until|versus|while|within|without)\b)[a-z]{5,}"
)
WORD = re.compile(r"[^\W\d_]{2,}")
LONG_WORD = re.compile(r"[^\W\d_]{5,}")
FEWEST_IN_HEADLINE = 5
FEWEST_LONG = 3
FACILITIES = frozenset(
    {"Corridor", "Pipeline", "Highway", "Motorway", "Expressway", "Canal", "Dam", "Bridge", "Airport"}
)
DESIGNATION = re.compile(r"[A-Z][A-Za-z]{0,2}-\d+[A-Z]*")


@dataclass(frozen=True)
class Name:
    """A name in a Doc by token offsets, with its label and the rule that decided."""

    start: int
    end: int
    label: str
    rule: str


def model_names(doc: Doc, table: ActorTable) -> list[Name]:
    """The names that the model's entities contain, in order."""
    headlines = {sentence.start for sentence in doc.sents if is_headline(sentence)} if doc.ents else set()
    pieces = (
        name
        for ent in doc.ents
        if ent.label_ in LABELS
        for name in _pieces(ent)
        if not headlines or ent.sent.start not in headlines or _stands_in_headline(doc, name)
    )
    return [_relabelled(doc, part) for name in pieces for part in _split(doc, name, table)]


def is_headline(sentence: Span) -> bool:
    """Whether a sentence is in title case: five words or more, all longer ones with capitals, and no full stop."""
    if sentence[-1].text == ".":
        return False
    text = sentence.text
    if text.rstrip().endswith(".") or LONG_SMALL_WORD.search(text):
        return False
    return len(WORD.findall(text)) >= FEWEST_IN_HEADLINE and len(LONG_WORD.findall(text)) >= FEWEST_LONG


def _stands_in_headline(doc: Doc, name: Name) -> bool:
    """Whether a name of the model is kept in a headline, where the model takes capitalised clauses for names.

    Kept are persons with two or three words, places and peoples with one or two, acronyms, and organisations that end
    with the head of one; all other names there come from the actors table and patterns.
    """
    words = [token.text for token in doc[name.start : name.end]]
    if name.label == "PERSON":
        return len(words) in (2, 3) and all(token.pos_ == "PROPN" for token in doc[name.start : name.end])
    if name.label in ("GPE", "NORP"):
        return len(words) <= 2
    return name.label == "ORG" and (words[-1] in ORGANISATION_HEADS or (len(words) == 1 and words[0].isupper()))


def label_of(row: ActorRow, given: str) -> str:
    """The model's label if it is possible for the kind of actor, else the usual label of that kind."""
    labels = LABELS_OF_KIND[row.kind]
    if row.kind == "group" and " " in row.surface:
        return "ORG"
    words = row.surface.split()
    if row.kind == "pact" and any(map(TREATY.fullmatch, words)) and ORGANISATION_HEADS.isdisjoint(words):
        return "LAW"
    return given if given in labels else labels[0]


def _pieces(ent: Span) -> Iterator[Name]:
    """An entity divided at brackets, commas and line ends; each piece without words that do not belong to a name."""
    doc, start = ent.doc, ent.start
    for i in range(ent.start, ent.end + 1):
        if i == ent.end or _ends_a_piece(ent, doc[i]):
            first, last = _bare(doc, start, i)
            text = doc[first:last].text
            if first < last and _is_name(text, ent.label_) and not _ends_an_office(doc, first, last):
                yield Name(first, last, ent.label_, "model")
            start = i + 1
            if i < ent.end and _is_finite(doc[i], ent.label_):
                return


def _ends_a_piece(ent: Span, token: Token) -> bool:
    text = token.text
    if text in ("and", "or"):
        return text == "or" or _joins_bodies(ent, token.i)
    return text in BREAKS or token.is_space or (text[0].islower() and _is_finite(token, ent.label_))


def _is_name(text: str, label: str) -> bool:
    """Whether a text can be a name: it has a capital (a people needs none) and is no month, title or class."""
    capital = any(c.isupper() for c in text) or (label == "NORP" and text.isalpha())
    return capital and text not in HONORIFICS and text not in CLASSES_OF_STATES and not MONTH_ALONE.fullmatch(text)


def _joins_bodies(ent: Span, i: int) -> bool:
    """Whether an "and" joins two organisations that the model took for one."""
    if ent.label_ != "ORG":
        return False
    left, right = ent.doc[ent.start : i], ent.doc[i + 1 : ent.end]
    return all(any(_is_body(token) for token in side) for side in (left, right))


def _is_body(token: Token) -> bool:
    return token.text in ORGANISATION_HEADS and token.text not in MEMBERS


def _ends_an_office(doc: Doc, first: int, last: int) -> bool:
    """Whether a name of one word is the end of an office such as "Secretary of State" or "Chief of Staff"."""
    if last - first > 1 or first < 2 or doc[first - 1].lower_ not in ("of", "for"):
        return False
    office = doc[first - 2].text.removesuffix("s").replace("Secretarie", "Secretary")
    return doc[first].ent_type_ == "ORG" and office in ("Secretary", "Minister", "Chief", "Under-Secretary")


def _is_finite(token: Token, label: str) -> bool:
    """Whether a token is a finite verb, where the model took part of the sentence for the name of an event."""
    return label == "EVENT" and token.tag_ in ("VBD", "VBZ", "VBP", "MD") and token.is_lower


def _bare(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Token offsets without leading articles, adjectives and list numbers and without loose ends and punctuation."""
    while first < last and _is_loose_start(doc, first, last):
        first += 1
    while first < last and (
        doc[last - 1].text in POSSESSIVES or doc[last - 1].is_punct or doc[last - 1].text in LOOSE_ENDS
    ):
        last -= 1
    return first, last


def _is_loose_start(doc: Doc, i: int, last: int) -> bool:
    token = doc[i]
    if token.lower_ in DETERMINERS or token.is_punct or token.text in POSSESSIVES or LIST_NUMBER.fullmatch(token.text):
        return True
    if i + 2 < last and LIST_NUMBER.fullmatch(doc[i : i + 2].text):
        return True
    if (
        i + 2 < last
        and token.lower_ in BEFORE_HYPHEN
        and (token.is_lower or token.is_sent_start)
        and doc[i + 1].text in HYPHENS
    ):
        return True
    if token.is_digit and token.ent_type_ in ("ORG", "GPE", "LOC", "NORP", "PERSON") and i + 1 < last:
        return True
    small = token.text.islower() and token.is_alpha and not PARTICLES.fullmatch(token.text)
    return small and i + 1 < last and doc[i + 1].text[0].isupper()


def _split(doc: Doc, name: Name, table: ActorTable) -> list[Name]:
    """Split "Pak-Russia" into two names if the table knows both sides of the hyphen but not the whole.

    A longer name with such a pair in it stays whole if it is that of an organisation, an agreement or an event.
    """
    hyphens = [i for i in range(name.start + 1, name.end - 1) if doc[i].text in HYPHENS]
    if not hyphens or table.find(doc[name.start : name.end].text):
        return [name]
    sides = sorted({side for i in hyphens for side in (i - 1, i + 1)})
    rows = [table.find(doc[side].text) for side in sides]
    bare = len(sides) + len(hyphens) == name.end - name.start
    if None in rows or not (bare or name.label in ("PERSON", "NORP", "GPE", "LOC", "FAC", "PRODUCT")):
        return [name]
    return [
        Name(side, side + 1, label_of(row, ""), "compound")
        for side, row in zip(sides, rows, strict=True)
        if row is not None
    ]


def _relabelled(doc: Doc, name: Name) -> Name:
    """The name with the label that its own words show: "Treaty of ...", "Centre for ...", "... Pipeline", "T-90"."""
    words = [token.text for token in doc[name.start : name.end]]
    ends = len(words) > 1 and TREATY.fullmatch(words[-1]) and ORGANISATION_HEADS.isdisjoint(words)
    if ends or (len(words) > 2 and words[:2] == ["Treaty", "of"]):
        return Name(name.start, name.end, "LAW", name.rule)
    if name.label == "FAC" and any(left in ORGANISATION_HEADS and right in LINKS for left, right in pairwise(words)):
        return Name(name.start, name.end, "ORG", name.rule)
    if len(words) > 2 and name.label in ("GPE", "LOC", "PRODUCT") and not ORGANISATION_HEADS.isdisjoint(words):
        return Name(name.start, name.end, "ORG", name.rule)
    if len(words) > 1 and words[-1] in FACILITIES:
        return Name(name.start, name.end, "FAC", name.rule)
    if DESIGNATION.fullmatch(doc[name.start : name.end].text):
        return Name(name.start, name.end, "PRODUCT", name.rule)
    return name
