"""Reading the stored Docs of batches, and the measures that are made from them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Any

import srsly
from spacy.tokens import Doc, DocBin

from framescope.annotate.docs import blank, document_id, opened
from framescope.cache import Cache, cache_key
from framescope.failures import DamagedError, Failure, attempt_rows
from framescope.running.copies import in_copies
from framescope.tables import JoinedMeasure, measure_part, read_table

Work = Callable[[list[Doc]], Iterable[dict[str, Any]]]
Outcome = list[dict[str, Any]] | Failure


def write_measures(
    works: Mapping[str, Work],
    paths: Iterable[str | Path],
    facts: str | Path,
    outputs: Mapping[str, str],
    log: str | Path,
    cache: Callable[[str], Cache],
    depends: Any,
    of_document: Mapping[str, Any] | None = None,
    copies: int = 1,
) -> None:
    """Write the rows that each of `works` finds in the documents of batch files, each as the measure of its name.

    The Docs of a batch are read once for all works. The rows of a batch are kept in the `cache` of its name, so that
    its Docs are not read again while nothing changes that the rows depend on: the batch file, `depends`, and what
    `of_document` says of the documents in it. Only the rows of the documents in `facts` are written. So many `copies`
    of this process work on batches at the same time. Raises DamagedError.
    """
    known = set(read_table(facts, ["document"])["document"])

    def parts_of(path: str | Path) -> dict[str, bytes]:
        return _parts(works, path, log, cache(Path(path).stem), depends, of_document or {})

    with ExitStack() as stack:
        measures = {name: stack.enter_context(JoinedMeasure(name, outputs[name])) for name in works}
        for parts in in_copies(parts_of, paths, copies):
            for name, part in parts.items():
                measures[name].add(part, known)


def _parts(
    works: Mapping[str, Work],
    path: str | Path,
    log: str | Path,
    cache: Cache,
    depends: Any,
    of_document: Mapping[str, Any],
) -> dict[str, bytes]:
    """The part of each measure that the documents of one batch file make."""
    data = Path(path).read_bytes()
    facts = {name: of_document.get(name) for name in _names(data, path)} if of_document else {}
    keys = {name: cache_key(hashlib.sha256(data).hexdigest(), depends, facts, name) for name in works}
    parts = {name: cache.get(key) for name, key in keys.items()}
    missing = [name for name, part in parts.items() if part is None]
    outcomes: dict[str, list[Outcome]] = {name: [] for name in missing}
    for docs in _documents(_stored(data, path)) if missing else ():
        for name in missing:
            outcomes[name].append(_outcome(works[name], docs, name, log))
    for name, rows in outcomes.items():
        parts[name] = measure_part(rows, name)
        # A failure is tried again in the next run, which writes its traceback to its log.
        if not any(isinstance(outcome, Failure) for outcome in rows):
            cache.put(keys[name], parts[name] or b"")
    cache.keep_used()
    return {name: part or b"" for name, part in parts.items()}


def _outcome[Row](
    work: Callable[[list[Doc]], Iterable[Row]], docs: list[Doc], measure: str, log: str | Path
) -> list[Row] | Failure:
    if docs[0].user_data["part"] == "failure":
        return Failure(**docs[0].user_data["failure"])
    return attempt_rows(work, docs, document_id(docs), f"measuring its {measure}", log)


def _documents(store: DocBin) -> Iterator[list[Doc]]:
    pipeline = blank()
    with pipeline.memory_zone():
        for _, docs in groupby(store.get_docs(pipeline.vocab), key=lambda doc: doc.user_data["document"]):
            yield list(docs)


def _names(data: bytes, path: str | Path) -> Collection[str]:
    """The ids of the documents in a batch file, without making Docs of it."""
    return dict.fromkeys(srsly.msgpack_loads(facts)["document"] for facts in _stored(data, path).user_data if facts)


def _stored(data: bytes, path: str | Path) -> DocBin:
    # The store is packed by zlib, which ends it with a checksum.
    try:
        return opened(data)
    except ValueError as error:
        raise DamagedError(path) from error
