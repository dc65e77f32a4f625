"""A batch of sources to one line each: a Document, or why there is none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from framescope.cache import Cache, cache_key
from framescope.document import Document, ExtractionError
from framescope.extract.guard import Reader
from framescope.extract.language import language_of
from framescope.extract.limits import Limits
from framescope.extract.roles import assign_roles, load_roles
from framescope.logs import progress
from framescope.records import record_line


def extract_study_batch(
    batch: str,
    entries: list[dict[str, str]],
    settings: Mapping[str, Any],
    roles: str | Path,
    code: str,
    cache: str | Path,
) -> list[str]:
    """The lines of a batch file, from the study's settings, the role patterns in a file and the cache in a folder."""
    store = Cache(cache, "text", settings["fresh"])
    lines = extract_batch(
        entries,
        store,
        code,
        Limits(**settings["limits"]),
        settings["ocr"],
        settings["language"],
        load_roles(roles, settings["roles"]),
        settings["section_roles"],
    )
    found = list(progress(lines, f"reading, batch {batch}", len(entries)))
    store.record(batch)
    return found


def extract_batch(
    entries: Iterable[Mapping[str, str]],
    cache: Cache,
    code: str,
    limits: Limits,
    ocr: bool,
    language: str,
    patterns: Mapping[str, list[str]],
    section_roles: Mapping[str, Mapping[str, str]],
) -> Iterator[str]:
    """A JSON line for each entry (document, file, and language where the study gives it), in order.

    A failure is a line with document, file, reason, remedy and retry. What was read before from the same bytes with the
    same settings and code is taken from the cache; time-outs are never stored.
    """
    with Reader(limits, ocr) as reader:
        for entry in entries:
            record = _record(entry, cache, code, limits, ocr, language, reader)
            if "sections" in record:
                document = Document.from_dict(record)
                assign_roles(document.sections, patterns, section_roles.get(document.document, {}))
                record = document.to_dict()
            yield record_line(record)


def _record(
    entry: Mapping[str, str], cache: Cache, code: str, limits: Limits, ocr: bool, language: str, reader: Reader
) -> dict[str, Any]:
    path = Path(entry["file"])
    try:
        data = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return _failure(entry, f"it cannot be read ({error.strerror})", "Check the file and its rights.", retry=True)
    key = cache_key(dict(entry), data, code, vars(limits), ocr, language)
    stored = cache.get(key)
    if stored is not None:
        return dict(json.loads(stored))
    try:
        document = reader.read(path, document=entry["document"])
        found = entry.get("language") or language_of(_text(document))
        if found != language:
            raise ExtractionError(
                entry["file"],
                f"its text is in the language {found!r}, and the study's model speaks {language!r}",
                f"Remove it, or state `language: {language}` in the document's metadata if that is wrong.",
            )
    except ExtractionError as error:
        record = _failure(entry, error.reason, error.remedy, error.retry)
    else:
        document.source.file = entry["file"]
        record = document.to_dict()
    if not record.get("retry"):
        cache.put(key, json.dumps(record, ensure_ascii=False).encode())
    return record


def _text(document: Document) -> str:
    return "\n".join(paragraph.text for section in document.sections for paragraph in section.paragraphs)


def _failure(entry: Mapping[str, str], reason: str, remedy: str, retry: bool) -> dict[str, Any]:
    return {"document": entry["document"], "file": entry["file"], "reason": reason, "remedy": remedy, "retry": retry}
