"""Headings in capitals that a dump prints in the line of the paragraph below them: "OUR AIMS As I said, ..."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from framescope.extract.pages.headings import PERSON, strong_heading
from framescope.extract.pages.lines import Line

# Three words or more in capitals, after which a sentence begins.
RUN_IN = re.compile(
    r"((?:[A-Z][A-Z.,:;&/'’-]*\s+|[&–—-]\s+){2,14}?[A-Z][A-Z'’]{2,})\s+(?=(?:[A-Z][a-z'’]|[AI]\s+[a-z])[^A-Z]{8})"
)
FEWEST = 3


def with_headings_apart(lines: Sequence[Line]) -> list[Line]:
    """Lines in which such a heading is a line of its own, if the text has at least three that differ.

    Words in capitals that recur name speakers or places.
    """
    found = {i: m for i, line in enumerate(lines) if line.gap != 0.0 and (m := RUN_IN.match(line.text))}
    times = Counter(match[1] for match in found.values())
    heads = {
        i: match
        for i, match in found.items()
        if times[match[1]] == 1 and strong_heading(match[1]) and not PERSON.match(match[1])
    }
    if len(heads) < FEWEST:
        return list(lines)
    result: list[Line] = []
    for i, line in enumerate(lines):
        match = heads.get(i)
        if match is None:
            result.append(line)
            continue
        result.append(replace(line, text=match[1], right=line.left + len(match[1]), cells=()))
        rest = line.text[match.end() :]
        result.append(replace(line, text=rest, right=line.left + len(rest), gap=1.0, cells=()))
    return result
