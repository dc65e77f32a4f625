"""Names in a document: what the model found, merged with known names, patterns and acronyms.

A known name may relabel an identical span, replace shorter spans inside itself, split "Pak-Russia" and fill a gap; it
never cuts a longer one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from framescope.actor_table import ActorRow, ActorTable, surface_key
from framescope.annotate.acronyms import Acronym, definitions
from framescope.annotate.name_patterns import event_spans, organisation_spans

LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
# The labels that agree with a kind of actor; the first is given where the model has none of them.
LABELS_OF_KIND = {
    "state": ("GPE", "LOC"),
    "former state": ("GPE", "LOC"),
    "place": ("GPE", "LOC", "FAC"),
    "government": ("ORG", "GPE", "FAC", "LOC"),
    "organisation": ("ORG",),
    "pact": ("ORG", "LAW"),
    "corridor": ("ORG", "FAC", "LOC"),
    "programme": ("ORG", "LAW"),
    "group": ("NORP", "ORG"),
    "person": ("PERSON",),
    "event": ("EVENT",),
    "demonym": ("NORP",),
    "prefix": ("NORP", "GPE"),
}
HYPHENS = ("-", "–", "—", "‑")
ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True)
class Name:
    """A name in a Doc by token offsets, with its label and the rule that decided."""

    start: int
    end: int
    label: str
    rule: str


def annotate_names(docs: Sequence[Doc], table: ActorTable) -> None:
    """Write the names of all Docs of one document into `doc.spans["names"]` and `doc.user_data["names"]`.

    The latter is a list of dicts in the same order: start, end (characters), label, rule and stands_for, the long form
    of an acronym that the document defines (else empty).
    """
    acronyms: dict[str, Acronym] = {}
    for doc in docs:
        for acronym, _, _ in definitions(doc, _spans(_known_and_patterned(doc, table))):
            acronyms.setdefault(acronym.short, acronym)
    for doc in docs:
        names = name_mentions(doc, table, acronyms)
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


def name_mentions(doc: Doc, table: ActorTable, acronyms: Mapping[str, Acronym]) -> list[Name]:
    """The names of one Doc in order; `acronyms` are those that its document defines."""
    names = _known_and_patterned(doc, table)
    for acronym, long, short in definitions(doc, _spans(names)):
        names = _put(names, Name(*long, acronym.label, "acronym defined"))
        names = _put(names, Name(*short, acronym.label, "acronym defined"))
    for token in doc:
        if token.text in acronyms:
            names = _put(names, Name(token.i, token.i + 1, acronyms[token.text].label, "acronym"))
    return sorted(names, key=lambda name: name.start)


def _known_and_patterned(doc: Doc, table: ActorTable) -> list[Name]:
    names = [name for ent in doc.ents if ent.label_ in LABELS for name in _pieces(ent)]
    names = [part for name in names for part in _split_at_hyphens(doc, name, table)]
    for start, end in organisation_spans(doc):
        names = _put(names, Name(start, end, "ORG", "pattern"))
    for start, end in event_spans(doc):
        names = _put(names, Name(start, end, "EVENT", "pattern"))
    for span, row in known_spans(doc, table):
        names = _put_known(names, span, row, table)
    return names


def _spans(names: Iterable[Name]) -> list[tuple[int, int, str]]:
    return [(name.start, name.end, name.label) for name in names]


def _pieces(ent: Span) -> list[Name]:
    """A model's entity without articles, possessives and stray brackets, cut where it runs over a bracket or comma."""
    doc, pieces, start = ent.doc, [], ent.start
    for i in range(ent.start, ent.end + 1):
        if i == ent.end or doc[i].text in ("(", ")", "[", "]", "/", ";", ",") or doc[i].is_space:
            pieces.append((start, i))
            start = i + 1
    names = []
    for first, last in pieces:
        while first < last and (doc[first].lower_ in ARTICLES or doc[first].is_punct or doc[first].tag_ == "POS"):
            first += 1
        while first < last and (doc[last - 1].tag_ == "POS" or doc[last - 1].text in ("'", "’", ",", ".", "-", "–")):
            last -= 1
        if first < last:
            names.append(Name(first, last, ent.label_, "model"))
    return names


def _split_at_hyphens(doc: Doc, name: Name, table: ActorTable) -> list[Name]:
    """ "Pak-Russia" as its two actors, where both sides of each hyphen are known and the whole is not."""
    cuts = [i for i in range(name.start, name.end) if doc[i].text in HYPHENS]
    if not cuts or table.find(doc[name.start : name.end].text):
        return [name]
    edges = [name.start - 1, *cuts, name.end]
    parts = [(edges[k] + 1, edges[k + 1]) for k in range(len(edges) - 1)]
    rows = [table.find(doc[start:end].text) if start < end else None for start, end in parts]
    if None in rows:
        return [name]
    return [
        Name(start, end, _label(row, table, ""), "compound")
        for (start, end), row in zip(parts, rows, strict=True)
        if row is not None
    ]


def known_spans(doc: Doc, table: ActorTable) -> list[tuple[Span, ActorRow]]:
    """Where the table's surface forms stand in a Doc, longest first, without overlaps."""
    taken: set[int] = set()
    found = []
    spans = sorted(_matcher(table, doc.vocab)(doc, as_spans=True), key=lambda span: (span.start - span.end, span.start))
    for span in spans:
        row = table.find(span.text)
        if row is None or taken & set(range(span.start, span.end)):
            continue
        if row.kind == "prefix" and not (span.end < len(doc) and doc[span.end].text in HYPHENS):
            continue
        taken |= set(range(span.start, span.end))
        found.append((span, row))
    return found


@lru_cache(maxsize=4)
def _matcher(table: ActorTable, vocab: Vocab) -> PhraseMatcher:
    """Finds the table's surface forms in the spellings under which they meet."""
    from spacy.lang.en import English

    tokenizer = English(vocab=vocab).tokenizer
    matcher = PhraseMatcher(vocab)
    written = {form for surface in table.surfaces for form in _spellings(surface)}
    matcher.add("known", [tokenizer(form) for form in sorted(written)])
    return matcher


def _spellings(surface: str) -> set[str]:
    forms = {surface, surface_key(surface)}
    for old, new in (
        ("'", "’"),
        ("-", "–"),
        ("ization", "isation"),
        ("Defense", "Defence"),
        ("Labor ", "Labour "),
        ("Program", "Programme"),
        ("Center", "Centre"),
        ("Coop", "Co-op"),
    ):
        forms |= {form.replace(old, new) for form in forms if not (new == "Programme" and "Programme" in form)}
    return forms


def _label(row: ActorRow, table: ActorTable, given: str) -> str:
    """The model's label where it agrees with the kind of actor, else the kind's first."""
    labels = LABELS_OF_KIND[row.kind]
    return given if given in labels else labels[0]


def _put(names: list[Name], new: Name) -> list[Name]:
    """The names with a further one, which replaces those inside it and gives way to longer ones."""
    touching = [name for name in names if name.start < new.end and new.start < name.end]
    if any(name.end - name.start > new.end - new.start for name in touching):
        return names
    return [*(name for name in names if name not in touching), new]


def _put_known(names: list[Name], span: Span, row: ActorRow, table: ActorTable) -> list[Name]:
    same = next((name for name in names if (name.start, name.end) == (span.start, span.end)), None)
    if same is not None:
        label = _label(row, table, same.label)
        rule = same.rule if label == same.label else "known"
        return [Name(name.start, name.end, label, rule) if name is same else name for name in names]
    if span[0].pos_ in ("VERB", "AUX", "ADV", "ADP"):
        return names
    return _put(names, Name(span.start, span.end, _label(row, table, ""), "known"))
