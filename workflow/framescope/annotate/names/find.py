"""Names in a document: the entities of the model, corrected by the actors table, patterns and acronyms.

An entity is what the model marks; a name is what remains after the corrections. A form of the actors table gives its
label to a name with the same span, replaces shorter names inside it, splits "Pak-Russia" in two, and is added where
there was no name. It never shortens a longer name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.lang.en import English
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from framescope.actor_table import SPELLINGS, ActorRow, ActorTable, surface_key
from framescope.annotate.names.acronyms import Acronym, definitions, is_acronym
from framescope.annotate.names.context import in_context
from framescope.annotate.names.label_votes import agreed
from framescope.annotate.names.model import HYPHENS, Name, label_of, model_names
from framescope.annotate.names.patterns import (
    DIVISIONS,
    ORGANISATION_HEADS,
    event_spans,
    organisation_spans,
    place_spans,
)


def annotate_names(docs: Sequence[Doc], table: ActorTable) -> None:
    """Write the names of all Docs of one document into `doc.spans["names"]` and `doc.user_data["names"]`.

    The latter is a list of dicts in the same order: start, end (characters), label, stands_for (the long form of an
    acronym that the document defines, else empty) and rule: model, list, majority, known, compound, pattern, surname,
    acronym defined, acronym.
    """
    words_of_persons = frozenset(token.text for doc in docs for ent in doc.ents if _is_full_name(ent) for token in ent)
    # A Doc joins its text from its tokens each time it is asked for it.
    texts = [doc.text for doc in docs]
    patterned = [
        _known_and_patterned(doc, text, table, words_of_persons) for doc, text in zip(docs, texts, strict=True)
    ]
    names_by_doc = agreed(docs, patterned)
    surnames = _surnames(docs, names_by_doc)
    acronyms: dict[str, Acronym] = {}
    for doc, text, names in zip(docs, texts, names_by_doc, strict=True):
        for definition in definitions(doc, text, _spans(names), table):
            acronyms.setdefault(definition.acronym.short, definition.acronym)
    for doc, text, names_so_far in zip(docs, texts, names_by_doc, strict=True):
        names = completed_names(doc, text, names_so_far, surnames, acronyms, table)
        doc.spans["names"] = [Span(doc, name.start, name.end, label=name.label) for name in names]
        doc.user_data["names"] = [
            {
                "start": span.start_char,
                "end": span.end_char,
                "label": name.label,
                "rule": name.rule,
                "stands_for": acronyms[span.text].long if span.text in acronyms else "",
            }
            for name, span in zip(names, doc.spans["names"], strict=True)
        ]


def completed_names(
    doc: Doc,
    text: str,
    names_so_far: list[Name],
    surnames: frozenset[str],
    acronyms: Mapping[str, Acronym],
    table: ActorTable,
) -> list[Name]:
    """The names of one Doc in order, after adding the surnames and acronyms that its document defines."""
    names = names_so_far
    for acronym, long, short in definitions(doc, text, _spans(names), table):
        for start, end in (long, short):
            names = _put_acronym(names, start, end, acronym.label, "acronym defined")
    for token in doc:
        if token.text in acronyms:
            names = _put_acronym(names, token.i, token.i + 1, acronyms[token.text].label, "acronym")
        elif token.text in surnames and token.pos_ == "PROPN":
            names = _put(names, Name(token.i, token.i + 1, "PERSON", "surname"))
    return sorted(names, key=lambda name: name.start)


def known_spans(doc: Doc, table: ActorTable) -> list[tuple[Span, ActorRow]]:
    """The spans of a Doc that are written forms in the table, longest first, without overlaps."""
    taken: set[int] = set()
    spans_and_rows = []
    spans = sorted(_matcher(table, doc.vocab)(doc, as_spans=True), key=lambda span: (span.start - span.end, span.start))
    for span in spans:
        row = table.find(span.text)
        if row is None or taken & set(range(span.start, span.end)):
            continue
        after = [token.text for token in doc[span.end : span.end + 2]]
        joins = len(after) == 2 and after[0] in HYPHENS and table.find(after[1]) is not None
        if (row.kind == "prefix" and not joins) or after[:1] == ["$"] or span.root.ent_type_ == "LANGUAGE":
            continue
        taken |= set(range(span.start, span.end))
        spans_and_rows.append((span, row))
    return spans_and_rows


def _is_full_name(ent: Span) -> bool:
    return ent.label_ == "PERSON" and len(ent) > 1


def _known_and_patterned(doc: Doc, text: str, table: ActorTable, person_words: frozenset[str]) -> list[Name]:
    names = in_context(doc, model_names(doc, table), table)
    for spans, label in ((organisation_spans, "ORG"), (place_spans, "GPE"), (event_spans, "EVENT")):
        for start, end in spans(doc, text):
            if not any(name.label == "GPE" and (name.start, name.end) == (start, end) for name in names):
                names = _put(names, Name(start, end, label, "pattern"))
    names = [part for name in names for part in _without_neighbour(doc, name, table)]
    for span, row in known_spans(doc, table):
        if not (span.text in person_words and span.root.ent_type_ == "PERSON"):
            names = _put_known(names, span, row)
    return names


def _without_neighbour(doc: Doc, name: Name, table: ActorTable) -> list[Name]:
    """A name, without a second name that follows it: "Liberal Party of Canada" before "Robert Stanfield"."""
    if name.label not in ("ORG", "EVENT") or name.end - name.start < 3:
        return [name]
    parting = _end_of_event if name.label == "EVENT" else _end_of_body
    end, label = parting(doc, name, table)
    first = replace(name, end=end)
    return [first, Name(end, name.end, label, name.rule)] if label else [first]


def _end_of_event(doc: Doc, name: Name, table: ActorTable) -> tuple[int, str]:
    """The end of the name of an event, before a state or before "in" without a place, and the label of what follows."""
    for i in range(name.start + 1, name.end):
        if doc[i].lower_ == "in" and not _is_place(doc[i + 1 : name.end], table):
            ends = [end for end in range(name.end - 1, i + 1, -1) if _is_place(doc[i + 1 : end], table)]
            return (ends[0], "PERSON" if name.end - ends[0] > 1 else "") if ends else (i, "")
        right = table.find(doc[i : name.end].text)
        left = table.find(doc[name.start : i].text) if right is not None and right.kind == "state" else None
        if right is not None and left is not None and left.kind == "event":
            return i, label_of(right, "")
    return name.end, ""


def _end_of_body(doc: Doc, name: Name, table: ActorTable) -> tuple[int, str]:
    """The end of a name such as "Party of Canada" before other capitalised words, and the label of these.

    Several such words are a person; a single one has no label.
    """
    for i in range(name.start + 1, name.end - 2):
        if doc[i].lower_ in ("of", "in") and doc[i - 1].text in ORGANISATION_HEADS:
            for end in range(i + 2, name.end):
                if _is_place(doc[i + 1 : end], table) and _is_no_head(doc[end : name.end]):
                    return end, "PERSON" if name.end - end > 1 else ""
            break
    return name.end, ""


def _is_place(span: Span, table: ActorTable) -> bool:
    row = table.find(span.text) if len(span) else None
    return row is not None and row.kind in ("state", "place", "former state")


def _is_no_head(rest: Span) -> bool:
    """Whether words after the name of an organisation are not part of it, unlike "Fund" in "in Canada Fund"."""
    words = [token.text for token in rest]
    return all(word[0].isupper() for word in words) and (ORGANISATION_HEADS | DIVISIONS).isdisjoint(words)


def _surnames(docs: Sequence[Doc], names_by_doc: Sequence[Sequence[Name]]) -> frozenset[str]:
    """The last words of the full names of persons."""
    full = [
        [token.text for token in doc[name.start : name.end]]
        for doc, names in zip(docs, names_by_doc, strict=True)
        for name in names
        if name.label == "PERSON" and name.end - name.start > 1
    ]
    return frozenset(words[-1] for words in full if words[-1].istitle() and not set(HYPHENS) & set(words))


def _spans(names: Iterable[Name]) -> list[tuple[int, int, str]]:
    return [(name.start, name.end, name.label) for name in names]


@lru_cache(maxsize=4)
def _matcher(table: ActorTable, vocab: Vocab) -> PhraseMatcher:
    """A matcher of the table's written forms in each of their spellings."""
    tokenizer = English(vocab=vocab).tokenizer
    matcher = PhraseMatcher(vocab)
    written = {form for surface in table.surfaces for form in _spellings(surface)}
    matcher.add("known", [tokenizer(form) for form in sorted(written)])
    return matcher


def _spellings(surface: str) -> set[str]:
    """The surface with British and American spellings, straight and curly apostrophes, hyphens and dashes."""
    forms = {surface_key(surface), surface}
    for american, british in (("'", "’"), ("-", "–"), *((american, british) for british, american in SPELLINGS)):
        forms |= {form.replace(american, british) for form in forms if british not in form}
    return forms


def _put(names: list[Name], new: Name) -> list[Name]:
    """The names and a new one, which replaces shorter names that it overlaps; unless it overlaps a longer name."""
    touching = [name for name in names if name.start < new.end and new.start < name.end]
    if any(name.end - name.start > new.end - new.start for name in touching):
        return names
    return [*(name for name in names if name not in touching), new]


def _is_common_word(span: Span) -> bool:
    """Whether a span is an ordinary word written with a capital: "Allies of the junta", "Polish the rules"."""
    common = len(span) == 1 and span[0].tag_ in ("NN", "NNS", "UH") and not is_acronym(span.text)
    return common or span[0].pos_ in ("VERB", "AUX", "ADV", "ADP")


def _put_acronym(names: list[Name], start: int, end: int, label: str, rule: str) -> list[Name]:
    """The names with an acronym or its long form added, or removed where it names no actor."""
    if label:
        return _put(names, Name(start, end, label, rule))
    return [name for name in names if not (start <= name.start and name.end <= end)]


def _put_known(names: list[Name], span: Span, row: ActorRow) -> list[Name]:
    same = next((name for name in names if (name.start, name.end) == (span.start, span.end)), None)
    if same is not None:
        known = Name(span.start, span.end, label_of(row, same.label), "known")
        return [known if name is same else name for name in names]
    if _is_common_word(span):
        return names
    return _put(names, Name(span.start, span.end, label_of(row, ""), "known"))
