"""What a figure is, and how a function that draws one declares it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

Draw = Callable[[Mapping[str, pd.DataFrame]], Any]


@dataclass(frozen=True)
class Figure:
    """A figure: its name in files, its title, how to read it, the tables behind it, and what draws it.

    `draw` takes tables by name and gives a chart, or None where these have no rows for it.
    """

    name: str
    title: str
    caption: str
    tables: tuple[str, ...]
    draw: Draw


DECLARED: list[Figure] = []


def figure(name: str, title: str, caption: str, tables: tuple[str, ...]) -> Callable[[Draw], Draw]:
    """Declare that the decorated function draws a figure of the report.

    The name has to be written out, as `figure_names` reads it where no module is loaded.
    """

    def declare(draw: Draw) -> Draw:
        DECLARED.append(Figure(name, title, caption, tables, draw))
        return draw

    return declare


def figure_names(folder: Path = Path(__file__).parent) -> list[str]:
    """The names of all figures, read from the modules that draw them, whose libraries take long to load.

    >>> "heat-map" in figure_names()
    True
    """
    trees = (ast.parse(path.read_bytes()) for path in sorted(folder.glob("*_figures.py")))
    return [name for tree in trees for name in _declared(tree)]


def _declared(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        for call in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == figure.__name__:
                yield str(ast.literal_eval(call.args[0]))
