"""The notation of the grammar: rules over kinds of nodes, applied as a cascade of rewrites.

A pattern names kinds of nodes, in a regular expression's notation with spaces between them: "day:number of? month
year:year" is a number, perhaps "of", a month and a year, two of which the action receives by name. Each kind is one
character, so that a pattern runs over a string of kinds at the speed of `re`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

NAME = re.compile(r"(?:(\w+):)?(\w+)")
FIRST_KIND = 0x4E00


@dataclass(slots=True)
class Node:
    """A token, or a phrase that a rule has read: its kind (one character), its place in the text and its meaning."""

    kind: str
    start: int
    end: int
    value: Any = None


class Kinds:
    """Names for kinds of nodes and for sets of kinds."""

    def __init__(self) -> None:
        self._members: dict[str, str] = {}

    def add(self, name: str) -> str:
        """The character of a kind, new on first use."""
        return self._members.setdefault(name, chr(FIRST_KIND + len(self._members)))

    def unite(self, name: str, *members: str) -> None:
        """Name a set of kinds or of sets."""
        self._members[name] = "".join(dict.fromkeys("".join(self._members[member] for member in members)))

    def __getitem__(self, name: str) -> str:
        return self._members[name]

    def pattern(self, notation: str) -> str:
        """The regular expression of a notation, over strings of kinds."""

        def character(match: re.Match[str]) -> str:
            members = self._members[match[2]]
            one = members if len(members) == 1 else f"[{members}]"
            return f"(?P<{match[1]}>{one})" if match[1] else one

        return NAME.sub(character, notation).replace(" ", "")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, the kind of node that a match becomes, and the action that computes its meaning.

    The action receives the values of the named nodes; it returns None if the match is no such phrase after all.
    """

    notation: str
    makes: str
    action: Callable[..., Any]


class Grammar:
    """Rules tried in order at each position from the left; the first whose action gives a meaning is applied."""

    def __init__(self, kinds: Kinds, rules: Iterable[Rule]) -> None:
        self._rules = [(re.compile(kinds.pattern(rule.notation)), kinds[rule.makes], rule.action) for rule in rules]
        # One expression without groups searches fast; one with a group for each rule says which rule matched first.
        alternatives = [re.sub(r"\((?:\?P<\w+>|(?!\?))", "(?:", pattern.pattern) for pattern, _, _ in self._rules]
        self._any = re.compile("|".join(f"(?:{pattern})" for pattern in alternatives))
        self._which = re.compile("|".join(f"({pattern})" for pattern in alternatives))

    def rewrite(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The nodes, with each phrase that a rule reads replaced by a single node."""
        kinds = "".join([node.kind for node in nodes])
        match = self._any.search(kinds)
        if not match:
            return nodes
        out: list[Node] = []
        done = 0
        while match:
            at = match.start()
            phrase, stop = self._read(nodes, kinds, at)
            if phrase:
                out.extend(nodes[done:at])
                out.append(phrase)
                done = stop
            match = self._any.search(kinds, stop)
        out.extend(nodes[done:])
        return out

    def _read(self, nodes: Sequence[Node], kinds: str, at: int) -> tuple[Node | None, int]:
        which = self._which.match(kinds, at)
        first = which.lastindex - 1 if which and which.lastindex else 0
        for pattern, makes, action in self._rules[first:]:
            match = pattern.match(kinds, at)
            if match:
                places = [(name, match.start(name)) for name in pattern.groupindex]
                value = action(**{name: nodes[place].value for name, place in places if place >= 0})
                if value is not None:
                    return Node(makes, nodes[at].start, nodes[match.end() - 1].end, value), match.end()
        return None, at + 1
