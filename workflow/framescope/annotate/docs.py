"""A Document as spaCy Docs: one for each paragraph, heading and note, and the bytes in which they are stored."""

from __future__ import annotations

import functools
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import spacy
import srsly
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from framescope.document import Document, Paragraph, begins_block
from framescope.failures import Failure

# spaCy asks for the registered encoders with each Doc that it packs or unpacks, and each time their registry searches
# the entry points of all installed packages, which took four fifths of the time. These do not change during a run.
for registry in (srsly.msgpack.msgpack_encoders, srsly.msgpack.msgpack_decoders):
    registry.get_all = functools.cache(registry.get_all)

# This level of zlib takes less than half of the time of its own choice, for an eighth more room.
COMPRESSION = 3

# What is stored of each token, and which of it stands for a text.
STORED = ["ORTH", "SPACY", "LEMMA", "POS", "TAG", "MORPH", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "SENT_START"]
TEXTS: list[int | str] = ["ORTH", "LEMMA", "TAG", "MORPH", "DEP", "ENT_TYPE"]

# A token that is looked up in a table: its text, and the attributes of it that the table asks for.
Token = tuple[str, ...]


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


def stored(docs: Iterable[Doc]) -> DocBin:
    """Docs with their user data and span groups, as they are stored."""
    return _Store(attrs=STORED, store_user_data=True, docs=docs)


def opened(data: bytes) -> DocBin:
    """The store whose bytes these are. Raises ValueError if they are none."""
    return DocBin(store_user_data=True).from_bytes(data)


def docs_in(store: DocBin) -> list[Doc]:
    """The Docs of a store, with a vocabulary without a model, and without the morphology of words.

    Nothing asks for the morphology, and to read it would take more than half of the time.
    """
    _learn_strings(store)
    word, left_out = _column(store, "ORTH"), _column(store, "MORPH")
    read = [column for column in range(len(store.attrs)) if column != left_out]
    attributes: list[Any] = [store.attrs[column] for column in read]
    docs = []
    for tokens, spaces, flags, groups, facts in zip(
        store.tokens, store.spaces, store.flags, store.span_groups, store.user_data, strict=True
    ):
        spaced = None if flags.get("has_unknown_spaces") else spaces.ravel().tolist()
        annotations: Any = tokens[:, read]
        doc = Doc(blank().vocab, tokens[:, word].tolist(), spaced).from_array(attributes, annotations)
        if groups:
            doc.spans.from_bytes(groups)
        if facts:
            doc.user_data.update(srsly.msgpack_loads(facts, use_list=False))
        docs.append(doc)
    return docs


def by_document(store: DocBin) -> dict[str, DocBin]:
    """The Docs of each document in a store, as a store of its own.

    These stores have no strings, because the vocabulary of `blank` learns those of the whole.
    """
    _learn_strings(store)
    of_document: dict[str, DocBin] = {}
    for place, facts in enumerate(store.user_data):
        document = str(srsly.msgpack_loads(facts or b"\x80")["document"])
        if document not in of_document:
            of_document[document] = stored([])
        part = of_document[document]
        for name in ("tokens", "spaces", "cats", "flags", "span_groups", "user_data"):
            getattr(part, name).append(getattr(store, name)[place])
    return of_document


def _learn_strings(store: DocBin) -> None:
    """Let the vocabulary of `blank` know the strings of a store."""
    for string in store.strings:
        blank().vocab.strings.add(string)


def digest_of(store: DocBin) -> str:
    """The SHA-256 of all that a store has of its Docs."""
    digest = hashlib.sha256()
    for tokens, spaces, facts, groups in zip(
        store.tokens, store.spaces, store.user_data, store.span_groups, strict=True
    ):
        for part in (tokens.tobytes(), spaces.tobytes(), facts or b"", groups):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def tokens_in(store: DocBin, *attributes: str) -> frozenset[Token]:
    """The different tokens of a store of `by_document`, with these attributes."""
    columns = [_column(store, name) for name in ("ORTH", *attributes)]
    tokens = np.concatenate([tokens[:, columns] for tokens in store.tokens])
    # Rows of one number are told apart much faster as numbers.
    different = np.unique(tokens, axis=0) if attributes else np.unique(tokens)[:, np.newaxis]
    return frozenset(tuple(map(blank().vocab.strings.__getitem__, token)) for token in different.tolist())


def _column(store: DocBin, attribute: str) -> int:
    attributes: list[Any] = store.attrs
    return attributes.index(blank().vocab.strings[attribute])


def columns_of(doc: Doc, *attributes: str) -> list[list[int]]:
    """The values of attributes of the tokens of a Doc as spaCy numbers them, a list for each attribute."""
    values: Any = doc.to_array([*attributes])
    columns: list[list[int]] = values.reshape(len(doc), len(attributes)).T.tolist()
    return columns


def findings(docs: Sequence[Doc]) -> bytes:
    """The user data and span groups of Docs, without their tokens."""
    found = [[_packed_facts(doc), doc.spans.to_bytes(), _labels(doc)] for doc in docs]
    packed: bytes = srsly.msgpack_dumps(found)
    return zlib.compress(packed, COMPRESSION)


def with_findings(store: DocBin, found: bytes) -> DocBin:
    """A store whose Docs have the user data and span groups that `findings` packed, in place of their own."""
    of_docs = srsly.msgpack_loads(zlib.decompress(found))
    store.user_data = [facts for facts, _, _ in of_docs]
    store.span_groups = [groups for _, groups, _ in of_docs]
    store.strings.update(label for _, _, labels in of_docs for label in labels)
    return store


def joined(stores: Iterable[DocBin]) -> bytes:
    """Several stores as the bytes of one, in order."""
    whole = stored([])
    for store in stores:
        whole.merge(store)
    return whole.to_bytes()


class _Store(DocBin):
    """A DocBin that looks up each string of a Doc once, and not nine strings for each token.

    Strings that only annotations have which are not stored, such as norms, are left out.
    """

    def add(self, doc: Doc) -> None:
        """Add the tokens, spans and user data of a Doc."""
        tokens = doc.to_array([*self.attrs]).reshape(len(doc), len(self.attrs))
        self.tokens.append(tokens)
        self.spaces.append(doc.to_array("SPACY").reshape(len(doc), 1).astype(bool))
        self.flags.append({"has_unknown_spaces": doc.has_unknown_spaces})
        self.cats.append(doc.cats)
        self.user_data.append(_packed_facts(doc))
        self.span_groups.append(doc.spans.to_bytes())
        texts = np.unique(doc.to_array(TEXTS)).tolist()
        self.strings.update(map(doc.vocab.strings.__getitem__, texts), _labels(doc))

    def to_bytes(self) -> bytes:
        """The bytes from which DocBin reads a store."""
        columns = {"tokens": self.tokens, "spaces": self.spaces}
        parts = {name: np.vstack(arrays).tobytes() if arrays else b"" for name, arrays in columns.items()}
        parts["lengths"] = np.array([len(tokens) for tokens in self.tokens], dtype=np.int32).tobytes()
        listed = {name: getattr(self, name) for name in ("attrs", "cats", "flags", "span_groups", "user_data")}
        packed = srsly.msgpack_dumps({"version": self.version, "strings": sorted(self.strings), **parts, **listed})
        return zlib.compress(packed, COMPRESSION)


def _packed_facts(doc: Doc) -> bytes:
    packed: bytes = srsly.msgpack_dumps(doc.user_data)
    return packed


def _labels(doc: Doc) -> list[str]:
    return sorted({span.label_ for group in doc.spans.values() for span in group})


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
