"""Annotating the documents of a batch, in two layers: the model's annotation, then names and dates."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache as remembered
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from framescope.actor_table import ActorTable, load_actors
from framescope.annotate.dates import Eras, find_dates_in_paragraphs, load_eras
from framescope.annotate.device import runs_on_gpu
from framescope.annotate.docs import (
    annotated,
    blank,
    docs_in,
    document_texts,
    failed_doc,
    findings,
    joined,
    opened,
    stored,
    with_findings,
)
from framescope.annotate.levels import NONE
from framescope.annotate.model import load_model
from framescope.annotate.model_files import model_digest
from framescope.annotate.names.actors_by_words import actors_by_words, beginnings
from framescope.annotate.names.find import annotate_names
from framescope.cache import Cache, cache_key
from framescope.contents import sha256_of
from framescope.document import Document
from framescope.failures import Failure, attempt
from framescope.logs import progress
from framescope.records import stored_texts

# Texts of so many characters are annotated by the model before names are looked for in them.
CHARACTERS_TOGETHER = 100_000


class Annotated(NamedTuple):
    """A document with its first layer, as it is stored, and with the names and dates `found`, as `findings` packs them.

    The `docs` are those in which names and dates are to be found.
    """

    store: DocBin
    docs: list[Doc]
    found: bytes | None = None


def annotate_study_batch(
    batch: str,
    text: str | Path,
    actors: Sequence[str | Path],
    eras: Sequence[str | Path],
    published: Mapping[str, str],
    settings: Mapping[str, Any],
    model_code: str,
    names_code: str,
    cache: str | Path,
    log: str | Path,
) -> bytes:
    """The Docs of the documents in a batch file, as the bytes of a DocBin.

    They are made with the tables in files, and finished work is in the cache in a folder.

    Tracebacks of failures go to standard error, which is the job's `log`.
    """
    documents = list(stored_texts(text))
    model_cache, names_cache = (Cache(cache, stage, settings["fresh"], batch) for stage in ("model", "names"))
    # Results on a GPU are rounded differently, so that its annotations are stored separately.
    device = ["gpu"] if runs_on_gpu(settings["device"]) else []
    of_eras = list(map(sha256_of, eras))
    stores = annotate_batch(
        documents,
        published,
        lru_cache(lambda: _pipeline(settings["model"], settings["annotate"])),
        load_actors(*actors),
        load_eras(*eras),
        model_cache,
        names_cache,
        cache_key(*_level_and_model(settings["model"], settings["annotate"]), model_code, *device),
        cache_key(of_eras, names_code),
        _key_of_words(text, names_code),
        log,
    )
    annotated_batch = joined(progress(stores, "annotating", batch, len(documents)))
    model_cache.record()
    names_cache.record()
    return annotated_batch


def annotation_uses(
    text: str | Path,
    actors: Sequence[str | Path],
    settings: Mapping[str, Any],
    names_code: str,
    cache: str | Path,
    batch: str,
) -> dict[str, Callable[[], str | None]]:
    """What the Docs of a batch depend on besides its files: the model, the device, and of the tables of actors the rows
    that can matter to its texts, which are not known before all of its documents were annotated once.
    """

    def rows() -> str | None:
        words = Cache(cache, "names", settings["fresh"], batch).get(_key_of_words(text, names_code))
        return None if words is None else actors_by_words(load_actors(*actors)).digest(frozenset(json.loads(words)))

    return {
        "actors": rows,
        "model": lambda: cache_key(*_level_and_model(settings["model"], settings["annotate"])),
        "device": lambda: str(runs_on_gpu(settings["device"])),
    }


def _key_of_words(text: str | Path, names_code: str) -> str:
    """The key of the words of a batch file."""
    return cache_key("words", sha256_of(text), names_code)


def _level_and_model(model: str, level: str) -> list[str]:
    """What the first layer depends on besides texts and code: the level, and the digest of the model that it needs."""
    return [level] if level == NONE else [level, model_digest(model)]


@remembered
def loaded_model(model: str, level: str) -> Language:
    """The pipeline of a level of annotation, loaded once in a process."""
    return load_model(model, level)


def prepare_names_and_dates(level: str, model: str, *actors: str | Path) -> None:
    """Load what finding names and dates remembers: the patterns of dates, and the names in tables of actors.

    The names are prepared for the vocabulary of the `model`, or for that of stored Docs if `model` is empty.
    """
    pipeline = loaded_model(model, level) if model else blank()
    table = load_actors(*actors)
    annotate_names([pipeline.make_doc("Nobody")], table)
    actors_by_words(table)
    find_dates_in_paragraphs(["May 2020"])


def _pipeline(model: str, level: str) -> Language:
    if level != NONE:
        print(f"annotating with the model {model}", file=sys.stderr)
    return loaded_model(model, level)


def annotate_batch(
    documents: Iterable[Document],
    published: Mapping[str, str],
    pipeline: Callable[[], Language],
    actors: ActorTable,
    eras: Eras,
    model_cache: Cache,
    names_cache: Cache,
    model_key: str,
    names_key: str,
    words_key: str,
    log: str | Path,
) -> Iterator[DocBin]:
    """The Docs of each document, or its failure, in order.

    `model_key` stands for the model and the code of the first layer, `names_key` for the eras and the code of the
    second, which depends on the rows of `actors` that can matter to the text as well. `pipeline` is called only if the
    first layer of a document is not in the cache. A failure is cached under the key of the second layer, that is for
    this text, model, code and these tables only. The beginnings of all words are kept under `words_key`, unless a
    document failed.
    """
    by_words = actors_by_words(actors)
    words: set[str] = set()
    failed = False

    def begin(document: Document) -> tuple[str, str, Annotated | Failure]:
        """The id of a document, the key of its second layer, and both layers if they are finished, else the first."""
        texts = document_texts(document)
        texts_key = cache_key(model_key, texts)
        of_document = beginnings(text for text, _ in texts)
        words.update(of_document)
        key = cache_key(texts_key, names_key, published.get(document.id, ""), by_words.digest(of_document))
        model, found = model_cache.get(texts_key), names_cache.get(key)
        failure = None if found is None else Failure.from_bytes(found, str(log))
        if failure is not None:
            return document.id, key, failure
        if model is not None:
            store = opened(model)
            return document.id, key, Annotated(store, docs_in(store) if found is None else [], found)
        work = partial(_first_layer, document, pipeline(), partial(model_cache.put, texts_key))
        return document.id, key, attempt(work, document.id, "annotating it", log)

    def finish(document: str, key: str, made: Annotated | Failure) -> DocBin:
        """The Docs of a document with both layers, or its failure."""
        nonlocal failed
        if isinstance(made, Annotated) and made.found is None:
            work = partial(_with_names_and_dates, made, published.get(document), actors, eras)
            made = attempt(work, document, "annotating it", log)
            if isinstance(made, Annotated):
                names_cache.put(key, made.found or b"")
        if isinstance(made, Failure):
            failed = True
            names_cache.put(key, made.to_bytes())
            made.tell()
            return stored([failed_doc(made, blank().vocab)])
        return with_findings(made.store, made.found or b"")

    # What the model needs of the processor's own memory, and what names and dates need, would push each other out.
    for group in _groups(documents):
        for begun in [begin(document) for document in group]:
            yield finish(*begun)
    if not failed:
        names_cache.put(words_key, json.dumps(sorted(words)).encode())


def _groups(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents in groups that have about so many characters together."""
    group: list[Document] = []
    characters = 0
    for document in documents:
        group.append(document)
        characters += sum(len(text) for text, _ in document_texts(document))
        if characters >= CHARACTERS_TOGETHER:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _first_layer(document: Document, nlp: Language, keep: Callable[[bytes], bytes]) -> Annotated:
    """The first layer of a document, which is kept."""
    docs = annotated(document, nlp)
    store = stored(docs)
    keep(store.to_bytes())
    return Annotated(store, docs)


def _with_names_and_dates(first: Annotated, published: str | None, actors: ActorTable, eras: Eras) -> Annotated:
    """Both layers of a document."""
    annotate_names(first.docs, actors)
    annotate_dates(first.docs, published, eras)
    return first._replace(found=findings(first.docs))


def annotate_dates(docs: list[Doc], published: str | None, eras: Eras) -> None:
    """Write each Doc's dates into `doc.user_data["dates"]` and the span group "dates", and the day of publication.

    Dates are read separately in body, headings and notes: "that year" in a paragraph never refers to a footnote.
    """
    for part in ("body", "heading", "note"):
        chosen = [doc for doc in docs if doc.user_data["part"] == part]
        proposals = [[(e.start_char, e.end_char) for e in d.ents if e.label_ in ("DATE", "TIME")] for d in chosen]
        dates_by_doc = find_dates_in_paragraphs([doc.text for doc in chosen], published, proposals=proposals, eras=eras)
        for doc, dates in zip(chosen, dates_by_doc, strict=True):
            doc.user_data["published"] = published or ""
            doc.user_data["dates"] = [asdict(date) for date in dates]
            spans = [doc.char_span(date.start, date.end, label=date.type, alignment_mode="expand") for date in dates]
            doc.spans["dates"] = [span for span in spans if isinstance(span, Span)]
