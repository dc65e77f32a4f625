"""Units that are in no test take no part in what is computed for tests."""

from __future__ import annotations

import warnings

import numpy as np
from compare_frames import study

from framescope.compare.counts.blocks import count_blocks, theme_sets
from framescope.compare.inference.estimators import LogRates
from framescope.compare.inference.pairs import compare_pairs, section_pairs
from framescope.compare.inputs import Testing

LONG = [[{"defence": 2}, {"economy": 1} if i in (2, 7) else {}] for i in range(10)]
OTHER = [[{"economy": 2}, {"defence": 1} if i in (3, 6) else {}] for i in range(10)]


def test_a_section_of_one_block_divides_no_nought_by_nought_and_leaves_the_tested_pair_as_it_is():
    found = {}
    for name, parts in {
        "with": {"01": LONG, "02": OTHER, "03": LONG[:1]},
        "without": {"01": LONG, "02": OTHER},
    }.items():
        counts = count_blocks(study({"a": parts}), theme_sets(["defence", "economy"]))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            effects = np.full((len(counts.words), 1), 2.0)
            compared = compare_pairs(section_pairs(counts), LogRates(), Testing(permutations=199), effects)
        found[name] = compared
    assert found["with"].tested.tolist() == [True, False, False]
    assert np.isnan(found["with"].p[1:]).all()
    assert found["with"].p[0].tolist() == found["without"].p[0].tolist()
