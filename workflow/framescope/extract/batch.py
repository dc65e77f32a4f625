"""Extraction of a batch of sources, each of which becomes one line: a Document or a failure."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from framescope.cache import Cache, cache_key
from framescope.contents import sha256_of
from framescope.corpora.listing import Rows, row_place
from framescope.corpora.parts import parts_of
from framescope.document import Document, ExtractionError, OurError, Source
from framescope.extract.language import check_language
from framescope.extract.reader import Reader
from framescope.extract.section_roles import Patterns, assign_roles, load_roles
from framescope.extract.source.limits import Limits
from framescope.failures import Failure, attempt
from framescope.logs import progress
from framescope.records import sealed_records


def extract_study_batch(
    batch: str,
    entries: list[dict[str, str]],
    settings: Mapping[str, Any],
    roles: str | Path,
    reader: str,
    cache: str | Path,
    log: str | Path,
    tables: str | Path | None = None,
) -> str:
    """The text of a batch file, which has a Document or a failure for each of the entries.

    `roles` is the file of role patterns, and `reader` the digest of the code that reads sources. Roles are assigned
    after documents are read or taken from the `cache` folder, so that nothing is read again when patterns change.
    `tables` is the folder that stores the contents of tables. Tracebacks of failures are written to standard error,
    which is the `log` of the job.
    """
    store = Cache(cache, "text", settings["fresh"], batch)
    limits = Limits(**settings["limits"])
    patterns = load_roles(roles, settings["roles"])
    finished = []
    rows = Rows(settings.get("corpora", []), tables)
    records = extract_batch(entries, store, reader, limits, settings["ocr"], settings["language"], log, rows)
    for entry, record in zip(entries, progress(records, "reading", batch, len(entries)), strict=True):
        outcome = attempt(
            partial(with_roles, record, patterns, settings["section_roles"]), entry["document"], "reading it", log
        )
        record = _failed(entry, outcome) if isinstance(outcome, Failure) else outcome
        print(record.pop("trace", ""), end="", file=sys.stderr)
        finished.append(record)
    store.record()
    return sealed_records(finished)


def extract_batch(
    entries: Iterable[Mapping[str, str]],
    cache: Cache,
    code: str,
    limits: Limits,
    ocr: bool,
    language: str,
    log: str | Path,
    rows: Rows | None = None,
) -> Iterator[dict[str, Any]]:
    """A record for each entry, in order.

    An entry has a document, a file and, if the study states it, a language. The entry of a row of a table also has
    `row`, the id of the row, and `sha256`, the digest of its text, which `rows` finds.

    The record of a failure has document, file, reason, remedy, retry and, for an error, its trace. A source that was
    read before from the same bytes with the same settings and code is taken from the cache. A failure that may not
    happen again is never stored.
    """
    with Reader(limits, ocr) as reader:
        for entry in entries:
            try:
                key = cache_key(dict(entry), _content(entry), code, asdict(limits), ocr, language)
            except OSError as error:
                reason = f"it cannot be read ({error.strerror})"
                yield _failure(entry, reason, "Check the file and its rights.", retry=True)
                continue
            stored = cache.get(key)
            yield (
                json.loads(stored)
                if stored is not None
                else _stored(cache, key, _read(entry, reader, language, log, rows))
            )


def with_roles(
    record: dict[str, Any], patterns: Patterns, section_roles: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """The record with the roles of its sections, which title patterns or `section_roles` determine."""
    if "sections" not in record:
        return record
    document = Document.from_dict(record)
    assign_roles(document.sections, patterns, section_roles.get(document.id))
    return document.to_dict()


def _content(entry: Mapping[str, str]) -> str:
    """The digest of the bytes that an entry is read from; if it has several files, the digests of all of them."""
    if "row" in entry:
        return entry["sha256"]
    source = Path(entry["file"])
    return " ".join(map(sha256_of, (source, *parts_of(source))))


def _stored(cache: Cache, key: str, record: dict[str, Any]) -> dict[str, Any]:
    if not record.get("retry"):
        cache.put(key, json.dumps(record, ensure_ascii=False).encode())
    return record


def _read(
    entry: Mapping[str, str], reader: Reader, language: str, log: str | Path, rows: Rows | None
) -> dict[str, Any]:
    try:
        outcome = attempt(partial(_document, entry, reader, language, rows), entry["document"], "reading it", log)
    except ExtractionError as error:
        remedy = (
            Failure(entry["document"], error.reason, str(log)).remedy if isinstance(error, OurError) else error.remedy
        )
        failure = _failure(entry, error.reason, remedy, error.retry)
        trace = "".join(getattr(error.__cause__, "__notes__", []))
        return {**failure, "trace": trace} if trace else failure
    return _failed(entry, outcome) if isinstance(outcome, Failure) else outcome.to_dict()


def _document(entry: Mapping[str, str], reader: Reader, language: str, rows: Rows | None) -> Document:
    if "row" in entry:
        text, aside, facts = (rows or Rows([], None)).text(entry["file"], entry["row"], entry["sha256"])
        source = Source(entry["file"], entry["sha256"], facts["format"], facts.get("encoding"))
        document = reader.read_row(entry["document"], source, text, aside)
    else:
        document = reader.read(entry["file"], document=entry["document"])
    if entry.get("language") != language:
        check_language(document, [language])
    document.source.file = entry["file"]
    return document


def _failed(entry: Mapping[str, str], failure: Failure) -> dict[str, Any]:
    return {**_failure(entry, failure.reason, failure.remedy, retry=False), "trace": failure.trace}


def _failure(entry: Mapping[str, str], reason: str, remedy: str, retry: bool) -> dict[str, Any]:
    place = row_place(entry["file"], entry["row"]) if "row" in entry else entry["file"]
    return {"document": entry["document"], "file": place, "reason": reason, "remedy": remedy, "retry": retry}
