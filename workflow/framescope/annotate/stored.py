"""Reading the stored Docs of batches, and the measures that are made from them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Set
from contextlib import ExitStack, nullcontext
from functools import cache as remembered
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from spacy.tokens import Doc, DocBin

from framescope.annotate.docs import Token, blank, by_document, digest_of, docs_in, document_id, opened, tokens_in
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

    `code` stands for the code that makes them. `facts` are what is said of a document, given its id. `tables` stands
    for the tables of the study with all that is in them. `concerning` is what they have that can matter to texts, given
    their tokens with these `attributes`; while it is the same for several texts together, the rows of each of them are
    the same. It takes longer to compute, and is asked only if `tables` has changed.
    """

    code: Any
    facts: Callable[[str], Any]
    tables: Any
    concerning: Callable[[Set[Token]], Any]
    attributes: tuple[str, ...] = ()


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

    `part` is the SHA-256 of the part to which the keys belong. `batch` has what the tables of the study have that can
    matter to the batch, and `tables` has all of it. A document that failed has no key, by which the key of
    its batch differs too: it is tried again in the next run, which writes the traceback to its log.
    """

    part: str = ""
    batch: str = ""
    tables: str = ""
    documents: Mapping[str, str] = MappingProxyType({})


def _parts(
    works: Mapping[str, Work], path: str | Path, log: str | Path, cache: Cache, depends: Dependence
) -> dict[str, bytes]:
    """The part of each measure that the documents of one batch file make."""
    data = Path(path).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    before = {name: _stored_part(cache, name) for name in works}
    key_of_tokens = cache_key("tokens", digest, depends.code, depends.attributes)
    tokens = cache.get(key_of_tokens)
    holding = _keys_that_hold(before, digest, tokens, depends) if tokens is not None else {}
    parts = {name: part for name, (part, _) in before.items() if part is not None and name in holding}
    for name, keys in holding.items():
        if keys is not before[name][1]:
            cache.put(cache_key(name, "keys"), json.dumps(keys._asdict()).encode())
    others = {name: before[name] for name in works if name not in parts}
    if others:
        # What the vocabulary learns from a large batch is forgotten after it; to learn words takes much of the time.
        store = _opened(data, path)
        with blank().memory_zone() if len(store) > MOST_REMEMBERED else nullcontext():
            made, tokens = _renewed(works, others, by_document(store), digest, depends, log)
        for name, (part, keys) in made.items():
            parts[name] = part
            if part is not before[name][0]:
                cache.put(cache_key(name), part)
            cache.put(cache_key(name, "keys"), json.dumps(keys._asdict()).encode())
        cache.put(key_of_tokens, tokens)
    cache.keep_used()
    return {name: parts[name] for name in works}


def _keys_that_hold(
    before: Mapping[str, tuple[bytes | None, _Keys]], digest: str, tokens: bytes, depends: Dependence
) -> dict[str, _Keys]:
    """The keys of those parts made before whose batch has not changed, nor what can matter to its stored tokens.

    If other things in the tables have changed, the keys are those with the tables as they are now.
    """
    concerning = remembered(lambda: depends.concerning(frozenset(map(tuple, json.loads(tokens)))))
    holding = {}
    for name, (_, keys) in before.items():
        tables = _key_of_batch(digest, keys.documents, depends, depends.tables)
        if keys.tables == tables:
            holding[name] = keys
        elif keys.batch == _key_of_batch(digest, keys.documents, depends, concerning()):
            holding[name] = keys._replace(tables=tables)
    return holding


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
) -> tuple[dict[str, tuple[bytes, _Keys]], bytes]:
    """Parts with the rows of the documents in `stores`, of which those `before` may have some, and their keys; and the
    tokens of the batch, as they are stored."""
    outcomes: dict[str, dict[str, Outcome]] = {name: {} for name in before}
    documents: dict[str, str] = {}
    of_batch: set[Token] = set()
    for document, store in stores.items():
        tokens = tokens_in(store, *depends.attributes)
        of_batch |= tokens
        of_document = (depends.code, depends.facts(document), depends.concerning(tokens))
        key = documents[document] = cache_key(digest_of(store), *of_document)
        missing = [name for name, (_, keys) in before.items() if keys.documents.get(document) != key]
        docs = tuple(docs_in(store)) if missing else ()
        for name in missing:
            outcomes[name][document] = _outcome(works[name], docs, name, log)
    batch = _key_of_batch(digest, documents, depends, depends.concerning(of_batch))
    tables = _key_of_batch(digest, documents, depends, depends.tables)
    made = {}
    for name, (part, keys) in before.items():
        if part is None or outcomes[name] or list(keys.documents) != list(documents):
            part = renewed_part(part, outcomes[name], list(documents), name)
        failed = {document for document, outcome in outcomes[name].items() if isinstance(outcome, Failure)}
        finished = {document: key for document, key in documents.items() if document not in failed}
        made[name] = part, _Keys(hashlib.sha256(part).hexdigest(), batch, tables, finished)
    return made, json.dumps(sorted(of_batch)).encode()


def _key_of_batch(digest: str, documents: Iterable[str], depends: Dependence, tables: Any) -> str:
    """What the rows of a batch depend on: the digest of its file, its documents, and of the tables all or a part."""
    facts = [(document, depends.facts(document)) for document in documents]
    return cache_key(digest, depends.code, tables, facts)


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
