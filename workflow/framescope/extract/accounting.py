"""Facts about extracted documents: their sections, their notes, and the words of each kind of text.

What a batch of documents has is kept, so that the documents are read again only if their batch file has changed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from framescope.cache import Cache, cache_key
from framescope.contents import sha256_of
from framescope.document import Document
from framescope.extract.repeats import Repeats, Text, text_of
from framescope.failures import Failure
from framescope.records import counted_texts
from framescope.tables import labelled
from framescope.words import count_words


def counted_batch(path: str | Path, cache: Callable[..., Cache], code: str, log: str | Path) -> bytes:
    """What the documents of a batch file have for tables, and the digests of their blocks, for `texts_of` and
    `text_rows`. It depends on the file and on `code`, and is kept in the cache of the batch unless a document failed.

    Raises: DamagedError if the file was altered or cut short.
    """
    key = cache_key(sha256_of(path), code)
    own = cache(batch=Path(path).stem)
    counted = own.get(key)
    if counted is None:
        outcomes = list(counted_texts(_counts, lambda refusal: {"refused": refusal}, [path], log))
        failed = [{"failed": asdict(outcome)} for outcome in outcomes if isinstance(outcome, Failure)]
        counts = [count for outcome in outcomes if not isinstance(outcome, Failure) for count in outcome]
        counted = json.dumps([*counts, *failed]).encode()
        if not failed:
            own.put(key, counted)
    own.keep_used()
    return counted


def _counts(document: Document) -> Iterator[dict[str, Any]]:
    text = text_of(document)
    tables = {facts.__name__: facts(document) for facts in (document_facts, section_facts, text_accounting)}
    blocks = [block.hex() for block in text.blocks]
    yield {"text": (text.document, text.file, blocks), "tables": tables}


def texts_of(batches: Iterable[bytes]) -> Iterator[Text]:
    """What is compared of the documents of batches, to find those that repeat others."""
    return (_text(count) for batch in batches for count in json.loads(batch) if "text" in count)


def _text(count: dict[str, Any]) -> Text:
    document, file, blocks = count["text"]
    return Text(document, file, list(map(bytes.fromhex, blocks)))


def text_rows(batches: Iterable[bytes], repeats: Repeats) -> Iterator[list[tuple[str, dict[str, Any]]] | Failure]:
    """The rows of each document of batches for the tables document_facts, section_facts and text_accounting.

    A source that gave no document and a document that repeats another have a row of the table failures instead.
    """
    for batch in batches:
        for count in json.loads(batch):
            if "failed" in count:
                yield Failure(**count["failed"])
            elif "refused" in count:
                yield [("failures", count["refused"])]
            elif not repeats.kept((text := _text(count)).document):
                yield [("failures", repeats.failure(text))]
            else:
                tables = count["tables"]
                tables["document_facts"] = map(repeats.warned, tables["document_facts"])
                yield list(labelled(tables.keys(), tables.values()))


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
