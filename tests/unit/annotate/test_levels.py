"""A study that is not fully annotated says so, and what it lacks."""

from framescope.annotate.levels import LACKS, what_is_missing
from framescope.defaults import config_schema


def test_every_level_of_the_configuration_says_what_it_lacks_and_only_full_lacks_nothing():
    levels = config_schema()["properties"]["annotate"]["enum"]
    assert set(levels) == set(LACKS)
    assert [level for level in levels if not what_is_missing(level)] == ["full"]
