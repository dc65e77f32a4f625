"""The rows of the hits table: every term and every themed name of a document, with how its sentence uses it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd
from spacy.tokens import Doc

from framescope.annotate.voice import quoted_spans, words_by_voice
from framescope.themes.counting import negated, set_aside_spans, subject_terms
from framescope.themes.matching import Match, Matcher
from framescope.words import word_spans

SUBJECT_ABOVE_SHARE = 0.3

Row = dict[str, Any]


class _Name(NamedTuple):
    start: int
    end: int
    actor_id: str
    theme: str | None


def hit_rows(
    docs: Iterable[Doc],
    matcher: Matcher,
    entities: pd.DataFrame,
    theme_of_actor: Callable[[str], str | None],
    titles: Mapping[str, str | None] | None = None,
    subject_above_share: float = SUBJECT_ABOVE_SHARE,
) -> list[Row]:
    """Rows of the hits table for annotated paragraphs and headings; those of one document come together, in order.

    Columns: document, section, block, paragraph, sentence, start, end (characters of the paragraph), text, theme, term,
    in_name, negated, contrasted, subject_term, voice. `entities` holds the names of the same documents (document,
    paragraph, start, end, actor_id; an unresolved name has an empty actor_id). No term matches inside a name; a name
    whose actor declares a theme of the lexicon, or one below it, counts once under that theme, with the actor's id as
    its term. `titles` gives a document's title; headings are the paragraphs whose part is "heading". A term is the
    document's subject when its title, more than `subject_above_share` of its headings or more than that of its blocks
    have it: a single section's heading names what that section is about, not the document.
    """
    names = _names_by_paragraph(entities, matcher, theme_of_actor)
    rows: list[Row] = []
    for document, of_document in groupby(docs, key=lambda doc: str(doc.user_data["document"])):
        title = (titles or {}).get(document)
        rows += _document_rows(document, list(of_document), matcher, names, title, subject_above_share)
    return rows


def _names_by_paragraph(
    entities: pd.DataFrame, matcher: Matcher, theme_of_actor: Callable[[str], str | None]
) -> dict[tuple[str, int], list[_Name]]:
    names: dict[tuple[str, int], list[_Name]] = {}
    columns = [entities[column] for column in ("document", "paragraph", "start", "end", "actor_id")]
    for document, paragraph, start, end, actor in zip(*columns, strict=True):
        actor_id = actor if isinstance(actor, str) else ""
        declared = theme_of_actor(actor_id) if actor_id else None
        theme = matcher.lexicon.nearest(declared) if declared else None
        names.setdefault((str(document), int(paragraph)), []).append(_Name(int(start), int(end), actor_id, theme))
    return names


def _document_rows(
    document: str,
    docs: list[Doc],
    matcher: Matcher,
    names: dict[tuple[str, int], list[_Name]],
    title: str | None,
    subject_above_share: float,
) -> list[Row]:
    body = [doc for doc in docs if doc.user_data["part"] == "body"]
    headings = [doc for doc in docs if doc.user_data["part"] == "heading"]
    rows: list[Row] = []
    first_sentence = 1
    for doc in body:
        rows += _paragraph_rows(doc, matcher, names.get((document, doc.user_data["paragraph"]), []), first_sentence)
        first_sentence += sum(1 for _ in doc.sents)
    surfaces = {(row["term"], row["text"]) for row in rows if row["in_name"]}
    titled = (
        _terms_of_line(title, matcher.match_text(title), surfaces, matcher)
        if title and not matcher.needs_annotation
        else set()
    )
    headed = [_terms_of_line(doc.text, matcher.match_doc(doc), surfaces, matcher) for doc in headings]
    blocks_of_term: dict[str, set[int]] = {}
    for row in rows:
        blocks_of_term.setdefault(row["term"], set()).add(row["block"])
    blocks = len({doc.user_data["block"] for doc in body})
    subjects = titled | subject_terms(headed, blocks_of_term, blocks, subject_above_share)
    for row in rows:
        row["subject_term"] = row["term"] in subjects
    return rows


def _terms_of_line(text: str, matches: Iterable[Match], surfaces: set[tuple[str, str]], matcher: Matcher) -> set[str]:
    """The terms a title or heading holds, and the named actors among those of the body."""
    named = {term for term, surface in surfaces if re.search(rf"\b{re.escape(surface)}\b", text, re.IGNORECASE)}
    return named | {matcher.entries[match.entry].term.text for match in matches}


def _found(doc: Doc, matcher: Matcher, names: list[_Name]) -> Iterator[tuple[int, int, str, str, bool]]:
    """Start, end, theme, term and in_name of each hit of a paragraph, names that count first."""
    counted = {name for name in names if name.theme is not None}
    for name in sorted(counted):
        if name.theme is not None:
            yield name.start, name.end, name.theme, name.actor_id, True
    for start, end, number in matcher.match_doc(doc):
        # A term may hold a whole name ("the Kashmir dispute"), but not stand inside one or share half of it.
        if not any(
            start < name.end and name.start < end and (name in counted or not (start <= name.start and name.end <= end))
            for name in names
        ):
            entry = matcher.entries[number]
            yield start, end, entry.theme, entry.term.text, False


def _paragraph_rows(doc: Doc, matcher: Matcher, names: list[_Name], first_sentence: int) -> list[Row]:
    found = sorted(_found(doc, matcher, names))
    if not found:
        return []
    facts = doc.user_data
    text = doc.text
    quoted = quoted_spans(text, facts["kind"])
    sentences = list(doc.sents)
    spans = word_spans(text) if quoted else []
    voices = [
        words_by_voice(spans, quoted, sentence.start_char, sentence.end_char)[2] if quoted else "author"
        for sentence in sentences
    ]
    asides = [set_aside_spans(sentence.text) for sentence in sentences]
    starts = [sentence.start_char for sentence in sentences]
    offsets = [token.idx for token in doc]
    words = [token.lower_ for token in doc]
    rows = []
    for start, end, theme, term, in_name in found:
        number = bisect_right(starts, start) - 1
        sentence = sentences[number]
        token = bisect_right(offsets, start) - 1
        place = start - sentence.start_char
        rows.append(
            {
                "document": facts["document"],
                "section": facts["section"],
                "block": facts["block"],
                "paragraph": facts["paragraph"],
                "sentence": first_sentence + number,
                "start": start,
                "end": end,
                "text": text[start:end],
                "theme": theme,
                "term": term,
                "in_name": in_name,
                "negated": negated(words[sentence.start : sentence.end], token - sentence.start),
                "contrasted": any(low <= place < high for low, high in asides[number]),
                "subject_term": False,
                "voice": "quoted" if any(low <= start and end <= high for low, high in quoted) else voices[number],
            }
        )
    return rows
