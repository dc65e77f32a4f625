"""No sentence of a plain text is lost, however the text is set."""

import pytest
from benchmarks.odd_texts.made import COMBINED, made
from benchmarks.odd_texts.places import lost_words, places, reading
from benchmarks.odd_texts.writer import SHAPES

SEEDS = range(8)
# Lines without a full stop that stand alone may be read as headings, and a short refrain as a running head.
LEAST_IN_BODY = {"fragments": 0.75, "refrain at page ends": 0.95}


@pytest.mark.parametrize("shape", [*SHAPES, *COMBINED])
def test_every_word_is_somewhere_in_the_reading_and_nearly_every_sentence_is_in_its_body(shape):
    found = []
    for seed in SEEDS:
        odd = made(shape, seed)
        content = reading(odd)
        assert not lost_words(odd.text, content)
        found += places(odd, content)
    assert found.count("body") >= LEAST_IN_BODY.get(shape, 0.98) * len(found)
