"""Bad sources cost themselves and nothing else."""

from __future__ import annotations

import csv

from tests.conftest import tables
from tests.robustness.bad_sources import hundred
from tests.robustness.trying import fresh, long, recovered

# What tells of the skipped sources themselves.
OF_SKIPPED = {"tables/skipped.csv"}


@long
def test_a_hundred_bad_sources_are_refused_with_cause_and_remedy_and_change_no_number_of_the_good_ones(
    finished, tmp_path, tally
):
    study = fresh(tmp_path / "study")
    bad = hundred()
    for name, data in bad.items():
        (study / "raw" / name).write_bytes(data)
    recovered(study, "results/findings.md", "results/provenance.json")
    with (study / "results" / "tables" / "skipped.csv").open(encoding="utf-8", newline="") as stream:
        skipped = {row["file"].removeprefix("raw/"): row for row in csv.DictReader(stream)}
    refused = [name for name in bad if name in skipped and skipped[name]["reason"] and skipped[name]["remedy"]]
    tally.add("bad sources among good ones, each refused with cause and remedy", len(bad), len(refused))
    mixed, alone = tables(study), tables(finished)
    equal = [name for name in alone if name not in OF_SKIPPED and mixed[name] == alone[name]]
    tally.add("tables of the good sources, equal with and without a hundred bad ones", len(alone) - 1, len(equal))
    assert len(bad) == 100
    assert sorted(set(bad) - set(refused)) == []
    assert sorted(set(alone) - set(equal) - OF_SKIPPED) == []
    assert (study / "results" / "findings.md").read_bytes() == (finished / "results" / "findings.md").read_bytes()
