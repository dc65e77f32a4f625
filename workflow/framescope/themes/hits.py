"""The rows of the hits table: every match of a term and every name that has a theme, with how its sentence uses it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span

from framescope.actor_table import ActorTable
from framescope.annotate.docs import columns_of
from framescope.annotate.numbering import SentenceOf, numbered
from framescope.annotate.voice import quoted_spans, words_by_voice
from framescope.defaults import default
from framescope.themes.counting import NEGATION_REACH, negated, set_aside_spans, subject_terms
from framescope.themes.matching import Match, Matcher
from framescope.words import word_spans

SUBJECT_ABOVE_SHARE: float = default("counting", "subject_share")

Row = dict[str, Any]


# Kinds of names whose words do not show what the text is about: "Cape Town", "Mr Banks".
NAMES_OF = {"PERSON": "a person", "GPE": "a place", "LOC": "a place", "FAC": "a place"}
# The last words of the name of a natural feature or a building do show it: "Western Hemisphere", "Karakoram Highway".
GENERIC_LABELS = frozenset({"LOC", "FAC"})
# A mention such as "Pakistan Army" refers to an actor of the table without being one of its names.
REFERRING_RULES = frozenset({"organ of a state"})
OPENING_BRACKET = re.compile(r"\s*[(\[]\s*(?:the )?")
CLOSING_BRACKET = re.compile(r"\s*[)\]]?\s*")


class _Name(NamedTuple):
    """A name in a paragraph: its position in characters, its actor, and the theme that the actor's row declares.

    `closed` is the reason why terms are not counted inside the name, and is empty where they are. A term at the end of
    a `generic` name is counted even if the name is closed.
    """

    start: int
    end: int
    actor_id: str
    theme: str | None
    closed: str
    generic: bool


class _Candidate(NamedTuple):
    """A match of a term, or a name with a theme. `set_aside` says why it is not counted, and is empty for a hit."""

    start: int
    end: int
    theme: str
    term: str
    in_name: bool
    set_aside: str


def hit_rows(
    docs: Iterable[Doc],
    matcher: Matcher,
    entities: Iterable[Mapping[str, Any]],
    actors: ActorTable,
    titles: Mapping[str, str | None] | None = None,
    published: Mapping[str, str] | None = None,
    subject_above_share: float = SUBJECT_ABOVE_SHARE,
) -> list[Row]:
    """Rows of the hits table for annotated paragraphs and headings.

    `docs` must give the paragraphs of one document together and in order. The columns are document, section, block,
    paragraph, sentence, start, end (characters of the paragraph), text, theme, term, in_name, negated, contrasted,
    subject_term, voice and set_aside. `entities` are the names of the same documents, rows with document, paragraph,
    start, end, label, actor_id and rule; a name without an actor has an empty actor_id.

    A name that is a row of the actors table counts once, with the actor's id as its term. Its theme is the one that
    the row declares for a text published when this document was (`published`), or the closest theme above it that the
    lexicon has. An acronym in brackets after the name belongs to the same mention. So does a word after the name with
    which another name of the actor ends ("the TAPI pipeline").

    A term inside such a name, or inside the name of a person or a place, is a row that is not counted; its `set_aside`
    gives the reason. The last words of the name of a place that is neither a city nor a state are counted ("Western
    Hemisphere"). Inside all other names terms are hits, and `in_name` is true.

    `titles` gives each document's title; headings are the paragraphs whose part is "heading". A term is the subject of
    its document (`subject_term`) when it is in the title, in more than `subject_above_share` of the headings, or in
    more than that share of the blocks. The heading of one section among many shows the subject of that section only.
    """
    names = _names_by_paragraph(entities, matcher, actors, published or {})
    rows: list[Row] = []
    for document, of_document in groupby(docs, key=lambda doc: str(doc.user_data["document"])):
        title = (titles or {}).get(document)
        rows += _document_rows(document, list(of_document), matcher, actors, names, title, subject_above_share)
    return rows


def _names_by_paragraph(
    entities: Iterable[Mapping[str, Any]], matcher: Matcher, actors: ActorTable, published: Mapping[str, str]
) -> dict[tuple[str, int], list[_Name]]:
    names: dict[tuple[str, int], list[_Name]] = {}
    facts_of = itemgetter("document", "paragraph", "start", "end", "label", "actor_id", "rule")
    for document, paragraph, start, end, label, actor_id, rule in map(facts_of, entities):
        listed = bool(actor_id) and actors.kind_of(actor_id) is not None and rule not in REFERRING_RULES
        declared = actors.theme_of(actor_id, published.get(document)) if listed else None
        theme = matcher.lexicon.nearest(declared) if declared else None
        closed = f"the name of {NAMES_OF[label]}" if label in NAMES_OF else ""
        if listed:
            closed = "a name of the actors table" if theme is None else "a name that counts as a whole"
        name = _Name(start, end, actor_id, theme, closed, theme is None and label in GENERIC_LABELS)
        names.setdefault((document, paragraph), []).append(name)
    return names


def _document_rows(
    document: str,
    docs: list[Doc],
    matcher: Matcher,
    actors: ActorTable,
    names: dict[tuple[str, int], list[_Name]],
    title: str | None,
    subject_above_share: float,
) -> list[Row]:
    body = [doc for doc in docs if doc.user_data["part"] == "body"]
    headings = [doc for doc in docs if doc.user_data["part"] == "heading"]
    rows: list[Row] = []
    for doc, sentence_of in numbered(docs):
        of_doc = names.get((document, doc.user_data["paragraph"]), [])
        rows += _paragraph_rows(doc, matcher, actors, of_doc, sentence_of)
    hits = [row for row in rows if not row["set_aside"]]
    surfaces = {(row["term"], row["text"]) for row in hits if row["in_name"]}
    titled = (
        _terms_of_line(title, matcher.match_text(title), surfaces, matcher)
        if title and not matcher.needs_annotation
        else set()
    )
    headed = [_terms_of_line(doc.text, matcher.match_doc(doc), surfaces, matcher) for doc in headings]
    blocks_of_term: dict[str, set[int]] = {}
    for row in hits:
        blocks_of_term.setdefault(row["term"], set()).add(row["block"])
    blocks = len({doc.user_data["block"] for doc in body})
    subjects = titled | subject_terms(headed, blocks_of_term, blocks, subject_above_share)
    for row in rows:
        row["subject_term"] = row["term"] in subjects
    return rows


def _terms_of_line(text: str, matches: Iterable[Match], surfaces: set[tuple[str, str]], matcher: Matcher) -> set[str]:
    """The terms in a title or heading, and those actors named in the body that it names too.

    `surfaces` are pairs of an actor's id and the text of a name of it in the body.
    """
    named = {term for term, surface in surfaces if re.search(rf"\b{re.escape(surface)}\b", text, re.IGNORECASE)}
    return named | {matcher.entries[match.entry].term.text for match in matches}


def _candidates(
    doc: Doc, text: str, matcher: Matcher, actors: ActorTable, names: Sequence[_Name]
) -> Iterator[_Candidate]:
    """Every match of a term and every name with a theme in a paragraph with this text."""
    themed: list[_Name] = []
    for name in sorted(name for name in names if name.theme is not None):
        again = bool(themed) and _is_bracketed_name(text, themed[-1], name)
        reason = "the name before it counts for both" if again else ""
        themed.append(name)
        yield _Candidate(name.start, name.end, name.theme or "", name.actor_id, True, reason)
    ordered = sorted(names)
    starts, ends_of_themed = [name.start for name in ordered], [name.end for name in themed]
    reached = list(accumulate((name.end for name in ordered), max))
    for start, end, number in matcher.match_doc(doc):
        entry = matcher.entries[number]
        near = [n for n in ordered[bisect_right(reached, start) : bisect_left(starts, end)] if start < n.end]
        # A term may contain a whole name that has no theme of its own ("the Kashmir dispute").
        contained = {name for name in near if name.theme is None and start <= name.start and name.end <= end}
        closing = [
            name for name in near if name.closed and name not in contained and not (name.generic and name.end == end)
        ]
        reason = f"inside {closing[0].closed}" if closing else ""
        before = themed[: bisect_left(ends_of_themed, start)][-1:]
        if not reason and any(_ends_a_name(text, name, actors, start, end) for name in before):
            reason = "the name before it counts for both"
        yield _Candidate(start, end, entry.theme, entry.term.text, any(name not in contained for name in near), reason)


def _is_bracketed_name(text: str, first: _Name, second: _Name) -> bool:
    """Whether the second name repeats the actor of the first in brackets: "Warsaw Treaty Organization (WTO)"."""
    return first.actor_id == second.actor_id and bool(OPENING_BRACKET.fullmatch(text, first.end, second.start))


def _ends_a_name(text: str, name: _Name, actors: ActorTable, start: int, end: int) -> bool:
    """Whether a term directly follows a name with a theme and ends with the last word of another name of its actor."""
    if not (name.end < start and CLOSING_BRACKET.fullmatch(text, name.end, start)):
        return False
    last = text[start:end].split()[-1].lower()
    return any(surface.split()[-1].lower() == last for surface in actors.surfaces_of(name.actor_id))


def _paragraph_rows(
    doc: Doc, matcher: Matcher, actors: ActorTable, names: Sequence[_Name], sentence_of: SentenceOf
) -> list[Row]:
    """Rows of the matches table for a paragraph, whose sentence numbers `sentence_of` gives by the start of a match."""
    # A Doc puts its text together anew each time that it is asked for it.
    facts, text = doc.user_data, doc.text
    candidates = sorted(_candidates(doc, text, matcher, actors, names))
    if not candidates:
        return []
    quoted = quoted_spans(text, facts["kind"])
    sentences = list(doc.sents)
    voices = _voices(text, quoted, sentences)
    starts = [sentence.start_char for sentence in sentences]
    offsets, lowered = columns_of(doc, "IDX", "LOWER")
    strings = doc.vocab.strings
    # Most sentences have no match, and need none.
    asides = cache(lambda number: set_aside_spans(text[starts[number] : sentences[number].end_char]))
    rows = []
    for start, end, theme, term, in_name, set_aside in candidates:
        number = bisect_right(starts, start) - 1
        sentence = sentences[number]
        token = bisect_right(offsets, start) - 1
        place = start - starts[number]
        first = max(sentence.start, token - NEGATION_REACH)
        words = [strings[word] for word in lowered[first : token + 1]]
        rows.append(
            {
                "document": facts["document"],
                "section": facts["section"],
                "block": facts["block"],
                "paragraph": facts["paragraph"],
                "sentence": sentence_of(start),
                "start": start,
                "end": end,
                "text": text[start:end],
                "theme": theme,
                "term": term,
                "in_name": in_name,
                "negated": negated(words, token - first),
                "contrasted": any(low <= place < high for low, high in asides(number)),
                "subject_term": False,
                "voice": "quoted" if any(low <= start and end <= high for low, high in quoted) else voices[number],
                "set_aside": set_aside,
            }
        )
    return rows


def _voices(text: str, quoted: list[tuple[int, int]], sentences: Sequence[Span]) -> list[str]:
    """The voice of each sentence of a paragraph."""
    if not quoted:
        return ["author"] * len(sentences)
    words = word_spans(text)
    return [words_by_voice(words, quoted, sentence.start_char, sentence.end_char)[2] for sentence in sentences]
