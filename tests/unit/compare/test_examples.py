from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = ["blocks", "cooccurrence", "families", "intervals", "keyness", "measures", "permutation", "shifts"]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_the_docstrings_come_out_as_they_say(module: str):
    found = doctest.testmod(importlib.import_module(f"framescope.compare.{module}"))
    assert found.attempted > 0
    assert found.failed == 0
