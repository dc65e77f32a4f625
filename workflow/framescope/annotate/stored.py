"""Reading the stored Docs of batches, and the measures that are made from them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, nullcontext
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from spacy.tokens import Doc, DocBin

from framescope.annotate.docs import blank, by_document, digest_of, docs_in, document_id, opened
from framescope.cache import Cache, cache_key
from framescope.failures import DamagedError, Failure, attempt_rows
from framescope.running.copies import in_copies
from framescope.tables import JoinedMeasure, read_table, renewed_part

# A study has few batches with fewer Docs: batches become larger with the study.
MOST_REMEMBERED = 10_000
Work = Callable[[tuple[Doc, ...]], Iterable[dict[str, Any]]]
Outcome = list[dict[str, Any]] | Failure


class Dependence(NamedTuple):
    """What the rows of a document depend on besides its Docs.

    `code` stands for the code that makes them, and `tables` for the tables that it uses, whole. `facts` are what is
    said of a document, given its id, and `concerning` is what the tables have that can matter to a document, given its
    Docs in a store of `by_document`.
    """

    code: Any
    tables: Any
    facts: Callable[[str], Any]
    concerning: Callable[[DocBin], Any]


def write_measures(
    works: Mapping[str, Work],
    paths: Iterable[str | Path],
    facts: str | Path,
    outputs: Mapping[str, str],
    log: str | Path,
    cache: Callable[[str], Cache],
    depends: Dependence,
    copies: int = 1,
) -> None:
    """Write the rows that each of `works` finds in the documents of batch files, each as the measure of its name.

    The Docs of a document are read once for all works. The rows of a batch are kept in the `cache` of its name, so that
    a document is not read again while nothing changes that its rows depend on. Only the rows of the documents in
    `facts` are written. So many `copies` of this process work on batches at the same time. Raises DamagedError.
    """
    known = set(read_table(facts, ["document"])["document"])

    def parts_of(path: str | Path) -> dict[str, bytes]:
        return _parts(works, path, log, cache(Path(path).stem), depends)

    with ExitStack() as stack:
        measures = {name: stack.enter_context(JoinedMeasure(name, outputs[name])) for name in works}
        for parts in in_copies(parts_of, paths, copies):
            for name, part in parts.items():
                measures[name].add(part, known)


class _Keys(NamedTuple):
    """What the rows of a part depend on, those of its batch together and those of each document.

    `part` is the SHA-256 of the part to which the keys belong. A document that failed has no key, by which the key of
    its batch differs too: it is tried again in the next run, which writes the traceback to its log.
    """

    part: str = ""
    batch: str = ""
    documents: Mapping[str, str] = MappingProxyType({})


def _parts(
    works: Mapping[str, Work], path: str | Path, log: str | Path, cache: Cache, depends: Dependence
) -> dict[str, bytes]:
    """The part of each measure that the documents of one batch file make."""
    data = Path(path).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    parts: dict[str, bytes] = {}
    others: dict[str, tuple[bytes | None, _Keys]] = {}
    for name in works:
        before, keys = _stored_part(cache, name)
        if before is not None and keys.batch == _key_of_batch(digest, keys.documents, depends):
            parts[name] = before
        else:
            others[name] = before, keys
    if others:
        # What the vocabulary learns from a large batch is forgotten after it; to learn words takes much of the time.
        store = _opened(data, path)
        with blank().memory_zone() if len(store) > MOST_REMEMBERED else nullcontext():
            made = _renewed(works, others, by_document(store), digest, depends, log)
        for name, (part, keys) in made.items():
            parts[name] = part
            if part is not others[name][0]:
                cache.put(cache_key(name), part)
            cache.put(cache_key(name, "keys"), json.dumps(keys._asdict()).encode())
    cache.keep_used()
    return {name: parts[name] for name in works}


def _stored_part(cache: Cache, name: str) -> tuple[bytes | None, _Keys]:
    """The part of a measure that the last run made, and its keys; no keys if they are not those of the part."""
    part, stored = cache.get(cache_key(name)), cache.get(cache_key(name, "keys"))
    keys = _Keys(**json.loads(stored)) if stored is not None else _Keys()
    if part is None or keys.part != hashlib.sha256(part).hexdigest():
        return None, _Keys()
    return part, keys


def _renewed(
    works: Mapping[str, Work],
    before: Mapping[str, tuple[bytes | None, _Keys]],
    stores: Mapping[str, DocBin],
    digest: str,
    depends: Dependence,
    log: str | Path,
) -> dict[str, tuple[bytes, _Keys]]:
    """Parts with the rows of the documents in `stores`, of which those `before` may have some, and their keys."""
    outcomes: dict[str, dict[str, Outcome]] = {name: {} for name in before}
    documents: dict[str, str] = {}
    for document, store in stores.items():
        of_document = (depends.code, depends.facts(document), depends.concerning(store))
        key = documents[document] = cache_key(digest_of(store), *of_document)
        missing = [name for name, (_, keys) in before.items() if keys.documents.get(document) != key]
        docs = tuple(docs_in(store)) if missing else ()
        for name in missing:
            outcomes[name][document] = _outcome(works[name], docs, name, log)
    batch = _key_of_batch(digest, documents, depends)
    made = {}
    for name, (part, keys) in before.items():
        if part is None or outcomes[name] or list(keys.documents) != list(documents):
            part = renewed_part(part, outcomes[name], list(documents), name)
        failed = {document for document, outcome in outcomes[name].items() if isinstance(outcome, Failure)}
        finished = {document: key for document, key in documents.items() if document not in failed}
        made[name] = part, _Keys(hashlib.sha256(part).hexdigest(), batch, finished)
    return made


def _key_of_batch(digest: str, documents: Iterable[str], depends: Dependence) -> str:
    """What the rows of a batch depend on, by the digest of its file and its documents."""
    facts = [(document, depends.facts(document)) for document in documents]
    return cache_key(digest, depends.code, depends.tables, facts)


def _outcome[Row](
    work: Callable[[tuple[Doc, ...]], Iterable[Row]], docs: tuple[Doc, ...], measure: str, log: str | Path
) -> list[Row] | Failure:
    if docs[0].user_data["part"] == "failure":
        return Failure(**docs[0].user_data["failure"])
    return attempt_rows(work, docs, document_id(docs), f"measuring its {measure}", log)


def _opened(data: bytes, path: str | Path) -> DocBin:
    # The store is packed by zlib, which ends it with a checksum.
    try:
        return opened(data)
    except ValueError as error:
        raise DamagedError(path) from error
