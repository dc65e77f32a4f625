"""The spaCy pipeline that annotates, loaded by its name."""

from __future__ import annotations

import re

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from framescope.annotate.model_files import model_path

LIST_MARKER = re.compile(r"\(?(?:[ivxlc]{1,5}|[a-z]|\d{1,3})[.)]\s+", re.IGNORECASE)


def load_model(name: str = "en_core_web_md") -> Language:
    """The pipeline with this name, from the first installed package that provides it.

    Raises ModuleNotFoundError naming the packages that would, where none is installed.
    """
    pipeline = spacy.load(model_path(name))
    name_in_package = f"{pipeline.meta['lang']}_{pipeline.meta['name']}"
    if name_in_package != name:
        raise ModuleNotFoundError(f"The package for the model {name} holds {name_in_package}.")
    pipeline.add_pipe("framescope_list_markers", after="parser")
    return pipeline


@Language.component("framescope_list_markers")
def keep_list_markers(doc: Doc) -> Doc:
    """Keep the marker that begins a list item ("iv.", "2)", "(a)") in the sentence it introduces.

    Sentences follow the parser's trees, so the roots within the marker become dependents of the item's first root.
    """
    marker = LIST_MARKER.match(doc.text)
    inside = [token for token in doc if marker and token.idx < marker.end()]
    root = next((token for token in doc[len(inside) :] if token.head == token), None)
    if root is not None and any(token.head == token for token in inside):
        tree = doc.to_array(["HEAD", "DEP"])
        for token in inside:
            if token.head == token:
                tree[token.i] = (root.i - token.i, doc.vocab.strings.add("meta"))
        doc.from_array(["HEAD", "DEP"], tree)  # type: ignore[arg-type]
    return doc
