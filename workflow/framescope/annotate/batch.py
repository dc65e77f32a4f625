"""Annotating the documents of a batch, in two layers: the model's annotation, then names and dates."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache as remembered
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

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
from framescope.document import Document
from framescope.failures import Failure, attempt
from framescope.logs import progress
from framescope.records import stored_texts

# The Docs as the model annotates them, and the names and dates in them as `findings` packs them.
Layers = tuple[DocBin, bytes]


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
    of_eras = [hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in eras]
    stores = annotate_batch(
        documents,
        published,
        lru_cache(lambda: _pipeline(settings["model"], settings["annotate"])),
        load_actors(*actors),
        load_eras(*eras),
        model_cache,
        names_cache,
        cache_key(*_first_layer(settings["model"], settings["annotate"]), model_code, *device),
        cache_key(of_eras, names_code),
        log,
    )
    annotated_batch = joined(progress(stores, "annotating", batch, len(documents)))
    model_cache.record()
    names_cache.record()
    return annotated_batch


def _first_layer(model: str, level: str) -> list[str]:
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
    log: str | Path,
) -> Iterator[DocBin]:
    """The Docs of each document, or its failure, in order.

    `model_key` stands for the model and the code of the first layer, `names_key` for the eras and the code of the
    second, which depends on the rows of `actors` that can matter to the text as well. `pipeline` is called only if the
    first layer of a document is not in the cache. A failure is cached under the key of the second layer, that is for
    this text, model, code and these tables only.
    """
    by_words = actors_by_words(actors)
    for document in documents:
        texts_key = cache_key(model_key, document_texts(document))
        concerned = by_words.digest(beginnings(text for text, _ in document_texts(document)))
        key = cache_key(texts_key, names_key, published.get(document.id, ""), concerned)
        model = model_cache.get(texts_key)
        outcome = _finished(model, names_cache.get(key), str(log))
        if outcome is None:
            nlp = pipeline() if model is None else None
            keep = partial(model_cache.put, texts_key)
            work = partial(_both_layers, document, nlp, model, keep, published.get(document.id), actors, eras)
            outcome = attempt(work, document.id, "annotating it", log)
            names_cache.put(key, outcome.to_bytes() if isinstance(outcome, Failure) else outcome[1])
        if isinstance(outcome, Failure):
            outcome.tell()
            yield stored([failed_doc(outcome, blank().vocab)])
        else:
            yield with_findings(*outcome)


def _finished(model: bytes | None, found: bytes | None, log: str) -> Layers | Failure | None:
    """Both layers, or a failure, from the cache; None if something is missing."""
    failure = None if found is None else Failure.from_bytes(found, log)
    if failure is not None or model is None or found is None:
        return failure
    return opened(model), found


def _both_layers(
    document: Document,
    nlp: Language | None,
    model: bytes | None,
    keep: Callable[[bytes], bytes],
    published: str | None,
    actors: ActorTable,
    eras: Eras,
) -> Layers:
    """Both layers of a document. Without a pipeline `nlp` the first is `model`, from the cache; else it is kept."""
    if nlp is None:
        store = opened(model or b"")
        docs = docs_in(store)
    else:
        docs = annotated(document, nlp)
        store = stored(docs)
        keep(store.to_bytes())
    annotate_names(docs, actors)
    annotate_dates(docs, published, eras)
    return store, findings(docs)


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
