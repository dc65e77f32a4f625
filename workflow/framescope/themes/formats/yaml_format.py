"""Lexicons in YAML, ours and quanteda's: themes as keys, terms and further themes as lists or mappings below them."""

from __future__ import annotations

from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from framescope.themes.formats.reading import Draft, read_text
from framescope.themes.lexicon import Lexicon


def read_yaml(path: Path) -> Lexicon:
    """The lexicon of a YAML file; JSON with the same nesting is read as well, since YAML contains it.

    Raises LexiconError with the line where the file is no mapping of themes.
    """
    draft = Draft(path.name)
    try:
        root = yaml.compose(read_text(path), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise draft.error(
            line, f"this is not valid YAML ({error.problem}); check indentation and quotation marks"
        ) from error
    if not isinstance(root, MappingNode):
        raise draft.error(1, "expected themes with their terms, such as 'defence: [army, troops]'")
    _read_mapping(root, (), draft)
    return draft.lexicon()


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _read_mapping(node: MappingNode, path: tuple[str, ...], draft: Draft) -> None:
    seen: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise draft.error(_line(key), "expected the name of a theme")
        if key.value in seen:
            draft.warn(
                _line(key),
                f"the theme {key.value!r} stands here again (first in line {seen[key.value]}); both are kept as one",
            )
        seen.setdefault(key.value, _line(key))
        inner = (*path, key.value)
        draft.theme(inner, _line(key))
        _read_value(value, inner, draft)


def _read_value(node: Node, path: tuple[str, ...], draft: Draft) -> None:
    if isinstance(node, MappingNode):
        _read_mapping(node, path, draft)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            _read_value(item, path, draft)
    elif isinstance(node, ScalarNode) and node.tag != "tag:yaml.org,2002:null":
        draft.add(".".join(name.strip().replace(".", "_") for name in path), node.value, _line(node))
