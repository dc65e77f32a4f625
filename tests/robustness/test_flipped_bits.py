"""A bit that turns in a stored file costs making it anew, never a wrong number."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.robustness.trying import long, recovered, same

STAGES = ("text", "counts", "model", "names", "measures", "matches")
OBJECTS = {f"objects of the cache: {stage}": f"cache/{stage}/*.sqlite" for stage in STAGES}
OUTPUTS = {
    "texts (JSON lines)": "text/*.jsonl",
    "annotated texts (spaCy)": "annotated/*.spacy",
    "measures (Parquet)": "measures/*.parquet",
    "tables (CSV)": "tables/*.csv",
}


def flip(path: Path, chance: random.Random) -> None:
    """Turn one bit of a file, or cut it short, and leave its date as it was, as a bad disk does."""
    data, when = bytearray(path.read_bytes()), path.stat()
    if chance.random() < 0.2:
        data = data[: chance.randrange(len(data))]
    else:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    os.utime(path, ns=(when.st_atime_ns, when.st_mtime_ns))


def flip_object(path: Path, chance: random.Random) -> None:
    """Turn one bit of an object in a file of the cache."""
    with closing(sqlite3.connect(path, autocommit=True)) as objects:
        key, data = chance.choice(objects.execute("SELECT key, data FROM objects ORDER BY key").fetchall())
        flipped = bytearray(data)
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        objects.execute("UPDATE objects SET data = ? WHERE key = ?", (bytes(flipped), key))


@long
def test_flipped_bits_in_every_stored_file_are_named_and_change_no_result(study, finished, tally):
    chance = random.Random(5)
    results = study / "results"
    files = {kind: sorted(results.glob(pattern)) for kind, pattern in {**OBJECTS, **OUTPUTS}.items()}
    for kind, paths in files.items():
        for path in paths:
            (flip_object if kind in OBJECTS else flip)(path, chance)
    said = recovered(study)
    logged = "".join(path.read_text(encoding="utf-8") for path in results.glob("logs/**/*.log"))
    equal = same(study, finished)
    missed = []
    for kind, paths in files.items():
        told, words = (logged, "is damaged; it is made anew") if kind in OBJECTS else (said, "and is made anew.")
        named = {line.partition(":")[0] for line in told.splitlines() if line.endswith(words)}
        unnamed = [path.name for path in paths if str(path.relative_to(study)) not in named]
        tally.add(f"flipped bits in {kind}", len(paths), len(paths) - len(unnamed) if equal else 0)
        missed += unnamed
    assert all(files.values())
    assert missed == []
    assert equal
