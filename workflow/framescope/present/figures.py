"""The description of a figure, and the decorator by which a function that draws one declares it."""

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
    """A figure: its file name, its title, a caption on how to read it, the tables it needs, its function, and its view.

    `view` is the view of the report that shows the figure; if it is empty, that of the first of its tables. `draw`
    takes tables by name and returns a chart, or None if the tables have no rows for it.
    """

    name: str
    title: str
    caption: str
    tables: tuple[str, ...]
    draw: Draw
    view: str = ""


DECLARED: list[Figure] = []


def figure(name: str, title: str, caption: str, tables: tuple[str, ...], view: str = "") -> Callable[[Draw], Draw]:
    """Declare that the decorated function draws a figure of the report.

    Name, title and caption must be literal strings, because `declared_figures` reads them without importing the module.
    """

    def declare(draw: Draw) -> Draw:
        DECLARED.append(Figure(name, title, caption, tables, draw, view))
        return draw

    return declare


def declared_figures(folder: Path = Path(__file__).parent) -> dict[str, tuple[str, str]]:
    """Title and caption of all figures by name, read from the source of the modules, which are slow to import.

    >>> declared_figures()["heat-map"][0]
    'Themes by section'
    """
    trees = (ast.parse(path.read_bytes()) for path in sorted(folder.glob("*_figures.py")))
    return {name: (title, caption) for tree in trees for name, title, caption in _declared(tree)}


def _declared(tree: ast.Module) -> Iterator[list[str]]:
    for node in tree.body:
        for call in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == figure.__name__:
                yield [ast.literal_eval(argument) for argument in call.args[:3]]
