"""Inputs changed at random are read, or refused in the declared way; seconds here, an hour by `fuzz.py` itself."""

from __future__ import annotations

import pytest
from tests.robustness.fuzz import LEXICONS, TARGETS, fuzz
from tests.robustness.trying import FULL

from framescope.themes.formats import load_lexicon

SECONDS = 6 if FULL else 2


@pytest.mark.parametrize("target", TARGETS)
def test_no_changed_input_ends_in_an_undeclared_error(target, tally):
    found = fuzz(target, SECONDS, seed=12)
    tally.add(f"fuzzed inputs: {target}", found.tried, found.tried - found.wrong)
    assert found.tried > 0
    assert found.kinds == {}


@pytest.mark.parametrize("format", LEXICONS)
def test_every_seed_of_a_lexicon_is_read_whole_before_it_is_changed(format, tmp_path):
    path = tmp_path / f"lexicon.{format}"
    path.write_text(LEXICONS[format], encoding="utf-8")
    lexicon = load_lexicon(path, format=format)
    assert len(lexicon.counted_terms) >= 2
    assert not [warning for warning in lexicon.warnings if "left out" in warning]
