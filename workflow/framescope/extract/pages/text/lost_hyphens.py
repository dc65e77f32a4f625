"""Hyphens of compounds that a dump lost where it joined two printed lines, as in "AngloRussian".

Such a dump has hardly a line that ends with a hyphen, and it often prints the two lines as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from framescope.extract.pages.lines import Line

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# "AngloRussian", "postSoviet"; but neither "McMahon" nor "iPhone".
CAPITAL_INSIDE = re.compile(r"\b([^\W\d_]{3,})(?<=[^\W\d_A-Z])([A-Z][^\W\d_A-Z]{2,})(?:-|\b)")
SELF = re.compile(r"\b(self|well)([a-z]{5,})\b", re.IGNORECASE)
# The rest of a compound of three, "Balanceof-power".
OF = re.compile(r"\b([^\W\d_]{3,}?)((?:and|by|for|in|of|the|to)-[^\W\d_]{3,})\b")
# Words that occur before a hyphen even if the text has them nowhere else.
HEADS = re.compile(
    "self|well|post|non|anti|pro|anglo|indo|sino|franco|russo|soviet|afro|euro|austro|gr(?:ae|e)co|luso|hispano|italo"
    "|turco",
    re.IGNORECASE,
)
FEWEST_LINES, MOST_HYPHENS = 20, 0.01
# Lines of at least this part of the usual length beyond the usual are two lines.
LONGER = 1.2


def with_lost_hyphens(lines: Sequence[Line]) -> list[Line]:
    """Lines with the hyphens of compounds whose parts the text has as words, and which it never prints otherwise."""
    hyphens = sum(bool(re.search(r"[^\W\d_]-$", line.text)) for line in lines)
    if len(lines) < FEWEST_LINES or hyphens > MOST_HYPHENS * len(lines):
        return list(lines)
    words = Counter(word.casefold() for line in lines for word in WORD.findall(line.text))
    halves = {part for word in words if "-" in word for part in word.split("-")}
    lengths = sorted(len(line.text) for line in lines)
    usual = lengths[len(lengths) * 3 // 4]

    def parted(found: re.Match[str]) -> str:
        head, tail = found[1].casefold(), found[2].casefold()
        first = tail.split("-")[0]
        known = head in words or head in halves or HEADS.fullmatch(head)
        if not known or words[found[0].rstrip("-").casefold()] > 1 or not (first in words or first in halves):
            return found[0]
        return f"{found[1]}-{found[0][len(head) :]}"

    result = []
    for line in lines:
        patterns = (CAPITAL_INSIDE, SELF, OF) if len(line.text) > LONGER * usual else (OF,)
        text = line.text
        for pattern in patterns:
            text = pattern.sub(parted, text)
        result.append(line if text == line.text else line.with_text(text))
    return result
