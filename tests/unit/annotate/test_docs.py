"""What is stored of annotated Docs, and that storing them changes nothing."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, DocBin

from framescope.annotate import docs as module
from framescope.annotate.docs import STORED, docs_in, findings, joined, opened, stored, with_findings
from framescope.public import load_model

TEXTS = ["Mr. Gandhi's labour party met in May 1965.", "", "Ça va: 10km to Washington, i.e. not far.  Go!"]


@pytest.fixture(scope="module")
def docs() -> list[Doc]:
    """Docs with names and dates, of which one is empty."""
    return list(load_model().pipe(TEXTS))


def as_told(docs: list[Doc]) -> list[tuple[object, ...]]:
    """All that is stored of Docs, as texts and numbers."""
    told = []
    for doc in docs:
        groups = {name: [(span.start, span.end, span.label_) for span in group] for name, group in doc.spans.items()}
        facts = doc.to_json()
        told.append((facts["text"], facts["tokens"], facts["ents"], facts["sents"], groups))
    return told


def test_a_store_has_the_tokens_spans_and_user_data_that_one_of_spacy_has(docs: list[Doc]) -> None:
    theirs = DocBin(attrs=STORED, store_user_data=True, docs=docs)
    ours = opened(stored(docs).to_bytes())
    assert as_told(docs_in(ours)) == as_told(docs_in(theirs)) != as_told([])
    # Docs are read without their morphology, which is stored as well.
    assert [tokens.tolist() for tokens in ours.tokens] == [tokens.tolist() for tokens in theirs.tokens]
    assert (ours.user_data, ours.cats, ours.flags) == (theirs.user_data, theirs.cats, theirs.flags)


def test_a_store_has_no_string_that_is_only_a_norm(docs: list[Doc]) -> None:
    theirs = DocBin(attrs=STORED, store_user_data=True, docs=docs)
    assert "labor" in theirs.strings - stored(docs).strings


def test_the_first_layer_with_the_findings_is_the_whole(docs: list[Doc]) -> None:
    first = stored(docs)
    first.user_data, first.span_groups = [b"\x80"] * len(docs), [b""] * len(docs)
    found = docs_in(with_findings(opened(first.to_bytes()), findings(docs)))
    assert as_told(found) == as_told(docs_in(stored(docs)))
    assert found[0].user_data["dates"][0]["first"] == "1965-05-01"


def test_stores_are_joined_in_order_and_a_doc_without_words_is_kept(docs: list[Doc]) -> None:
    whole = docs_in(opened(joined([stored(docs[:2]), stored([]), stored(docs[2:])])))
    assert [doc.text for doc in whole] == TEXTS
    assert module.joined([]) == stored([]).to_bytes()
