"""A batch of Documents to annotated Docs, in two layers: what the model says, then names and dates."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from framescope.actor_table import ActorTable, load_actors
from framescope.annotate.dates import Eras, find_dates_in_paragraphs, load_eras
from framescope.annotate.docs import annotated, document_texts, merge, pack, unpack
from framescope.annotate.model import load_model, model_digest
from framescope.annotate.names import annotate_names
from framescope.cache import Cache, cache_key
from framescope.document import Document
from framescope.logs import progress
from framescope.records import stored_texts


def annotate_study_batch(
    batch: str,
    text: str | Path,
    actors: Sequence[str | Path],
    eras: str | Path,
    published: Mapping[str, str],
    settings: Mapping[str, Any],
    model_code: str,
    names_code: str,
    cache: str | Path,
) -> bytes:
    """The packed Docs of a batch file's documents, from the tables in files and the cache in a folder."""
    documents = list(stored_texts(text))
    model_cache = Cache(cache, "model", settings["fresh"])
    names_cache = Cache(cache, "names", settings["fresh"])
    tables = [hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in (*actors, eras)]
    packed = annotate_batch(
        documents,
        published,
        lru_cache(lambda: _loaded(settings["model"])),
        load_actors(*actors),
        load_eras(eras),
        model_cache,
        names_cache,
        cache_key(model_digest(settings["model"]), model_code),
        cache_key(tables, names_code),
    )
    merged = merge(progress(packed, f"annotating, batch {batch}", len(documents)))
    model_cache.record(batch)
    names_cache.record(batch)
    return merged


def _loaded(model: str) -> Language:
    print(f"loading the model {model}", file=sys.stderr)
    return load_model(model)


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
) -> Iterator[bytes]:
    """The packed Docs of each document, in order.

    `model_key` stands for the model and the code of the first layer, `names_key` for the tables and the code of the
    second. `pipeline` is called only if a document's first layer is not in the cache.
    """
    vocab = spacy.blank("en").vocab
    for document in documents:
        texts_key = cache_key(model_key, document_texts(document))
        key = cache_key(texts_key, names_key, published.get(document.document, ""))
        stored = names_cache.get(key)
        if stored is None:
            model = model_cache.get(texts_key) or model_cache.put(texts_key, pack(annotated(document, pipeline())))
            docs = unpack(model, vocab)
            annotate_names(docs, actors)
            annotate_dates(docs, published.get(document.document), eras)
            stored = names_cache.put(key, pack(docs))
        yield stored


def annotate_dates(docs: list[Doc], published: str | None, eras: Eras) -> None:
    """Write each Doc's dates into `doc.user_data["dates"]` and the span group "dates".

    Body, headings and notes each have an anchor of their own: "that year" in a paragraph never leans on a footnote.
    """
    for part in ("body", "heading", "note"):
        chosen = [doc for doc in docs if doc.user_data["part"] == part]
        proposals = [[(e.start_char, e.end_char) for e in d.ents if e.label_ in ("DATE", "TIME")] for d in chosen]
        found = find_dates_in_paragraphs([doc.text for doc in chosen], published, proposals=proposals, eras=eras)
        for doc, dates in zip(chosen, found, strict=True):
            doc.user_data["dates"] = [asdict(date) for date in dates]
            spans = [doc.char_span(date.start, date.end, label=date.type, alignment_mode="expand") for date in dates]
            doc.spans["dates"] = [span for span in spans if isinstance(span, Span)]
