"""Lexicons as text: in our own YAML, and in quanteda's with what it cannot say left out and named."""

from __future__ import annotations

from typing import Any

import yaml

from framescope.themes.lexicon import Lexicon
from framescope.themes.terms import Term


def to_yaml(lexicon: Lexicon) -> str:
    """The lexicon in our own YAML; reading it gives the same lexicon but for weights, which YAML does not carry."""
    return _dump(_mapping(lexicon, "", lambda term: term.text))


def to_quanteda(lexicon: Lexicon) -> tuple[str, list[str]]:
    """The lexicon in quanteda's YAML, and a warning for each term that quanteda has no way to say.

    A theme that has terms and children holds its own terms in a child of its own name. Look it up in tokens made with
    `split_hyphens = TRUE`, with `nested_scope = "dictionary"`.
    """
    warnings: list[str] = []

    def write(term: Term) -> str | None:
        plain = not term.exclusion and not term.conditions and not any(word.lemma or word.part for word in term.phrase)
        if not plain:
            warnings.append(
                f"{term.text}: quanteda's dictionaries know no rules, exclusions, lemmas or parts of speech"
            )
            return None
        return " ".join(word.glob for word in term.phrase)

    nested = _mapping(lexicon, "", write)
    return _dump({theme: _separate(theme, value) for theme, value in nested.items()}), warnings


def _mapping(lexicon: Lexicon, parent: str, write: Any) -> dict[str, Any]:
    """Themes below a parent, each as a list of its terms followed by mappings of its children."""
    result: dict[str, Any] = {}
    for theme in lexicon.entries:
        if theme.path.rpartition(".")[0] == parent:
            terms = [text for text in map(write, theme.terms) if text is not None]
            children = _mapping(lexicon, theme.path, write)
            result[theme.path.rpartition(".")[2]] = terms + [{name: value} for name, value in children.items()]
    return result


def _separate(name: str, value: list[Any]) -> Any:
    terms = [item for item in value if isinstance(item, str)]
    children = {key: _separate(key, inner) for item in value if isinstance(item, dict) for key, inner in item.items()}
    if not children:
        return terms
    return {**({name: terms} if terms else {}), **children}


def _dump(value: dict[str, Any]) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=120)
