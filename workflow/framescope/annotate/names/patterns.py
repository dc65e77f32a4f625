"""Names by their form: elections, wars and summits, and organisations around a head such as "Party of"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from spacy.tokens import Doc, Token


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


CAPITAL = r"[^\W\d_a-z](?:[\w’'&]|\.\w|-\d)*"
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
YEAR = rf"(?:(?:{MONTH})\s)?(?:1[5-9]|20)\d\d"
# No name has more words; the bound keeps a page of capitals from being tried at every length.
NAME = rf"{CAPITAL}(?:[-–\s]{CAPITAL}){{0,9}}"
SCOPE = (
    "general|federal|parliamentary|presidential|legislative|local|mayoral|state|regional|provincial|municipal|"
    "gubernatorial|snap|special|leadership|national|constitutional|independence|primary|assembly|council|senate|"
    "congressional|vice|membership|devolution|autonomy|status|re-election"
)
VOTE = "elections?|by-elections?|referendums?|referenda|primaries|plebiscite|caucuses"
UPHEAVAL = (
    "War|Wars|Revolution|Uprising|Crisis|Massacre|Genocide|Rebellion|Revolt|Intifada|Insurrection|Mutiny|Coup|Summit|"
    "Olympics|Games|Conference|Armistice|Offensive|Blockade|Airlift|Incident|Famine|Riots|Campaign|Festival|Putsch|"
    "Referendum|Plebiscite"
)
ORDINAL = r"\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|annual|inaugural"
WHERE = rf"(?:\sin\s(?:the\s)?(?!{MONTH}){NAME})?"
# Patterns by strings of which a text must contain one. Looking for these strings first is much faster.
EVENTS = {
    tuple(gate.split("|")): tuple(map(re.compile, patterns))
    for gate, patterns in {
        "election|referend|primaries|plebiscite|caucuses": (
            # "2001 Italian general election", "February 1974 United Kingdom general election"
            rf"\b{YEAR}\s{NAME}(?:\sof\s{NAME})?\s(?:(?:{SCOPE})\s)*(?:{VOTE})\b{WHERE}",
            # "2011 general election in the United Kingdom"
            rf"\b{YEAR}\s(?:(?:{SCOPE})\s)+(?:{VOTE})\sin\s(?:the\s)?(?!{MONTH}){NAME}",
            # "Canadian federal election, 2011"
            rf"(?<!\d\s)\b{NAME}\s(?:(?:{SCOPE})\s)*(?:{VOTE}),\s{YEAR}\b(?!\s{CAPITAL})",
        ),
        "referendum|plebiscite": (
            # "2016 referendum on EU membership", "Scottish independence referendum"
            rf"\b{YEAR}\s(?:(?:{SCOPE})\s)*(?:referendum|plebiscite)\son\s(?:the\s)?{NAME}"
            rf"(?:\s(?:membership|independence))?{WHERE}",
            rf"\b{YEAR}\s(?:(?:{SCOPE}|Brexit)\s)*(?:referendum|plebiscite)\b",
            rf"\b(?!(?:A|An|The|This|That|Any|No)\s){NAME}\s(?:(?:{SCOPE})\s)*referendum\b",
        ),
        "campaign": (
            # "2008 presidential campaign", "Clinton presidential campaign"
            rf"\b(?:{YEAR}|{NAME})\s(?:{NAME}\s)?(?:(?:{SCOPE})\s)+campaign\b",
            rf"\b{YEAR}\s{NAME}\scampaign\b",
            rf"\b{NAME}\sbombing\scampaign\b",
        ),
        " Convention": (rf"\b{YEAR}\s{NAME}\sConvention\b",),
        "Conference on": (rf"\b{NAME}\sConference\son\s(?:the\s)?{NAME}(?:\sand\s{NAME})?",),
        "nvasion of|nnexation of|Armistice of|partition of|occupation of|bombing of": (
            rf"\b{NAME}\sinvasion\sof\s(?:the\s)?{NAME}",
            rf"\b(?:Invasion|Annexation|Armistice)\sof\s(?:the\s)?{NAME}",
            rf"\b{YEAR}\s(?:invasion|annexation|partition|occupation|bombing)\sof\s(?:the\s)?{NAME}",
        ),
        " coup| crisis| summit| revolution| uprising| protests| attacks| bombings| earthquake| war": (
            rf"\b{YEAR}\s(?:{NAME}\s)(?:coup|crisis|summit|revolution|uprising|protests|attacks|bombings|earthquake)\b",
            rf"\b{YEAR}\swar\b",
        ),
        UPHEAVAL: (
            rf"\b(?:(?:First|Second|Third|Fourth|Great|{YEAR})\s)?{NAME}[-–\s](?:{UPHEAVAL})\b(?:\sof\s{YEAR})?",
        ),
        " war": (rf"\b(?:{CAPITAL}[-–]){{1,3}}{CAPITAL}\swars?\b",),
        " summit": (rf"\b(?:(?:{ORDINAL})\s)*{NAME}\ssummit\b",),
        "Operation ": (rf"\bOperation\s{NAME}",),
        "War |Battle |Siege ": (rf"\b(?:(?:{CAPITAL}\s)?War|Battle|Siege)\s(?:of|in|on)\s(?:the\s)?{NAME}",),
    }.items()
}
EVENT_STRINGS = re.compile("|".join(sorted(string for strings in EVENTS for string in strings)))
ORGANISATION_HEADS = word_set(
    "Party Union Alliance Association Federation Movement League Front Council Congress Committee Commission "
    "Organisation Organization Coalition Institute Institution Centre Center Bank Fund Ministry Department "
    "Agency Community Society Foundation University College Academy Assembly Parliament Senate Court Tribunal "
    "Forum Group Network Confederation Corporation Company Authority Bureau Board Secretariat Army Forces "
    "Force Guard Corps Service Services Club Church Trust Initiative Cabinet Chamber Bloc Command "
    "Fleet Partito Partido Parti Partei Mouvement Alleanza Democrats Socialists Liberals Greens "
    "Conservatives Republicans Unionists Nationalists Radicals Communists Tories Whigs List Rally "
    "Division Office Branch Mill Mills Complex Industries Cell"
)
# Heads that are also the members: "Federation of the Greens" is one organisation.
MEMBERS = word_set(
    "Democrats Socialists Liberals Greens Conservatives Republicans Unionists Nationalists Radicals Communists "
    "Services Service Forces"
)
# Heads that come first in the languages of many parties: "Partido Liberal", "Mouvement des Citoyens".
FOREIGN = re.compile(
    r"\b(?:Partai|Parti|Partido|Partito|Partei|Partij|Partia|Mouvement|Movimiento|Movimento|Ligue|Lega|Liga|Frente|Fronte|"
    r"Unión|União|Unione|Alianza|Aliança|Alleanza|Rassemblement|Coalición|Coligação|Acción|Stranka|Strana|Hnutí|Cumann)"
    r"(?:\s(?:de|des|du|del|della|dei|di|da|do|dos|das|et|y|e|en|für|und|der|die|na|la|le|les|los|pour|para|per|van|voor|"
    rf"a|i|{CAPITAL}))*\s(?:na)?{CAPITAL}"
)
# Whose bodies are named after their owners: "People's Party", "Lord's Day Alliance", "Workers' Union".
POSSESSORS = word_set(
    "People Peoples Woman Women Men Children Lord Nation Workers Farmers Peasants Teachers Students Citizens"
)
POSSESSIVES = ("'s", "’s", "'", "’")
PLACES = ("GPE", "LOC")
PLURALS = ("NNS", "NNPS")
LINKS = frozenset({"of", "for"})
OFFICES = word_set(
    "Chief President Minister Secretary Member Director Governor Chairman Chair Ambassador General Commander "
    "Leader King Queen Prince Head Speaker Chancellor Premier"
)
# Offices that stand before the name of a body and are not part of it.
LEADERS = word_set("President Chairman Chairwoman Chairperson Leader Senator Spokesman Spokeswoman")
# What continues the name of a place.
DIVISIONS = word_set("State City County Province Island Islands Territory Region Valley")
# Names that are lists: "Department for Environment, Food and Rural Affairs", "Shooters, Fishers and Farmers Party".
LISTED = re.compile(
    rf"\b(?:{CAPITAL}\s)?(?:Ministry|Department|Committee|Commission|Office|Directorate|Secretariat|Institute)\s(?:of|for|on)\s"
    rf"(?:the\s)?{CAPITAL}(?:\s{CAPITAL})?(?:,\s{CAPITAL}(?:\s{CAPITAL})?)*,?\s(?:and|&)\s{CAPITAL}(?:\s{CAPITAL})?"
    rf"|\b(?:{CAPITAL}s,\s)+{CAPITAL}s,?\s(?:and|&)\s{CAPITAL}s\s(?:Party|Union|Association|Alliance|Federation)\b"
)
# The second part of a compound such as "Co-operative" has at least so many letters; "Chair-in-Office" is no compound.
SHORTEST_PART = 4
# Plurals of persons, among them the most frequent endings.
MEMBER = (
    r"(?:[A-Z][a-z]+(?:ers|ors|ists|ans|ents|ats)|Friends|Families|Sons|Daughters|Voices|Citizens|Executives|Jews|Scots|"
    r"Women|Men|Youth)"
)
OFFICERS = "|".join(f"{office}s" for office in sorted(OFFICES)) + "|Commissioners|Ambassadors|Advisers|Papers|Documents"
# Names of associations by their members and aim: "Veterans for Peace", "Concerned Mothers for a Safe Street".
AIM = re.compile(
    rf"\b(?:{CAPITAL}\s){{0,3}}(?!{OFFICERS}){MEMBER}\sfor\s(?:a\s)?{CAPITAL}(?:\s{CAPITAL}){{0,2}}"
    rf"|\bCampaign\sfor\s(?:a\s|the\s)?{CAPITAL}(?:\s{CAPITAL}){{0,3}}"
)
PLACE = re.compile(
    rf"\b(?:Principality|Kingdom|Duchy|Republic|Emirate|Sultanate|County|Province|Commonwealth|Governorate|Gulf|Bay|"
    rf"Strait|Straits|Sea|Cape|Isle|Isles)\sof\s(?:the\s)?{NAME}"
)


# What happened at a place, by the place: "Algiers putsch".
HAPPENINGS = "campaign|putsch|massacre|uprising|mutiny|genocide"
HAPPENING = re.compile(HAPPENINGS)
AT_PLACE = re.compile(rf"\b({NAME})\s(?:{HAPPENINGS})\b")


def event_spans(doc: Doc, text: str) -> Iterator[tuple[int, int]]:
    """Token spans of elections, wars, summits and operations that are written as names; `text` is that of the Doc."""
    yield from _patterned_events(doc, text)
    for match in AT_PLACE.finditer(text) if HAPPENING.search(text) else ():
        span, place = doc.char_span(*_without_article(match)), doc.char_span(*match.span(1))
        if span is not None and place is not None and all(token.ent_type_ in PLACES for token in place):
            yield span.start, span.end


def _patterned_events(doc: Doc, text: str) -> Iterator[tuple[int, int]]:
    if not EVENT_STRINGS.search(text):
        return
    possible = (patterns for strings, patterns in EVENTS.items() if any(string in text for string in strings))
    for pattern in chain.from_iterable(possible):
        for match in pattern.finditer(text):
            span = doc.char_span(*_without_article(match))
            if span is not None:
                yield span.start, span.end


def place_spans(doc: Doc, text: str) -> Iterator[tuple[int, int]]:
    """Token spans of places named as "Kingdom of ..." or "Gulf of ..."; `text` is that of the Doc."""
    for match in PLACE.finditer(text):
        span = doc.char_span(*match.span())
        if span is not None:
            yield span.start, span.end


def _without_article(match: re.Match[str]) -> tuple[int, int]:
    article = re.match(r"(?:The|A|An|In|At|During|After|Before|Since|By|On|For)\s", match.group())
    return match.start() + (len(article.group()) if article else 0), match.end()


def organisation_spans(doc: Doc, text: str) -> Iterator[tuple[int, int]]:
    """Token spans of organisations: capitalised words up to a head, and what "of" or "for" adds to it.

    `text` is that of the Doc, which takes a moment to join from its tokens.
    """
    gated = ((FOREIGN, True), (LISTED, " and " in text or "&" in text), (AIM, "s for " in text or "n for " in text))
    for match in chain.from_iterable(pattern.finditer(text) for pattern, possible in gated if possible):
        span = doc.char_span(*_without_article(match))
        if span is not None:
            yield span.start, span.end
    end = 0
    for token in doc:
        if token.text not in ORGANISATION_HEADS or token.i < end:
            continue
        start = token.i
        while start > end and _joins(doc, start - 1):
            start -= 1
        while start < token.i and (doc[start].is_stop or not doc[start].text[0].isupper()):
            start += 1
        end = token.i + 1
        while (further := _continuation(doc, start, end)) > end:
            end = further
        if end - start > 1:
            yield start, end


def _joins(doc: Doc, i: int) -> bool:
    """Whether a token before a head belongs to its name."""
    text = doc[i].text
    if text in POSSESSIVES:
        return i > 0 and doc[i - 1].text in POSSESSORS
    if text in ("-", "–"):
        return i > 0 and not doc[i].whitespace_ and not doc[i - 1].whitespace_
    if len(text) >= SHORTEST_PART and doc[i - 1].text in ("-", "–") and doc[i].tag_ != "VBN":
        return i > 1 and doc[i - 2].text[0].isupper() and not doc[i - 1].whitespace_ and not doc[i - 2].whitespace_
    return text[0].isupper() and text not in LEADERS and not (doc[i].is_sent_start and doc[i].is_stop)


def _continuation(doc: Doc, start: int, end: int) -> int:
    """End of the name when "of the North", "and Democrats" or a second head follows at `end`; else `end`."""
    i = end
    if i < len(doc) and doc[i].text in LINKS:
        i += 1
        if i < len(doc) and doc[i].lower_ == "the":
            i += 1
            if _names_a_body(doc, i):
                return end
    elif i + 1 < len(doc) and end - start > 1 and doc[i].text in ("and", "&") and doc[i - 1].tag_ in PLURALS:
        i += 1
        if doc[i].ent_iob_ != "I" and doc[i].tag_ not in PLURALS and ORGANISATION_HEADS.isdisjoint(_words(doc, i)):
            return end
    elif not (i < len(doc) and doc[i].text in ORGANISATION_HEADS):
        return end
    stop = _capitals_end(doc, i)
    return stop if stop > i else end


def _names_a_body(doc: Doc, start: int) -> bool:
    """Whether capitalised words name an organisation of its own: "for the World Bank", but not "of the Greens"."""
    words = _words(doc, start)
    if words and doc[start].ent_type_ == "GPE":
        return False
    return any(word in ORGANISATION_HEADS and word not in MEMBERS for word in words)


def _continues_place(token: Token) -> bool:
    """Whether a token after a place belongs to the same name: "Aotearoa New Zealand", "New York State"."""
    return token.text in ORGANISATION_HEADS or token.text in DIVISIONS or token.ent_type_ in PLACES


def _words(doc: Doc, start: int) -> list[str]:
    """The capitalised words from a token on."""
    return [token.text for token in doc[start : _capitals_end(doc, start)]]


def _capitals_end(doc: Doc, start: int) -> int:
    """End of the capitalised words from a token on: a place ends them, an office is none of them."""
    i = start
    while i < len(doc) and (doc[i].text[0].isupper() or (doc[i].text == "-" and i > start)):
        if doc[i].text in OFFICES:
            return i
        i += 1
        place = doc[i - 1].ent_type_ in PLACES and not (i < len(doc) and doc[i].ent_iob_ == "I")
        if place and not (i < len(doc) and _continues_place(doc[i])):
            return i
    return i
