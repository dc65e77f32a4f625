"""Lexicons in JSON and in YAML (the notation of Framescope or quanteda): themes as keys, with terms below them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from framescope.themes.formats.reading import Draft, read_text
from framescope.themes.lexicon import Lexicon

_NULL = "tag:yaml.org,2002:null"
_ROOT = "dictionary"


def read_yaml(path: Path) -> Lexicon:
    """The lexicon of a YAML file in our own notation.

    Raises: LexiconError, with the line, if the file is not a mapping of themes to terms.
    """
    draft = Draft(path.name)
    root = _root(read_text(path), draft)
    if _hangs_below_one_key(root):
        hint = "if it was written for quanteda, say `lexicon_format: quanteda` in config.yaml"
        draft.warn(1, f"every theme stands below {_ROOT!r} and is its part; {hint}")
    _read_mapping(root, (), draft, draft.add)
    return draft.lexicon()


def read_quanteda(path: Path) -> Lexicon:
    """The lexicon of a YAML file written for quanteda, where words in capitals are not operators.

    If the only key at the top is "dictionary", it is not taken as a theme.
    """
    draft = Draft(path.name)
    root = _root(read_text(path), draft)
    if _hangs_below_one_key(root):
        root = root.value[0][1]
    _read_mapping(root, (), draft, draft.add_foreign)
    return draft.lexicon()


def read_json(path: Path) -> Lexicon:
    """The lexicon of a JSON file that is nested like the project's own YAML."""
    draft = Draft(path.name)
    # JSON is valid YAML except for tabs between tokens and the escaped slash.
    text = re.sub(r"(?<!\\)((?:\\\\)*)\\/", r"\1/", read_text(path).replace("\t", " "))
    _read_mapping(_root(text, draft), (), draft, draft.add)
    return draft.lexicon()


def _root(text: str, draft: Draft) -> MappingNode:
    """The file as a tree of mappings, lists and words."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise draft.error(line, f"this cannot be read ({error.problem}); check indentation and quotes") from error
    except yaml.reader.ReaderError as error:
        raise draft.error(1, f"this holds a character that YAML forbids ({error.reason})") from error
    except ValueError as error:
        # The file has a number for a character or a version that does not exist.
        raise draft.error(1, f"this cannot be read ({error}); expected themes with their terms") from error
    if not isinstance(root, MappingNode):
        raise draft.error(1, "expected themes with their terms, such as 'defence: [army, troops]'")
    return root


def _hangs_below_one_key(root: MappingNode) -> bool:
    (key, value), *others = root.value or [(None, None)]
    return not others and getattr(key, "value", None) == _ROOT and isinstance(value, MappingNode)


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _read_mapping(node: MappingNode, path: tuple[str, ...], draft: Draft, add: Callable[[str, str, int], None]) -> None:
    seen: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise draft.error(_line(key), "expected the name of a theme")
        if key.value in seen:
            draft.warn(_line(key), f"the theme {key.value!r} was begun in line {seen[key.value]}; both are kept as one")
        seen.setdefault(key.value, _line(key))
        inner = (*path, key.value)
        _read_value(value, inner, draft.theme(inner, _line(key)), draft, add)


def _read_value(
    node: Node, path: tuple[str, ...], theme: str, draft: Draft, add: Callable[[str, str, int], None]
) -> None:
    draft.grow(1, _line(node))
    if isinstance(node, MappingNode):
        _read_mapping(node, path, draft, add)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            if isinstance(item, SequenceNode):
                raise draft.error(_line(item), f"expected a term of {theme}, found a list inside the list")
            _read_value(item, path, theme, draft, add)
    elif isinstance(node, ScalarNode) and node.tag != _NULL:
        add(theme, node.value, _line(node))
