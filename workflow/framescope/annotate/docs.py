"""A Document as spaCy Docs: one for each paragraph, heading and note, and the bytes in which they are stored."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import spacy
import srsly.msgpack
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from framescope.document import Document, Paragraph, begins_block
from framescope.failures import Failure

# spaCy asks for the registered encoders with each Doc that it packs or unpacks, and each time their registry searches
# the entry points of all installed packages, which took four fifths of the time. These do not change during a run.
for registry in (srsly.msgpack.msgpack_encoders, srsly.msgpack.msgpack_decoders):
    registry.get_all = functools.cache(registry.get_all)

STORED = ["ORTH", "SPACY", "LEMMA", "POS", "TAG", "MORPH", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "SENT_START"]


@functools.cache
def blank() -> Language:
    """The pipeline of English that only divides texts into words, whose vocabulary serves to unpack Docs."""
    return spacy.blank("en")


def document_texts(document: Document) -> list[tuple[str, dict[str, Any]]]:
    """Each heading, paragraph and note with its user data: document, section, part, kind, paragraph, block, number."""
    texts: list[tuple[str, dict[str, Any]]] = []
    paragraph = block = 0
    for section in document.sections:
        place = {"document": document.id, "section": section.id}
        if section.title:
            texts.append((section.title, {**place, "part": "heading", "paragraph": 0, "block": 0}))
        previous: Paragraph | None = None
        for current in section.paragraphs:
            paragraph += 1
            block += begins_block(current, previous)
            facts = {"part": "body", "kind": current.kind, "paragraph": paragraph, "block": block}
            texts.append((current.text, {**place, **facts}))
            previous = current
    for note in document.notes:
        if note.text:
            facts = {"part": "note", "number": note.number, "paragraph": 0, "block": 0}
            texts.append((note.text, {"document": document.id, "section": note.section or "", **facts}))
    return texts


def annotated(document: Document, pipeline: Language) -> list[Doc]:
    """The document's Docs as the pipeline annotates them."""
    docs = []
    for doc, facts in pipeline.pipe(document_texts(document), as_tuples=True):
        doc.user_data.update(facts)
        docs.append(doc)
    return docs


def pack(docs: Iterable[Doc]) -> bytes:
    """Docs with their user data and span groups, as the bytes of a DocBin."""
    return DocBin(attrs=STORED, store_user_data=True, docs=docs).to_bytes()


def unpack(data: bytes, vocab: Vocab | None = None) -> list[Doc]:
    """The Docs that `pack` stored."""
    return list(DocBin(store_user_data=True).from_bytes(data).get_docs(vocab or blank().vocab))


def merge(packed: Iterable[bytes]) -> bytes:
    """Several packed stores as one, in order."""
    whole = DocBin(attrs=STORED, store_user_data=True)
    for data in packed:
        whole.merge(DocBin(store_user_data=True).from_bytes(data))
    return whole.to_bytes()


def failed_doc(failure: Failure, vocab: Vocab) -> Doc:
    """The empty Doc that is stored for a document that could not be annotated."""
    doc = Doc(vocab)
    doc.user_data.update(document=failure.document, part="failure", failure=failure.to_dict())
    return doc


def document_id(docs: Sequence[Doc]) -> str:
    """The id of the document to which the Docs belong."""
    return str(docs[0].user_data["document"])


def body(docs: Iterable[Doc]) -> Iterator[Doc]:
    """The paragraphs among a document's Docs: the part that counts."""
    return (doc for doc in docs if doc.user_data["part"] == "body")
