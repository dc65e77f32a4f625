"""A bit that turns in a stored object costs making it anew, never a wrong number."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from tests.conftest import finish
from tests.robustness.trying import long, same

from framescope import cache

STAGES = ("text", "model", "names")


def flip(path: Path, chance: random.Random) -> None:
    """Turn one bit of a file, or cut it short."""
    data = bytearray(path.read_bytes())
    if chance.random() < 0.2:
        data = data[: chance.randrange(len(data))]
    else:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


@long
@pytest.mark.skipif(not hasattr(cache, "SEAL_BYTES"), reason="to follow: objects of the cache carry no checksum yet")
def test_flipped_bits_in_every_object_of_the_cache_change_no_result(study, finished, tally):
    chance = random.Random(5)
    objects = {stage: sorted(study.glob(f"results/cache/{stage}/??/*")) for stage in STAGES}
    for path in (path for stage in STAGES for path in objects[stage]):
        flip(path, chance)
    for made in ("text", "annotated"):
        shutil.rmtree(study / "results" / made)
    finish(study)
    equal = same(study, finished)
    for stage in STAGES:
        tally.add(f"flipped bits in stored objects: {stage}", len(objects[stage]), len(objects[stage]) if equal else 0)
    assert all(objects.values())
    assert equal
