"""Lexicons of WordStat (.cat): categories nested by indentation, words with weights in brackets, proximity rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from framescope.themes.formats.reading import Draft, read_text
from framescope.themes.lexicon import Lexicon

_WEIGHTED = re.compile(r"^(?P<text>.*?)\s*\((?P<weight>[+-]?\d+(?:[.,]\d+)?)\)$")
_OPTION = r"(?:\s+/\s*(?P<{0}unit>[SPC]?)\s*(?P<{0}distance>\d*))?"
_RULE = re.compile(
    r"^@(?P<name>[^\[\]]*?)\s*\[\s*(?P<head>\S+)\s+(?P<operator>(?:(?:AND\s+)?NOT\s+)?(?:NEAR|BEFORE|AFTER)|AND(?:\s+NOT)?)"
    + _OPTION.format("inner_")
    + r"\s+(?P<partner>[^\s/]+)"
    + _OPTION.format("outer_")
    + r"\s*\]$",
    re.IGNORECASE,
)


@dataclass
class _Node:
    line: int
    text: str
    weight: float | None
    children: list[_Node] = field(default_factory=list)


def read_cat(path: Path) -> Lexicon:
    """The lexicon of a WordStat .cat file: underscores join the words of a phrase, "(0.25)" is a weight.

    A rule such as `@NAME [SALE NEAR #WEAPONS /S5]` becomes a condition; #WEAPONS stands for the words of that category.
    Rules about paragraphs and cases are left out, with a warning.
    """
    draft = Draft(path.name)
    top = _tree(read_text(path))
    words: dict[str, list[str]] = {}
    _gather(top.children, words)
    for node in top.children:
        _read(node, (), words, draft)
    return draft.lexicon()


def _tree(text: str) -> _Node:
    top = _Node(0, "", None)
    open_nodes: list[tuple[int, _Node]] = [(-1, top)]
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        weighted = _WEIGHTED.match(line.strip())
        weight = float(weighted["weight"].replace(",", ".")) if weighted else None
        node = _Node(number, weighted["text"] if weighted else line.strip(), weight)
        while open_nodes[-1][0] >= indent:
            open_nodes.pop()
        open_nodes[-1][1].children.append(node)
        open_nodes.append((indent, node))
    return top


def _is_category(node: _Node, path: tuple[str, ...]) -> bool:
    return bool(node.children) or (node.weight is None and not path)


def _gather(nodes: list[_Node], words: dict[str, list[str]]) -> list[str]:
    """The plain words below some nodes; they are also stored under the name of each category."""
    gathered: list[str] = []
    for node in nodes:
        if node.children:
            inner = _gather(node.children, words)
            words.setdefault(node.text.lower(), []).extend(inner)
            gathered += inner
        elif not node.text.startswith("@"):
            gathered.append(_plain(node.text))
    return gathered


def _plain(text: str) -> str:
    return text.replace("_", " ").strip().lower()


def _read(node: _Node, path: tuple[str, ...], words: dict[str, list[str]], draft: Draft) -> None:
    if _is_category(node, path):
        inner = (*path, node.text)
        draft.theme(inner, node.line)
        for child in node.children:
            _read(child, inner, words, draft)
        return
    theme = ".".join(name.strip().replace(".", "_") for name in path)
    weight = 1.0 if node.weight is None else node.weight
    if not path:
        draft.warn(node.line, f"{node.text!r} stands in no category and is left out")
    elif node.text.startswith("@"):
        _read_rule(node, theme, weight, words, draft)
    else:
        draft.add_foreign(theme, _plain(node.text), node.line, weight)


def _read_rule(node: _Node, theme: str, weight: float, words: dict[str, list[str]], draft: Draft) -> None:
    rule = _RULE.match(node.text)
    unit = (rule["inner_unit"] or rule["outer_unit"] or "S").upper() if rule else ""
    if rule is None or unit != "S":
        draft.warn(node.line, f"the rule {node.text!r} says more than words near each other; it is left out")
        return
    words_of = rule["operator"].upper().split()
    direction = next((word for word in words_of if word in ("NEAR", "BEFORE", "AFTER")), "NEAR")
    distance = rule["inner_distance"] or rule["outer_distance"]
    operator = ("NOT " if "NOT" in words_of else "") + direction + (f"/{distance}" if distance else "")

    def choices(text: str) -> list[str]:
        return words.get(text[1:].lower(), []) if text.startswith("#") else [_plain(text)]

    heads, partners = choices(rule["head"]), choices(rule["partner"])
    if not heads or not partners:
        draft.warn(node.line, f"the rule {node.text!r} names a category without words; it is left out")
    draft.grow(len(heads) * sum(map(len, partners)), node.line)
    for head in heads if partners else []:
        draft.add(theme, f"{head} {operator} {' OR '.join(partners)}", node.line, weight)
