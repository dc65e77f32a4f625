"""The numbers of sentences, which run through the paragraphs of a document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from spacy.tokens import Doc

from framescope.annotate.docs import body

SentenceOf = Callable[[int], int]


def numbered(docs: Iterable[Doc]) -> Iterator[tuple[Doc, SentenceOf]]:
    """The paragraphs of one document in order, each with a function from a character offset to the sentence's number.

    Sentences are numbered from 1 across all paragraphs; offsets count from the start of the paragraph.

    >>> import spacy
    >>> pipeline = spacy.blank("en")
    >>> splitter = pipeline.add_pipe("sentencizer")
    >>> docs = [pipeline("One. Two."), pipeline("Three. Four.")]
    >>> for doc in docs:
    ...     doc.user_data["part"] = "body"
    >>> [[sentence_of(0), sentence_of(len(doc.text) - 1)] for doc, sentence_of in numbered(docs)]
    [[1, 2], [3, 4]]
    """
    before = 0
    for doc in body(docs):
        starts = [sentence.start_char for sentence in doc.sents]
        yield doc, _counter(before, starts)
        before += len(starts)


def _counter(before: int, starts: list[int]) -> SentenceOf:
    return lambda character: before + bisect_right(starts, character)
