"""Years that give the date of a cited publication: (Name, 2014), Name et al. (2014), (Press, 1998), web addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
NAMED = re.compile(rf"(?:\(|;\s)(?:see\s|cf\.\s|e\.g\.,?\s)?{AUTHOR}(?:\s(?:and|&)\s{AUTHOR}|\set\sal\.)?\s$")
CLOSED = re.compile(r"[a-z]?(?:[:,]\s?\d[\d–-]*)?[);]")
AUTHOR_DATE = re.compile(
    rf"\({AUTHOR}(?:\s(?:and|&)\s{AUTHOR}|\set\sal\.)?\s(?:18|19|20)\d\d[a-z]?(?:[:,]\s?\d[\d–-]*)?[);]"
)
STYLE_SHOWN = 3
LOOKED_AT = 120


def is_citation(text: str, start: int, end: int, author_date: bool = False) -> bool:
    """Whether the date between two places of a text is that of a publication cited there.

    `author_date` says that the document cites in the style (Name 1987), without a comma.
    """
    before = text[max(0, start - LOOKED_AT) : start]
    if PUBLISHER.search(before) or (PAGED.match(text, end) and AFTER_A_NAME.search(before)):
        return True
    if not text[start:end].isdigit():
        return False
    if CITED.search(before) or (PAGED_INSIDE.match(text, end) and OPENED.search(before)):
        return True
    return bool(author_date and NAMED.search(before) and CLOSED.match(text, end))


def cites_by_author_and_date(texts: Iterable[str]) -> bool:
    """Whether a document cites in the style (Name 1987) three times or more."""
    return sum(len(AUTHOR_DATE.findall(text)) for text in texts) >= STYLE_SHOWN


def years_in_address(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Places of the years in a web address."""
    return [match.span() for match in ADDRESS_YEAR.finditer(text, start, end)]
