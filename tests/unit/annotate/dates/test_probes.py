"""Sentences by kind of expression, with every date that is to be found in them: probes.csv and traps.csv."""

import csv
from itertools import groupby
from pathlib import Path

import pytest

from framescope.annotate.dates import find_dates


def read(name):
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


PROBES = {key: list(rows) for key, rows in groupby(read("probes.csv"), lambda row: (row["sentence"], row["published"]))}
TRAPS = read("traps.csv")


@pytest.mark.parametrize(("sentence", "published"), PROBES)
def test_a_sentence_has_exactly_the_dates_written_down_for_it(sentence, published):
    expected = [
        (row["text"], row["type"], row["first"], row["last"], bool(row["citation"]))
        for row in PROBES[sentence, published]
    ]
    found = find_dates(sentence, published or None)
    assert [(date.text, date.type, date.first or "", date.last or "", date.citation) for date in found] == expected


@pytest.mark.parametrize(
    "sentence", sorted({row["sentence"] for row in read("probes.csv") if row["kind"] == "direction"})
)
def test_without_a_publication_no_clause_gives_a_date_its_year(sentence):
    assert [date.text for date in find_dates(sentence) if date.first or date.last] == []


@pytest.mark.parametrize("trap", TRAPS, ids=[row["sentence"] for row in TRAPS])
def test_numbers_and_names_that_are_no_dates_give_no_interval(trap):
    assert [date.text for date in find_dates(trap["sentence"], "2019-06-01") if date.first or date.last] == []
