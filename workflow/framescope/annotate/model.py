"""The spaCy pipeline that annotates: a model, loaded by its name, or what a level of annotation needs of it."""

from __future__ import annotations

import re

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

from framescope.annotate.levels import LEVEL, NAMES, NONE
from framescope.annotate.model_files import model_path
from framescope.annotate.token_rules import remember_token_rules

# The components whose work a study does without if the model only looks for names.
ONLY_FOR_FULL = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]
LIST_MARKER = re.compile(r"\(?(?:[ivxlc]{1,5}|[a-z]|\d{1,3})[.)]\s+", re.IGNORECASE)


def load_model(name: str = "en_core_web_md", level: str = LEVEL) -> Language:
    """The pipeline with this name, from the first installed package that provides it.

    `level` is the level of annotation. With "names" only the component for names is loaded. With "none" there is no
    model, and the pipeline only divides texts into words and sentences. Both end sentences by a rule (`sentencizer`).

    Raises ModuleNotFoundError naming the packages that would, where none is installed.
    """
    if level == NONE:
        return _with_sentences_by_rule(spacy.blank("en"))
    pipeline = spacy.load(model_path(name), exclude=ONLY_FOR_FULL if level == NAMES else [])
    name_in_package = f"{pipeline.meta['lang']}_{pipeline.meta['name']}"
    if name_in_package != name:
        raise ModuleNotFoundError(f"The package for the model {name} holds {name_in_package}.")
    _multiply_with_numpy(pipeline)
    if level == NAMES:
        return _with_sentences_by_rule(pipeline)
    pipeline.add_pipe("framescope_list_markers", after="parser")
    _index_lemmas(pipeline)
    remember_token_rules(pipeline)
    return pipeline


def _multiply_with_numpy(pipeline: Language) -> None:
    """Let numpy's library multiply matrices on a processor, instead of thinc's (a graphics card keeps its own).

    The annotations are the same, and on processors with wide vectors they take little more than half of the time
    (benchmarks/speed.py).
    """
    numpy_ops = NumpyOps(use_blis=False)
    for _, component in pipeline.pipeline:
        model = getattr(component, "model", None)
        for layer in model.walk() if model is not None else ():
            if layer.ops.name == NumpyOps.name:
                layer.ops = numpy_ops


def _index_lemmas(pipeline: Language) -> None:
    """Let the lemmatizer look forms up in the keys of a dictionary, instead of searching lists of up to 58,000 words.

    The lemmas are the same, and take a quarter of the time.
    """
    if not pipeline.has_pipe("lemmatizer"):
        return
    index = pipeline.get_pipe("lemmatizer").lookups.get_table("lemma_index", {})  # type: ignore[attr-defined]
    for part_of_speech, words in [*index.items()]:
        index[part_of_speech] = dict.fromkeys(words)


def _with_sentences_by_rule(pipeline: Language) -> Language:
    pipeline.add_pipe("sentencizer", first=True)
    pipeline.add_pipe("framescope_list_markers", after="sentencizer")
    return pipeline


@Language.component("framescope_list_markers")
def keep_list_markers(doc: Doc) -> Doc:
    """Keep the marker that begins a list item ("iv.", "2)", "(a)") in the sentence it introduces.

    Sentences of a parser follow its trees, so the roots within the marker become dependents of the item's first root.
    """
    marker = LIST_MARKER.match(doc.text)
    inside = [token for token in doc if marker and token.idx < marker.end()]
    if not doc.has_annotation("DEP"):
        for token in doc[1 : len(inside) + 1] if inside else ():
            token.is_sent_start = False
        return doc
    root = next((token for token in doc[len(inside) :] if token.head == token), None)
    if root is not None and any(token.head == token for token in inside):
        tree = doc.to_array(["HEAD", "DEP"])
        for token in inside:
            if token.head == token:
                tree[token.i] = (root.i - token.i, doc.vocab.strings.add("meta"))
        doc.from_array(["HEAD", "DEP"], tree)  # type: ignore[arg-type]
    return doc
