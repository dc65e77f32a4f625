"""The worked examples in docstrings: all come out as they say, and no measure of a table is without one."""

from __future__ import annotations

import doctest
import importlib
import inspect
import re
from pathlib import Path

import pytest

import framescope
from framescope.table_schemas import table_schemas

PACKAGE = Path(framescope.__file__).parent

# Measures on which those of the tables stand.
BEHIND = (
    "compare.coders.accuracy.effective_size",
    "compare.inference.families.attainable",
    "compare.inference.estimators.LogRates.estimates",
    "compare.inference.permutation.beyond",
    "compare.inference.tails.fit_tail",
    "compare.inference.tails.misfit",
    "compare.inference.tails.tail_p",
    "compare.counts.weights.scaled_weights",
    "compare.coders.sampling.allocate",
    "compare.coders.sampling.sentences_needed",
    "compare.inference.intervals.dispersion",
    "compare.inference.intervals.pooled_dispersion",
    "compare.inference.runs.design_effects",
    "compare.inference.runs.section_effects",
)
MEASURES = sorted({*BEHIND, *(name for table in table_schemas().values() for name in table.measures)})
# Numbers that are lengths and not measures.
LENGTHS = {"timeline.years"}
SOURCE = re.compile(r"\b(1[89]|20)\d\d\b|\bours\b")


def with_examples() -> list[str]:
    paths = sorted(path for path in PACKAGE.rglob("*.py") if ">>> " in path.read_text(encoding="utf-8"))
    return [".".join(path.relative_to(PACKAGE).with_suffix("").parts) for path in paths]


def module_of(measure: str) -> str:
    """The longest beginning of a measure's name that is a module."""
    parts = measure.split(".")
    while not PACKAGE.joinpath(*parts).with_suffix(".py").exists():
        parts.pop()
    return ".".join(parts)


def descriptions(measure: str) -> list[str]:
    """The docstrings, without examples, of the module, the class if there is one, and the measure itself."""
    piece = importlib.import_module(f"framescope.{module_of(measure)}")
    found = [piece]
    for name in measure.removeprefix(f"{module_of(measure)}.").split("."):
        piece = getattr(piece, name)
        found.append(piece)
    return [(inspect.getdoc(each) or "").partition(">>>")[0] for each in found]


@pytest.mark.parametrize("module", with_examples())
def test_the_examples_in_the_docstrings_come_out_as_they_say(module: str):
    found = doctest.testmod(importlib.import_module(f"framescope.{module}"))
    assert found.attempted > 0
    assert found.failed == 0


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_a_worked_example(measure: str):
    module = importlib.import_module(f"framescope.{module_of(measure)}")
    examples = {found.name: found.examples for found in doctest.DocTestFinder().find(module)}
    assert any(example.want for example in examples.get(f"framescope.{measure}", []))


def test_every_number_of_a_table_is_a_measure_with_a_worked_example():
    without = {
        f"{table.name}.{name}"
        for table in table_schemas().values()
        for name, column in table.columns.items()
        if column.type == "number" and not column.measures
    }
    assert without == LENGTHS


def test_every_measure_names_its_source_or_says_that_it_is_ours():
    assert [name for name in MEASURES if not any(map(SOURCE.search, descriptions(name)))] == []
