"""The page of counts says what was counted."""

from __future__ import annotations

from tests.robustness.reliability import Tally, page


def test_the_page_has_a_row_a_kind_with_what_was_lost_and_the_sum():
    counts = Tally()
    counts.add("kills", 3, 3)
    counts.add("kills", 2, 1)
    counts.add("full disks", 1_000, 1_000)
    text = page(counts.rows, {"network": "no rights"}, 120)
    assert "| kills | 5 | 4 | 1 |" in text
    assert "| full disks | 1,000 | 1,000 | 0 |" in text
    assert "| **all** | **1,005** | **1,004** | **1** |" in text
    assert "- network: no rights" in text


def test_counts_of_several_runs_are_joined(tmp_path):
    first, second = Tally(seconds=1), Tally(seconds=2)
    first.add("kills", 3, 3)
    second.add("kills", 2, 1)
    first.join(second)
    assert (first.rows, first.seconds) == ({"kills": [5, 4]}, 3)
