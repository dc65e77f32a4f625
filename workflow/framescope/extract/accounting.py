"""Facts about extracted documents: their sections, their notes, and the words of each kind of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from framescope.document import Document
from framescope.extract.repeats import Repeats
from framescope.failures import Failure
from framescope.records import counted_texts
from framescope.tables import labelled
from framescope.words import count_words


def text_rows(
    paths: Iterable[str | Path], repeats: Repeats, log: str | Path
) -> Iterator[list[tuple[str, dict[str, Any]]] | Failure]:
    """The rows of each document of batch files for the tables document_facts, section_facts and text_accounting.

    A source that gave no document and a document that repeats another have a row of the table failures instead.
    """

    def rows(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
        if not repeats.kept(document):
            return labelled(["failures"], [[repeats.failure(document)]])
        warned = repeats.warned(document)
        tables = {facts.__name__: facts(warned) for facts in (document_facts, section_facts, text_accounting)}
        return labelled(tables.keys(), tables.values())

    return counted_texts(rows, lambda refusal: ("failures", refusal), paths, log)


def document_facts(document: Document) -> list[dict[str, Any]]:
    """One row, with those columns of the table documents that extraction fills in."""
    status = Counter(note.status for note in document.notes)
    return [
        {
            "document": document.id,
            "title": document.title,
            "file": document.source.file,
            "format": document.source.format,
            "encoding": document.source.encoding,
            "sha256": document.source.sha256,
            "pages": document.source.pages,
            "sections": len(document.sections),
            "notes": len(document.notes) - status["missing"],
            "notes_truncated": status["truncated"],
            "notes_missing": status["missing"],
            "warnings": "; ".join(document.warnings),
        }
    ]


def section_facts(document: Document) -> list[dict[str, Any]]:
    """One row for each section, in order: document, section, title, level, role, role_source."""
    return [
        {
            "document": document.id,
            "section": section.id,
            "title": section.title,
            "level": section.level,
            "role": section.role,
            "role_source": section.role_source,
        }
        for section in document.sections
    ]


def text_accounting(document: Document) -> list[dict[str, Any]]:
    """The number of words of each kind of text: body, quotation, heading and note, then the kinds left out."""
    words: Counter[str] = Counter()
    for section in document.sections:
        words["heading"] += count_words(section.title or "")
        for paragraph in section.paragraphs:
            words["quotation" if paragraph.kind == "quote" else "body"] += count_words(paragraph.text)
    for note in document.notes:
        words["note"] += count_words(note.text)
    for item in document.left_out:
        words[item.kind] += count_words(item.text)
    order = ["body", "quotation", "heading", "note"]
    kinds = [*order, *sorted(set(words) - set(order))]
    return [{"document": document.id, "kind": kind, "words": words[kind]} for kind in kinds if words[kind]]
