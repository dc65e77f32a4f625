"""Years that only date a publication: (Name, 2014), Name et al. (2014), (Press, 1998), (2015): 15, web addresses."""

from __future__ import annotations

import re

AUTHOR = r"[A-Z][\w'’-]+"
CITED = re.compile(
    rf"""(?:
        \bet\ al\.?,?\s\(?
        | \((?:[^()]*;\s|(?:see|e\.g\.|cf\.),?\s)?(?:[^();]*,\s)?(?:{AUTHOR}\s(?:and|&)\s)?{AUTHOR},\s
        | \([A-Z][^():]*:\s[^()]*,\s
        | {AUTHOR},\s\d{{4}}[a-z]?[,;]\s
    )$""",
    re.VERBOSE,
)
PAGED = re.compile(
    r"[a-z]?(?:\):\s?\d|\)?,\s?pp?\.\s?\d|\)\s(?:argue|show|find|found|note|suggest|claim|report|describe|observe|write|state"
    r"|demonstrate|propose|conclude|define)\w*)"
)
PAGED_INSIDE = re.compile(r"[a-z]?:\s?\d[\d\s–-]*[;)]")
OPENED = re.compile(r"\([^()]*$")
AFTER_A_NAME = re.compile(r"[A-Z(][\w'’,. ()]*$")
PUBLISHER = re.compile(
    r"\([^()]*\b(?:Press|Books?|Publish\w*|Verlag|University|Inc|Routledge|Springer|Palgrave|Wiley|Sage|edn?|Edition"
    r"|Penguin)\b[^()]*,\s$"
)
ADDRESS_YEAR = re.compile(r"(?<![^\W_])(?:19|20)\d\d(?![^\W_])")
LOOKED_AT = 120


def is_citation(text: str, start: int, end: int) -> bool:
    """Whether the year between two places of a text is that of a publication cited there."""
    before = text[max(0, start - LOOKED_AT) : start]
    if CITED.search(before) or PUBLISHER.search(before):
        return True
    if PAGED.match(text, end) and AFTER_A_NAME.search(before):
        return True
    return bool(PAGED_INSIDE.match(text, end) and OPENED.search(before))


def years_in_address(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Places of the years in a web address."""
    return [match.span() for match in ADDRESS_YEAR.finditer(text, start, end)]
