"""Rates: how often something happens, as "20,000 barrels a day" and "5% a year"."""

from __future__ import annotations

import re
from collections.abc import Iterator

UNIT = re.compile(
    r"(?<=\s)an?\s(hour|day|week|month|year)\b(?!['’-])"
    r"(?!\s(?:later|earlier|ago|after|before|from|of|long|old|hence)\b)"
)
WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?|several|many"
NUMBER = rf"(?:(?!(?:1\d|20)\d\d\s)\b\d[\d.,]*|\b(?:{WORDS}))"
THINGS = r"[\s-](?:percent|per\scent|million|billion|trillion|people|men|women|children|[a-z]{3,}(?<!s)s)"
COUNTED = re.compile(rf"{NUMBER}(?:[\s-][\w-]+){{0,2}}?(?:\s?%|{THINGS})?\s$")
LOOKED_AT = 50


def rates(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and unit of each "a day" that follows a number of things.

    >>> list(rates("It pumps 20,000 barrels a day."))
    [(24, 29, 'day')]
    """
    for match in UNIT.finditer(text):
        if COUNTED.search(text[max(0, match.start() - LOOKED_AT) : match.start()]):
            yield match.start(), match.end(), match[1]
