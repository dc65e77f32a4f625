"""The rules of the language model for single tokens, whose decisions are remembered.

The attribute ruler and the lemmatizer of spaCy decide part of speech, morphology and lemma of each token anew. Nearly
all of their decisions depend only on the word, the tag and the dependency of the token, so that they are the same
wherever these three are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

TOKEN_RULES = "framescope_token_rules"
GIVEN: list[int | str] = ["ORTH", "TAG", "DEP"]
DECIDED: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP"]
# What a pattern may ask of a token that its word, tag and dependency determine.
DETERMINED = frozenset({"ORTH", "TEXT", "LOWER", "IS_SPACE", "IS_PUNCT", "IS_ALPHA", "IS_DIGIT", "TAG", "DEP"})

Given = tuple[int, int, int]
Decided = list[int]


class TokenRules:
    """Does what an attribute ruler and the lemmatizer after it do, with the decisions on equal tokens remembered.

    Where a pattern of the ruler needs several tokens, the ruler itself decides on the tokens that such patterns match.
    """

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        self._ruler, self.lemmatizer, self._vocab = ruler, lemmatizer, ruler.vocab
        self._for_one = AttributeRuler(self._vocab)
        self._for_several = Matcher(self._vocab)
        rows: Any = ruler.patterns
        for number, row in enumerate(rows):
            for pattern in row["patterns"]:
                if _needs_one_token(pattern):
                    self._for_one.add([pattern], row["attrs"], row["index"])
                else:
                    self._for_several.add(str(number), [pattern])
        self._known: dict[Given, Decided] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Write part of speech, morphology and lemma into a tagged and parsed Doc."""
        if not len(doc):
            return doc
        tokens: list[Given] = [*map(tuple, doc.to_array(GIVEN).tolist())]
        # The strings that a memory zone adds are forgotten when it ends.
        known = {} if self._vocab.in_memory_zone else self._known  # type: ignore[attr-defined]
        new = [token for token in dict.fromkeys(tokens) if token not in known]
        if new:
            known.update(zip(new, self._decide(new, self._for_one), strict=True))
        decided = [known[token] for token in tokens]
        for start, end in _joined((start, end) for _, start, end in self._for_several(doc, allow_missing=True)):
            decided[start:end] = self._decide(tokens[start:end], self._ruler)
        doc.from_array(DECIDED, np.array(decided, dtype=np.uint64))  # type: ignore[arg-type]
        return doc

    def _decide(self, tokens: Sequence[Given], ruler: AttributeRuler) -> list[Decided]:
        """What a ruler and the lemmatizer decide on tokens that follow each other."""
        doc = Doc(self._vocab, words=[self._vocab.strings[word] for word, _, _ in tokens])
        doc.from_array(GIVEN[1:], np.array([token[1:] for token in tokens], dtype=np.uint64))  # type: ignore[arg-type]
        decided: list[Decided] = self.lemmatizer(ruler(doc)).to_array(DECIDED).tolist()
        return decided


def _needs_one_token(pattern: Sequence[Mapping[str, Any]]) -> bool:
    return len(pattern) == 1 and pattern[0].keys() <= DETERMINED


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order, those that touch or overlap as one.

    >>> list(_joined([(7, 9), (1, 3), (2, 5)]))
    [(1, 5), (7, 9)]
    """
    waiting: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if waiting is not None and start <= waiting[1]:
            waiting = (waiting[0], max(end, waiting[1]))
        else:
            if waiting is not None:
                yield waiting
            waiting = (start, end)
    if waiting is not None:
        yield waiting


@Language.factory(TOKEN_RULES)
def token_rules(nlp: Language, name: str) -> TokenRules:
    """The component that takes the place of the ruler and the lemmatizer of a pipeline."""
    return TokenRules(nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))  # type: ignore[arg-type]


def remember_token_rules(pipeline: Language) -> None:
    """Put `TokenRules` in the place of the attribute ruler and the lemmatizer of a pipeline.

    A pipeline in which these do not follow each other, or whose ruler decides other attributes, stays as it is.
    """
    names = pipeline.pipe_names
    if ("attribute_ruler", "lemmatizer") not in pairwise(names):
        return
    if any(row["attrs"].keys() - set(DECIDED) for row in pipeline.get_pipe("attribute_ruler").patterns):  # type: ignore[attr-defined]
        return
    pipeline.add_pipe(TOKEN_RULES, before="attribute_ruler")
    for replaced in ("attribute_ruler", "lemmatizer"):
        pipeline.remove_pipe(replaced)
