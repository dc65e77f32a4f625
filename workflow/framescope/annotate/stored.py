"""Reading the stored Docs of batches, and the measures that are made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin

from framescope.annotate.docs import blank, by_document, digest_of, docs_in, document_id, opened
from framescope.cache import Cache, cache_key
from framescope.failures import DamagedError, Failure, attempt_rows
from framescope.running.copies import in_copies
from framescope.tables import JoinedMeasure, keys_of_part, read_table, renewed_part

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
    of_document: Callable[[str, DocBin], Any],
    copies: int = 1,
) -> None:
    """Write the rows that each of `works` finds in the documents of batch files, each as the measure of its name.

    The Docs of a document are read once for all works. The rows of a batch are kept in the `cache` of its name, so that
    a document is not read again while nothing changes that its rows depend on: its Docs, `depends`, and what
    `of_document` says for its id and its Docs as they are stored. Only the rows of the documents in `facts` are
    written. So many `copies` of this process work on batches at the same time. Raises DamagedError.
    """
    known = set(read_table(facts, ["document"])["document"])

    def parts_of(path: str | Path) -> dict[str, bytes]:
        return _parts(works, path, log, cache(Path(path).stem), depends, of_document)

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
    of_document: Callable[[str, DocBin], Any],
) -> dict[str, bytes]:
    """The part of each measure that the documents of one batch file make."""
    before = {name: cache.get(cache_key(name)) for name in works}
    done = {name: keys_of_part(part) for name, part in before.items()}
    with blank().memory_zone():
        stores = by_document(_opened(path))
        keys = {
            document: cache_key(digest_of(store), depends, of_document(document, store))
            for document, store in stores.items()
        }
        outcomes: dict[str, dict[str, Outcome]] = {name: {} for name in works}
        for document, key in keys.items():
            missing = [name for name in works if done[name].get(document) != key]
            docs = docs_in(stores[document]) if missing else []
            for name in missing:
                outcomes[name][document] = _outcome(works[name], docs, name, log)
    parts = {name: renewed_part(before[name], outcomes[name], keys, name) for name in works}
    for name, part in parts.items():
        if part != before[name]:
            cache.put(cache_key(name), part)
    cache.keep_used()
    return parts


def _outcome[Row](
    work: Callable[[list[Doc]], Iterable[Row]], docs: list[Doc], measure: str, log: str | Path
) -> list[Row] | Failure:
    if docs[0].user_data["part"] == "failure":
        return Failure(**docs[0].user_data["failure"])
    return attempt_rows(work, docs, document_id(docs), f"measuring its {measure}", log)


def _opened(path: str | Path) -> DocBin:
    # The store is packed by zlib, which ends it with a checksum.
    try:
        return opened(Path(path).read_bytes())
    except ValueError as error:
        raise DamagedError(path) from error
