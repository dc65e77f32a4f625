"""Framescope: reproducible framing analysis of policy texts."""

from __future__ import annotations

from importlib import import_module
from typing import Any

VERSION = "0.1.0"
PUBLIC = ("compare_sections", "find_dates", "load_lexicon", "load_model", "read", "tally")


def __getattr__(name: str) -> Any:
    # Loaded when asked for: a rule that only reads the study must not wait for language models and parsers.
    if name in PUBLIC:
        return getattr(import_module("framescope.public"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *PUBLIC])
