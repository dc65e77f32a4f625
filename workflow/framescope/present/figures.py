"""The description of a figure, what drawing one gives, and the decorator by which a function that draws declares it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from framescope.compare.inputs import CONFIDENCE, DEFAULT_CONTRASTS


@dataclass(frozen=True)
class Settings:
    """The keys of config.yaml that figures show: contrasts, confidence, and theme_colours by theme."""

    contrasts: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS
    confidence: float = CONFIDENCE
    theme_colours: Mapping[str, str] = field(default_factory=dict)

    @property
    def interval(self) -> str:
        """What an interval means, as a sentence."""
        percent = f"{100 * self.confidence:g} %"
        return f"Intervals are {percent} ones for what the same author might have written in other paragraphs."


@dataclass(frozen=True)
class Drawing:
    """One drawing of a figure.

    `chart` is an Altair chart. `rows` are the values it shows, under names for readers. `claim` says in a sentence what
    it shows in this study, and `note` how much it shows: numbers, what is left out, what an interval means. `option` is
    what a reader chooses to see this drawing, if the figure offers a choice.
    """

    chart: Any
    rows: pd.DataFrame
    claim: str
    note: str = ""
    option: str = ""


Draw = Callable[[Mapping[str, pd.DataFrame], Settings], list[Drawing]]


@dataclass(frozen=True)
class Figure:
    """A figure: its file name, its title, a caption on how to read it, the tables it needs, its function, its view, and
    what readers choose.

    `view` is the view of the report that shows the figure; if it is empty, that of the first of its tables. `choice` is
    the label of the list from which readers choose one of its drawings. `draw` takes tables by name and the settings of
    the study, and returns a drawing for each choice, none if the tables have no rows for the figure.
    """

    name: str
    title: str
    caption: str
    tables: tuple[str, ...]
    draw: Draw
    view: str = ""
    choice: str = ""


DECLARED: list[Figure] = []


def figure(
    name: str, title: str, caption: str, tables: tuple[str, ...], view: str = "", choice: str = ""
) -> Callable[[Draw], Draw]:
    """Declare that the decorated function draws a figure of the report.

    Name, title and caption must be literal strings, because `declared_figures` reads them without importing the module.
    """

    def declare(draw: Draw) -> Draw:
        DECLARED.append(Figure(name, title, caption, tables, draw, view, choice))
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
