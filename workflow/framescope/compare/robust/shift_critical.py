"""Critical values of differences that were established by shifts, under any way of counting."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from framescope.compare.counts.blocks import Array, count_sentences
from framescope.compare.inference.measures import LogOdds, LogRates
from framescope.compare.inference.shifts import shift_tests
from framescope.compare.robust.established import Finding
from framescope.compare.robust.variations import Variation


def shift_critical(
    found: Sequence[Finding],
    variation: Variation,
    sets: Mapping[str, Sequence[str]],
    columns: Mapping[tuple[bool, str], Sequence[int]],
    confidence: float,
) -> Array:
    """How many standard errors the interval of each finding by shifts reaches, not a number for the others.

    `columns` gives the places in `sets` of a measure: two sides of a contrast or one theme.
    """
    critical = np.full(len(found), np.nan)
    by_document: dict[str, dict[bool, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, finding in enumerate(found):
        if finding.inference == "shift":
            by_document[finding.identity.document][finding.contrast].append(number)
    if not by_document:
        return critical
    sentences, hits = (
        table[table["document"].astype(str).isin(by_document)]
        for table in (variation.tables.sentences, variation.tables.hits)
    )
    text = count_sentences(dataclasses.replace(variation.tables, sentences=sentences, hits=hits), sets)
    counted, length = (text.sentences_with_hit, text.sentences) if variation.by_sentences else (text.hits, text.words)
    section = text.blocks["section"].to_numpy(dtype=object)
    # As in the tests themselves, an abstract is no part of the text that sections are moved round.
    kept = text.blocks[text.blocks["role"] != "abstract"]
    for document, index in kept.groupby("document", sort=False).groups.items():
        rows = index.to_numpy(np.int64)
        for contrast, numbers in by_document[str(document)].items():
            own = [found[number].identity for number in numbers]
            names = list(dict.fromkeys(named.measure for named in own))
            pairs = list(dict.fromkeys((named.unit_a, named.unit_b) for named in own))
            chosen = [column for name in names for column in columns[contrast, name]]
            part = dataclasses.replace(text, words=length[rows], hits=counted[np.ix_(rows, chosen)])
            measure = LogOdds() if contrast else LogRates()
            tests = shift_tests(measure.tallies(part), section[rows], pairs, measure, confidence)
            critical[numbers] = [
                tests.critical[pairs.index((named.unit_a, named.unit_b)), names.index(named.measure)] for named in own
            ]
    return critical
